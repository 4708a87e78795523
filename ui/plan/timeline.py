"""The milestones by workstream along the months: what was promised against what is expected or was met."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from risk_register.charts.timeline import Chart, Days, Mark, lay_out
from risk_register.domain import plan_views
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome
from risk_register.domain.text import short_day
from risk_register.domain.views import shown
from ui.desk import Desk
from ui.theme import SPACE, colours, theme
from ui.words import as_html

_PADDING = 12
"""A row is so much higher than its words."""


class Timeline(QAbstractScrollArea):
    """A row for each milestone.

    A diamond without filling is its baseline; one that is filled when it is expected, a disc when it was met; the line
    between them is its slippage.
    """

    picked = Signal(object)
    """A Milestone that was clicked, or Enter was pressed on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chart: Chart[Milestone] | None = None
        self._cursor: int | None = None
        self._hovered: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Timeline of milestones: arrow keys go from one to the next, Enter opens it")
        theme().changed.connect(self.viewport().update)

    def show_plan(self) -> None:
        """Show the plan as it is."""
        before = self.current
        book, today = self._desk.book, self._desk.today()
        lanes = [
            (board.name if board else "No workstream yet", milestones)
            for board, milestones in plan_views.by_workstream(book, self._desk.programme)
        ]
        self._chart = lay_out(
            lanes, lambda item: Days(item.baseline, item.actual or item.due, met=item.actual is not None), today
        )
        self._cursor = next(
            (place for place, mark in enumerate(self._chart.marks) if before and mark.item.id == before.id), None
        )
        self._hovered = None
        self._set_range()
        self.viewport().update()

    @property
    def current(self) -> Milestone | None:
        """The milestone that the keys are at."""
        marks = self._marks
        return marks[self._cursor].item if self._cursor is not None and self._cursor < len(marks) else None

    @property
    def _at_key(self) -> int | None:
        """The place of the milestone that the keys are at, while they are here."""
        return self._cursor if self.hasFocus() else None

    @property
    def _marks(self) -> list[Mark[Milestone]]:
        return self._chart.marks if self._chart else []

    # -- geometry

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(520, 200)

    @property
    def _row(self) -> int:
        return self.fontMetrics().height() + _PADDING

    @property
    def _top(self) -> int:
        """How high the months are, which stay in view."""
        return 2 * self.fontMetrics().lineSpacing() + 2 * SPACE + 4

    def _field(self) -> QRectF:
        """Where the months are, seen from the viewport."""
        wide = self.viewport().width()
        left = min(430.0, max(220.0, wide * 0.36))
        return QRectF(
            left, self._top, max(60.0, wide - left - 12 * SPACE), max(10.0, self.viewport().height() - self._top)
        )

    def row_rect(self, row: int) -> QRectF:
        """Where a row is, seen from the viewport."""
        top = self._top + row * self._row - self.verticalScrollBar().value()
        return QRectF(0, top, self.viewport().width(), self._row)

    def mark_rect(self, milestone: Milestone) -> QRectF | None:
        """Where a milestone's row is, seen from the viewport."""
        return next((self.row_rect(mark.row) for mark in self._marks if mark.item.id == milestone.id), None)

    def _set_range(self) -> None:
        high = (self._chart.rows if self._chart else 0) * self._row + SPACE
        bar, seen = self.verticalScrollBar(), self.viewport().height() - self._top
        bar.setPageStep(max(1, seen))
        bar.setSingleStep(self._row)
        bar.setRange(0, max(0, high - seen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll over what does not fit."""
        super().resizeEvent(event)
        self._set_range()

    def _at(self, place: QPointF) -> int | None:
        if place.y() < self._top:
            return None
        row = int((place.y() - self._top + self.verticalScrollBar().value()) // self._row)
        return next((number for number, mark in enumerate(self._marks) if mark.row == row), None)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the months over what has scrolled below them."""
        del event
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        painter.fillRect(self.viewport().rect(), QColor(c.surface))
        if self._chart is not None and self._chart.rows:
            self._paint_months(painter, self._chart)
            self._paint_lanes(painter, self._chart)
            for number in {self._hovered, self._at_key}:
                if number is not None:
                    painter.fillRect(self.row_rect(self._chart.marks[number].row), QColor(c.chosen))
            self._paint_today(painter, self._chart)
            for number, mark in enumerate(self._chart.marks):
                rect = self.row_rect(mark.row)
                if rect.bottom() > self._top and rect.top() < self.viewport().height():
                    self._paint_mark(painter, number, mark, rect)
            self._paint_head(painter, self._chart)
        painter.end()

    def _paint_lanes(self, painter: QPainter, chart: Chart[Milestone]) -> None:
        c = colours()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        for lane in chart.lanes:
            rect = self.row_rect(lane.row)
            painter.fillRect(rect, QColor(c.raised))
            painter.setPen(QColor(c.text))
            painter.drawText(rect.adjusted(3 * SPACE, 0, -SPACE, 0), Qt.AlignmentFlag.AlignVCenter, lane.words)
        painter.setFont(self.font())

    def _paint_months(self, painter: QPainter, chart: Chart[Milestone]) -> None:
        """A line where each month begins."""
        field = self._field()
        painter.setPen(QPen(QColor(colours().line), 1))
        for month in chart.span.months():
            x = field.left() + chart.span.x(month) * field.width()
            painter.drawLine(QPointF(x, field.top()), QPointF(x, self._bottom(chart)))

    def _paint_today(self, painter: QPainter, chart: Chart[Milestone]) -> None:
        field = self._field()
        x = field.left() + chart.today * field.width()
        painter.setPen(QPen(QColor(colours().accent), 2))
        painter.drawLine(QPointF(x, field.top()), QPointF(x, self._bottom(chart)))

    def _bottom(self, chart: Chart[Milestone]) -> float:
        return min(self._field().bottom(), self.row_rect(chart.rows).top())

    def _paint_head(self, painter: QPainter, chart: Chart[Milestone]) -> None:
        """The months, which stay in view, with today among them and what the signs mean."""
        c, field = colours(), self._field()
        line = self.fontMetrics().lineSpacing()
        painter.fillRect(QRectF(0, 0, self.viewport().width(), self._top), QColor(c.surface))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(QPointF(0, self._top - 0.5), QPointF(self.viewport().width(), self._top - 0.5))
        self._paint_legend(painter, QRectF(3 * SPACE, SPACE, field.left() - 4 * SPACE, self._top - 2 * SPACE))
        months = chart.span.months()
        wide = field.width() / len(months)
        step = next(
            (step for step in (1, 2, 3, 6, 12) if wide * step > self.fontMetrics().horizontalAdvance("MMM") + 6), 12
        )
        x = field.left() + chart.today * field.width()
        room = self.fontMetrics().horizontalAdvance("Today") + 12
        box = QRectF(x - room / 2, SPACE - 2, room, line + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(box, 4, 4)
        painter.drawRect(QRectF(x - 1, box.bottom(), 2, self._top - box.bottom()))
        painter.setPen(QColor(c.on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Today")
        base = self._top - line - 4 + self.fontMetrics().ascent()
        for place, month in enumerate(months):
            x = field.left() + chart.span.x(month) * field.width() + 3
            if place % step == 0:
                painter.setPen(QColor(c.muted))
                painter.drawText(QPointF(x, base), f"{month:%b}")
            if month.month == 1 or place == 0:
                year = QRectF(x, SPACE, self.fontMetrics().horizontalAdvance("0000"), line)
                if year.intersects(box):
                    year.moveLeft(box.right() + 4)
                painter.setPen(QColor(c.text))
                painter.drawText(year, Qt.AlignmentFlag.AlignVCenter, f"{month:%Y}")

    def _paint_legend(self, painter: QPainter, rect: QRectF) -> None:
        c, metrics = colours(), self.fontMetrics()
        x, y = rect.left() + 6, rect.bottom() - metrics.lineSpacing() / 2
        for sign, words in enumerate(("baseline", "expected", "met")):
            if sign == 2:  # noqa: PLR2004  the last
                self._disc(painter, QPointF(x, y), c.good)
            else:
                self._diamond(painter, QPointF(x, y), c.text if sign else c.muted, filled=bool(sign))
            painter.setPen(QColor(c.muted))
            painter.drawText(QPointF(x + 10, y + metrics.ascent() / 2 - 1), words)
            x += metrics.horizontalAdvance(words) + 30

    def _paint_mark(self, painter: QPainter, number: int, mark: Mark[Milestone], rect: QRectF) -> None:
        c, field, today = colours(), self._field(), self._desk.today()
        milestone = mark.item
        late, slips = milestone.days_late(today) > 0, milestone.is_slipping(today)
        ink = c.bad if late else c.warn if slips else c.good if mark.met else c.text
        if number == self._at_key:
            painter.fillRect(QRectF(0, rect.top(), 3, rect.height()), QColor(c.accent))
        outcome = self._desk.book.get(Outcome, milestone.outcome)
        words = QRectF(5 * SPACE, rect.top(), field.left() - 6 * SPACE, rect.height())
        told = painter.fontMetrics().elidedText(
            f"{outcome.number}  {milestone.title}", Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.setPen(QColor(c.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, told)
        middle = rect.center().y()
        ends = [field.left() + x * field.width() for x in (mark.promised, mark.ends) if x is not None]
        if mark.promised is not None and mark.ends is not None and mark.promised != mark.ends:
            painter.setPen(QPen(QColor(ink), 3))
            painter.drawLine(QPointF(ends[0], middle), QPointF(ends[1], middle))
        if late and self._chart is not None and mark.ends is not None:
            pen = QPen(QColor(ink), 2, Qt.PenStyle.DotLine)  # late and not met: it runs on until today
            painter.setPen(pen)
            now = field.left() + self._chart.today * field.width()
            painter.drawLine(QPointF(ends[-1], middle), QPointF(now, middle))
            ends.append(now)
        if mark.promised is not None:
            self._diamond(painter, QPointF(field.left() + mark.promised * field.width(), middle), c.muted, filled=False)
        if mark.ends is not None:
            at = QPointF(field.left() + mark.ends * field.width(), middle)
            if mark.met:
                self._disc(painter, at, ink)
            else:
                self._diamond(painter, at, ink, filled=True)
        runs = plan_views.how_it_runs(milestone, today)
        if runs in ("on time", "met"):
            return
        painter.setPen(QColor(ink if ends else c.muted))
        x = max(ends, default=field.left()) + 10
        room = self.viewport().width() - x - 4
        if painter.fontMetrics().horizontalAdvance(runs) > room:
            x = min(ends) - 10 - painter.fontMetrics().horizontalAdvance(runs)
        box = QRectF(x, rect.top() + 2, painter.fontMetrics().horizontalAdvance(runs) + 4, rect.height() - 4)
        painter.fillRect(
            box, QColor(c.chosen if number in (self._hovered, self._at_key) else c.surface)
        )  # over today's line
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, runs)

    @staticmethod
    def _diamond(painter: QPainter, at: QPointF, ink: str, *, filled: bool) -> None:
        half = 6.0
        painter.setPen(QPen(QColor(ink), 1.8))
        painter.setBrush(QColor(ink if filled else colours().surface))
        painter.drawPolygon(
            QPolygonF([at + QPointF(0, -half), at + QPointF(half, 0), at + QPointF(0, half), at + QPointF(-half, 0)])
        )

    @staticmethod
    def _disc(painter: QPainter, at: QPointF, ink: str) -> None:
        painter.setPen(QPen(QColor(ink), 1.8))
        painter.setBrush(QColor(ink))
        painter.drawEllipse(at, 5, 5)

    # -- mouse and keyboard

    def describe(self, milestone: Milestone) -> str:
        """A milestone in words: what, for which outcome, its dates, how it runs, and what is in its way."""
        book = self._desk.book
        dates = [
            f"{words} {short_day(day)}"
            for words, day in (
                ("baseline", milestone.baseline),
                ("forecast", milestone.forecast),
                ("met", milestone.actual),
            )
            if day
        ]
        parts = [
            f"{book.get(Outcome, milestone.outcome).label}: {milestone.title}",
            ", ".join([*dates, plan_views.how_it_runs(milestone, self._desk.today())]),
            shown(book, milestone, "lead"),
            milestone.barrier,
        ]
        return "\n".join(part for part in parts if part)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                title, _, rest = self.describe(self._marks[found].item).partition("\n")
                QToolTip.showText(event.globalPos(), f"<qt><b>{as_html(title)}</b><br>{as_html(rest)}</qt>", self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        self._hover(self._at(event.position()))

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the milestone."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(found)
            self.picked.emit(self._marks[found].item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from one to the next; Enter or Space opens it."""
        last = len(self._marks) - 1
        at = self._cursor
        page = max(1, self.verticalScrollBar().pageStep() // self._row - 1)
        steps = {
            Qt.Key.Key_Down: 0 if at is None else at + 1,
            Qt.Key.Key_Up: 0 if at is None else at - 1,
            Qt.Key.Key_PageDown: (at or 0) + page,
            Qt.Key.Key_PageUp: (at or 0) - page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in steps and last >= 0:
            self._go_to(min(max(steps[key], 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current is not None:
            self.picked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go_to(self, number: int) -> None:
        self._cursor = number
        row, bar = self._marks[number].row, self.verticalScrollBar()
        first = row - 1 if number == 0 or self._marks[number - 1].row != row - 1 else row  # with its lane's heading
        bar.setValue(min(bar.value(), first * self._row))
        bar.setValue(max(bar.value(), (row + 1) * self._row - bar.pageStep()))
        self.setAccessibleDescription(self.describe(self._marks[number].item))
        self.viewport().update()

    def focusInEvent(self, event: object) -> None:
        """Begin at the first."""
        if self._cursor is None and self._marks:
            self._go_to(0)
        self.viewport().update()
        del event

    def focusOutEvent(self, event: object) -> None:
        """The keys are elsewhere."""
        self.viewport().update()
        del event
