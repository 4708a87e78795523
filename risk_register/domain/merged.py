"""What came of merging another copy."""

from dataclasses import dataclass

from risk_register.domain.change import Edit
from risk_register.domain.commands.edits import RENUMBERED
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.text import listed, plural


@dataclass(frozen=True, slots=True)
class Merged:
    """What the copy of that file name brought: `edits` of others, what they changed here as one `edit`.

    `renumbered` are the edits that gave another number to what bore one given twice, `conflicts` all that wait now.
    """

    name: str
    edits: int
    edit: Edit
    renumbered: tuple[Edit, ...]
    conflicts: tuple[OpenConflict, ...]

    @property
    def sentence(self) -> str:
        """All of it in a few sentences."""
        if self.edits:
            told = [f"Merged {plural(self.edits, 'edit')} by {self.edit.who} from {self.name}."]
        else:
            told = [f"{self.name} holds nothing that is not in this register already."]
        if self.renumbered:
            labels = [edit.label.removeprefix(RENUMBERED) for edit in self.renumbered]
            told.append(f"Renumbered, because the number was given twice: {listed(labels)}.")
        if self.conflicts:
            wait = "waits" if len(self.conflicts) == 1 else "wait"
            told.append(f"{plural(len(self.conflicts), 'conflict')} {wait} to be settled.")
        return " ".join(told)
