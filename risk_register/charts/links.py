"""Where risks stand in the small picture of what causes what: pure arithmetic, apart from drawing."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T", bound=Hashable)

REACH = 2
"""So many steps from the middle are shown."""
MOST = 5
"""So many stand in one column at most."""


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """One that is shown: its column (0 in the middle, causes to the left) and its centre in a field whose sides are 1.

    (0, 0) is at the top left.
    """

    item: T
    column: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture(Generic[T]):
    """The nodes from left to right and from top to bottom, the pairs of those that are linked, and how many found no room."""

    nodes: tuple[Node[T], ...]
    pairs: tuple[tuple[T, T], ...]
    left_out: int

    @property
    def tallest(self) -> int:
        """How many stand in the fullest column."""
        columns = [node.column for node in self.nodes]
        return max((columns.count(column) for column in columns), default=0)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len({node.column for node in self.nodes})

    def node(self, item: T) -> Node[T] | None:
        """Where an item stands; None where it is not shown."""
        return next((node for node in self.nodes if node.item == item), None)

    def beside(self, item: T, across: int, down: int) -> T:
        """The item that one comes to from another by a step to the side, or down; the same where there is none."""
        here = self.node(item)
        if here is None:
            return item
        found = [
            node
            for node in self.nodes
            if node.column == here.column + across and (not down or (node.y - here.y) * down > 0) and node is not here
        ]
        return min(found, key=lambda node: abs(node.y - here.y)).item if found else item


def picture(
    middle: T,
    pairs: Iterable[tuple[T, T]],
    order: Callable[[T], Any],
    *,
    reach: int = REACH,
    most: int = MOST,
) -> Picture[T]:
    """What leads to `middle` stands at its left, what it leads to at its right, each by its number of steps.

    `pairs` are cause and effect. What is reached both ways stands where fewer steps lead; as an effect where they are as
    many. `order` is by what those of a column are sorted that stand equally near to what they are linked to.
    """
    links = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    columns = _columns(middle, links, reach)
    heights: dict[T, float] = {middle: 0.5}
    shown: list[Node[T]] = []
    first, last = min(columns.values()), max(columns.values())
    left_out = 0
    for column in sorted(range(first, last + 1), key=abs):
        nearer = column - (column > 0) + (column < 0)
        mine = [item for item, own in columns.items() if own == column]
        pulls = {item: _pull(item, links, columns, heights, nearer) for item in mine}
        mine.sort(key=lambda item: (pulls[item], order(item)))
        left_out += max(0, len(mine) - most)
        mine = mine[:most]
        for place, item in enumerate(mine):
            heights[item] = (place + 0.5) / len(mine)
            shown.append(Node(item, column, (column - first + 0.5) / (last - first + 1), heights[item]))
    shown.sort(key=lambda node: (node.column, node.y))
    return Picture(tuple(shown), tuple(pair for pair in links if pair[0] in heights and pair[1] in heights), left_out)


def _columns(middle: T, links: Sequence[tuple[T, T]], reach: int) -> dict[T, int]:
    found = {middle: 0}
    edges = {1: [middle], -1: [middle]}
    for step in range(1, reach + 1):
        for side in (1, -1):
            here = set(edges[side])
            reached = [pair[1] if side > 0 else pair[0] for pair in links if (pair[0] if side > 0 else pair[1]) in here]
            edges[side] = [item for item in dict.fromkeys(reached) if item not in found]
            found |= dict.fromkeys(edges[side], step * side)
    return found


def _pull(
    item: T, links: Sequence[tuple[T, T]], columns: Mapping[T, int], heights: Mapping[T, float], nearer: int
) -> float:
    """The mean height of those that an item is linked to in the next column towards the middle."""
    ends = [pair[1] if pair[0] == item else pair[0] for pair in links if item in pair]
    found = [heights[end] for end in ends if columns.get(end) == nearer and end in heights]
    return sum(found) / len(found) if found else 1.0
