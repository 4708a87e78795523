"""Categories of risk."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from risk_register.domain.appetite import Appetite
from risk_register.domain.record import Record, line, number, other, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Record):
    """What kind of risk it is, and how much of it the programme is willing to take.

    Up to the `optimal` score a risk is as one would have it, up to the `tolerable` one it is borne; above that it is
    outside appetite.
    """

    called: ClassVar[str] = "category"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("appetite", "optimal", "tolerable"),)

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name", required=True)
    description: str = prose("Description")
    appetite: Appetite | None = other("Appetite", None)
    optimal: int | None = number("Optimal score", None, 1, 36)
    tolerable: int | None = number("Tolerable score", None, 1, 36)

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


ORANGE_BOOK = {
    "Strategy": "The strategy is poorly defined, rests on flawed data, or fails as the world around it changes",
    "Governance": "Plans, priorities, authority or accountability are unclear; oversight is weak or out of proportion",
    "Operations": "Processes are inadequate or inefficient: fraud, error, impaired service, poor value for money",
    "Legal": "A transaction is defective, a claim is made, or a legal or regulatory duty is not met",
    "Property": "Property is deficient, or poor safety management causes harm",
    "Financial": "Money is not managed within requirements and constraints",
    "Commercial": "Partnerships, supply chains or contracts are weak",
    "People": "Leadership, culture, capacity or capability fall short",
    "Technology": "Systems do not deliver, or do not withstand failure",
    "Information": "Data are unsuitable, or are not used to the full",
    "Security": "Somebody reaches buildings or information without authority",
    "Project/Programme": "Change is out of line with strategy, or does not deliver its benefits to time, cost and quality",
    "Reputational": "Events, conduct or repeated failures lose the trust of those served",
}
"""The 13 example categories, in our words. Source: HM Treasury, The Orange Book (2023), annex 4."""
