"""Where risks stand: against the appetite of their category, in their calendar of reviews, between boards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from risk_register.domain import views
from risk_register.domain.book import Book
from risk_register.domain.cadence import months_later
from risk_register.domain.category import Category
from risk_register.domain.escalation import Escalation
from risk_register.domain.governance import Board
from risk_register.domain.programme import Programme
from risk_register.domain.reference import in_order
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskKind, RiskStatus
from risk_register.domain.risk_link import LinkKind, RiskLink

# -- appetite


def appetite_of(book: Book, risk: Risk) -> Category | None:
    """The category that sets a risk's appetite: one with a tolerable score. None for an opportunity, which one seeks."""
    category = book.find(Category, risk.category)
    return category if category and category.tolerable and risk.kind is RiskKind.threat else None


def outside_appetite(book: Book, risk: Risk) -> bool:
    """Whether a watched threat is scored above what its category tolerates."""
    category, now = appetite_of(book, risk), views.score(book, risk)
    return bool(views.is_live(risk) and category and now and now.score > (category.tolerable or 0))


def above_optimal(book: Book, risk: Risk) -> bool:
    """Whether a watched threat is tolerated, and yet above the score that its category would have."""
    category, now = appetite_of(book, risk), views.score(book, risk)
    if not (views.is_live(risk) and category and now) or outside_appetite(book, risk):
        return False
    return now.score > (category.optimal or category.tolerable or 0)


def appetite_words(book: Book, category: Category) -> str:
    """A category's appetite in words: `Cautious (optimal up to 6, tolerable up to 10)`; "" where none is set."""
    level = book.get(Programme, category.programme).level(category.appetite) if category.appetite else ""
    scores = ", ".join(
        f"{name} up to {score}"
        for name, score in (("optimal", category.optimal), ("tolerable", category.tolerable))
        if score
    )
    return f"{level} ({scores})" if level and scores else level or scores.capitalize()


def standing_words(book: Book, risk: Risk, since: date | None, today: date) -> str:
    """How a risk stands against its appetite: `Outside, 63 days`; "" where none is set. `since` when it is outside."""
    if outside_appetite(book, risk):
        return f"Outside, {_days((today - since).days)}" if since else "Outside"
    if above_optimal(book, risk):
        return "Above optimal"
    return "Within" if appetite_of(book, risk) and views.is_live(risk) and views.score(book, risk) else ""


def _days(number: int) -> str:
    return "since today" if number <= 0 else f"{number} day{'' if number == 1 else 's'}"


def outside_since(book: Book, risk: Risk, past: Iterable[Assessment]) -> date | None:
    """The day since when a risk has been outside appetite without a break, of all its scores of the past.

    By the appetite and matrix of today: who lowers what is tolerated finds it outside since it was last below that.
    """
    category, now = appetite_of(book, risk), views.score(book, risk)
    if not outside_appetite(book, risk) or category is None or now is None:
        return None
    since = now.on
    earlier = [item for item in past if item.kind is AssessmentKind.current and item.on <= now.on and item.id != now.id]
    for item in sorted(earlier, key=lambda item: (item.on, item.id), reverse=True):
        if item.score <= (category.tolerable or 0):
            break
        since = item.on
    return since


# -- reviews


def last_reviewed(book: Book, risk: Risk) -> date:
    """The day on which a risk was last looked at: reviewed, re-scored, or raised."""
    review, scored = book.find(Review, risk.reviewed), views.score(book, risk)
    return max(item for item in (review and review.on, scored and scored.on, risk.raised_on) if item)


def review_due(book: Book, risk: Risk) -> date | None:
    """The day by which a watched risk is to be reviewed again, by its band; None where it is not scored or watched."""
    now = views.score(book, risk)
    if not (views.is_live(risk) and now):
        return None
    matrix = views.matrix_of(book, risk.programme)
    return months_later(last_reviewed(book, risk), matrix.months[matrix.band(*now.cell)])


def review_overdue(book: Book, risk: Risk, today: date) -> bool:
    """Whether the day by which a risk was to be reviewed has passed."""
    due = review_due(book, risk)
    return due is not None and due < today


def overdue_reviews(book: Book, risks: Iterable[Risk], today: date) -> list[tuple[Risk, date]]:
    """Those of `risks` whose review is overdue, with the day by which it was due, the longest first."""
    dues = [(risk, due) for risk in risks if (due := review_due(book, risk)) is not None and due < today]
    return sorted(dues, key=lambda item: item[1])


def cadence_words(months: int) -> str:
    """How often, in words: `quarterly`."""
    usual = {1: "monthly", 2: "every two months", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
    return usual.get(months, f"every {months} months")


# -- escalations


def open_escalations(book: Book, programme: UUID) -> list[Escalation]:
    """What was put to a board that has not answered yet, the oldest first."""
    waiting = [item for item in book.where(Escalation, "answer", None) if _programme(book, item) == programme]
    return sorted(waiting, key=lambda item: (item.on, item.id))


def _programme(book: Book, escalation: Escalation) -> UUID:
    return book.get(Risk, escalation.risk).programme


def way(book: Book, above: UUID | None, below: UUID | None) -> str:
    """Which way one goes from a board to another: `up`, `down` the tree, or `across` where neither reports to the other."""
    if above in _above(book, below):
        return "down"
    return "up" if below in _above(book, above) else "across"


def _above(book: Book, board: UUID | None) -> list[UUID]:
    """The boards above one, the nearest first."""
    found: list[UUID] = []
    at = book.find(Board, board)
    while at is not None and at.parent is not None and at.parent not in found:
        found.append(at.parent)
        at = book.find(Board, at.parent)
    return found


def sent_words(book: Book, escalation: Escalation) -> str:
    """Where a risk was put: `Up from SEND Board to HWBB`."""
    source, target = (book.find(Board, id) for id in (escalation.from_board, escalation.to_board))
    direction = way(book, escalation.from_board, escalation.to_board).capitalize()
    return f"{direction if source else 'Put'}{f' from {source.label}' if source else ''} to {target.label if target else ''}"


# -- steps of the status


@dataclass(frozen=True, slots=True)
class Step:
    """A step that a risk can take: what it is called, and what it still lacks for it."""

    verb: str
    to: RiskStatus
    lacks: tuple[str, ...] = ()


def steps(risk: Risk) -> list[Step]:
    """The steps from a risk's status, each with what must be there before it is taken."""
    found = []
    if risk.status is RiskStatus.draft:
        found.append(Step("Open", RiskStatus.open, tuple(lacks_to_open(risk))))
    elif risk.status is not RiskStatus.open:
        found.append(Step("Reopen", RiskStatus.open))
    if risk.status in (RiskStatus.open, RiskStatus.draft):
        found.append(Step("It has happened", RiskStatus.materialised))
    if risk.status is not RiskStatus.closed:
        found.append(Step("Close", RiskStatus.closed))
    return found


def lacks_to_open(risk: Risk) -> list[str]:
    """What a draft must say before it is opened."""
    return [words for words, there in (("its event", risk.event), ("an owner", risk.owner)) if not there]


# -- links


def links_from(book: Book, risk: UUID) -> list[tuple[LinkKind, Risk, RiskLink]]:
    """The risks that a risk causes or makes worse, by reference."""
    found = [(link.kind, book.get(Risk, link.affected), link) for link in book.where(RiskLink, "risk", risk)]
    return sorted(found, key=lambda item: in_order(item[1].reference))


def links_to(book: Book, risk: UUID) -> list[tuple[LinkKind, Risk, RiskLink]]:
    """The risks that cause a risk or make it worse, by reference."""
    found = [(link.kind, book.get(Risk, link.risk), link) for link in book.where(RiskLink, "affected", risk)]
    return sorted(found, key=lambda item: in_order(item[1].reference))
