"""Where markers stand in the cells of a matrix: pure arithmetic, shared by the screen and the documents."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Cell = tuple[int, int]
"""Likelihood and impact, both from 1."""

ASPECT = 2.6
"""A marker's width over its height: it holds a reference such as R-012."""


GUTTER = 0.1
"""The part of a cell's width, on either side, that is kept free of markers, for arrows."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A marker: its centre and size within the whole field, whose sides are 1; (0, 0) is at the bottom left.

    `item` is None for the marker that stands for the `more` that do not fit.
    """

    item: T | None
    cell: Cell
    x: float
    y: float
    width: float
    height: float
    more: int = 0


def place(
    cells: Mapping[Cell, Sequence[T]], rows: int, columns: int, *, aspect: float = 1.0, smallest: float = 0.0
) -> list[Placed[T]]:
    """Place the items of each cell on a grid within it, none over another.

    `aspect` is the field's width over its height; `smallest` the least height of a marker as a part of the field's:
    where more would be needed, the last marker stands for the rest. Markers are all of one size, so that none seems to
    matter more; the order of the items is kept, so that a marker stays where it was when others come and go elsewhere.
    """
    wide, high = 1 / columns, 1 / rows
    inside_wide, inside_high = wide * (1 - 2 * GUTTER), high * 0.72
    most = max((len(items) for items in cells.values()), default=0)
    across, down, size = 1, 1, 0.0
    for tried in range(1, max(most, 1) + 1):
        lines = math.ceil(max(most, 1) / tried)
        height = min(inside_high / lines, inside_wide / tried * aspect / ASPECT, high * 0.3)
        if height > size + 1e-9:
            across, down, size = tried, lines, height
    if size < smallest:
        size = min(smallest, inside_high)
        across = max(1, int(inside_wide * aspect / (size * ASPECT)))
        down = max(1, int(inside_high / size))
    room = across * down
    placed: list[Placed[T]] = []
    step_x, step_y = size * ASPECT / aspect, size
    for cell, items in sorted(cells.items()):
        shown = list(items) if len(items) <= room else list(items[: room - 1])
        more = len(items) - len(shown)
        slots: list[T | None] = [*shown, *([None] if more else [])]
        lines = math.ceil(len(slots) / across)
        middle_x, middle_y = (cell[1] - 0.5) * wide, (cell[0] - 0.5) * high - high * 0.11  # the words are above
        for number, item in enumerate(slots):
            line, column = divmod(number, across)
            in_line = min(across, len(slots) - line * across)
            placed.append(
                Placed(
                    item,
                    cell,
                    middle_x + (column - (in_line - 1) / 2) * step_x,
                    middle_y - (line - (lines - 1) / 2) * step_y,
                    step_x * 0.92,
                    step_y * 0.86,
                    more if item is None else 0,
                )
            )
    return placed


Way = list[tuple[float, float]]
"""The x and y of an arrow's start, its bends and its end."""


def arrows(placed: Sequence[Placed[T]], was: Callable[[T], Cell | None], rows: int, columns: int) -> list[Way]:
    """The ways to markers from the cells in which their items stood; none where that is the same cell.

    An arrow begins inside that cell, beside the markers that stand there now, and ends at its own marker's edge.
    """
    lines: dict[tuple[Cell, float], list[float]] = {}
    for marker in placed:
        lines.setdefault((marker.cell, marker.y), []).append(marker.x)
    ways = []
    for marker in placed:
        cell = was(marker.item) if marker.item is not None else None
        if cell is not None and cell != marker.cell:
            ways.append(_way(cell, marker, rows, columns, lines[marker.cell, marker.y]))
    return ways


def _way(cell: Cell, marker: Placed[T], rows: int, columns: int, line: Sequence[float]) -> Way:
    """The way from a cell to a marker; `line` is the middles of all markers in its line."""
    x, y = centre(cell, rows, columns)
    gutter = (0.5 - GUTTER / 2) / columns
    if cell[1] == marker.cell[1]:
        # Along a column: down its gutter, past the markers that stand between, and in from the side.
        up = math.copysign(1, y - marker.y)
        side = 1 if marker.x == max(line) != min(line) else -1
        beside = x + side * gutter
        return [(beside, y - up * 0.36 / rows), (beside, marker.y), (marker.x + side * marker.width * 0.52, marker.y)]
    if cell[0] == marker.cell[0]:
        side = 1 if x > marker.x else -1
        if abs(cell[1] - marker.cell[1]) == 1 and marker.x == (max(line) if side > 0 else min(line)):
            # From the next cell of the row, and nothing stands between.
            return [(x - side * gutter, marker.y), (marker.x + side * marker.width * 0.52, marker.y)]
        # Above the markers that stand between, and down onto its own.
        above = marker.y + marker.height * 1.25
        return [(x - side * 0.3 / columns, above), (marker.x, above), (marker.x, marker.y + marker.height * 0.52)]
    dx, dy = marker.x - x, marker.y - y
    out = _part_inside(dx, dy, 0.36 / columns, 0.36 / rows)
    into = _part_inside(dx, dy, marker.width * 0.55, marker.height * 0.75)
    return [(x + dx * out, y + dy * out), (marker.x - dx * into, marker.y - dy * into)]


def _part_inside(dx: float, dy: float, half_wide: float, half_high: float) -> float:
    """How much of a step from the middle of a rectangle lies inside it."""
    return min(half_wide / abs(dx) if dx else math.inf, half_high / abs(dy) if dy else math.inf, 0.45)


def centre(cell: Cell, rows: int, columns: int) -> tuple[float, float]:
    """The middle of a cell within the whole field, whose sides are 1."""
    return (cell[1] - 0.5) / columns, (cell[0] - 0.5) / rows
