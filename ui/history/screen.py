"""The history's screen: edits at the left, what one of them changed at the right, undo from there."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain.action import Action
from risk_register.domain.change import Change, Edit
from risk_register.domain.escalation import Escalation
from risk_register.domain.evidence import Evidence
from risk_register.domain.kinds import KINDS
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.record import Record, merge_groups, specs
from risk_register.domain.resource import Resource
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, Risk
from risk_register.domain.risk_link import RiskLink
from risk_register.domain.text import fold, long_day, plural, short_day
from risk_register.domain.views import shown_value
from ui import settings
from ui.desk import Desk
from ui.screen import Head, Screen
from ui.theme import SPACE, as_title, colours, muted
from ui.words import Words, as_html, as_item, as_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = ("When", "Who", "What", "Why", "Where")
_PAGE = 500
_OPENED = (Risk, Action, Recommendation, Outcome, Milestone, Evidence, Resource)
"""What can be shown where it is edited."""


class _Model(QAbstractTableModel):
    """Edits, the newest first; older ones are fetched as one scrolls down."""

    def __init__(self) -> None:
        super().__init__()
        self.past: list[Any] = []
        self._shown: list[Any] = []
        self._words: list[str] = []

    def show(self, past: list[Any]) -> None:
        self.past = past
        self.filter(" ".join(self._words))

    def filter(self, words: str) -> None:
        self._words = fold(words).split()
        self.beginResetModel()
        self._shown = [item for item in self.past if all(word in _text(item.edit) for word in self._words)]
        self.endResetModel()

    def at(self, row: int) -> Any:  # noqa: ANN401  a PastEdit, which only the desk may know
        return self._shown[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _COLUMNS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        past = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            edit: Edit = past.edit
            moment = edit.when.astimezone()
            when = f"{short_day(moment)}  {moment:%H:%M}"
            label = f"{edit.label}  (undone)" if past.undone else edit.label
            label = f"{label}  (merged)" if edit.merged else label
            shown = role == Qt.ItemDataRole.DisplayRole
            who = edit.who if shown else _by(edit)
            text = (when, who, label, " ".join(edit.why.split()), edit.where)[index.column()]
            return text if shown else as_tip(text)
        if past.undone and role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setStrikeOut(index.column() == 2)  # noqa: PLR2004
            return font
        if past.undone and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().muted)
        return None


def _text(edit: Edit) -> str:
    return fold(f"{edit.label} {_by(edit)} {edit.why} {edit.where}{' merged' if edit.merged else ''}")


def _by(edit: Edit) -> str:
    """Who made it, and under which login it came where that is another."""
    return f"{edit.who}, sent by {edit.by}" if edit.by not in ("", edit.who) else edit.who


def _notes(edit: Edit) -> Iterator[str]:
    """What became of it among the edits of others."""
    if edit.merged:
        yield "Merged: somebody had changed other fields of the same records meanwhile. Both stand."
    if edit.lost:
        yield (
            "Lost a conflict: somebody else had changed the same, neither having seen the other. What does not stand is "
            "marked below; it was kept, and may have been taken when the conflict was settled."
        )


class HistoryScreen(Screen):
    """Every edit there ever was."""

    title = "History"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = _Model()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 16)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        when = self.table.fontMetrics().horizontalAdvance("25 Nov 2026  20:20") + 3 * SPACE
        for number, width in enumerate((when, 160, 220, 220, 150)):
            self.table.setColumnWidth(number, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        settings.keep_header("history/columns", header)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Type to filter: what, who, why or where")
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(330)
        self._search.textChanged.connect(self._on_filtered)
        self._older = QPushButton("Older edits")
        self._older.clicked.connect(self._on_older_clicked)
        self._head = Head("History")
        self._only = QPushButton()
        self._only.setCheckable(True)
        self._only.setChecked(True)
        self._only.setToolTip("Show every edit again")
        self._only.clicked.connect(self._on_all_wanted)
        self._only.hide()
        self._head.tools.addWidget(self._only)
        self._head.tools.addWidget(self._search)
        self._chosen: UUID | None = None
        self._about: Record | None = None
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignCenter)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self._built_detail())
        settings.keep_splitter("history/splitter", splitter, [860, 340])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(splitter, 1)

    def _built_detail(self) -> QWidget:
        self._title, self._who, self._what = Words(wrap=True), Words(wrap=True), QLabel()
        as_title(self._title, larger=2)
        muted(self._who)
        self._what.setWordWrap(True)
        for label in (self._title, self._who, self._what):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._what.setTextFormat(Qt.TextFormat.RichText)
        self._undo, self._open = QPushButton("Undo this"), QPushButton("Show the record")
        self._undo.clicked.connect(self._on_undo_clicked)
        self._open.clicked.connect(self._on_open_clicked)
        self._record: Any = None
        buttons = QHBoxLayout()
        buttons.addWidget(self._undo)
        buttons.addWidget(self._open)
        buttons.addStretch()
        page = QWidget()
        page.setProperty("page", True)
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 3 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._who)
        column.addLayout(buttons)
        column.addSpacing(SPACE)
        column.addWidget(self._what)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setMinimumWidth(320)
        return area

    def reload(self) -> None:
        """Show another register: all its newest edits."""
        self._tell_about(None)

    def show_record(self, record: Record) -> None:
        """Show only the edits that changed a record or what hangs on it."""
        self._search.clear()
        self._tell_about(record)

    def _tell_about(self, record: Record | None) -> None:
        self._about = record
        self._only.setVisible(record is not None)
        self._only.setText(as_item(f"Only {record.label}  ✕") if record else "")
        self._fetch()

    def _on_all_wanted(self) -> None:
        self._only.setChecked(True)
        self._tell_about(None)

    def _fetch(self) -> None:
        self.desk.history(self._about, self._on_fetched)

    def take(self, edit: Edit) -> None:
        """An edit was kept: it stands on top, and may have undone another."""
        del edit
        self._fetch()

    def enter(self) -> None:
        """Put the cursor into the table."""
        self.table.setFocus()

    def restyle(self) -> None:
        """Show the same in other colours."""
        self._fetch()

    def focus_search(self) -> bool:
        """Put the cursor in the filter."""
        self._search.setFocus()
        return True

    def _on_fetched(self, past: list[Any]) -> None:
        self._show(past)
        self._older.setVisible(len(past) >= _PAGE)

    def _on_older_clicked(self) -> None:
        self.desk.history(self._about, self._on_older_fetched, skip=len(self.model.past))

    def _on_older_fetched(self, past: list[Any]) -> None:
        self._show([*self.model.past, *past])
        self._older.setVisible(len(past) >= _PAGE)

    def _show(self, past: list[Any]) -> None:
        chosen = self._chosen
        self.model.show(past)
        self._head.tell(plural(len(past), "edit") + (" shown" if len(past) >= _PAGE else ""))
        self._choose(chosen)

    def _choose(self, id: UUID | None) -> None:
        rows = [row for row in range(self.model.rowCount()) if self.model.at(row).edit.id == id]
        if self.model.rowCount():
            first = self.table.horizontalHeader().logicalIndex(0)  # another would scroll the table sideways
            self.table.setCurrentIndex(self.model.index(rows[0] if rows else 0, first))
        else:
            self._chosen = None
            self._tell(None)

    def _on_filtered(self, words: str) -> None:
        chosen = self._chosen
        self.model.filter(words)
        self._choose(chosen)

    def _on_row_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            past = self.model.at(current.row())
            self._chosen = past.edit.id
            self._undo.setEnabled(self.desk.writable and not past.undone)
            self._undo.setToolTip(
                "It was taken back already." if past.undone else "As an edit of its own; it can be undone too."
            )
            self.desk.edit(past.edit.id, self._on_edit_fetched)

    def _on_edit_fetched(self, edit: Edit) -> None:
        if edit.id == self._chosen:
            self._tell(edit)

    def _tell(self, edit: Edit | None) -> None:
        self._undo.setVisible(edit is not None)
        if edit is None:
            self._title.setText("No edit to show")
            self._who.setText("")
            self._what.setText("")
            self._open.hide()
            return
        self._title.setText(edit.label)
        where = f" at {edit.where}" if edit.where else ""
        moment = edit.when.astimezone()
        self._who.setText(f"{_by(edit)}, {moment:%A} {long_day(moment)} at {moment:%H:%M}{where}")
        why = f"<p>“{as_html(edit.why)}”</p>" if edit.why else ""
        why += "".join(f"<p style='color:{colours().warn}'>⚑ {as_html(note)}</p>" for note in _notes(edit))
        told = [self._change(change, edit.lost) for change in edit.changes[:60]]
        more = f"<p>and {plural(len(edit.changes) - 60, 'more record')}</p>" if len(edit.changes) > 60 else ""  # noqa: PLR2004
        self._what.setText(why + "".join(told) + more)
        self._record = next((change.record for change in edit.changes if isinstance(change.record, _OPENED)), None)
        if self._record is None:
            about = Assessment | Review | Escalation | RiskLink
            risks = [change.record.risk for change in edit.changes if isinstance(change.record, about)]
            self._record = self.desk.book.find(Risk, risks[0]) if risks else None
        there = self._record is not None and self.desk.book.find(type(self._record), self._record.id) is not None
        self._open.setVisible(there)

    def _change(self, change: Change, lost: frozenset[tuple[UUID, str]]) -> str:
        kind = KINDS[change.kind.__name__]
        name = f"{change.record.called.capitalize()} {as_html(change.record.label)}"
        if change.record.label == change.record.called:
            name = change.record.called.capitalize()
        if change.before == change.after:
            return f"<p><b>{name}</b> left as it stood</p>"
        c = colours()
        groups = merge_groups(kind)
        beaten = {field for id, group in lost if id == change.id for field in groups.get(group, ())}
        rows = []
        for field in change.fields or specs(kind):
            before = getattr(change.before, field) if change.before is not None else None
            after = getattr(change.after, field) if change.after is not None else None
            old, new = (as_html(shown_value(self.desk.book, kind, field, value)) for value in (before, after))
            if not old and not new:
                continue
            if change.before is not None and change.after is not None:
                told = f"<span style='color:{c.muted}'><s>{old or 'empty'}</s></span> → {new or 'empty'}"
            else:
                told = new or f"<s>{old}</s>"
            if field in beaten:
                told += f" <span style='color:{c.warn}'>⚑ does not stand</span>"
            rows.append(
                f"<tr><td style='color:{c.muted}; padding-right:10px'>{as_html(specs(kind)[field].label)}</td><td>{told}</td></tr>"
            )
        whole = any(id == change.id and group not in groups for id, group in lost)
        stands = f" <span style='color:{c.warn}'>⚑ does not stand</span>" if whole else ""
        verb = "added" if change.before is None else "removed" if change.after is None else "changed"
        return f"<p><b>{name}</b> {verb}{stands}</p><table cellpadding='3'>{''.join(rows)}</table>"

    def _on_undo_clicked(self) -> None:
        if self._chosen:
            self.desk.undo_edit(self._chosen)

    def _on_open_clicked(self) -> None:
        if self._record is not None:
            self.jump.emit(self.desk.book.get(type(self._record), self._record.id))
