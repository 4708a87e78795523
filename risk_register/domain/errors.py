"""What can go wrong: `Refused` the user can mend, a `StoreError` is the world's; anything else is a bug.

The text of each is a whole sentence that a person can read: what is wrong and what to do.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


class Refused(Exception):
    """What was asked breaks a rule. Nothing was kept; the person can mend it.

    `field` names the field to look at ("" if none), `value` is what was given.
    """

    def __init__(self, sentence: str, *, field: str = "", value: object = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.value = value


class StoreError(Exception):
    """The file, the disk or the network did not do what was asked."""


class NotARegister(StoreError):
    """The file is something else than a register."""


class Damaged(StoreError):
    """The file is a register, but parts of it can't be read."""


class TooNew(StoreError):
    """The file was written by a newer version of the program."""


class Busy(StoreError):
    """Somebody else has claimed the file for writing."""


class ReadOnly(StoreError):
    """The register was opened for reading."""


class Unreachable(StoreError):
    """The file or its folder can't be read or written."""


class Cancelled(StoreError):
    """The person called it off while it was being done. Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Stale:
    """One field that no longer holds what its author saw.

    `now` is what it holds, `who` and `when` who put it there (`who` is "" where that isn't known).
    """

    kind: str
    id: UUID
    field: str
    seen: object
    now: object
    wanted: object
    who: str = ""
    when: datetime | None = None


class Conflict(StoreError):
    """Fields were changed by somebody else since their author saw them. Their new values were not kept."""

    def __init__(self, sentence: str, stale: tuple[Stale, ...]) -> None:
        super().__init__(sentence)
        self.stale = stale


class Offline(StoreError):
    """The hub can't be reached or is not ready. The same may work later, so it is tried again."""


class Forbidden(StoreError):
    """The hub does not let this role do that. Trying again is of no use."""


class WrongPassword(StoreError):
    """The hub does not take the password, or asks for one."""
