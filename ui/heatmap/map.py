"""The matrix with a marker for every open risk; a marker can be dragged to another cell."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from risk_register.charts.geometry import Placed, Way, arrows, place
from risk_register.domain.risk import Risk, RiskKind
from ui.matrix import Cell, MatrixView
from ui.theme import colours
from ui.words import as_html

_INK, _PAPER = "#182230", "#ffffff"
_SMALLEST = 19.0
"""The least height of a marker, in pixels."""


class HeatMap(MatrixView):
    """Markers bear the risk's reference. `chosen` is drawn with a ring."""

    marker_clicked = Signal(object, object)
    """The id of the risk whose marker was clicked, and the Cell it stands in."""
    marker_opened = Signal(object)
    """The id of the risk whose marker was double-clicked."""
    moved = Signal(object, object)
    """The id of a risk, and the Cell its marker was dragged to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[Cell, Sequence[Risk]] = {}
        self._earlier: dict[UUID, Cell] = {}
        self._placed: list[Placed[Risk]] = []
        self._ways: list[Way] = []
        self._standing: Callable[[Risk], str] = lambda _risk: ""
        self.chosen: UUID | None = None
        self.may_drag = False
        self._pressed: Placed[Risk] | None = None
        self._press_place: QPointF | None = None
        self._dragged_to: QPointF | None = None

    def show_risks(
        self, cells: dict[Cell, Sequence[Risk]], earlier: dict[UUID, Cell], standing: Callable[[Risk], str]
    ) -> None:
        """Show the risks of each cell, and arrows from where some of them stood.

        `standing` says how each stands against its appetite, "" where there is nothing to say.
        """
        self._cells, self._earlier, self._standing = cells, earlier, standing
        self._place_markers()
        self.update()

    def resizeEvent(self, event: object) -> None:
        """Place the markers anew."""
        del event
        self._place_markers()

    def _place_markers(self) -> None:
        if self.matrix is None:
            return
        field = self.field()
        self._placed = place(
            self._cells,
            self.rows,
            self.columns,
            aspect=field.width() / field.height(),
            smallest=_SMALLEST / field.height(),
        )
        self._ways = arrows(self._placed, lambda risk: self._earlier.get(risk.id), self.rows, self.columns)

    def marker_rect(self, marker: Placed[Risk]) -> QRectF:
        """Where a marker is painted."""
        field = self.field()
        wide, high = (
            marker.width * field.width(),
            min(marker.height * field.height(), 2.75 * self.fontMetrics().height()),
        )
        wide = min(wide, high * 2.4)
        middle = QPointF(field.left() + marker.x * field.width(), field.bottom() - marker.y * field.height())
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)

    def marker_of(self, id: UUID) -> QRectF | None:
        """Where a risk's marker is; None if it has none of its own."""
        for marker in self._placed:
            if marker.item is not None and marker.item.id == id:
                return self.marker_rect(marker)
        return None

    def _marker_at(self, place: QPointF) -> Placed[Risk] | None:
        return next((marker for marker in reversed(self._placed) if self.marker_rect(marker).contains(place)), None)

    # -- painting

    def paint_over(self, painter: QPainter) -> None:
        """Paint arrows, then markers, then the one being dragged."""
        if self._placed:
            rect = self.marker_rect(self._placed[0])
            longest = max((len(risk.reference) for risks in self._cells.values() for risk in risks), default=1)
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            font.setPixelSize(max(8, int(min(rect.height() * 0.66, rect.width() / (longest * 0.7)))))
            painter.setFont(font)
        for way in self._ways:
            self._paint_arrow(painter, way)
        for marker in self._placed:
            if self._dragged_to is None or marker is not self._pressed:
                self._paint_marker(painter, self.marker_rect(marker), marker)
        if self._dragged_to is not None and self._pressed is not None:
            rect = self.marker_rect(self._pressed)
            rect.moveCenter(self._dragged_to)
            self._paint_marker(painter, rect, self._pressed)

    def _paint_marker(self, painter: QPainter, rect: QRectF, marker: Placed[Risk]) -> None:
        is_chosen = marker.item is not None and marker.item.id == self.chosen
        edge = QPen(QColor(_INK), 1.2)
        if marker.item is not None and marker.item.kind is RiskKind.opportunity:
            edge.setDashPattern([3, 2])  # more of it would be welcome
        painter.setPen(edge)
        painter.setBrush(QColor(_INK if is_chosen else _PAPER))
        radius = rect.height() * 0.32
        painter.drawRoundedRect(rect, radius, radius)
        if is_chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
        painter.setPen(QColor(_PAPER if is_chosen else _INK))
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignCenter, marker.item.reference if marker.item else f"+{marker.more}"
        )

    def _paint_arrow(self, painter: QPainter, way: Way) -> None:
        field = self.field()
        points = [QPointF(field.left() + x * field.width(), field.bottom() - y * field.height()) for x, y in way]
        painter.setPen(QPen(QColor(_INK), 2))
        painter.setBrush(QColor(_INK))
        painter.drawEllipse(points[0], 4, 4)
        last, end = points[-2], points[-1]
        step = end - last
        length = max(1.0, (step.x() ** 2 + step.y() ** 2) ** 0.5)
        along, across = step / length * 10, QPointF(-step.y(), step.x()) / length * 5
        painter.drawPolyline(QPolygonF([*points[:-1], end - along]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([end, end - along + across, end - along - across]))

    # -- mouse

    def tip(self, cell: Cell) -> str:
        """A cell in words, and the risks in it."""
        risks = "".join(
            f"<br>{as_html(f'{risk.reference} {risk.title}')}{self._told(risk)}" for risk in self._cells.get(cell, ())
        )
        return f"{super().tip(cell)}{'<br>' + risks if risks else ''}"

    def _told(self, risk: Risk) -> str:
        words = self._standing(risk)
        return f" ({as_html(words)})" if words else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the marker under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._press_place = self._marker_at(event.position()), event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the marker; light up the cell under the pointer."""
        super().mouseMoveEvent(event)
        pressed = self._pressed
        if (
            self.may_drag
            and pressed
            and pressed.item
            and event.buttons() & Qt.MouseButton.LeftButton
            and (self._dragged_to or self._is_far(event.position()))
        ):
            self._dragged_to = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        else:
            over = self._marker_at(event.position())
            self.setCursor(Qt.CursorShape.OpenHandCursor if over and self.may_drag else Qt.CursorShape.ArrowCursor)
            if over and over.item:
                name = as_html(f"{over.item.reference} {over.item.title}")
                kind = "" if over.item.kind is RiskKind.threat else " (opportunity)"
                words = self._standing(over.item)
                told = f"<br>Appetite: {as_html(words.lower())}" if words else ""
                self.setToolTip(f"<b>{name}</b>{kind}<br>{as_html(over.item.statement)}{told}")

    def _is_far(self, place: QPointF) -> bool:
        """Whether the pointer went so far from where it was pressed that it drags."""
        start = self._press_place
        return start is not None and (place - start).manhattanLength() >= QApplication.startDragDistance()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the marker, or pick what was clicked."""
        if self._press_place is None:
            return  # Escape has let go, or it is the second release of a double click
        self._press_place = None
        pressed, dragged = self._pressed, self._dragged_to is not None
        self._pressed = self._dragged_to = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        cell = self.cell_at(event.position())
        if dragged and pressed and pressed.item:
            if cell and cell != pressed.cell:
                self.moved.emit(pressed.item.id, cell)
        elif pressed and pressed.item and self._marker_at(event.position()) is pressed:
            self.marker_clicked.emit(pressed.item.id, pressed.cell)
        else:
            super().mouseReleaseEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets go of the marker that is dragged."""
        if event.key() == Qt.Key.Key_Escape and self._dragged_to is not None:
            self._pressed = self._dragged_to = self._press_place = None
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self.update()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the risk."""
        marker = self._marker_at(event.position())
        if marker and marker.item:
            self.marker_opened.emit(marker.item.id)
