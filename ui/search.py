"""Search everything: Ctrl+K, a few letters, Enter."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.control import Control
from risk_register.domain.decision import Decision
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.record import Record
from risk_register.domain.risk import Risk
from risk_register.domain.text import fold
from ui.desk import Desk
from ui.theme import SPACE, as_title, muted

_MOST = 60


class Search(QDialog):
    """Risks, actions, controls, decisions and outcomes that hold every word typed; Enter goes there."""

    jump = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setWindowTitle("Search everything")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 460)
        self._found = list(_everything(desk))
        self.line = QLineEdit()
        self.line.setPlaceholderText("A reference, a name, any words")
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
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        self._on_typed("")

    def _on_typed(self, typed: str) -> None:
        words = fold(typed).split()
        self.list.clear()
        hits = [entry for entry in self._found if all(word in entry[2] for word in words)]
        # What begins with what was typed is what was meant: a reference, the first word of a title.
        hits.sort(key=lambda entry: not entry[2].startswith(fold(typed).strip()))
        for record, words_shown, _ in hits[:_MOST]:
            item = QListWidgetItem(words_shown)
            item.setData(Qt.ItemDataRole.UserRole, record)
            self.list.addItem(item)
        if hits:
            self.list.setCurrentRow(0)
        more = f", the first {_MOST} shown" if len(hits) > _MOST else ""
        self._told.setText(f"{len(hits)} found{more}" if hits else "Nothing holds all of these words.")

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
                    self._on_chosen(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        record = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self.jump.emit(record)


def _everything(desk: Desk) -> Iterator[tuple[Record, str, str]]:
    """Where each leads, what is shown of it, and what is searched (folded)."""
    book, programme = desk.book, desk.programme
    for risk in book.where(Risk, "programme", programme):
        owner = views.shown(book, risk, "owner")
        yield risk, f"{risk.reference}   {risk.title}", fold(f"{risk.reference} {risk.title} {risk.statement} {owner}")
        for control in book.where(Control, "risk", risk.id):
            yield risk, f"{risk.reference}   Control: {control.description}", fold(f"control {control.description}")
    for action in book.where(Action, "programme", programme):
        owner = views.shown(book, action, "owner")
        yield (
            action,
            f"{action.reference}   {action.title}",
            fold(f"{action.reference} {action.title} {action.detail} {action.barrier} {owner}"),
        )
    for decision in book.where(Decision, "programme", programme):
        about = book.find(Risk, decision.risk)
        if about:
            yield (
                about,
                f"{decision.reference}   {decision.question}",
                fold(f"{decision.reference} {decision.question} {decision.answer}"),
            )
    for recommendation in book.where(Recommendation, "programme", programme):
        for outcome in book.where(Outcome, "recommendation", recommendation.id):
            for link in book.where(OutcomeLink, "outcome", outcome.id):
                linked = book.get(Risk, link.risk)
                words = f"{outcome.number} {outcome.want} {outcome.will_do} {outcome.where_now} {outcome.will_see}"
                yield (
                    linked,
                    f"Outcome {outcome.number}   {outcome.want}  ({linked.reference})",
                    fold(f"outcome {words}"),
                )
