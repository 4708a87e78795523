"""What of a register the map shows, to whom."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from risk_register.domain import views
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.domain.standing import last_reviewed, review_due
from risk_register.domain.text import plural, short_day
from ui.matrix import Cell
from ui.theme import colours
from ui.words import as_html


@dataclass(frozen=True, slots=True)
class Shown:
    """The open risks in sight, the cells they stand in, and those they came from. `restricted` are there in all.

    `in_sight` are all risks of the register that the audience may see, open or not.
    """

    in_sight: Container[UUID]
    risks: list[Risk]
    cells: dict[Cell, list[Risk]]
    earlier: dict[UUID, Cell]
    hidden: int
    restricted: int

    @property
    def switch(self) -> str:
        """What is said where the restricted ones can be shown: how many are not."""
        return f"Restricted too ({self.hidden} hidden)" if self.hidden else "Restricted too"

    def sentence(self, since: date | None) -> str:
        """What it comes to: `19 open risks, 4 moved since 24 Sep 2026`."""
        placed = sum(len(risks) for risks in self.cells.values())
        unscored = f", {len(self.risks) - placed} without this score" if placed != len(self.risks) else ""
        moved = f", {len(self.earlier)} moved since {short_day(since)}" if since else ""
        return f"{plural(placed, 'open risk')}{unscored}{moved}"


def shown_to(audience: Audience, book: Book, then: Book | None, programme: UUID, kind: AssessmentKind) -> Shown:
    """What an audience may see of a book, and of how its risks moved since another."""
    live = views.live_risks(book, programme)
    risks = [risk for risk in live if audience.may_see(risk.audience)]
    untold = views.hidden_risks(then, audience) if then else set[UUID]()
    moves = [views.movement(then, book, risk, kind, untold=untold) for risk in risks] if then else []
    return Shown(
        {risk.id for risk in book.all(Risk) if audience.may_see(risk.audience)},
        risks,
        views.by_cell(book, risks, kind),
        {move.risk.id: move.then.cell for move in moves if move.moved_cell and move.then},
        len(live) - len(risks),
        sum(risk.audience is Audience.restricted for risk in live),
    )


def told_of(book: Book, risk: Risk, kind: AssessmentKind, standing: str) -> str:
    """A risk as it is told beside the map, in HTML; `standing` is how it stands against its appetite."""
    found = views.score(book, risk, kind)
    mark = f"<p style='color:{colours().warn}'>Restricted</p>" if risk.audience is Audience.restricted else ""
    why = f"<p>Scored on {short_day(found.on)}: {as_html(found.why)}</p>" if found and found.why else ""
    appetite = f"<p>Appetite: {as_html(standing.lower())}</p>" if standing else ""
    due = review_due(book, risk)
    review = f"<p>Last looked at on {short_day(last_reviewed(book, risk))}, due on {short_day(due)}</p>" if due else ""
    owner = views.shown(book, risk, "owner") or "nobody yet"
    return (
        f"<b>{as_html(f'{risk.reference} {risk.title}')}</b>{mark}<p>{as_html(risk.statement)}</p>"
        f"{appetite}<p>Owner: {as_html(owner)}</p>{review}{why}"
    )
