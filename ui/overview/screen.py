"""The overview's screen: numbers that lead somewhere, and the lists behind them."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from risk_register.domain import accountability, plan_views, standing, views
from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.colour import readable_on
from risk_register.domain.evaluation import ForwardStep
from risk_register.domain.forward import due_steps
from risk_register.domain.measure import Measure
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome
from risk_register.domain.progress import Judgement, next_due, pressing
from risk_register.domain.record import Record
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Risk
from risk_register.domain.text import long_day, plural, short_day
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.keys import chain_tabs
from ui.screen import Head, Screen
from ui.section import Row, Section
from ui.theme import SPACE, as_title, colours, quiet
from ui.words import Words, as_tip

_BACK = timedelta(days=28)
_SOON = timedelta(days=14)
_MOST = 6
"""So many rows a card shows at first."""
_MORE = 50
"""So many more at a time: more widgets would take too long to make."""


class Overview(Screen):
    """What needs me today, each a click from its place."""

    title = "Overview"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._then: Book | None = None
        self._head = Head("What needs you today")
        self._bands = QHBoxLayout()
        self._bands.setSpacing(2 * SPACE)
        self._tiles: list[_Tile] = []
        self._counts: dict[str, _Tile] = {}
        self._cards = {
            title: _Card(title, desk)
            for title in (
                "Overdue actions",
                "Highest risks",
                "Outside appetite",
                "Reviews overdue",
                "Milestones late or slipping",
                "Due in 14 days",
                "Moved in four weeks",
                "Decisions waiting",
                "Escalations waiting",
                "Gaps",
                "Measures to look at",
                "Steps of the self-evaluation due",
            )
        }
        for card in self._cards.values():
            card.jump.connect(self.jump)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(self._bands)
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        for place, card in enumerate(self._cards.values()):
            grid.addWidget(card, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(area, 1)
        desk.outside.changed.connect(self._show)

    def enter(self) -> None:
        """Put the cursor before all of it: Tab goes to the first."""
        self.setFocus()

    def reload(self) -> None:
        """Show the book as it is."""
        self._show()
        self.desk.as_at(self.desk.today() - _BACK, self._on_then_fetched)

    def take(self, edit: object) -> None:
        """Show what an edit changed."""
        del edit
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while nobody looked."""
        super().showEvent(event)
        self._show()

    def _on_then_fetched(self, then: Book) -> None:
        self._then = then
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        book, programme, today = self.desk.book, self.desk.programme, self.desk.today()
        if programme is None:
            return
        self._head.tell(f"{today:%A} {long_day(today)}")
        risks = views.live_risks(book, programme)
        beyond = [risk for risk in risks if standing.outside_appetite(book, risk)]
        unseen = standing.overdue_reviews(book, risks, today)
        self._show_bands(risks)
        self._counts["appetite"].tell(len(beyond))
        self._counts["review"].tell(len(unseen))
        late, highest, outside, reviews, slipping, soon, moved, decisions, escalations, gaps, measures, steps = (
            self._cards.values()
        )
        late.list(
            [
                (f"{action.reference}  {action.title}", f"{plural(action.days_late(today), 'day')} late", action)
                for action in views.late_actions(book, programme, today)
            ],
            "No action is overdue.",
            alarm=True,
        )
        highest.list(
            [
                (
                    f"{risk.reference}  {risk.title}",
                    f"{views.current_score(book, risk)} {views.band_name(book, risk)}",
                    risk,
                )
                for risk in risks
                if views.score(book, risk)
            ],
            "No open risk is scored yet.",
        )
        slipping.list(
            [
                (self._named(item), plan_views.how_it_runs(item, today), item)
                for item in plan_views.slipping(book, programme, today)
            ],
            "Every milestone is met, or expected by its baseline.",
            alarm=True,
        )
        soon.list(self._coming(), "Nothing falls due.")
        moves = views.movements(self._then, book, programme) if self._then else []
        moved.list(
            [
                (
                    f"{move.risk.reference}  {move.risk.title}",
                    f"{move.direction.arrow} {move.direction.word}",
                    move.risk,
                )
                for move in moves
                if move.direction not in (views.Direction.unchanged, views.Direction.unscored)
            ],
            "No score has moved.",
        )
        decisions.list(
            [
                (
                    f"{item.reference}  {item.question}",
                    f"{views.shown(book, item, 'board')} {short_day(item.needed_by)}".strip(),
                    item,
                )
                for item in views.open_decisions(book, programme)
            ],
            "No decision is waited for.",
        )
        gaps.list(
            self._gaps(risks),
            "Everything has an owner who is there and a board; every open risk three scores and an open action.",
        )
        measures.list(
            [
                (measure.name, self._wanting(measure, told), measure)
                for measure, told in pressing(book, programme, today)
            ],
            "Every measure keeps to its trajectory, and no reading is due.",
        )
        steps.list(
            [(step.title, self._due(step), step) for step in due_steps(book, programme, today + _SOON)],
            "No step is late or falls due in 14 days.",
        )
        outside.list(
            [
                (f"{risk.reference}  {risk.title}", f"{views.current_score(book, risk)}, {words}", risk)
                for risk in beyond
                for words in [self.desk.outside.words(risk).lower().replace(", ", " ")]
            ],
            "No open risk is above what its category tolerates."
            if any(item.tolerable for item in book.where(Category, "programme", programme))
            else "No category says yet how much risk is tolerated (Programme > Name, categories and fields).",
            alarm=True,
        )
        reviews.list(
            [(f"{risk.reference}  {risk.title}", f"due {short_day(due)}", risk) for risk, due in unseen],
            "Every open risk was reviewed in time.",
            alarm=True,
        )
        escalations.list(
            [
                (
                    f"{risk.reference}  {risk.title}",
                    f"{standing.sent_words(book, item)}, {short_day(item.on)}",
                    risk,
                )
                for item in standing.open_escalations(book, programme)
                for risk in [book.get(Risk, item.risk)]
            ],
            "No board is asked to take a risk over.",
        )
        chain_tabs(self)

    def _coming(self) -> list[tuple[str, str, Record]]:
        """The actions and milestones that fall due soon, the first first."""
        book, programme, today = self.desk.book, self.desk.programme, self.desk.today()
        found: list[tuple[date, str, Record]] = [
            (action.expected, f"{action.reference}  {action.title}", action)
            for action in sorted(book.where(Action, "programme", programme), key=lambda item: in_order(item.reference))
            if action.is_open and action.expected
        ]
        for outcome in plan_views.outcomes(book, programme):
            found += [
                (milestone.due, self._named(milestone), milestone)
                for milestone in plan_views.milestones_of(book, outcome.id)
                if milestone.due and not milestone.actual
            ]
        soon = sorted((item for item in found if today <= item[0] <= today + _SOON), key=lambda item: item[0])
        return [(words, short_day(day), record) for day, words, record in soon]

    def _named(self, milestone: Milestone) -> str:
        return f"{self.desk.book.get(Outcome, milestone.outcome).number}  {milestone.title}"

    def _wanting(self, measure: Measure, told: Judgement) -> str:
        due = next_due(self.desk.book, measure)
        asked = f"reading due {short_day(due)}" if due and due < self.desk.today() else ""
        return ", ".join([told.standing.value] * told.standing.is_pressing + [asked] * bool(asked))

    def _due(self, step: ForwardStep) -> str:
        late = step.days_late(self.desk.today())
        return f"{plural(late, 'day')} late" if late else short_day(step.due)

    def _gaps(self, risks: list[Risk]) -> list[tuple[str, str, Record]]:
        """What nobody answers for, then what is not worked out yet; one line for each record."""
        book, programme = self.desk.book, self.desk.programme
        assert programme, "shown only with a programme"
        found = {gap.record: gap.lacks for gap in accountability.gaps(book, programme, self.desk.today())}
        for risk in risks:
            lacks = [
                f"no {words}"
                for words, there in (
                    ("score", risk.current),
                    ("target", risk.target),
                    ("open action", views.next_action(book, risk.id) or not views.outside_target(book, risk)),
                )
                if not there
            ]
            if lacks:
                found[risk] = (*found.get(risk, ()), *lacks)
        return [(accountability.words(record), ", ".join(lacks), record) for record, lacks in found.items()]

    def _show_bands(self, risks: list[Risk]) -> None:
        book, programme = self.desk.book, self.desk.programme
        assert programme, "shown only with a programme"
        matrix = views.matrix_of(book, programme)
        wanted = list(reversed(list(zip(matrix.bands, matrix.colours, strict=True))))
        if [(tile.name, tile.colour) for tile in self._tiles] != wanted:
            for tile in self._tiles:
                tile.deleteLater()
            self._tiles = [_Tile(name, colour) for name, colour in wanted]
            for tile in self._tiles:
                tile.clicked.connect(lambda _on=False, name=tile.name: self.band_wanted.emit(name))
                self._bands.addWidget(tile)
        bands = [views.band_name(book, risk) for risk in risks]
        for tile in self._tiles:
            tile.tell(bands.count(tile.name))
        if not self._counts:
            for key, words in (("appetite", "Outside appetite"), ("review", "Review overdue")):
                tile = _Tile(words, colours().surface)
                tile.clicked.connect(lambda _on=False, key=key: self.filter_wanted.emit(key))
                self._counts[key] = tile
        for tile in self._counts.values():
            self._bands.removeWidget(tile)
            self._bands.addWidget(tile)
            tile.paint(colours().surface, frame=colours().line)


class _Tile(QPushButton):
    """A band, or another way to narrow the register down, with how many risks are in it; a click shows them."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self.name, self.colour = name, colour
        self._number, words = QLabel(), Words(name)
        as_title(self._number, larger=14)
        self.paint(colour)
        self.setMinimumHeight(84)
        self.setToolTip(as_tip(f"Show the {name.lower()} risks in the register"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(0)
        for label in (self._number, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)

    def paint(self, colour: str, frame: str = "transparent") -> None:
        """Lie on a colour, the words readable on it, within a frame of another."""
        ink = readable_on(colour)
        sheet = (
            f"QPushButton {{ background: {colour}; border: 2px solid {frame}; border-radius: 8px; }}"
            f"QPushButton:focus {{ border-color: {ink}; }}"
            f"QLabel {{ color: {ink}; background: transparent; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def tell(self, number: int) -> None:
        """Show how many there are."""
        self._number.setText(str(number))
        self.setAccessibleName(f"{number} {self.name} risks")


class _Card(Section):
    """A list under a title; each row leads to its record."""

    def __init__(self, title: str, desk: Desk) -> None:
        super().__init__(title, desk)
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column.setContentsMargins(2 * SPACE, 2 * SPACE - 4, 2 * SPACE, 2 * SPACE - 4)
        self.column.setSpacing(4)
        self._listed: list[Row] = []
        self._nothing = ""
        self._most = _MOST
        self._more, self._fewer = QPushButton(), QPushButton("Show fewer")
        line = QHBoxLayout()
        for button, act in ((self._more, self._on_more_clicked), (self._fewer, self._on_fewer_clicked)):
            quiet(button)
            button.clicked.connect(act)
            line.addWidget(button)
        line.addStretch()
        self.column.addLayout(line)
        self.column.addStretch()

    def list(self, rows: Iterable[tuple[str, str, Record]], none: str, *, alarm: bool = False) -> None:
        """List what, how, and the record that a click leads to."""
        self._listed = [
            Row(record.id, (words, detail, colours()), partial(self._built_row, words, detail, record, alarm=alarm))
            for words, detail, record in rows
        ]
        self._nothing = none
        self._show()

    def _show(self) -> None:
        self.count(len(self._listed))
        self.show_rows(self._listed[: self._most], self._nothing)
        left = len(self._listed) - self._most
        self._more.setText(f"{min(left, _MORE)} more" + (f" of {left}" if left > _MORE else ""))
        self._more.setVisible(left > 0)
        self._fewer.setVisible(self._most > _MOST and len(self._listed) > _MOST)

    def _built_row(self, words: str, detail: str, record: Record, *, alarm: bool) -> QWidget:
        row = QPushButton()
        quiet(row)
        row.setAccessibleName(f"{words}, {detail}")
        row.setToolTip(as_tip(words))
        row.clicked.connect(lambda: self.jump.emit(record))
        name, told = ElidedLabel(words), Words(detail)
        told.setStyleSheet(f"color: {colours().bad if alarm else colours().muted};")
        for label in (name, told):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(row)
        line.setContentsMargins(6, 4, 6, 4)
        line.addWidget(name, 1)
        line.addWidget(told)
        row.setMinimumHeight(row.fontMetrics().height() + 12)
        return row

    def _on_more_clicked(self) -> None:
        self._most += _MORE
        self._show()
        chain_tabs(self)

    def _on_fewer_clicked(self) -> None:
        self._most = _MOST
        self._show()
