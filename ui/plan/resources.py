"""The resources of an outcome: what it needs, what was asked and what was given."""

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from risk_register.domain.change import Command
from risk_register.domain.commands.resource import add_resource, edit_resource, remove_resource
from risk_register.domain.resource import Resource
from ui.desk import Desk
from ui.fields import LineField
from ui.form import Drafts
from ui.rows import RecordRow, RecordRows
from ui.section import remover
from ui.theme import muted
from ui.words import Words, as_tip


class ResourceRow(RecordRow[Resource]):
    """One resource."""

    def __init__(self, desk: Desk, resource: Resource, drafts: Drafts) -> None:
        super().__init__(desk, resource, edit_resource, drafts)
        self.what = LineField()
        self.asked, self.given = LineField("£, or in words"), LineField("nothing yet")
        remove = remover("Remove this resource")
        remove.setEnabled(desk.writable)
        remove.clicked.connect(self._on_remove_clicked)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.what, 1)
        first.addWidget(remove)
        second.setSpacing(6)
        for words, field in (("Asked", self.asked), ("Given", self.given)):
            label = Words(words)
            label.setBuddy(field)
            muted(label)
            second.addWidget(label)
            second.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        for name in ("what", "asked", "given"):
            self.bind(name, getattr(self, name))

    def tell(self, resource: Resource) -> None:
        """Say in full what is cut."""
        for field, text in ((self.what, resource.what), (self.asked, resource.asked), (self.given, resource.given)):
            field.setToolTip(as_tip(text))
            if not field.hasFocus():
                field.setCursorPosition(0)

    def _on_remove_clicked(self) -> None:
        if self.now:
            self.desk.run(remove_resource(self.now))


class Resources(RecordRows[Resource]):
    """What the outcome needs, asked and given."""

    def __init__(self, desk: Desk) -> None:
        def add(outcome: UUID, text: str) -> Command:
            return add_resource(outcome=outcome, what=text)

        super().__init__(
            "Resources",
            desk,
            Resource,
            listed=lambda outcome: desk.book.where(Resource, "outcome", outcome),
            add=add,
            row=lambda resource, drafts: ResourceRow(desk, resource, drafts),
            none="Nothing is asked for. Say what it needs that it has not: money, people, time.",
        )
