"""The table as one sees it: columns chosen, moved and remembered; rows copied to a workbook."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from risk_register.domain.colour import readable_on
from risk_register.domain.record import Record
from risk_register.exchange.clipboard import as_html, as_text
from ui import settings
from ui.tables.model import CELL, RecordModel
from ui.theme import colours
from ui.words import as_item

if TYPE_CHECKING:
    from ui.tables.columns import Cell

R = TypeVar("R", bound=Record)

_FLAG = 12
"""The side of the flag before a marked reference, in pixels."""


class CellPainter(QStyledItemDelegate):
    """Paints a cell's text, on a rounded ground where the cell has one."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Take the text away from cells that are painted on a ground, and redden alarming ones."""
        super().initStyleOption(option, index)
        cell: Cell = index.data(CELL)
        if cell.pill:
            option.text = ""
        elif cell.alarm:
            option.palette.setColor(option.palette.ColorRole.Text, QColor(colours().bad))
            option.palette.setColor(option.palette.ColorRole.HighlightedText, QColor(colours().bad))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell, then the ground and text of a pill."""
        super().paint(painter, option, index)
        cell: Cell = index.data(CELL)
        if cell.pill:
            paint_pill(painter, option.rect, cell.text, cell.pill)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the text, or the pill."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 16, size.height())


def paint_pill(painter: QPainter, rect: Any, text: str, ground: str) -> None:  # noqa: ANN401  QRect or QRectF
    """Paint text on a rounded ground, at the left of a rectangle and in the middle of its height."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = painter.fontMetrics()
    width = min(metrics.horizontalAdvance(text) + 16, rect.width() - 10)
    height = metrics.height() + 5
    box = QRectF(rect.left() + 7, rect.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QColor(readable_on(ground)))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 10)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class RecordTable(QTableView, Generic[R]):
    """A table of records. `name` is what its columns are remembered under."""

    chosen = Signal(object)
    """The id of the record that one moved to; None where there is none."""
    activated_id = Signal(object)
    """The id of the record that one double-clicked or pressed Enter on."""
    paste_wanted = Signal()
    """What was copied elsewhere is to be pasted here."""

    def __init__(
        self, name: str, model: RecordModel[R], sort: tuple[int, Qt.SortOrder], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._wanted: UUID | None = None
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setIconSize(QSize(_FLAG, _FLAG))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu_asked)
        for number, column in enumerate(model.columns):
            self.setColumnWidth(number, column.width)
            self.setColumnHidden(number, not column.shown)
        header.setSortIndicator(*sort)
        model.sort(*sort)
        settings.keep_header(f"{name}/columns", header)
        self.setSortingEnabled(True)
        model.columnsInserted.connect(self._on_columns_inserted)
        model.modelAboutToBeReset.connect(self._on_reset_near)
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: model.hold(self.current_id))
        self.doubleClicked.connect(self._on_activated)

    @property
    def current_id(self) -> UUID | None:
        """The id of the record one is on."""
        row = self.currentIndex().row()
        return self._model.id_at(row) if row >= 0 else None

    def selected_ids(self) -> list[UUID]:
        """The ids of the selected records, from top to bottom."""
        return [self._model.id_at(row) for row in sorted({index.row() for index in self.selectedIndexes()})]

    def choose(self, id: UUID) -> bool:
        """Move to a record. Returns whether it is visible."""
        row = self._model.row_of(id)
        if row is None:
            return False
        first = self.horizontalHeader().logicalIndex(0)
        # Said in full: else Qt asks which keys are held, and Ctrl+2 would leave the row of its screen unchosen.
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._model.index(row, max(first, 0)), flags)
        self.scrollTo(self.currentIndex())
        return True

    # -- keeping one's place

    def _on_reset_near(self) -> None:
        self._wanted = self.current_id or self._wanted

    def _on_reset(self) -> None:
        if self._wanted is not None and not self.choose(self._wanted):
            self.chosen.emit(None)

    def _on_row_changed(self, current: QModelIndex) -> None:
        self.chosen.emit(self._model.id_at(current.row()) if current.isValid() else None)
        self._soon.start()  # not now: rows must not go while the selection is on its way

    def _on_activated(self, index: QModelIndex) -> None:
        self.activated_id.emit(self._model.id_at(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected rows, paste others, or act on Enter."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # -- columns

    def _shown_columns(self) -> list[int]:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [number for number in order if not self.isColumnHidden(number)]

    def _on_header_menu_asked(self, place: QPoint) -> None:
        self.columns_menu().exec(self.horizontalHeader().mapToGlobal(place))

    def columns_menu(self) -> QMenu:
        """The menu by which columns are chosen."""
        menu = QMenu(self)
        for number, column in enumerate(self._model.columns):
            action = menu.addAction(as_item(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(self.isColumnHidden(number) or len(self._shown_columns()) > 1)
            action.setData(number)
            action.toggled.connect(self._on_column_toggled)
        menu.addSeparator()
        menu.addAction("Reset columns").triggered.connect(self._on_columns_reset)
        return menu

    def _on_column_toggled(self, shown: bool) -> None:  # noqa: FBT001
        action = self.sender()
        assert isinstance(action, QAction), "only the menu's actions are connected"
        number = action.data()
        self.setColumnHidden(number, not shown)
        if shown and self.columnWidth(number) < 40:  # noqa: PLR2004
            self.setColumnWidth(number, self._model.columns[number].width)

    def _on_columns_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        for number in range(first, last + 1):
            self.setColumnWidth(number, self._model.columns[number].width)
            self.setColumnHidden(number, not self._model.columns[number].shown)

    def _on_columns_reset(self) -> None:
        header = self.horizontalHeader()
        for number, column in enumerate(self._model.columns):
            header.moveSection(header.visualIndex(number), number)
            self.setColumnHidden(number, not column.shown)
            self.setColumnWidth(number, column.width)

    # -- to Excel and Word

    def _is_locked(self, row: int) -> bool:
        cells = (self._model.index(row, number).data(CELL) for number in range(len(self._model.columns)))
        return any(cell.locked for cell in cells)

    def copy(self) -> None:
        """Put the selected rows, with headings, on the clipboard: as text for Excel, as a table for Word."""
        columns = self._shown_columns()
        rows = sorted({index.row() for index in self.selectedIndexes()})
        told = next((number for number, item in enumerate(self._model.columns) if item.key == "audience"), None)
        if told is not None and told not in columns and any(self._is_locked(row) for row in rows):
            columns.append(told)  # the word goes with the row wherever it is pasted
        table = [[self._model.columns[number].title for number in columns]]
        table += [[self._model.index(row, number).data() for number in columns] for row in rows]
        data = QMimeData()
        data.setText(as_text(table))
        data.setHtml(as_html(table))
        QApplication.clipboard().setMimeData(data)


__all__ = ["CellPainter", "RecordTable", "paint_pill"]
