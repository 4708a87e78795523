"""How an outcome stands: blue, green, amber or red, and what each means in this programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.ids import new_id
from risk_register.domain.record import Record, line, other, prose, refers


class Brag(Enum):
    """A BRAG status, from the best to the worst. There is no national standard; a programme writes its own down."""

    blue = "Blue"
    green = "Green"
    amber = "Amber"
    red = "Red"


@dataclass(frozen=True, slots=True, kw_only=True)
class BragLevel(Record):
    """What one status means in a programme: the word and colour it is shown by, and its written definition."""

    called: ClassVar[str] = "BRAG status"

    programme: UUID = refers("Programme", required=True)
    status: Brag = other("Status")
    word: str = line("Word", required=True)
    rule: str = prose("Definition")
    colour: str = line("Colour", required=True)

    @property
    def label(self) -> str:
        """Its word."""
        return self.word


_USUAL: Mapping[Brag, tuple[str, str]] = {
    Brag.blue: (
        "Done and embedded: every milestone is met, it works as business as usual, and evidence shows it.",
        "#2f6db5",
    ),
    Brag.green: ("On track: milestones are met, or are expected by their baseline.", "#4c9f5c"),
    Brag.amber: (
        "At risk: a milestone is late or expected after its baseline, and a recovery plan brings it back.",
        "#f0ad3d",
    ),
    Brag.red: ("Off track: milestones are missed and no plan brings it back yet.", "#cc3d3d"),
}


def usual_levels(programme: UUID) -> list[BragLevel]:
    """What a programme begins with: the meanings that improvement plans commonly give the four, in our words."""
    return [
        BragLevel(id=new_id(), programme=programme, status=status, word=status.value, rule=rule, colour=colour)
        for status, (rule, colour) in _USUAL.items()
    ]
