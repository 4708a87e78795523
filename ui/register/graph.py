"""The small picture of what causes what around a risk."""

import math
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from risk_register.charts.links import Node, Picture, picture
from risk_register.domain import views
from risk_register.domain.book import Book
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Risk
from risk_register.domain.risk_link import LinkKind, RiskLink
from ui.theme import SPACE, colours, theme
from ui.words import as_tip

_ARROW = 8.0
"""The length of an arrow's head, in pixels."""


class RiskGraph(QWidget):
    """Causes at the left, effects at the right, each a box that can be clicked, or gone to by the arrow keys and Enter."""

    picked = Signal(object)
    """The id of the risk that was clicked, or that Enter was pressed on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = Book()
        self._kinds: dict[tuple[UUID, UUID], LinkKind] = {}
        self._middle: UUID | None = None
        self.picture: Picture[UUID] | None = None
        self.cursor_item: UUID | None = None
        self._hovered: UUID | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_risk(self, book: Book, risk: Risk) -> None:
        """Show what a risk is linked to."""
        mine = [link for link in book.all(RiskLink) if book.get(Risk, link.risk).programme == risk.programme]
        self._book = book
        self._kinds = {(link.risk, link.affected): link.kind for link in mine}
        if risk.id != self._middle:
            self.cursor_item = risk.id
        self._middle = risk.id
        self.picture = picture(risk.id, self._kinds, lambda id: in_order(book.get(Risk, id).reference))
        if self.cursor_item is None or self.picture.node(self.cursor_item) is None:
            self.cursor_item = risk.id
        self.setFixedHeight(self._height())
        self.setAccessibleName(f"What causes what: {self.told()} Arrow keys move, Enter opens.")
        self.update()

    def told(self) -> str:
        """What the picture shows, in words: `R-001 causes R-002.`."""
        assert self.picture, "asked only with a risk"
        name = {node.item: self._book.get(Risk, node.item).reference for node in self.picture.nodes}
        return " ".join(
            f"{name[one]} {self._kinds[one, other].value} {name[other]}." for one, other in self.picture.pairs
        )

    # -- geometry

    def _line(self) -> float:
        return float(self.fontMetrics().lineSpacing())

    def _height(self) -> int:
        rows = self.picture.tallest if self.picture else 0
        return int(max(rows, 1) * (3 * self._line() + 3 * SPACE) + SPACE)

    def sizeHint(self) -> QSize:
        """As high as its fullest column."""
        return QSize(380, self._height())

    def box(self, node: Node[UUID]) -> QRectF:
        """Where a risk's box is painted."""
        assert self.picture, "asked only with a picture"
        wide = min(150.0, self.width() / max(1, self.picture.columns) - 3 * SPACE)
        high = 3 * self._line() + SPACE
        middle = QPointF(node.x * self.width(), node.y * self.height())
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)

    def _at(self, place: QPointF) -> UUID | None:
        nodes = self.picture.nodes if self.picture else ()
        return next((node.item for node in nodes if self.box(node).contains(place)), None)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, then the boxes over their ends."""
        del event
        if self.picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pair in self.picture.pairs:
            self._paint_line(painter, pair)
        for node in self.picture.nodes:
            self._paint_box(painter, node)
        painter.end()

    def _paint_line(self, painter: QPainter, pair: tuple[UUID, UUID]) -> None:
        assert self.picture, "painted only with a picture"
        source, target = (self.picture.node(item) for item in pair)
        assert source, "lines end at what is shown"
        assert target, "lines end at what is shown"
        start, end, bend = self._ends(source, target)
        colour = QColor(colours().muted)
        pen = QPen(colour, 1.6)
        if self._kinds[pair] is LinkKind.worsens:
            pen.setDashPattern([4, 3])
        path = QPainterPath(start)
        path.cubicTo(start + bend[0], end + bend[1], end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)
        back = bend[1] / (math.hypot(bend[1].x(), bend[1].y()) or 1.0)
        across = QPointF(-back.y(), back.x())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        foot = end + back * _ARROW
        painter.drawPolygon(QPolygonF([end, foot + across * _ARROW / 2, foot - across * _ARROW / 2]))

    def _ends(self, source: Node[UUID], target: Node[UUID]) -> tuple[QPointF, QPointF, tuple[QPointF, QPointF]]:
        """Where a line begins and ends, and the way it leaves and comes: from the side that faces the other box."""
        one, other = self.box(source), self.box(target)
        if source.column == target.column:
            down = 1 if target.y > source.y else -1
            x = one.center().x() + one.width() * 0.3
            start = QPointF(x, one.bottom() if down > 0 else one.top())
            end = QPointF(x, other.top() if down > 0 else other.bottom())
            return start, end, (QPointF(0, 6 * down), QPointF(0, -6 * down))
        right = 1 if target.column > source.column else -1
        low = 0.75 if right < 0 else 0.5  # what leads back keeps apart from what leads on
        start = QPointF(one.right() if right > 0 else one.left(), one.top() + one.height() * low)
        end = QPointF(other.left() if right > 0 else other.right(), other.top() + other.height() * low)
        reach = abs(end.x() - start.x()) * 0.4
        return start, end, (QPointF(right * reach, 0), QPointF(-right * reach, 0))

    def _paint_box(self, painter: QPainter, node: Node[UUID]) -> None:
        risk, box, c = self._book.get(Risk, node.item), self.box(node), colours()
        is_here = node.item == self.cursor_item and self.hasFocus()
        painter.setBrush(QColor(c.chosen if node.item in (self._middle, self._hovered) else c.surface))
        painter.setPen(QPen(QColor(c.accent if is_here else c.muted), 2.4 if is_here else 1))
        painter.drawRoundedRect(box, 5, 5)
        found = views.score(self._book, risk)
        if found:
            matrix = views.matrix_of(self._book, risk.programme)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(matrix.colour(*found.cell)))
            painter.drawRect(QRectF(box.left() + 1, box.top() + 4, 5, box.height() - 8))
        inside = box.adjusted(12, SPACE / 2, -4, -SPACE / 2)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(c.text))
        score = f"  {found.score}" if found else ""
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, f"{risk.reference}{score}")
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.85)
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        words = inside.adjusted(0, self._line(), 0, 0)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, _fitted(risk.title, words, QFontMetricsF(small)))

    # -- mouse and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the box under the pointer and say what it is."""
        found = self._at(event.position())
        if found != self._hovered:
            self._hovered = found
            risk = self._book.find(Risk, found)
            self.setToolTip(as_tip(f"{risk.reference} {risk.title}\n{risk.statement}") if risk else "")
            self.setCursor(Qt.CursorShape.PointingHandCursor if risk else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the pointer."""
        del event
        self._hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the risk."""
        found = self._at(event.position())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self._pick(found)

    def _pick(self, id: UUID) -> None:
        if id != self._middle:
            self.picked.emit(id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from box to box; Enter opens the risk."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in steps and self.picture and self.cursor_item:
            self.cursor_item = self.picture.beside(self.cursor_item, *steps[key])
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.cursor_item:
            self._pick(self.cursor_item)
        else:
            super().keyPressEvent(event)


def _fitted(text: str, box: QRectF, metrics: QFontMetricsF) -> str:
    """As many words of a text as two lines of the box hold."""
    words, flags = text.split(), int(Qt.TextFlag.TextWordWrap)
    for number in range(len(words), 0, -1):
        shown = " ".join(words[:number]) + ("" if number == len(words) else " …")
        if metrics.boundingRect(QRectF(0, 0, box.width(), 1000), flags, shown).height() <= 2.2 * metrics.lineSpacing():
            return shown
    return text
