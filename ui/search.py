"""Finding a record by a few letters: everything (Ctrl+K), or one to link."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from risk_register.domain import plan_views, views
from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.control import Control
from risk_register.domain.decision import Decision
from risk_register.domain.evaluation import ForwardStep, Theme
from risk_register.domain.evidence import Evidence
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.measure import Measure
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.record import Record
from risk_register.domain.resource import Resource
from risk_register.domain.risk import Risk
from risk_register.domain.text import fold
from ui.desk import Desk
from ui.theme import SPACE, as_title, muted

_MOST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: where it leads, what is shown of it, and what is searched beside that."""

    record: Record
    shown: str
    beside: str = ""

    @property
    def searched(self) -> str:
        """What the typed words must stand in."""
        return fold(f"{' '.join(self.shown.split())} {self.beside}")


class Finder(QDialog):
    """The entries that hold every word typed; Enter or a click takes one."""

    found = Signal(object)
    """The Record that was taken."""

    def __init__(self, title: str, entries: Iterable[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 460)
        self._entries = [(entry, entry.searched) for entry in entries]
        self.line = QLineEdit()
        self.line.setPlaceholderText("A reference, a name, any words")
        self.line.setAccessibleName(title)
        as_title(self.line, larger=3)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What was found")
        self._told = QLabel()
        muted(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self._told)
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(self._on_taken)
        self.list.itemClicked.connect(self._on_taken)
        self._on_typed("")

    def _on_typed(self, typed: str) -> None:
        words = fold(typed).split()
        self.list.clear()
        hits = [pair for pair in self._entries if all(word in pair[1] for word in words)]
        # What begins with what was typed is what was meant: a reference, the first word of a title.
        hits.sort(key=lambda pair: not pair[1].startswith(fold(typed).strip()))
        for entry, _ in hits[:_MOST]:
            item = QListWidgetItem(" ".join(entry.shown.split("\n")))
            item.setData(Qt.ItemDataRole.UserRole, entry.record)
            self.list.addItem(item)
        if hits:
            self.list.setCurrentRow(0)
        more = f", the first {_MOST} shown" if len(hits) > _MOST else ""
        none = "Nothing holds all of these words." if self._entries else "There is nothing to choose from yet."
        self._told.setText(f"{len(hits)} found{more}" if hits else none)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while one types."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.list.currentItem():
                    self._on_taken(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _on_taken(self, item: QListWidgetItem) -> None:
        record = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self.found.emit(record)


def everything(desk: Desk) -> Iterator[Entry]:
    """Every record of the programme that can be shown somewhere."""
    book, programme = desk.book, desk.programme
    for risk in book.where(Risk, "programme", programme):
        yield risk_entry(book, risk)
        for control in book.where(Control, "risk", risk.id):
            yield Entry(risk, f"{risk.reference}   Control: {control.description}")
    for action in book.where(Action, "programme", programme):
        yield action_entry(book, action)
    for decision in book.where(Decision, "programme", programme):
        about = book.find(Risk, decision.risk) or decision
        beside = f"{' '.join(decision.aliases)} {decision.answer}"
        yield Entry(about, f"{decision.reference}   {decision.question}", beside)
    for kind in (Issue, Assumption, Dependency):
        entries: Iterable[Any] = book.where(kind, "programme", programme)
        for item in entries:
            yield Entry(
                item, f"{item.reference}   {item.title}", f"{' '.join(item.aliases)} {kind.called} {item.detail}"
            )
    yield from _plan(book, programme)
    yield from _shown_to_work(book, programme)
    yield from _governance(book, programme)


def _shown_to_work(book: Book, programme: UUID | None) -> Iterator[Entry]:
    """What is measured, and what is judged."""
    for measure in book.where(Measure, "programme", programme):
        yield Entry(measure, f"Measure   {measure.name}", f"{measure.definition} {views.shown(book, measure, 'owner')}")
    for theme in book.where(Theme, "programme", programme):
        yield Entry(theme, f"Theme   {theme.label}", f"{theme.strengths} {theme.areas} {theme.evidence}")
        for step in book.where(ForwardStep, "theme", theme.id):
            yield Entry(step, f"Step   {step.title}", f"{theme.name} {views.shown(book, step, 'owner')}")


def _governance(book: Book, programme: UUID | None) -> Iterator[Entry]:
    """Who takes part, and into what the risks fall."""
    for person in book.where(Person, "programme", programme):
        yield Entry(person, f"Person   {person.label}", f"{person.role} {person.email}")
    for board in book.where(Board, "programme", programme):
        yield Entry(board, f"Board   {board.name}", f"{board.short} {board.purpose}")
    for organisation in book.where(Organisation, "programme", programme):
        yield Entry(organisation, f"Organisation   {organisation.name}", organisation.short)
    for category in book.where(Category, "programme", programme):
        yield Entry(category, f"Category   {category.name}", category.description)


def _plan(book: Book, programme: UUID | None) -> Iterator[Entry]:
    """The plan, with what belongs to its outcomes."""
    for recommendation in book.where(Recommendation, "programme", programme):
        yield Entry(recommendation, f"{recommendation.label}   {recommendation.text}")
    for outcome in plan_views.outcomes(book, programme):
        yield outcome_entry(outcome)
        for milestone in plan_views.milestones_of(book, outcome.id):
            yield Entry(milestone, f"{outcome.number}   Milestone: {milestone.title}", milestone.barrier)
        for evidence in book.where(Evidence, "outcome", outcome.id):
            yield Entry(evidence, f"{outcome.number}   Evidence: {evidence.shows}", evidence.link)
        for resource in book.where(Resource, "outcome", outcome.id):
            beside = f"{resource.asked} {resource.given}"
            yield Entry(resource, f"{outcome.number}   Resource: {resource.what}", beside)


def risk_entry(book: Book, risk: Risk) -> Entry:
    """A risk, found by its earlier references, tags, statement and owner too."""
    beside = f"{' '.join(risk.aliases)} {' '.join(risk.tags)} {risk.statement} {views.shown(book, risk, 'owner')}"
    return Entry(risk, f"{risk.reference}   {risk.title}", beside)


def action_entry(book: Book, action: Action) -> Entry:
    """An action, found by its earlier references, tags, detail, barrier and owner too."""
    beside = f"{' '.join(action.aliases)} {' '.join(action.tags)} {action.detail} {action.barrier} {views.shown(book, action, 'owner')}"
    return Entry(action, f"{action.reference}   {action.title}", beside)


def outcome_entry(outcome: Outcome) -> Entry:
    """An outcome, found by all its five parts and the reason for its status."""
    beside = f"{outcome.will_do} {outcome.where_now} {outcome.will_see} {outcome.difference} {outcome.status_reason}"
    return Entry(outcome, f"{outcome.label}   {outcome.want}", beside)
