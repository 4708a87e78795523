"""The heat map as a picture for documents."""

import io
from typing import TYPE_CHECKING, Any

from risk_register.charts.geometry import GUTTER, Cell, arrows, place
from risk_register.domain import views
from risk_register.domain.book import Book
from risk_register.domain.colour import readable_on
from risk_register.domain.matrix import Matrix
from risk_register.domain.risk import AssessmentKind, Risk, RiskKind
from risk_register.domain.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 6.9, 3.4
"""The size of the picture in inches: as wide as an A4 page between its margins, low so that words fit above and below."""
LEFT, BELOW, ABOVE, RIGHT = 1.22, 0.66, 0.02, 0.02
"""What stands around the cells, in inches."""
DPI = 200
SMALLEST = 9.3
"""The least height of a marker, in points."""
POINTS = 72
"""Points in an inch."""
BOLD = 0.72
"""The width of a sign in bold type, as a part of its size."""

INK, PAPER, FAINT = "#182230", "#ffffff", "#566276"


def heat_map(
    now: Book,
    then: Book | None,
    programme: "UUID",
    *,
    kind: AssessmentKind = AssessmentKind.current,
    form: str = "png",
    note: str = "",
) -> bytes:
    """The watched risks of a programme on its matrix, with arrows from the cells in which they stood in `then`.

    `form` is png (200 dpi) or svg. `note` stands in the corner of the picture, so that it goes wherever that goes.
    """
    from matplotlib import rc_context  # noqa: PLC0415  half a second, and only for documents
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({"font.family": "DejaVu Sans", "svg.fonttype": "none", "svg.hashsalt": "risk-register"}):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=PAPER)
        _draw(figure, now, then, programme, kind)
        if note:
            bold: dict[str, Any] = {"fontsize": 7.5, "color": INK, "weight": "bold"}
            figure.text(0.06 / WIDTH, (BELOW - 0.12) / HEIGHT, note.replace(" (", "\n("), va="top", **bold)
        out = io.BytesIO()
        # No date inside, so that the same register gives the same bytes.
        figure.savefig(out, format=form, metadata={"Date": None} if form == "svg" else {"Software": None})
    return out.getvalue()


def _draw(figure: "Figure", now: Book, then: Book | None, programme: "UUID", kind: AssessmentKind) -> None:
    """Draw everything on axes whose unit is the inch, so that what is round stays round."""
    matrix = views.matrix_of(now, programme)
    rows, columns = len(matrix.likelihoods), len(matrix.impacts)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.set_axis_off()
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - BELOW - ABOVE
    _draw_cells(axes, matrix, wide / columns, high / rows)
    risks = views.live_risks(now, programme)
    cells = views.by_cell(now, risks, kind)
    placed = place(cells, rows, columns, aspect=wide / high, smallest=SMALLEST / POINTS / high)

    def was(risk: Risk) -> Cell | None:
        move = views.movement(then, now, risk, kind) if then else None
        return move.then.cell if move and move.then else None

    for way in arrows(placed, was, rows, columns):
        _draw_arrow(axes, [(LEFT + x * wide, BELOW + y * high) for x, y in way])
    longest = max((len(risk.reference) for items in cells.values() for risk in items), default=1)
    size = min(
        [8.0]
        + [marker.height * high * POINTS * 0.8 for marker in placed]
        + [marker.width * wide * POINTS / (longest * BOLD) for marker in placed]
    )
    for marker in placed:
        middle = (LEFT + marker.x * wide, BELOW + marker.y * high)
        _draw_marker(axes, middle, marker.width * wide, marker.height * high, size, marker.item, marker.more)
    hopeful = any(risk.kind is RiskKind.opportunity for items in cells.values() for risk in items)
    _draw_key(axes, matrix, moved=then is not None, hopeful=hopeful)


def _draw_cells(axes: "Axes", matrix: Matrix, wide: float, high: float) -> None:
    """Draw the cells and the words along their sides; `wide` and `high` are those of a cell."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    gap = 0.012
    for row, words in enumerate(matrix.likelihoods):
        bottom = BELOW + row * high
        axes.text(LEFT - 0.07, bottom + high / 2, f"{row + 1}  {words}", ha="right", va="center", fontsize=8, color=INK)
        for column in range(len(matrix.impacts)):
            cell, left = (row + 1, column + 1), LEFT + column * wide
            ground = matrix.colour(*cell)
            axes.add_patch(
                Rectangle((left + gap, bottom + gap), wide - 2 * gap, high - 2 * gap, facecolor=ground, linewidth=0)
            )
            told = f"{matrix.band_name(*cell)} {cell[0] * cell[1]}"
            corner = (left + wide * (1 - GUTTER), bottom + high * 0.94)
            axes.text(*corner, told, ha="right", va="top", fontsize=6.5, color=readable_on(ground))
    for column, words in enumerate(matrix.impacts):
        middle = LEFT + (column + 0.5) * wide
        axes.text(middle, BELOW - 0.05, f"{column + 1}  {words}", ha="center", va="top", fontsize=8, color=INK)
    bold: dict[str, Any] = {"fontsize": 8, "color": FAINT, "weight": "bold"}
    axes.text(LEFT + (WIDTH - LEFT - RIGHT) / 2, BELOW - 0.2, "Impact →", ha="center", va="top", **bold)
    axes.text(0.1, BELOW + (HEIGHT - BELOW) / 2, "Likelihood →", ha="center", va="center", rotation=90, **bold)


def _draw_arrow(axes: "Axes", points: "Sequence[tuple[float, float]]") -> None:
    axes.plot(*zip(*points[:-1], strict=True), color=INK, linewidth=1.2, zorder=3)
    axes.plot(*points[0], marker="o", markersize=4, color=INK, zorder=3)
    style = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=points[-1], xytext=points[-2], arrowprops=style, zorder=3)


def _draw_marker(
    axes: "Axes", middle: tuple[float, float], width: float, height: float, size: float, risk: Risk | None, more: int
) -> None:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

    x, y = middle
    round_by = height * 0.35
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={round_by}",
            facecolor=PAPER,
            edgecolor=INK,
            linewidth=0.8,
            linestyle=_line(risk),
            zorder=4,
        )
    )
    name = risk.reference if risk else f"+{more}"
    axes.text(x, y - height * 0.03, name, ha="center", va="center", fontsize=size, color=INK, zorder=5, weight="bold")


def _line(risk: Risk | None) -> "str | tuple[int, tuple[float, float]]":
    """An opportunity's marker has a dashed edge: more of it would be welcome."""
    return (0, (2.2, 1.4)) if risk is not None and risk.kind is RiskKind.opportunity else "-"


def _draw_key(axes: "Axes", matrix: Matrix, *, moved: bool, hopeful: bool) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    x, y, side = 0.06, 0.1, 0.13
    for band, (name, colour) in enumerate(zip(matrix.bands, matrix.colours, strict=True)):
        scores = [score for score, own in views.scores_with_bands(matrix) if own == band]
        words = f"{name} {min(scores)}–{max(scores)}" if scores else name
        axes.add_patch(Rectangle((x, y - side / 2), side, side, facecolor=colour, linewidth=0))
        axes.text(x + side + 0.06, y - 0.005, words, fontsize=7.5, va="center", color=INK)
        x += side + 0.24 + 0.062 * len(words)
    told = [words for words, there in (("┅ opportunity", hopeful), ("●→ moved since", moved)) if there]
    axes.text(WIDTH - RIGHT, y - 0.005, "      ".join(told), fontsize=7.5, va="center", ha="right", color=INK)


def alt_text(now: Book, then: Book | None, programme: "UUID", *, kind: AssessmentKind = AssessmentKind.current) -> str:
    """What the heat map shows, in sentences, for those who don't see it."""
    matrix = views.matrix_of(now, programme)
    risks = [risk for risk in views.live_risks(now, programme) if views.score(now, risk, kind)]
    if not risks:
        return "Risk matrix without any scored risk."
    counts = [
        (name, sum(views.band_name(now, risk, kind) == name for risk in risks)) for name in reversed(matrix.bands)
    ]
    told = listed([f"{number} {name.lower()}" for name, number in counts if number])
    sentences = [
        f"Risk matrix of likelihood by impact with {plural(len(risks), 'open risk')} by {kind.value.lower()} score: {told}."
    ]
    top = max(found.score for risk in risks if (found := views.score(now, risk, kind)))
    highest = [risk.reference for risk in risks if (found := views.score(now, risk, kind)) and found.score == top]
    sentences.append(f"The highest, at {top}: {listed(highest)}.")
    moved = [views.movement(then, now, risk, kind) for risk in risks] if then else []
    words = [
        f"{move.risk.reference} from {move.then.score} to {move.now.score}"
        for move in moved
        if move.moved_cell and move.then and move.now
    ]
    if words:
        sentences.append(f"Moved since: {listed(words)}.")
    hopeful = [risk.reference for risk in risks if risk.kind is RiskKind.opportunity]
    if hopeful:
        sentences.append(f"Opportunities, not threats: {listed(hopeful)}.")
    return " ".join(sentences)
