"""The editor of one measure: how it stands, its run chart, its readings, and what it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import plan_views, progress
from risk_register.domain.cadence import Cadence
from risk_register.domain.change import Command
from risk_register.domain.colour import readable_on
from risk_register.domain.commands.governance import add_person
from risk_register.domain.commands.measure import (
    add_reading,
    edit_expected,
    edit_measure,
    edit_reading,
    expect_value,
    remove_expected,
    remove_measure,
    remove_reading,
)
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Person
from risk_register.domain.measure import ExpectedValue, Good, Measure, Reading
from risk_register.domain.pasting import read_readings
from risk_register.domain.plan import Outcome
from risk_register.domain.runs import ENOUGH
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import ChoiceField, DateField, LineField, RecordField, TextField, TitleField, choices_of
from ui.measures.chart import RunChartView
from ui.measures.columns import ground_of
from ui.measures.dated import DatedSection
from ui.measures.paste import PasteDialog
from ui.number import NumberField
from ui.tables.editor import RecordEditor
from ui.theme import SPACE, muted, quiet
from ui.words import Words, as_tip


class MeasureEditor(RecordEditor[Measure]):
    """Everything about one measure."""

    def __init__(self, desk: Desk) -> None:
        none = ("No measure is chosen", "Choose one in the table, or add one with New measure.")
        super().__init__(desk, Measure, edit_measure, none, 440)
        self.chart = RunChartView()
        self.readings = DatedSection(
            desk,
            "Readings",
            Reading,
            add=lambda measure, on, value, note: add_reading(measure=measure, on=on, value=value, note=note),
            edit=edit_reading,
            remove=remove_reading,
            suggest=lambda measure: min(progress.next_due(desk.book, measure) or desk.today(), desk.today()),
            none="Nothing was read yet.",
        )
        self.expected = DatedSection(
            desk,
            "Expected on the way",
            ExpectedValue,
            add=lambda measure, on, value, _note: expect_value(measure=measure, on=on, value=value),
            edit=edit_expected,
            remove=remove_expected,
            suggest=lambda measure: progress.next_due(desk.book, measure) or desk.today(),
            none="A straight line from baseline to target. Add days on which something else is expected.",
        )
        self._paste = self.readings.add_tool("Paste from a workbook…", self._on_paste_asked)
        self.readings.add.value.cells_pasted.connect(self._paste_text)
        self._build(self.page)

    def _build(self, column: QVBoxLayout) -> None:
        self.title = TitleField("What is measured")
        self.bind("name", self.title, "Measure")
        self._standing, self._why, self._signals = QLabel(), Words(wrap=True), Words(wrap=True)
        for words in (self._why, self._signals):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        muted(self._signals)
        self._more = QPushButton("More")
        quiet(self._more)
        menu = QMenu(self)
        menu.addAction("Remove this measure").triggered.connect(self._on_remove_asked)
        self._more.setMenu(menu)
        top = QHBoxLayout()
        top.addWidget(self._standing)
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        self._outcome = ElidedButton("")
        self._outcome.clicked.connect(self._on_outcome_clicked)
        column.setSpacing(SPACE + 2)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addWidget(self._why)
        column.addWidget(self.chart)
        column.addWidget(self._signals)
        column.addWidget(self.readings)
        column.addSpacing(SPACE)
        column.addLayout(self._built_facts())
        column.addWidget(self._outcome)
        definition = QLabel("Definition")
        muted(definition)
        self.definition = TextField("What counts, of what, and where the figures come from", lines=2)
        definition.setBuddy(self.definition)
        self.bind("definition", self.definition)
        column.addWidget(definition)
        column.addWidget(self.definition)
        column.addSpacing(SPACE)
        column.addWidget(self.expected)
        column.addStretch()

    def _built_facts(self) -> QGridLayout:
        desk = self.desk

        def add(name: str) -> Command:
            assert desk.programme, "a measure is shown, so there is a programme"
            return add_person(programme=desk.programme, name=name)

        self.baseline, self.target = NumberField("None yet"), NumberField("None yet")
        self.owner = RecordField(desk, lambda book: book.where(Person, "programme", desk.programme), add)
        self.board = RecordField(
            desk, lambda book: book.where(Board, "programme", desk.programme), empty="No board yet"
        )
        self.outcome = RecordField(desk, lambda book: plan_views.outcomes(book, desk.programme), empty="No outcome")
        self._fields: dict[str, tuple[str, QWidget]] = {
            "baseline": ("Baseline", self.baseline),
            "baseline_on": ("Baseline of", DateField(desk.today)),
            "target": ("Target", self.target),
            "target_on": ("Target by", DateField(desk.today)),
            "unit": ("Unit", LineField("%, children, weeks")),
            "good": ("Good direction", ChoiceField(choices_of(Good))),
            "cadence": ("Reading due", ChoiceField(choices_of(Cadence))),
            "owner": ("Owner", self.owner),
            "board": ("Seen by", self.board),
            "outcome": ("Outcome", self.outcome),
        }
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for place, (name, (words, field)) in enumerate(self._fields.items()):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            row, side = divmod(place, 2)
            grid.addWidget(label, 2 * row, side)
            grid.addWidget(field, 2 * row + 1, side)
            grid.setColumnStretch(side, 1)
            self.bind(name, field, words)
        return grid

    # -- what it shows

    def show_rest(self, measure: Measure | None, *, fresh: bool) -> None:
        """Show how it stands, its chart, its readings and its trajectory."""
        del fresh
        self.readings.show_measure(measure)
        self.expected.show_measure(measure)
        if measure is None:
            return
        book, today, writable = self.desk.book, self.desk.today(), self.desk.writable
        judged = progress.judge(book, measure, today)
        ground = ground_of(judged.standing)
        self._standing.setText(judged.standing.value)
        self._standing.setStyleSheet(
            f"background: {ground}; color: {readable_on(ground)}; border-radius: 10px; padding: 3px 10px;"
        )
        self._why.setText(judged.why)
        found = progress.readings_of(book, measure.id)
        self.chart.show_measure(measure, found, progress.trajectory(book, measure), today)
        self._signals.setText(self._told(len(found)))
        self._signals.setVisible(bool(found))
        outcome = book.find(Outcome, measure.outcome)
        self._outcome.setVisible(outcome is not None)
        if outcome:
            self._outcome.say(f"{outcome.label}  {outcome.want}")
            self._outcome.setToolTip(as_tip(f"{outcome.want}\nRead the outcome"))
        self.title.setReadOnly(not writable)
        self.definition.setReadOnly(not writable)
        for widget in (self._more, self._paste, *(field for _, field in self._fields.values())):
            widget.setEnabled(writable)

    def _told(self, number: int) -> str:
        """What the run chart's rules find."""
        if number < ENOUGH:
            return f"From {ENOUGH} readings on, runs tell chance from change; there are {plural(number, 'reading')}."
        return "\n".join(f"◯ {sentence}" for sentence in self.chart.sentences()) or (
            "No run stands out: six on one side of the median, or five rising or falling."
        )

    # -- what it does

    def _on_outcome_clicked(self) -> None:
        outcome = self.desk.book.find(Outcome, self.record.outcome) if self.record else None
        if outcome:
            self.jump.emit(outcome)

    def _on_remove_asked(self) -> None:
        if self.record:
            self.keep()
            self.desk.run(remove_measure(self.record))

    def _on_paste_asked(self) -> None:
        text = QApplication.clipboard().text()
        try:
            read_readings(text)
        except Refused:
            text = ""  # the clipboard holds something else
        self._paste_text(text)

    def _paste_text(self, text: str) -> None:
        if self.record:
            PasteDialog(self.desk, self.record, text, self).open()

    def keep(self) -> None:
        """Keep what is being typed, in the rows too."""
        super().keep()
        self.readings.keep()
        self.expected.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return [*super().unsaved_words(), *self.readings.unsaved_words(), *self.expected.unsaved_words()]
