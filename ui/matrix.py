"""The matrix as a picture: cells in their bands' colours, with words along its sides."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from risk_register.domain.colour import readable_on
from risk_register.domain.matrix import Matrix
from ui.theme import colours, theme
from ui.words import as_html

Cell = tuple[int, int]
"""Likelihood and impact, both from 1."""


class MatrixView(QWidget):
    """Likelihood upwards, impact to the right. A cell can be clicked, or gone to by the arrow keys and Enter."""

    picked = Signal(object)
    """A Cell was clicked, or Enter was pressed on it."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self.compact = compact
        self.cursor_cell: Cell | None = None
        self.hovered: Cell | None = None
        self.marked: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Risk matrix: arrow keys move, Enter chooses the cell")
        theme().changed.connect(self.update)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix."""
        self.matrix = matrix
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the words."""
        return QSize(420, 300) if self.compact else QSize(900, 640)

    # -- geometry

    @property
    def rows(self) -> int:
        """How many likelihoods there are."""
        return len(self.matrix.likelihoods) if self.matrix else 0

    @property
    def columns(self) -> int:
        """How many impacts there are."""
        return len(self.matrix.impacts) if self.matrix else 0

    def field(self) -> QRectF:
        """The rectangle of all cells."""
        line = self.fontMetrics().lineSpacing()
        left = line * (6.2 if self.compact else 7.6)
        below = line * 3.6
        return QRectF(left, 4, max(10.0, self.width() - left - 6), max(10.0, self.height() - below - 8))

    def cell_rect(self, cell: Cell) -> QRectF:
        """The rectangle of a cell."""
        field = self.field()
        wide, high = field.width() / max(1, self.columns), field.height() / max(1, self.rows)
        return QRectF(field.left() + (cell[1] - 1) * wide, field.bottom() - cell[0] * high, wide, high)

    def cell_at(self, place: QPointF) -> Cell | None:
        """The cell at a point."""
        field = self.field()
        if not self.matrix or not field.contains(place):
            return None
        column = int((place.x() - field.left()) / field.width() * self.columns)
        row = int((field.bottom() - place.y()) / field.height() * self.rows)
        return min(row, self.rows - 1) + 1, min(column, self.columns - 1) + 1

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, the words, and what stands in the cells."""
        del event
        if self.matrix is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(1, self.rows + 1):
            for column in range(1, self.columns + 1):
                self._paint_cell(painter, (row, column))
        self._paint_sides(painter)
        self.paint_over(painter)
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """Paint what stands in the cells."""

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        assert self.matrix is not None, "painted only with a matrix"
        rect = self.cell_rect(cell).adjusted(1.5, 1.5, -1.5, -1.5)
        ground = QColor(self.matrix.colour(*cell))
        if theme().is_dark:
            ground = ground.darker(118)
        if self.hovered == cell:
            ground = ground.lighter(108)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, 5, 5)
        font = QFont(self.font())
        if not self.compact:
            font.setPointSizeF(font.pointSizeF() - 1)
        painter.setFont(font)
        painter.setPen(QColor(readable_on(ground.name())))
        corner = (
            Qt.AlignmentFlag.AlignCenter if self.compact else Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        )
        words = str(cell[0] * cell[1])
        named = f"{self.matrix.band_name(*cell)} {words}"
        if not self.compact and painter.fontMetrics().horizontalAdvance(named) < rect.width() * 0.75:
            words = named
        inset = 6 if self.compact else rect.width() * 0.1 + 4  # the gutter belongs to arrows
        painter.drawText(rect.adjusted(6, 3, -inset, -3), corner, words)
        if cell == self.marked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().text), 3))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        if cell == self.cursor_cell and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().accent), 3))
            painter.drawRoundedRect(rect, 5, 5)

    def _paint_sides(self, painter: QPainter) -> None:
        assert self.matrix is not None, "painted only with a matrix"
        painter.setFont(self.font())
        metrics = painter.fontMetrics()
        field = self.field()
        painter.setPen(QColor(colours().text))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap
        for row, words in enumerate(self.matrix.likelihoods, start=1):
            rect = self.cell_rect((row, 1))
            side = QRectF(
                metrics.lineSpacing() * 1.4, rect.top(), rect.left() - metrics.lineSpacing() * 1.4 - 8, rect.height()
            )
            painter.drawText(side, middle, f"{row} {words}")
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        widest = max(metrics.horizontalAdvance(words) for words in self.matrix.impacts)
        # All in the smaller type that the longest needs, down to where it can't be read; then cut.
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * min(1.0, max(0.75, self.cell_rect((1, 1)).width() / (widest + 1))))
        for column, words in enumerate(self.matrix.impacts, start=1):
            rect = self.cell_rect((1, column))
            below = QRectF(rect.left(), field.bottom() + 3, rect.width(), metrics.lineSpacing())
            painter.setFont(self.font())
            painter.drawText(below, top, str(column))
            painter.setFont(small)
            label = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, math.ceil(rect.width()) + 1)
            painter.drawText(below.translated(0, metrics.lineSpacing()), top, label)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(colours().muted))
        painter.drawText(
            QRectF(field.left(), field.bottom() + 2 * metrics.lineSpacing() + 6, field.width(), metrics.lineSpacing()),
            Qt.AlignmentFlag.AlignCenter,
            "Impact →",
        )
        painter.save()
        painter.translate(2, field.center().y())
        painter.rotate(-90)
        painter.drawText(
            QRectF(-field.height() / 2, 0, field.height(), metrics.lineSpacing()),
            Qt.AlignmentFlag.AlignCenter,
            "Likelihood →",
        )
        painter.restore()

    # -- mouse and keyboard

    def describe(self, cell: Cell) -> str:
        """A cell in words: `Likely × Major = 16, extreme`."""
        assert self.matrix is not None, "asked only with a matrix"
        row, column = cell
        names = f"{self.matrix.likelihoods[row - 1]} × {self.matrix.impacts[column - 1]}"
        return f"{names} = {row * column}, {self.matrix.band_name(row, column).lower()}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the cell under the pointer."""
        cell = self.cell_at(event.position())
        if cell != self.hovered:
            self.hovered = cell
            self.setToolTip(self.tip(cell) if cell else "")
            self.update()

    def tip(self, cell: Cell) -> str:
        """What is said of a cell under the pointer."""
        assert self.matrix is not None, "asked only with a matrix"
        likely, hits = self.matrix.likelihood_texts[cell[0] - 1], self.matrix.impact_texts[cell[1] - 1]
        return f"<b>{as_html(self.describe(cell))}</b><br>Likelihood: {as_html(likely)}<br>Impact: {as_html(hits)}"

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the pointer."""
        del event
        self.hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick the cell."""
        cell = self.cell_at(event.position())
        if cell and event.button() == Qt.MouseButton.LeftButton:
            self.cursor_cell = cell
            self.picked.emit(cell)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrow keys; Enter or Space picks."""
        steps = {Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}
        key = Qt.Key(event.key())
        if key in steps and self.matrix:
            row, column = self.cursor_cell or self.marked or (1, 1)
            up, right = steps[key]
            self.cursor_cell = min(max(row + up, 1), self.rows), min(max(column + right, 1), self.columns)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.cursor_cell:
            self.picked.emit(self.cursor_cell)
        else:
            super().keyPressEvent(event)
