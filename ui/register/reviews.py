"""The reviews of a risk: when the next is due, and saying that one changed nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from risk_register.domain import standing, views
from risk_register.domain.change import Command
from risk_register.domain.commands.review import note_review
from risk_register.domain.review import Review
from risk_register.domain.risk import Risk
from risk_register.domain.text import short_day
from ui.desk import Desk
from ui.section import AddLine, Section
from ui.theme import colours
from ui.words import Words, as_html

_NEWEST = 3
"""So many past reviews are listed; all are in the history."""


class Reviews(Section):
    """Whether the risk was looked at in time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Reviews", desk)
        self._risk: Risk | None = None
        self.button = self.add_tool("Reviewed, no change", self._on_button_clicked)
        self.button.setToolTip("Ctrl+R. A note that you have begun goes with it.")
        self.due, self._past = Words(wrap=True), QLabel()
        self._past.setTextFormat(Qt.TextFormat.RichText)
        self._past.setWordWrap(True)
        self._past.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add = AddLine("Reviewed, no change: a note, then Enter", desk, self._command)
        for widget in (self.due, self.add, self._past):
            self.column.addWidget(widget)

    def show_risk(self, risk: Risk | None) -> None:
        """Show when a risk was reviewed and is to be reviewed again."""
        if risk is None or self._risk is None or risk.id != self._risk.id:
            self._past.hide()
        self._risk = risk
        self.add.show_record(risk)
        if risk is None:
            return
        may = self.desk.writable and views.is_live(risk)
        self.button.setVisible(may)
        self.add.setVisible(may)
        self._show_due(risk)
        self.desk.fetch(Review, "risk", risk.id, self._on_past_fetched)

    def _show_due(self, risk: Risk) -> None:
        book = self.desk.book
        last, due = standing.last_reviewed(book, risk), standing.review_due(book, risk)
        told = f"Last looked at on {short_day(last)}."
        is_late = standing.review_overdue(book, risk, self.desk.today())
        if due is not None:
            matrix, now = views.matrix_of(book, risk.programme), views.score(book, risk)
            band = matrix.band(*now.cell) if now else 0
            often = f"{matrix.bands[band].lower()}: {standing.cadence_words(matrix.months[band])}"
            told += f" {'⚠ The next review was due' if is_late else 'The next review is due'} on {short_day(due)} ({often})."
        elif views.is_live(risk):
            told += " Once it is scored, its band says how often it is to be reviewed."
        self.due.setText(told)
        self.due.setStyleSheet(f"color: {colours().bad if is_late else colours().muted};")

    def review(self) -> None:
        """Say that the risk was reviewed and stays as it is, with the note that is begun."""
        if self._risk is None:
            return
        if self.add.line.text().strip():
            self.add.enter()
        else:
            self.desk.run(self._command(""), once=self)

    def _on_button_clicked(self) -> None:
        self.review()

    def _command(self, note: str) -> Command:
        assert self._risk, "a risk is shown"
        return note_review(self._risk, on=self.desk.today(), note=note)

    def _on_past_fetched(self, past: list[Review]) -> None:
        mine = [item for item in past if self._risk and item.risk == self._risk.id]
        mine.sort(key=lambda item: (item.on, item.id), reverse=True)
        muted = colours().muted
        rows = [
            f"<tr><td style='padding:3px 12px 3px 0; white-space:nowrap'>{short_day(item.on)}</td>"
            f"<td style='padding:3px 0'>{as_html(item.note) or f'<span style=color:{muted}>No change</span>'}"
            + (f"<br><span style='color:{muted}'>{as_html(item.where)}</span>" if item.where else "")
            + "</td></tr>"
            for item in mine[:_NEWEST]
        ]
        left = len(mine) - _NEWEST
        more = f"<p style='color:{muted}'>{left} more in the history.</p>" if left > 0 else ""
        self._past.setText(f"<table cellspacing='0'>{''.join(rows)}</table>{more}" if rows else "")
        self._past.setVisible(bool(rows))
