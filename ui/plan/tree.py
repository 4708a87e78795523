"""The plan at a glance: recommendations, below each its outcomes with their status."""

from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from risk_register.domain import plan_views
from risk_register.domain.book import Book
from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.record import Record
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.tables.view import paint_pill
from ui.theme import SPACE, colours
from ui.words import as_tip

_RECORD = Qt.ItemDataRole.UserRole
_LOOKS = Qt.ItemDataRole.UserRole + 1
"""What the delegate paints: number, words, what is said below them, and the status's word and colour."""

Looks = tuple[str, str, str, str, str]
_LINES = 2
"""So many lines of an outcome's words are shown."""


class PlanTree(QTreeWidget):
    """Recommendations and outcomes; the arrow keys go from one to the next."""

    chosen = Signal(object)
    """The Record that one went to; None where there is none."""
    add_wanted = Signal()
    """Insert was pressed: an outcome is to be added."""
    remove_wanted = Signal(object)
    """Delete was pressed on this Record."""
    entered = Signal()
    """Enter was pressed: on to the record's fields."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._items: dict[UUID, QTreeWidgetItem] = {}
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(False)
        self.setMinimumWidth(250)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName("Recommendations and outcomes")
        self.currentItemChanged.connect(self._on_current_changed)
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> Record | None:
        """The recommendation or outcome that one is on."""
        item = self.currentItem()
        return item.data(0, _RECORD) if item else None

    def show_plan(self) -> None:
        """Show the plan as it is; what is chosen stays chosen, or what stands in its place is."""
        book, programme = self._desk.book, self._desk.programme
        before = self.current
        shown = list(self._items)
        place = shown.index(before.id) if before and before.id in shown else 0
        wanted: list[tuple[Recommendation, list[Outcome]]] = [
            (item, plan_views.outcomes_of(book, item.id)) for item in plan_views.recommendations(book, programme)
        ]
        order = [record.id for item, outcomes in wanted for record in (item, *outcomes)]
        levels = plan_views.brag_levels(book, programme) if programme else {}
        looks: dict[UUID, Looks] = {}
        for item, outcomes in wanted:
            looks[item.id] = (item.label, item.text, plural(len(outcomes), "outcome"), "", "")
            looks |= {outcome.id: self._looks(book, outcome, levels) for outcome in outcomes}
        if order == shown:
            for item, outcomes in wanted:
                for record in (item, *outcomes):
                    _dress(self._items[record.id], record, looks[record.id])
        else:
            self._build(wanted, looks)
        if self.currentItem() is None and order:
            kept = before.id if before and before.id in self._items else order[min(place, len(order) - 1)]
            if before is None and len(order) > 1:
                kept = order[1]  # the first outcome says more than its recommendation
            self.setCurrentItem(self._items[kept])
        if not order:
            self.chosen.emit(None)

    def _looks(self, book: Book, outcome: Outcome, levels: dict[Brag, BragLevel]) -> Looks:
        milestones = plan_views.milestones_of(book, outcome.id)
        late = sum(1 for item in milestones if item.days_late(self._desk.today()))
        met = sum(1 for item in milestones if item.actual)
        told = f"{met} of {len(milestones)} met" if milestones else "no milestone"
        if late:
            told = f"{told}, {late} late"
        level = levels[outcome.status] if outcome.status else None
        flag = "⚑ " if outcome.id in self._desk.disputed else ""
        return (
            outcome.number,
            f"{flag}{outcome.want or 'Nothing written yet'}",
            told,
            level.word if level else "No status",
            level.colour if level else "",
        )

    def _build(self, wanted: list[tuple[Recommendation, list[Outcome]]], looks: dict[UUID, Looks]) -> None:
        """Make every row anew, each dressed before it is in the tree: from then on it is painted."""
        self.blockSignals(True)
        self.clear()
        self._items = {}
        for recommendation, outcomes in wanted:
            top = QTreeWidgetItem()
            for record in (recommendation, *outcomes):
                item = top if record is recommendation else QTreeWidgetItem()
                _dress(item, record, looks[record.id])
                self._items[record.id] = item
                if item is not top:
                    top.addChild(item)
            self.addTopLevelItem(top)
        self.expandAll()
        self.blockSignals(False)

    def choose(self, id: UUID) -> bool:
        """Go to a recommendation or an outcome. Returns whether it is there."""
        item = self._items.get(id)
        if item is None:
            return False
        self.setCurrentItem(item)
        self.scrollToItem(item)
        return True

    def _on_current_changed(self, item: QTreeWidgetItem | None) -> None:
        self.chosen.emit(item.data(0, _RECORD) if item else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert adds an outcome, Delete removes what is chosen (Undo brings it back), Enter goes to its fields."""
        match event.key():
            case Qt.Key.Key_Insert:
                self.add_wanted.emit()
            case Qt.Key.Key_Delete if self.current is not None:
                self.remove_wanted.emit(self.current)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self._refit.start()


def _dress(item: QTreeWidgetItem, record: Record, looks: Looks) -> None:
    """Give a row its record and its looks; what reads the screen aloud is given the same in one sentence."""
    item.setData(0, _RECORD, record)
    if tuple(item.data(0, _LOOKS) or ()) != looks:
        number, words, told, status, _ = looks
        item.setData(0, _LOOKS, looks)
        item.setText(0, ", ".join(part for part in (number, status, told, words) if part))
        item.setToolTip(0, as_tip(words))


class _Painter(QStyledItemDelegate):
    """Paints a recommendation in bold; an outcome with its number, two lines of words, and its status below."""

    def __init__(self, tree: PlanTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one."""
        number, words, told, status, ground = index.data(_LOOKS)
        c = colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(c.chosen))
            if self._tree.hasFocus():
                painter.fillRect(
                    QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(c.accent)
                )
        painter.setPen(QColor(c.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inside = self._inside(option.rect)
        line = option.fontMetrics.lineSpacing()
        plain, bold = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setPen(QColor(c.text))
        painter.setFont(bold)
        left = inside.left()
        if status:
            gutter = self._gutter(option)
            painter.drawText(QRect(left, inside.top(), gutter, line), Qt.AlignmentFlag.AlignLeft, number)
            left += gutter
        else:
            painter.drawText(QRect(left, inside.top(), inside.width(), line), Qt.AlignmentFlag.AlignLeft, number)
            inside.setTop(inside.top() + line + 2)
            painter.setPen(QColor(c.muted))
        painter.setFont(plain)
        room = QRect(
            left, inside.top(), inside.right() - left, self._words_height(option, words, inside.right() - left)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, _cut(option, words, room.width()))
        below = QRect(left, room.bottom() + 4, room.width(), line + 6)
        if ground:
            paint_pill(painter, below.translated(-7, 0), status, ground)
            wide = option.fontMetrics.horizontalAdvance(status) + 16 + SPACE
            below.setLeft(below.left() + wide)
        elif status:
            told = f"{status} · {told}"
        if status:
            painter.setPen(QColor(c.muted))
            fits = option.fontMetrics.elidedText(told, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, fits)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its words need."""
        _, words, _, status, _ = index.data(_LOOKS)
        inside = self._inside(QRect(0, 0, self._tree.viewport().width(), 10))
        line = option.fontMetrics.lineSpacing()
        width = inside.width() - (self._gutter(option) if status else 0)
        height = self._words_height(option, words, width) + (line + 10 if status else line + 2)
        return QSize(10, height + 2 * SPACE)

    @staticmethod
    def _inside(rect: QRect) -> QRect:
        return rect.adjusted(2 * SPACE, SPACE, -SPACE, -SPACE)

    @staticmethod
    def _gutter(option: QStyleOptionViewItem) -> int:
        return int(option.fontMetrics.horizontalAdvance("00.00")) + 2

    @staticmethod
    def _words_height(option: QStyleOptionViewItem, words: str, width: int) -> int:
        return _height(option, _cut(option, words, width) or "x", width)


def _height(option: QStyleOptionViewItem, words: str, width: int) -> int:
    room = QRect(0, 0, max(width, 40), 0)
    return option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()


def _cut(option: QStyleOptionViewItem, words: str, width: int) -> str:
    """`words`, cut so that they fill so many lines and no more."""
    most = (_LINES + 0.5) * option.fontMetrics.lineSpacing()  # a line is not quite as high as the step to the next
    if _height(option, words, width) <= most:
        return words
    kept = words[:400].split()
    while len(kept) > 1:
        kept.pop()
        tried = f"{' '.join(kept)} …"
        if _height(option, tried, width) <= most:
            return tried
    return option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
