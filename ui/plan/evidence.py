"""The evidence of an outcome: what it shows, where it can be read, and of which day it is."""

from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from risk_register.domain.change import Command
from risk_register.domain.commands.evidence import add_evidence, edit_evidence, remove_evidence
from risk_register.domain.errors import Refused
from risk_register.domain.evidence import Evidence
from ui.desk import Desk
from ui.fields import DateField, LineField
from ui.form import Drafts
from ui.plan.opening import open_url, target
from ui.rows import RecordRow, RecordRows
from ui.section import remover
from ui.theme import muted
from ui.words import Words, as_tip


class EvidenceRow(RecordRow[Evidence]):
    """One piece of evidence."""

    def __init__(self, desk: Desk, evidence: Evidence, drafts: Drafts, section: "EvidenceList") -> None:
        super().__init__(desk, evidence, edit_evidence, drafts)
        self._section = section
        self.shows, self.link = LineField(), LineField("https://…, or the path of a file")
        self.on = DateField(desk.today)
        self.open = QPushButton("Open")
        self.open.setToolTip("Open it in the program that reads it")
        self.open.clicked.connect(self._on_open_clicked)
        remove = remover("Remove this evidence")
        remove.setEnabled(desk.writable)
        remove.clicked.connect(self._on_remove_clicked)
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.shows, 1)
        first.addWidget(remove)
        second.setSpacing(4)
        second.addWidget(self.link, 1)
        second.addWidget(self.open)
        dated = Words("Dated")
        dated.setBuddy(self.on)
        muted(dated)
        third.addWidget(dated)
        third.addWidget(self.on)
        third.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        column.addLayout(third)
        self.bind("shows", self.shows)
        self.bind("link", self.link)
        self.bind("on", self.on)

    def tell(self, evidence: Evidence) -> None:
        """Offer to open what has a link."""
        self.open.setEnabled(bool(evidence.link))
        self.open.setAccessibleName(f"Open {evidence.shows}")
        for field, text in ((self.shows, evidence.shows), (self.link, evidence.link)):
            field.setToolTip(as_tip(text))
            if not field.hasFocus():
                field.setCursorPosition(0)

    def _on_open_clicked(self) -> None:
        self.form.keep()
        link = self.link.text().strip()
        self.desk.work(lambda: target(link), self._on_found, self._section.say)

    def _on_found(self, url: QUrl) -> None:
        try:
            open_url(url)
        except Refused as refused:
            self._section.say(refused)

    def _on_remove_clicked(self) -> None:
        if self.now:
            self.desk.run(remove_evidence(self.now), failed=self._section.say)


class EvidenceList(RecordRows[Evidence]):
    """What shows that the outcome is reached."""

    def __init__(self, desk: Desk) -> None:
        def add(outcome: UUID, text: str) -> Command:
            return add_evidence(outcome=outcome, shows=text, on=desk.today())

        super().__init__(
            "Evidence",
            desk,
            Evidence,
            listed=lambda outcome: desk.book.where(Evidence, "outcome", outcome),
            add=add,
            row=lambda evidence, drafts: EvidenceRow(desk, evidence, drafts, self),
            none="No evidence yet. Blue needs some: minutes, a survey, a report, or where one can be read.",
        )
