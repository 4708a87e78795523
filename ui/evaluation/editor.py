"""The editor of one theme: how it is judged, what is known of it, and what is done next."""

from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout

from risk_register.domain import forward
from risk_register.domain.change import Command
from risk_register.domain.commands.evaluation import edit_theme, judge_theme, remove_theme
from risk_register.domain.commands.governance import add_person
from risk_register.domain.evaluation import Grade, Scope, Theme
from risk_register.domain.governance import Person
from risk_register.domain.text import listed
from ui.desk import Desk
from ui.evaluation.steps import Steps
from ui.fields import ChoiceField, DateField, LineField, RecordField, TextField, TitleField, choices_of
from ui.tables.editor import RecordEditor
from ui.theme import SPACE, colours, muted, quiet
from ui.words import Words


class ThemeEditor(RecordEditor[Theme]):
    """Everything about one theme."""

    def __init__(self, desk: Desk) -> None:
        def edit(seen: Theme, **values: Any) -> Command:  # noqa: ANN401  each field has its own type
            """Keep fields; a judgement without its day is of today."""
            if values.keys() == {"grade"}:
                return judge_theme(seen, grade=values["grade"], on=desk.today())
            return edit_theme(seen, **values)

        none = ("No theme is chosen", "Choose one in the table, or add one with New theme.")
        super().__init__(desk, Theme, edit, none, 460)
        self.steps = Steps(desk)
        self._build(self.page)

    def _build(self, column: QVBoxLayout) -> None:
        desk = self.desk

        def add(name: str) -> Command:
            assert desk.programme, "a theme is shown, so there is a programme"
            return add_person(programme=desk.programme, name=name)

        self.number, self.title = LineField("No"), TitleField("The theme, as the evaluation names it")
        self.number.setMaximumWidth(80)
        self.bind("number", self.number)
        self.bind("name", self.title, "Theme")
        self._more = QPushButton("More")
        quiet(self._more)
        menu = QMenu(self)
        menu.addAction("Remove this theme").triggered.connect(self._on_remove_asked)
        self._more.setMenu(menu)
        top = QHBoxLayout()
        top.addWidget(self.number)
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        self._lacks = Words(wrap=True)
        self.grade, self.judged_on = ChoiceField(choices_of(Grade)), DateField(desk.today)
        self.scope = ChoiceField(choices_of(Scope))
        self.lead = RecordField(desk, lambda book: book.where(Person, "programme", desk.programme), add)
        facts = QGridLayout()
        facts.setSpacing(SPACE)
        for place, (name, words, field) in enumerate(
            (
                ("grade", "Judgement", self.grade),
                ("judged_on", "Judged on", self.judged_on),
                ("scope", "Covers", self.scope),
                ("lead", "Lead", self.lead),
            )
        ):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            row, side = divmod(place, 2)
            facts.addWidget(label, 2 * row, side)
            facts.addWidget(field, 2 * row + 1, side)
            facts.setColumnStretch(side, 1)
            self.bind(name, field, words)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addWidget(self._lacks)
        column.addLayout(facts)
        self._texts: list[TextField] = []
        for name, words, hint in (
            ("strengths", "Strengths", "What works, for whom"),
            ("areas", "Areas for development", "What has to become better"),
            ("evidence", "Evidence", "How we know: data, audits, surveys, visits, and where they are kept"),
        ):
            text, label = TextField(hint, lines=2), QLabel(words)
            label.setBuddy(text)
            muted(label)
            column.addWidget(label)
            column.addWidget(text)
            self.bind(name, text, words)
            self._texts.append(text)
        column.addSpacing(SPACE)
        column.addWidget(self.steps)
        column.addStretch()

    # -- what it shows

    def show_rest(self, theme: Theme | None, *, fresh: bool) -> None:
        """Show what it lacks, and its steps."""
        del fresh
        self.steps.show_owner(theme)
        if theme is None:
            return
        lacks = forward.gaps(self.desk.book, theme)
        self._lacks.setText(f"An inspector will ask for: {listed(lacks)}." if lacks else "")
        self._lacks.setStyleSheet(f"color: {colours().warn};")
        self._lacks.setVisible(bool(lacks))
        writable = self.desk.writable
        self.number.setReadOnly(not writable)
        for text in (self.title, *self._texts):
            text.setReadOnly(not writable)
        for widget in (self.grade, self.judged_on, self.scope, self.lead, self._more):
            widget.setEnabled(writable)

    # -- what it does

    def _on_remove_asked(self) -> None:
        if self.record:
            self.keep()
            self.desk.run(remove_theme(self.record))

    def keep(self) -> None:
        """Keep what is being typed, in the steps too."""
        super().keep()
        self.steps.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return [*super().unsaved_words(), *self.steps.unsaved_words()]
