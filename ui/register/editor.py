"""The editor of one risk. No Save button: each field keeps itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
)

from risk_register.domain.audience import Audience
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import RESPONSES, Proximity, Response, Risk, RiskKind, compose
from ui.audience import RestrictedMark
from ui.custom_fields import CustomFields
from ui.decisions import Decisions
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, LineField, TextField, TitleField, choices_of
from ui.named import board_field, category_field, person_field
from ui.register.actions import Actions
from ui.register.controls import Controls
from ui.register.escalations import Escalations
from ui.register.links import Links
from ui.register.outcomes import Outcomes
from ui.register.reviews import Reviews
from ui.register.scoring import Scoring
from ui.register.status import StatusButton
from ui.section import Section
from ui.tables.editor import RecordEditor
from ui.tags import TagsField, known_tags
from ui.theme import SPACE, as_title, colours, muted
from ui.words import Words


class RiskEditor(RecordEditor[Risk]):
    """Everything about one risk, on one page."""

    def __init__(self, desk: Desk) -> None:
        none = ("No risk is chosen", "Choose one in the table, or press Ctrl+Shift+R to raise a new one.")
        super().__init__(desk, Risk, edit_risk, none, 430)
        self._build(self.page)

    # -- what it is made of

    def _build(self, column: QVBoxLayout) -> None:
        column.setSpacing(2 * SPACE)
        column.addLayout(self._built_head())
        column.addWidget(self._statement)
        column.addLayout(self._built_description())
        self.scoring = Scoring(self.desk)
        self.control_list, self.action_list = Controls(self.desk), Actions(self.desk)
        self.decision_list, self.outcome_list = Decisions(self.desk), Outcomes(self.desk)
        self.reviews = Reviews(self.desk)
        scores = Section("Scores", self.desk)
        scores.column.addWidget(self.scoring)
        self.escalations = Escalations(self.desk)
        for section in (
            scores,
            self.reviews,
            self.control_list,
            self.action_list,
            self.decision_list,
            self.escalations,
        ):
            column.addWidget(section)
        self._facts = Section("Facts", self.desk)
        self._facts.column.addLayout(self._built_facts())
        column.addWidget(self._facts)
        self.custom = CustomFields(self.desk, Risk)
        column.addWidget(self.custom)
        column.addWidget(self.outcome_list)
        self.links = Links(self.desk)
        column.addWidget(self.links)
        column.addStretch()
        for section in (self.action_list, self.decision_list, self.outcome_list, self.links):
            section.jump.connect(self.jump)

    def _built_head(self) -> QLayout:
        self.reference = LineField()
        self.reference.setMaximumWidth(110)
        self.status = StatusButton(self.desk)
        self.status.asked.connect(self.keep)
        self.kind = ChoiceField(choices_of(RiskKind))
        self.kind.setFixedWidth(140)
        self.title = TitleField("What the risk is called")
        self._statement = Words(wrap=True)
        self._statement.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._statement.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        as_title(self._statement, larger=0.5, weight=self._statement.font().weight())
        self.bind("reference", self.reference)
        self.bind("kind", self.kind, "Threat or opportunity")
        self.bind("title", self.title)
        top = QHBoxLayout()
        top.addWidget(self.reference)
        top.addWidget(self.kind)
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self.status)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        self.restricted = RestrictedMark()
        column.addLayout(top)
        column.addWidget(self.restricted, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.aliases)
        column.addWidget(self.title)
        return column

    def _built_description(self) -> QLayout:
        self.cause_field = TextField("the ICB is being reorganised")
        self.event_field = TextField("the children's agenda loses its sponsor")
        self.effect_field = TextField("children waiting longer for help")
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for row, (name, words, field) in enumerate(
            (
                ("cause", "Because", self.cause_field),
                ("event", "there is a risk that", self.event_field),
                ("effect", "leading to", self.effect_field),
            )
        ):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, 8, 0, 0)
            grid.addWidget(field, row, 1)
            field.textChanged.connect(self._compose)
            self.bind(name, field)
            if name == "event":
                self._event_label = label
        grid.setColumnStretch(1, 1)
        return grid

    def _built_facts(self) -> QLayout:
        desk = self.desk
        self.owner, self.category = person_field(desk), category_field(desk)
        boards = {name: board_field(desk) for name in ("board", "workstream")}
        self.response = ChoiceField(choices_of(Response), "Not decided")
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        fields = (
            ("owner", "Owner", self.owner),
            ("category", "Category", self.category),
            ("board", "Overseen by", boards["board"]),
            ("workstream", "Workstream", boards["workstream"]),
            ("proximity", "Proximity", ChoiceField(choices_of(Proximity), "Not known")),
            ("response", "Response", self.response),
            ("raised_on", "Raised", DateField(desk.today, clearable=False)),
            ("audience", "Audience", ChoiceField(choices_of(Audience))),
            ("tags", "Tags", TagsField(lambda: known_tags(desk))),
        )
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for place, (name, words, field) in enumerate(fields):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(label)
            cell.addWidget(field)
            grid.addLayout(cell, place // 2, place % 2)
            self.bind(name, field, words)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._closing = Words(wrap=True)
        muted(self._closing)
        grid.addWidget(self._closing, len(fields) // 2 + 1, 0, 1, 2)
        return grid

    # -- what it shows

    def show_rest(self, risk: Risk | None, *, fresh: bool) -> None:  # noqa: ARG002
        """Show its statement, scores and lists."""
        self.scoring.show_risk(risk)
        self.custom.show_record(risk)
        self.reviews.show_risk(risk)
        self.escalations.show_risk(risk)
        self.links.show_risk(risk)
        self.control_list.show_owner(risk)
        for section in (self.action_list, self.decision_list, self.outcome_list):
            section.show_risk(risk)
        if risk is None:
            return
        self.status.show_risk(risk)
        self.restricted.show_record(self.desk.book, risk)
        self._event_label.setText(
            "there is a risk that" if risk.kind is RiskKind.threat else "there is an opportunity that"
        )
        closed = f"Closed on {risk.closed_on:%d/%m/%Y}: {risk.closing_reason}" if risk.closed_on else ""
        if risk.lessons:
            closed = f"{closed}\nLearnt: {risk.lessons}".strip()
        self._closing.setText(closed)
        self._closing.setVisible(bool(closed))
        for field in (self.reference, self.title, self.cause_field, self.event_field, self.effect_field):
            field.setReadOnly(not self.desk.writable)
        self.kind.setEnabled(self.desk.writable)
        self._facts.setEnabled(self.desk.writable)
        self._compose()

    def _on_kind_changed(self) -> None:
        """Offer the responses of a threat, or of an opportunity; one that no longer fits is given up in the same edit."""
        if (kind := self.kind.value()) is not None:
            self.response.set_choices(choices_of(Response, RESPONSES[kind]))

    def _compose(self) -> None:
        """Compose the statement from what is being typed."""
        risk = self.form.record
        if not isinstance(risk, Risk):
            return
        sentence = compose(risk.kind, self.cause_field.value(), self.event_field.value(), self.effect_field.value())
        c = colours()
        self._statement.setText(sentence or "Write the event, and the risk's statement composes itself here.")
        ink = c.text if sentence else c.muted
        self._statement.setStyleSheet(f"background: {c.raised}; color: {ink}; border-left: 3px solid {c.accent};")

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        super().keep()
        self.control_list.keep()
        self.custom.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return [
            *super().unsaved_words(),
            *self.control_list.unsaved_words(),
            *self.custom.unsaved_words(),
            *self.action_list.add.begun.unsaved_words(),
            *self.reviews.add.begun.unsaved_words(),
            *self.scoring.question.begun.unsaved_words(),
        ]
