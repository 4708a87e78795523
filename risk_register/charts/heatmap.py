"""The heat map as a picture for documents."""

import io
from typing import TYPE_CHECKING

from risk_register.charts.geometry import arrow, place
from risk_register.domain import views
from risk_register.domain.book import Book
from risk_register.domain.matrix import Matrix
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.domain.text import listed, plural

if TYPE_CHECKING:
    from uuid import UUID

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 6.3, 4.35
"""The size of the picture in inches: 16 cm wide, as an A4 page between its margins."""
DPI = 200

INK, PAPER, FAINT = "#182230", "#ffffff", "#566276"


def heat_map(
    now: Book, then: Book | None, programme: "UUID", *, kind: AssessmentKind = AssessmentKind.current, form: str = "png"
) -> bytes:
    """The watched risks of a programme on its matrix, with arrows from the cells in which they stood in `then`.

    `form` is png (200 dpi) or svg.
    """
    from matplotlib import rc_context  # noqa: PLC0415  half a second, and only for documents
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({"font.family": "DejaVu Sans", "svg.fonttype": "none", "svg.hashsalt": "risk-register"}):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=PAPER)
        _draw(figure, now, then, programme, kind)
        out = io.BytesIO()
        # No date inside, so that the same register gives the same bytes.
        figure.savefig(out, format=form, metadata={"Date": None} if form == "svg" else {"Software": None})
    return out.getvalue()


def _draw(figure: "Figure", now: Book, then: Book | None, programme: "UUID", kind: AssessmentKind) -> None:
    matrix = views.matrix_of(now, programme)
    rows, columns = len(matrix.likelihoods), len(matrix.impacts)
    axes = figure.add_axes((0.185, 0.165, 0.805, 0.825))
    axes.set_xlim(0, columns)
    axes.set_ylim(0, rows)
    axes.set_axis_off()
    _draw_cells(axes, matrix)
    _draw_sides(axes, matrix)
    risks = views.live_risks(now, programme)
    aspect = WIDTH * 0.805 / (HEIGHT * 0.825)
    placed = place(views.by_cell(now, risks, kind), rows, columns, aspect=aspect, smallest=0.036)
    for marker in placed:
        risk = marker.item
        earlier = then.find(Risk, risk.id) if then and risk else None
        was = views.score(then, earlier, kind) if then and earlier and views.is_live(earlier) else None
        way = arrow(was.cell, marker, rows, columns) if was else None
        if way:
            points = [(x * columns, y * rows) for x, y in way]
            axes.plot(*zip(*points[:-1], strict=True), color=INK, linewidth=1.2, zorder=3)
            axes.plot(*points[0], marker="o", markersize=4, color=INK, zorder=3)
            axes.annotate(
                "",
                xy=points[-1],
                xytext=points[-2],
                arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0},
                zorder=3,
            )
    size = min(7.0, placed[0].height * HEIGHT * 0.825 * 72 * 0.5) if placed else 7.0
    for marker in placed:
        _draw_marker(
            axes,
            marker.x * columns,
            marker.y * rows,
            marker.width * columns,
            marker.height * rows,
            size,
            _name(marker.item, marker.more),
        )
    _draw_key(figure, matrix, moved=then is not None)


def _name(risk: Risk | None, more: int) -> str:
    return risk.reference if risk else f"+{more}"


def _draw_cells(axes: "Axes", matrix: Matrix) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    for row in range(len(matrix.likelihoods)):
        for column in range(len(matrix.impacts)):
            cell = (row + 1, column + 1)
            axes.add_patch(
                Rectangle((column + 0.012, row + 0.012), 0.976, 0.976, facecolor=matrix.colour(*cell), linewidth=0)
            )
            words = f"{matrix.band_name(*cell)} {cell[0] * cell[1]}"
            axes.text(column + 0.88, row + 0.94, words, ha="right", va="top", fontsize=5.6, color=INK)


def _draw_sides(axes: "Axes", matrix: Matrix) -> None:
    rows, columns = len(matrix.likelihoods), len(matrix.impacts)
    for row, words in enumerate(matrix.likelihoods, start=1):
        axes.text(-0.06, row - 0.5, f"{row}  {words}", ha="right", va="center", fontsize=8, color=INK)
    for column, words in enumerate(matrix.impacts, start=1):
        axes.text(column - 0.5, -0.07, f"{column}  {words}", ha="center", va="top", fontsize=8, color=INK)
    axes.text(columns / 2, -0.3, "Impact →", ha="center", va="top", fontsize=8, color=FAINT, weight="bold")
    axes.text(
        -1.06, rows / 2, "Likelihood →", ha="center", va="center", rotation=90, fontsize=8, color=FAINT, weight="bold"
    )


def _draw_marker(axes: "Axes", x: float, y: float, width: float, height: float, size: float, words: str) -> None:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2 + height * 0.12, y - height / 2 + height * 0.12),
            width - height * 0.24,
            height * 0.76,
            boxstyle=f"round,pad={height * 0.12},rounding_size={height * 0.3}",
            facecolor=PAPER,
            edgecolor=INK,
            linewidth=0.8,
            zorder=4,
        )
    )
    axes.text(x, y - height * 0.03, words, ha="center", va="center", fontsize=size, color=INK, zorder=5, weight="bold")


def _draw_key(figure: "Figure", matrix: Matrix, *, moved: bool) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    x, y = 0.03, 0.028
    for name, colour in zip(matrix.bands, matrix.colours, strict=True):
        scores = sorted(
            {
                row * column
                for row in range(1, len(matrix.likelihoods) + 1)
                for column in range(1, len(matrix.impacts) + 1)
                if matrix.band_name(row, column) == name
            }
        )
        figure.add_artist(
            Rectangle((x, y - 0.012), 0.022, 0.03, facecolor=colour, transform=figure.transFigure, linewidth=0)
        )
        words = f"{name} {scores[0]}–{scores[-1]}" if scores else name
        figure.text(x + 0.03, y, words, fontsize=7.5, va="center", color=INK)
        x += 0.055 + 0.0122 * len(words)
    if moved:
        figure.text(0.99, y, "●→  moved since", fontsize=7.5, va="center", ha="right", color=INK)


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
    return " ".join(sentences)
