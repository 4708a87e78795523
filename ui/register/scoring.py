"""Scoring a risk by clicking the matrix, the reason asked in the same place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import standing, views
from risk_register.domain.colour import readable_on
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.domain.text import short_day
from ui.desk import Desk
from ui.keys import one_stop
from ui.matrix import Cell, MatrixView
from ui.score_question import ScoreQuestion
from ui.theme import SPACE, colours, muted
from ui.words import Words, as_html, as_item

if TYPE_CHECKING:
    from uuid import UUID

_LETTERS = {AssessmentKind.inherent: "I", AssessmentKind.current: "C", AssessmentKind.target: "T"}
_NEWEST = 6
"""So many past scores are listed; all are in the history."""


class _Tile(QPushButton):
    """One of a risk's three scores; the checked one is what a click on the matrix re-scores."""

    def __init__(self, kind: AssessmentKind) -> None:
        super().__init__()
        self.kind = kind
        self.setCheckable(True)
        self.setMinimumHeight(64)

    def tell(self, found: Assessment | None, band: str) -> None:
        """Show a score."""
        by = f"\nby {short_day(found.by)}" if found and found.by else ""
        self.setText(
            f"{self.kind.value}\n{found.score}  {as_item(band)}{by}" if found else f"{self.kind.value}\nNot scored"
        )


class _Picker(MatrixView):
    """The small matrix, with a letter where each of the three scores stands."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self.standing: dict[AssessmentKind, Cell] = {}
        self.setMinimumHeight(264)

    def paint_over(self, painter: QPainter) -> None:
        """Paint the letters, side by side where they share a cell."""
        cells: dict[Cell, list[AssessmentKind]] = {}
        for kind, cell in self.standing.items():
            cells.setdefault(cell, []).append(kind)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        radius = self.fontMetrics().height() * 0.62
        for cell, kinds in cells.items():
            rect = self.cell_rect(cell)
            for place, kind in enumerate(kinds):
                x = rect.center().x() + (place - (len(kinds) - 1) / 2) * (2 * radius + 2)
                circle = QRectF(x - radius, rect.center().y() - radius, 2 * radius, 2 * radius)
                painter.setPen(QPen(QColor("#ffffff"), 1.5))
                painter.setBrush(QColor("#182230"))
                painter.drawEllipse(circle)
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, _LETTERS[kind])


class Scoring(QWidget):
    """The three scores, the matrix, the reason, and the scores of the past."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._risk: UUID | None = None
        self._tiles = {kind: _Tile(kind) for kind in AssessmentKind}
        self.matrix = _Picker()
        self.matrix.picked.connect(self._on_picked)
        self._group = QButtonGroup(self)
        tiles = QHBoxLayout()
        for tile in self._tiles.values():
            self._group.addButton(tile)
            tile.clicked.connect(self._on_tile_clicked)
            tiles.addWidget(tile)
        self._tiles[AssessmentKind.current].setChecked(True)
        one_stop(self._group)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        muted(self._hint)
        self.appetite = Words(wrap=True)
        self.question = ScoreQuestion(desk)
        self.question.done.connect(self._on_answered)
        self._past = QLabel()
        self._past.setWordWrap(True)
        self._past.setTextFormat(Qt.TextFormat.RichText)
        self._past.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(tiles)
        column.addWidget(self.appetite)
        column.addWidget(self._hint)
        column.addWidget(self.matrix)
        column.addWidget(self.question)
        column.addWidget(self._past)

    @property
    def kind(self) -> AssessmentKind:
        """Which of the three scores a click sets."""
        return next(kind for kind, tile in self._tiles.items() if tile.isChecked())

    def show_risk(self, risk: Risk | None) -> None:
        """Show another risk's scores, or the same one's after an edit."""
        if risk is None or risk.id != self._risk:
            self.question.leave()
        self._risk = risk.id if risk else None
        if risk is None:
            return
        book = self._desk.book
        self.matrix.show_matrix(views.matrix_of(book, risk.programme))
        self.matrix.standing = {}
        for kind, tile in self._tiles.items():
            found = views.score(book, risk, kind)
            tile.tell(found, views.band_name(book, risk, kind))
            if found:
                self.matrix.standing[kind] = found.cell
        self.setEnabled(self._desk.writable)
        self._show_appetite(risk)
        self._show_hint()
        self.matrix.update()
        self._desk.fetch(Assessment, "risk", risk.id, self._on_past_fetched)

    def _show_appetite(self, risk: Risk) -> None:
        """Say how the current score stands against what the risk's category has room for."""
        book = self._desk.book
        category, is_outside = standing.appetite_of(book, risk), standing.outside_appetite(book, risk)
        if category is not None:
            where, _, days = self._desk.outside.words(risk).partition(", ")
            told = f"{where} appetite{f', {days}' if days else ''}. " if where else ""
            own = f"{category.name}: {standing.appetite_words(book, category).lower()}."
            self.appetite.setText(f"{'⚠ ' if is_outside else ''}{told}{own}")
            self.appetite.setStyleSheet(f"color: {colours().bad if is_outside else colours().muted};")
        self.appetite.setVisible(category is not None)

    def _show_hint(self) -> None:
        self._hint.setText(f"Click a cell to set the {self.kind.value.lower()} score.")
        self.matrix.marked = self.question.cell or self.matrix.standing.get(self.kind)
        self.matrix.update()

    def _on_tile_clicked(self) -> None:
        if self.question.cell:
            self._on_picked(self.question.cell)
        self._show_hint()

    def _on_picked(self, cell: Cell) -> None:
        risk = self._desk.book.find(Risk, self._risk)
        if risk is not None and self._desk.writable:
            self.question.ask(risk, self.kind, cell)
            self._show_hint()

    def _on_answered(self, had_focus: bool) -> None:  # noqa: FBT001
        self._show_hint()
        if had_focus:
            self.matrix.setFocus()

    def _on_past_fetched(self, past: list[Assessment]) -> None:
        mine = [item for item in past if item.risk == self._risk and item.kind is AssessmentKind.current]
        mine.sort(key=lambda item: (item.on, item.id), reverse=True)
        matrix = self.matrix.matrix
        assert matrix, "shown with the risk"
        rows = []
        for item in mine[:_NEWEST]:
            ground = matrix.colour(*item.cell)
            where = f"<br><span style='color:{colours().muted}'>{as_html(item.where)}</span>" if item.where else ""
            rows.append(
                f"<tr><td style='padding:4px 10px 4px 0; white-space:nowrap'>{short_day(item.on)}</td>"
                f"<td style='background:{ground}; color:{readable_on(ground)}; padding:4px 8px' align='center'>"
                f"<b>{item.score}</b></td><td style='padding:4px 0 4px 10px'>{as_html(item.why)}{where}</td></tr>"
            )
        more = (
            f"<p style='color:{colours().muted}'>{len(mine) - _NEWEST} earlier ones are in the history.</p>"
            if len(mine) > _NEWEST
            else ""
        )
        self._past.setText(f"<table cellspacing='2'>{''.join(rows)}</table>{more}" if rows else "")
