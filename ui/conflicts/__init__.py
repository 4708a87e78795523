"""What two people said at once: where it shows, and how it is settled."""

from ui.conflicts.count import ConflictCount
from ui.conflicts.line import DisputeLine

__all__ = ["ConflictCount", "DisputeLine"]
