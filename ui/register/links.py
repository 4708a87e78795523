"""What a risk causes or makes worse, and what does so to it."""

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from risk_register.domain import standing
from risk_register.domain.change import Command
from risk_register.domain.commands.risk_link import link_risks, unlink_risks
from risk_register.domain.risk import Risk
from risk_register.domain.risk_link import LinkKind, RiskLink
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.register.graph import RiskGraph
from ui.search import Finder, risk_entry
from ui.section import Row, Section, remover
from ui.theme import muted
from ui.words import Words, as_tip

_WAYS = (
    (LinkKind.causes, True, "It causes…"),
    (LinkKind.worsens, True, "It makes worse…"),
    (LinkKind.causes, False, "It is caused by…"),
    (LinkKind.worsens, False, "It is made worse by…"),
)
"""The kinds of link, whether the risk is the cause, and what the menu calls them."""
_PASSIVE = {LinkKind.causes: "caused by", LinkKind.worsens: "made worse by"}


class Links(Section):
    """The links of a risk as lines, and as a small picture of two steps each way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Linked risks", desk)
        self._risk: Risk | None = None
        self.menu = QMenu(self)
        for kind, is_cause, words in _WAYS:
            item = self.menu.addAction(words)
            item.triggered.connect(lambda _on=False, kind=kind, is_cause=is_cause: self._ask(kind, is_cause=is_cause))
        self._link = self.add_tool("Link a risk…", self._on_link_asked)
        self.graph = RiskGraph()
        self.graph.picked.connect(lambda id: self.jump.emit(desk.book.get(Risk, id)))
        self._key = Words(wrap=True)
        muted(self._key)
        self.column.addWidget(self.graph)
        self.column.addWidget(self._key)

    def show_risk(self, risk: Risk | None) -> None:
        """Show what a risk is linked to."""
        self._risk = risk
        self._link.setVisible(self.desk.writable)
        book = self.desk.book
        found = [(kind.value, other, link) for kind, other, link in standing.links_from(book, risk.id)] if risk else []
        if risk:
            found += [(_PASSIVE[kind], other, link) for kind, other, link in standing.links_to(book, risk.id)]
        self.count(len(found))
        self.show_rows(
            (self._row(*item) for item in found), "It is not said whether it causes another, or is caused by one."
        )
        self.graph.setVisible(bool(found))
        self._key.setVisible(bool(found))
        if risk and found:
            self.graph.show_risk(book, risk)
            left = self.graph.picture.left_out if self.graph.picture else 0
            more = f" {left} more found no room." if left else ""
            self._key.setText(f"Arrows lead from cause to effect; a dashed one makes worse.{more}")

    def _row(self, words: str, other: Risk, link: RiskLink) -> Row:
        return Row(link.id, (words, other, self.desk.writable), lambda: self._built_row(words, other, link))

    def _built_row(self, words: str, other: Risk, link: RiskLink) -> QWidget:
        row = QWidget()
        how = Words(words)
        how.setFixedWidth(how.fontMetrics().horizontalAdvance("made worse by") + 8)
        muted(how)
        name = ElidedButton(f"{other.reference}  {other.title}")
        name.setToolTip(as_tip(f"{other.title}\n{other.statement}"))
        name.setAccessibleName(f"{words} {other.reference} {other.title}")
        name.clicked.connect(lambda: self.jump.emit(other))
        unlink = remover("These risks do not bear on one another")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(unlink_risks(link)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(how)
        line.addWidget(name, 1)
        line.addWidget(unlink)
        return row

    def _on_link_asked(self) -> None:
        self.menu.popup(self._link.mapToGlobal(self._link.rect().bottomLeft()))

    def _ask(self, kind: LinkKind, *, is_cause: bool) -> None:
        risk, book = self._risk, self.desk.book
        if risk is None:
            return
        held = standing.links_from(book, risk.id) if is_cause else standing.links_to(book, risk.id)
        mine = {risk.id, *(other.id for _, other, _ in held)}
        others = [
            risk_entry(book, other) for other in book.where(Risk, "programme", risk.programme) if other.id not in mine
        ]
        words = kind.value if is_cause else f"is {_PASSIVE[kind]}"
        finder = Finder(f"{risk.reference} {words} …", others, self)
        finder.found.connect(lambda other: self.desk.run(_command(risk, other, kind, is_cause=is_cause)))
        finder.open()


def _command(risk: Risk, other: Risk, kind: LinkKind, *, is_cause: bool) -> Command:
    cause, effect = (risk, other) if is_cause else (other, risk)
    return link_risks(risk=cause.id, affected=effect.id, kind=kind)
