"""For whose eyes a record is."""

from enum import Enum


class Audience(Enum):
    """Who may see a record: everybody, the partners, or those only who keep the register (Part B of a meeting)."""

    public = "Public"
    partners = "Partners"
    restricted = "Restricted"
