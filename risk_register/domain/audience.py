"""For whose eyes a record is."""

from enum import Enum


class Audience(Enum):
    """Who may see a record: everybody, the partners, or those only who keep the register (Part B of a meeting).

    From the widest to the narrowest; who may see the narrower sees the wider too.
    """

    public = "Public"
    partners = "Partners"
    restricted = "Restricted"

    def may_see(self, mark: "Audience") -> bool:
        """Whether what is marked so may be shown to this audience."""
        return _WIDTH[mark] <= _WIDTH[self]

    @property
    def on_papers(self) -> str:
        """How a paper says for whom it is: what is restricted goes to Part B of a meeting."""
        return "Restricted (Part B)" if self is Audience.restricted else self.value


_WIDTH = {mark: place for place, mark in enumerate(Audience)}


def for_new(about: Audience) -> Audience:
    """The mark of something new about a record of that mark: as secret, and never public before somebody says so."""
    return narrower(about, Audience.partners)


def narrower(*marks: Audience) -> Audience:
    """The mark for the fewest eyes."""
    return max(marks, key=_WIDTH.__getitem__)


def wider(*marks: Audience) -> Audience:
    """The mark for the most eyes."""
    return min(marks, key=_WIDTH.__getitem__)
