"""A small plan to test on: a recommendation and an outcome in a small register."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.evidence import add_evidence
from risk_register.domain.commands.milestone import add_milestone, edit_milestone
from risk_register.domain.commands.plan import add_outcome, add_recommendation
from risk_register.domain.evidence import Evidence
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, Recommendation
from tests.making import Made, first_id


@dataclass(frozen=True)
class Plan:
    """The ids of what `planned` made."""

    made: Made
    recommendation: UUID
    outcome: UUID

    @property
    def book(self) -> Any:
        return self.made.register.book

    def run(self, command: Command) -> Edit:
        return self.made.run(command)

    def now(self) -> Outcome:
        found: Outcome = self.book.get(Outcome, self.outcome)
        return found

    def answered(self) -> Recommendation:
        found: Recommendation = self.book.get(Recommendation, self.recommendation)
        return found

    def milestone(
        self,
        title: str = "Terms of reference agreed",
        *,
        baseline: date | None = None,
        forecast: date | None = None,
        actual: date | None = None,
    ) -> Milestone:
        id = first_id(self.run(add_milestone(outcome=self.outcome, title=title, baseline=baseline)))
        if forecast or actual:
            self.run(edit_milestone(self.book.get(Milestone, id), forecast=forecast, actual=actual))
        found: Milestone = self.book.get(Milestone, id)
        return found

    def evidence(self, shows: str = "Minutes of the board", link: str = "") -> Evidence:
        id = first_id(self.run(add_evidence(outcome=self.outcome, shows=shows, link=link)))
        found: Evidence = self.book.get(Evidence, id)
        return found


def planned(made: Made) -> Plan:
    recommendation = first_id(made.run(add_recommendation(programme=made.programme, number="1", text="Lead")))
    outcome = first_id(made.run(add_outcome(recommendation=recommendation, number="1.1", want="Accountability")))
    return Plan(made, recommendation, outcome)
