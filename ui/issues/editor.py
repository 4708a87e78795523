"""The editor of an entry of the log: its fields, laid out as its kind declares them."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from risk_register.domain.accountability import words
from risk_register.domain.change import Command
from risk_register.domain.commands.governance import add_board, add_organisation, add_person
from risk_register.domain.commands.issue import edit_issue, remove_entry, reopen_issue, resolve_issue
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.issue import Issue
from risk_register.domain.kinds import KINDS
from risk_register.domain.record import Record, bare, hints, specs
from risk_register.domain.risk import Risk
from ui.audience import RestrictedMark
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, LineField, RecordField, TextField, TitleField, choices_of
from ui.prompt import Prompt
from ui.tables.editor import RecordEditor
from ui.theme import SPACE, muted, quiet
from ui.words import as_tip

R = TypeVar("R", bound=Record)

_ADD: dict[type[Record], Callable[..., Command]] = {
    Person: add_person,
    Board: add_board,
    Organisation: add_organisation,
}
"""How a new name that is typed is added."""


class EntryEditor(RecordEditor[R]):
    """Everything about one issue, assumption or dependency: `facts` in two columns, then `texts`."""

    def __init__(
        self, desk: Desk, kind: type[R], edit: Callable[..., Command], facts: Sequence[str], texts: Sequence[str]
    ) -> None:
        a = "an" if kind.called[0] in "aeiou" else "a"
        none = (f"No {kind.called} is chosen", f"Choose {a} {kind.called} in the table, or add one.")
        super().__init__(desk, kind, edit, none, 400)
        self.fields: dict[str, Any] = {}
        self.reference, self.title = LineField(), TitleField(specs(kind)["title"].label)
        self.reference.setMaximumWidth(110)
        self.bind("reference", self.reference)
        self.bind("title", self.title, specs(kind)["title"].label)
        self.restricted = RestrictedMark()
        self.tools = QHBoxLayout()
        self.menu = QMenu(self)
        self.menu.addAction(f"Remove this {kind.called}").triggered.connect(self._on_remove_asked)
        self._more = QPushButton("More")
        self._more.setAccessibleName(f"More to do with the {kind.called}")
        self._more.setMenu(self.menu)
        top = QHBoxLayout()
        top.addWidget(self.reference)
        top.addStretch()
        top.addLayout(self.tools)
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for place, name in enumerate(facts):
            row, side = divmod(place, 2)
            field = self._built_field(name)
            grid.addWidget(self._built_label(name, field), 2 * row, side)
            grid.addWidget(field, 2 * row + 1, side)
            grid.setColumnStretch(side, 1)
        page = self.page
        page.setSpacing(SPACE + 4)
        page.addLayout(top)
        page.addWidget(self.aliases)
        page.addWidget(self.title)
        page.addWidget(self.restricted, 0, Qt.AlignmentFlag.AlignLeft)
        page.addLayout(grid)
        for name in texts:
            field = self._built_field(name)
            page.addWidget(self._built_label(name, field))
            page.addWidget(field)
        if "risk" in facts:
            self._open = QPushButton()
            quiet(self._open)
            self._open.clicked.connect(self._on_risk_asked)
            page.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        page.addStretch()

    def _built_field(self, name: str) -> QWidget:
        """The field for what the kind declares under that name."""
        spec, hint = specs(self._kind)[name], hints(self._kind)[name]
        field: QWidget
        if spec.refers:
            field = self._built_record_field(KINDS[spec.refers])
        elif issubclass(bare(hint), Enum):
            field = ChoiceField(choices_of(bare(hint)))
        elif spec.lines:
            field = TextField(lines=3)
        else:
            field = DateField(self.desk.today, clearable=bare(hint) is not hint)
        self.fields[name] = field
        self.bind(name, field, spec.label)
        return field

    def _built_record_field(self, kind: type[Record]) -> RecordField:
        desk, add = self.desk, _ADD.get(kind)

        def command(name: str) -> Command:
            assert add, "asked only where one can be added"
            return add(programme=desk.programme, name=name)

        return RecordField(
            desk,
            lambda book: book.where(kind, "programme", desk.programme),
            command if add else None,
            "Nobody yet" if kind is Person else "None",
            words=words if kind is Risk else None,
        )

    def _built_label(self, name: str, field: QWidget) -> QLabel:
        label = QLabel(specs(self._kind)[name].label)
        label.setBuddy(field)
        muted(label)
        return label

    def show_rest(self, record: R | None, *, fresh: bool) -> None:
        """Show whether one may write, for whom it is, and the risk that it is about."""
        del fresh
        if record is None:
            return
        writable = self.desk.writable
        self.restricted.show_record(self.desk.book, record)
        for field in (self.reference, self.title, *self.fields.values()):
            if isinstance(field, LineField | TextField):
                field.setReadOnly(not writable)
            else:
                field.setEnabled(writable)
        self._more.setEnabled(writable)
        if "risk" in self.fields:
            risk = self._risk()
            self._open.setVisible(risk is not None)
            if risk:
                self._open.setText(f"Open {risk.reference} in the register")
                self._open.setToolTip(as_tip(risk.title))

    def _risk(self) -> Risk | None:
        return self.desk.book.find(Risk, getattr(self.record, "risk", None))

    def _on_risk_asked(self) -> None:
        if risk := self._risk():
            self.jump.emit(risk)

    def _on_remove_asked(self) -> None:
        record: Any = self.record
        if record:
            self.desk.run(remove_entry(record))


class IssueEditor(EntryEditor[Issue]):
    """Everything about one issue; a button says that it is resolved, and asks how."""

    def __init__(self, desk: Desk) -> None:
        facts = ("kind", "risk", "owner", "board", "raised_on", "resolved_on", "audience")
        super().__init__(desk, Issue, edit_issue, facts, ("detail", "resolution"))
        self.resolve = QPushButton("Resolved…")
        self.resolve.clicked.connect(self._on_resolve_asked)
        self.tools.addWidget(self.resolve)
        self._reopen = self.menu.addAction("Reopen this issue")
        self._reopen.triggered.connect(self._on_reopened)

    def show_rest(self, record: Issue | None, *, fresh: bool) -> None:
        """Offer the next step: to resolve it, or to open it again."""
        super().show_rest(record, fresh=fresh)
        if record is not None:
            self.resolve.setVisible(record.resolved_on is None)
            self.resolve.setEnabled(self.desk.writable)
            self._reopen.setEnabled(record.resolved_on is not None)

    def _on_resolve_asked(self) -> None:
        if self.record:
            self.keep()
            ResolveDialog(self.desk, self.record, self).open()

    def _on_reopened(self) -> None:
        if self.record:
            self.desk.run(reopen_issue(self.record))


class ResolveDialog(Prompt):
    """Asks how an issue was resolved, and when."""

    def __init__(self, desk: Desk, issue: Issue, parent: QWidget | None = None) -> None:
        title, about = f"{issue.reference} is resolved", issue.title
        super().__init__(desk, title, "How was it resolved?", "Resolved", issue.resolution, parent, about=about)
        self._issue = issue
        self.on = DateField(desk.today, clearable=False)
        self.add_row("Resolved on", self.on)
        self.kept.connect(self._on_kept)

    def _on_kept(self, resolution: str) -> None:
        self.run(resolve_issue(self._issue, resolution=resolution, on=self.on.value() or self.desk.today()))
