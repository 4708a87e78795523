"""The matrix as something to paint on: each cell takes the band of the brush."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.matrix import MatrixView


class PaintedCells(MatrixView):
    """A click or a drag paints; so do the arrow keys with Space, or the number of a band."""

    painted = Signal(object)
    """A Cell is to take the band of the brush."""
    brush_wanted = Signal(int)
    """The index of the band whose number was pressed: paint with that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cells: arrow keys move, Space paints, a number paints with the band of that number")
        self.setMinimumSize(430, 360)
        self.picked.connect(self.painted)  # by Enter or Space

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to paint."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._paint(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Paint what the pointer passes over while the button is held."""
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._paint(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Painted already."""
        del event

    def _paint(self, place: QPointF) -> None:
        cell = self.cell_at(place)
        if cell:
            self.cursor_cell = cell
            self.painted.emit(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number of a band, counted from the lowest, paints the cell with it."""
        number = event.key() - int(Qt.Key.Key_1)
        if self.matrix and 0 <= number < len(self.matrix.bands) and not event.modifiers():
            self.brush_wanted.emit(number)
            self.painted.emit(self.cursor_cell or (1, 1))
        else:
            super().keyPressEvent(event)
