"""The run chart on screen: readings against median, trajectory and target, with what is not likely to be chance."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from risk_register.charts.runchart import Frame, framed, spread
from risk_register.domain.measure import Measure, Reading
from risk_register.domain.runs import Run, median, runs
from risk_register.domain.text import figures, long_day, plural
from ui.theme import colours, theme
from ui.words import as_tip

_DOT = 3.5
"""The radius of a reading, in pixels."""
_NEAR = 14
"""So near to a reading (pixels) the pointer is on it."""


class RunChartView(QWidget):
    """Readings of a measure by day. The arrow keys go from one to the next, and say it; so does the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure: Measure | None = None
        self.readings: Sequence[Reading] = ()
        self.runs: Sequence[Run] = ()
        self.median: Decimal | None = None
        self.current: int | None = None
        self._trajectory: Sequence[tuple[date, Decimal]] = ()
        self._today = date.min
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide, and as high as its lines need."""
        return QSize(420, self.fontMetrics().lineSpacing() * 14)

    def show_measure(
        self, measure: Measure, readings: Sequence[Reading], trajectory: Sequence[tuple[date, Decimal]], today: date
    ) -> None:
        """Show a measure; the reading one was on stays the one."""
        was = self.readings[self.current].id if self.current is not None else None
        values = [item.value for item in readings]
        self.measure, self.readings, self._trajectory, self._today = measure, readings, trajectory, today
        self.median, self.runs = median(values), runs(values)
        self.current = next((place for place, item in enumerate(readings) if item.id == was), None)
        self.setAccessibleName(f"Run chart of {measure.name}, {plural(len(readings), 'reading')}")
        self.setAccessibleDescription(" ".join(self.sentences()) or "Nothing stands out.")
        self.update()

    def sentences(self) -> list[str]:
        """What is not likely to be chance, a sentence each."""
        return [
            f"{run.signal.value}: {run.sentence}, {long_day(self.readings[run.first].on)} to "
            f"{long_day(self.readings[run.last].on)}."
            for run in self.runs
        ]

    def describe(self, place: int) -> str:
        """One reading in words."""
        assert self.measure, "asked only with a measure"
        item = self.readings[place]
        within = [run.signal.value.lower() for run in self.runs if run.first <= place <= run.last]
        told = f"{self.measure.words(item.value)} on {long_day(item.on)}"
        told += f", part of a {' and a '.join(dict.fromkeys(within))}" if within else ""
        return f"{told}\n{item.note}" if item.note else told

    # -- geometry

    def _frame(self) -> Frame:
        days = [item.on for item in self.readings] + [day for day, _ in self._trajectory] + [self._today]
        values = [item.value for item in self.readings] + [value for _, value in self._trajectory]
        assert self.measure, "asked only with a measure"
        values += [value for value in (self.measure.baseline, self.measure.target) if value is not None]
        return framed(days, values or [Decimal(0)])

    def _field(self, frame: Frame) -> QRectF:
        metrics = self.fontMetrics()
        left = max(metrics.horizontalAdvance(figures(level)) for level in frame.levels()) + 20
        right = max([metrics.horizontalAdvance(words) for _, words, _ in self._labels()], default=0) + 18
        below = metrics.lineSpacing() + 8
        return QRectF(left, 8, max(20.0, self.width() - left - right), max(20.0, self.height() - below - 12))

    def _labels(self) -> list[tuple[Decimal, str, str]]:
        """What is written at the right: where, the words, their colour."""
        assert self.measure, "asked only with a measure"
        c = colours()
        found = []
        if self.measure.target is not None:
            found.append((self.measure.target, f"Target {figures(self.measure.target, 2)}", c.good))
        if self.measure.baseline is not None:
            found.append((self.measure.baseline, f"Baseline {figures(self.measure.baseline, 2)}", c.muted))
        if self.median is not None:
            found.append((self.median, f"Median {figures(self.median, 2)}", c.accent))
        return found

    def place_of(self, number: int) -> QPointF:
        """Where a reading stands in the widget."""
        frame = self._frame()
        return _at(self._field(frame), frame, self.readings[number].on, self.readings[number].value)

    def reading_at(self, place: QPointF) -> int | None:
        """The reading at or next to a point."""
        if self.measure is None or not self.readings:
            return None
        frame = self._frame()
        field = self._field(frame)
        far = [(_at(field, frame, item.on, item.value) - place).manhattanLength() for item in self.readings]
        nearest = min(range(len(far)), key=far.__getitem__)
        return nearest if far[nearest] <= _NEAR else None

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines across, the trajectory, the median, and the readings over them."""
        del event
        if self.measure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame()
        field = self._field(frame)
        self._paint_grid(painter, field, frame)
        self._paint_expected(painter, field, frame)
        self._paint_labels(painter, field, frame)
        self._paint_readings(painter, field, frame)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_grid(self, painter: QPainter, field: QRectF, frame: Frame) -> None:
        c, metrics = colours(), self.fontMetrics()
        high = metrics.lineSpacing()
        for level in frame.levels():
            y = field.bottom() - frame.y(level) * field.height()
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(QColor(c.muted))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - high / 2, field.left() - 8, high), side, figures(level))
        wide = metrics.horizontalAdvance("Jan 2026")
        months = frame.months(max(2, int(field.width() / (wide * 1.1))))
        for month in months:
            x = field.left() + frame.x(month) * field.width()
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(QPointF(x, field.bottom()), QPointF(x, field.bottom() + 4))
            painter.setPen(QColor(c.muted))
            words = f"{month:%b %Y}" if month.month == 1 or month is months[0] else f"{month:%b}"
            box = QRectF(max(0.0, x - wide / 2), field.bottom() + 5, wide, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)

    def _paint_expected(self, painter: QPainter, field: QRectF, frame: Frame) -> None:
        assert self.measure, "painted only with a measure"
        c = colours()
        for value, colour, style in (
            (self.measure.target, c.good, Qt.PenStyle.SolidLine),
            (self.measure.baseline, c.muted, Qt.PenStyle.DotLine),
            (self.median, c.accent, Qt.PenStyle.DashDotLine),
        ):
            if value is not None:
                y = field.bottom() - frame.y(value) * field.height()
                painter.setPen(QPen(QColor(colour), 1.2, style))
                painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        painter.setPen(QPen(QColor(c.good), 1.8, Qt.PenStyle.DashLine))
        points = [_at(field, frame, day, value) for day, value in self._trajectory]
        if len(points) > 1:
            painter.drawPolyline(points)
        if frame.first < self._today < frame.last:
            x = field.left() + frame.x(self._today) * field.width()
            painter.setPen(QPen(QColor(c.muted), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))

    def _paint_labels(self, painter: QPainter, field: QRectF, frame: Frame) -> None:
        labels = self._labels()
        high = float(self.fontMetrics().lineSpacing())
        wanted = [field.bottom() - frame.y(value) * field.height() for value, _, _ in labels]
        for (_, words, colour), y in zip(labels, spread(wanted, high, field.top(), field.bottom()), strict=True):
            painter.setPen(QColor(colour))
            box = QRectF(field.right() + 6, y - high / 2, self.width() - field.right() - 6, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_readings(self, painter: QPainter, field: QRectF, frame: Frame) -> None:
        c = colours()
        points = [_at(field, frame, item.on, item.value) for item in self.readings]
        marked = {place for run in self.runs for place in range(run.first, run.last + 1)}
        painter.setPen(QPen(QColor(c.text), 1.6))
        if len(points) > 1:
            painter.drawPolyline(points)
        for place, point in enumerate(points):
            # A run is told by shape as well as by colour: its points are rings.
            painter.setPen(QPen(QColor(c.warn if place in marked else c.text), 2))
            painter.setBrush(QColor(c.surface if place in marked else c.text))
            size = _DOT + (1 if place in marked else 0)
            painter.drawEllipse(point, size, size)
        if self.current is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawEllipse(points[self.current], _DOT + 5, _DOT + 5)
            self._paint_current(painter, field, points[self.current])

    def _paint_current(self, painter: QPainter, field: QRectF, point: QPointF) -> None:
        """Write the value beside the reading one is on."""
        assert self.measure, "painted only with a measure"
        assert self.current is not None, "painted only with a reading"
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        words = self.measure.words(self.readings[self.current].value)
        wide, high = painter.fontMetrics().horizontalAdvance(words) + 10, painter.fontMetrics().lineSpacing()
        left = min(max(point.x() - wide / 2, field.left()), field.right() - wide)
        top = point.y() - high - 12 if point.y() - high - 12 > field.top() else point.y() + 12
        box = QRectF(left, top, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().raised))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours().text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.setFont(self.font())

    # -- mouse and keyboard

    def event(self, event: QEvent) -> bool:
        """Say the reading under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.reading_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), as_tip(self.describe(place)) if place is not None else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the reading that was clicked."""
        self._go(self.reading_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next reading or the one before, the first or the last."""
        last = len(self.readings) - 1
        steps = {
            Qt.Key.Key_Left: last if self.current is None else max(0, self.current - 1),
            Qt.Key.Key_Right: 0 if self.current is None else min(last, self.current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in steps and self.readings:
            self._go(steps[key])
            QToolTip.showText(self._below_current(), as_tip(self.describe(steps[key])), self)
        elif key == Qt.Key.Key_Escape and self.current is not None:
            self._go(None)
            QToolTip.hideText()
        else:
            super().keyPressEvent(event)

    def _below_current(self) -> QPoint:
        assert self.current is not None, "asked only with a reading"
        return self.mapToGlobal(self.place_of(self.current).toPoint() + QPoint(8, 16))

    def _go(self, place: int | None) -> None:
        self.current = place
        self.setAccessibleDescription(self.describe(place) if place is not None else " ".join(self.sentences()))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the cursor there is no reading one is on."""
        super().focusOutEvent(event)
        self._go(None)


def _at(field: QRectF, frame: Frame, day: date, value: Decimal) -> QPointF:
    return QPointF(field.left() + frame.x(day) * field.width(), field.bottom() - frame.y(value) * field.height())
