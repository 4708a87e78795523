"""The columns and filters of the register."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from risk_register.domain import standing, views
from risk_register.domain.action import Action, Mitigation
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.change import Edit
from risk_register.domain.control import Control
from risk_register.domain.custom_field import CustomField, RiskValue
from risk_register.domain.escalation import Escalation
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.matrix import Matrix
from risk_register.domain.plan import Outcome, OutcomeLink
from risk_register.domain.reference import in_order
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskStatus
from risk_register.domain.text import short_day
from ui.audience import audience_column, audience_filter, is_restricted
from ui.desk import Desk
from ui.tables.columns import Column
from ui.tables.filters import Filter
from ui.tags import tags_column, tags_filter


def _score_column(kind: AssessmentKind, *, shown: bool) -> Column[Risk]:
    def text(book: Book, risk: Risk) -> str:
        found = views.score(book, risk, kind)
        return f"{found.score}  {views.band_name(book, risk, kind)}" if found else ""

    def pill(book: Book, risk: Risk) -> str:
        found = views.score(book, risk, kind)
        return views.matrix_of(book, risk.programme).colour(*found.cell) if found else ""

    def sort(book: Book, risk: Risk) -> int | None:
        found = views.score(book, risk, kind)
        return found.score if found else None

    return Column(kind.name, kind.value, text, sort, width=124, shown=shown, pill=pill)


def risk_columns(desk: Desk) -> list[Column[Risk]]:
    """Every column of the register."""

    def plain(key: str, title: str, width: int, *, shown: bool = True) -> Column[Risk]:
        return Column(key, title, lambda book, risk: views.shown(book, risk, key), width=width, shown=shown)

    def target_date(book: Book, risk: Risk) -> date | None:
        found = views.score(book, risk, AssessmentKind.target)
        return found.by if found else None

    def scored_on(book: Book, risk: Risk) -> date | None:
        found = views.score(book, risk)
        return found.on if found else None

    def next_date(book: Book, risk: Risk) -> date | None:
        found = views.next_action(book, risk.id)
        return found.expected if found else None

    def next_words(book: Book, risk: Risk) -> str:
        found = views.next_action(book, risk.id)
        return f"{found.reference}  {found.title}" if found else ""

    return [
        Column(
            "reference",
            "Ref",
            lambda _, risk: risk.reference,
            lambda _, risk: in_order(risk.reference),
            width=88,
            mark=desk.dispute,
        ),
        Column("title", "Title", lambda _, risk: risk.title, width=290, locked=is_restricted),
        _score_column(AssessmentKind.current, shown=True),
        Column(
            "appetite",
            "Appetite",
            lambda _, risk: desk.outside.words(risk),
            lambda book, risk: _appetite_order(desk, book, risk),
            width=140,
            alarm=standing.outside_appetite,
        ),
        _score_column(AssessmentKind.target, shown=True),
        plain("owner", "Owner", 190),
        plain("category", "Category", 110),
        Column(
            "next",
            "Next action due",
            lambda book, risk: short_day(next_date(book, risk)),
            next_date,
            width=130,
            alarm=lambda book, risk: _is_late(book, risk, desk.today()),
        ),
        plain("status", "Status", 90),
        _score_column(AssessmentKind.inherent, shown=False),
        Column("next_action", "Next action", next_words, width=260, shown=False),
        plain("board", "Overseen by", 130, shown=False),
        Column("waits", "Waits for the answer of", _waits_for, width=160, shown=False),
        plain("workstream", "Workstream", 150, shown=False),
        plain("kind", "Kind", 100, shown=False),
        plain("response", "Response", 110, shown=False),
        plain("proximity", "Proximity", 120, shown=False),
        Column("by", "Target by", lambda book, risk: short_day(target_date(book, risk)), target_date, shown=False),
        Column(
            "raised_on",
            "Raised",
            lambda _, risk: short_day(risk.raised_on),
            lambda _, risk: risk.raised_on,
            shown=False,
        ),
        Column(
            "review_due",
            "Review due",
            lambda book, risk: short_day(standing.review_due(book, risk)),
            standing.review_due,
            shown=False,
            alarm=lambda book, risk: standing.review_overdue(book, risk, desk.today()),
        ),
        Column(
            "reviewed",
            "Last reviewed",
            lambda book, risk: short_day(standing.last_reviewed(book, risk)),
            standing.last_reviewed,
            shown=False,
        ),
        Column("scored_on", "Last scored", lambda book, risk: short_day(scored_on(book, risk)), scored_on, shown=False),
        Column(
            "actions",
            "Open actions",
            _open_actions,
            lambda book, risk: int(_open_actions(book, risk)),
            width=100,
            right=True,
            shown=False,
        ),
        Column("statement", "Statement", lambda _, risk: risk.statement, width=420, shown=False),
        tags_column(),
        audience_column(),
    ]


def _open_actions(book: Book, risk: Risk) -> str:
    return str(sum(action.is_open for action in views.actions_of(book, risk.id)))


def _waits_for(book: Book, risk: Risk) -> str:
    """The board that was asked to take a risk over, and has not answered."""
    waiting = (item for item in book.where(Escalation, "risk", risk.id) if item.answer is None)
    return ", ".join(views.shown(book, item, "to_board") for item in waiting)


def _appetite_order(desk: Desk, book: Book, risk: Risk) -> int | None:
    """The longest outside last, so that the first click on the heading's arrow has them on top."""
    if standing.outside_appetite(book, risk):
        since = desk.outside.since(risk)
        return 2 + (desk.today() - since).days if since else 2
    return int(standing.above_optimal(book, risk)) if desk.outside.words(risk) else None


def _is_late(book: Book, risk: Risk, today: date) -> bool:
    return views.is_live(risk) and any(action.days_late(today) for action in views.actions_of(book, risk.id))


def risk_filters(desk: Desk) -> list[Filter[Risk]]:
    """The chips of the register."""

    def bands(book: Book) -> Iterable[tuple[str, str]]:
        matrix = views.matrix_of(book, desk.programme) if desk.programme else None
        return [(name, name) for name in reversed(matrix.bands)] + [("", "Not scored")] if matrix else []

    def people(book: Book) -> Iterable[tuple[str, str]]:
        owners = {risk.owner for risk in book.where(Risk, "programme", desk.programme)}
        found = [
            (str(person.id), person.label)
            for person in book.where(Person, "programme", desk.programme)
            if person.id in owners
        ]
        return [*sorted(found, key=lambda item: item[1]), ("None", "Nobody")]

    def categories(book: Book) -> Iterable[tuple[str, str]]:
        used = {risk.category for risk in book.where(Risk, "programme", desk.programme)}
        return [
            (str(item.id), item.name) for item in book.where(Category, "programme", desk.programme) if item.id in used
        ]

    return [
        Filter(
            "status",
            "Status",
            lambda _, risk, chosen: risk.status.name in chosen,
            lambda _: [(item.name, item.value) for item in RiskStatus],
        ),
        Filter("band", "Band", lambda book, risk, chosen: views.band_name(book, risk) in chosen, bands),
        Filter("owner", "Owner", lambda _, risk, chosen: str(risk.owner) in chosen, people),
        Filter("category", "Category", lambda _, risk, chosen: str(risk.category) in chosen, categories),
        tags_filter(Risk, desk),
        audience_filter(),
        Filter("outside", "Outside target", lambda book, risk, _: views.outside_target(book, risk)),
        Filter("appetite", "Outside appetite", lambda book, risk, _: standing.outside_appetite(book, risk)),
        Filter("review", "Review overdue", lambda book, risk, _: standing.review_overdue(book, risk, desk.today())),
        Filter("overdue", "Overdue actions", lambda book, risk, _: _is_late(book, risk, desk.today())),
    ]


def touched_risks(edit: Edit, book: Book) -> set[UUID] | None:
    """The risks that look different after an edit; None for all."""
    found: set[UUID] = set()
    for change in edit.changes:
        match change.record:
            case Risk(id=id):
                found.add(id)
            case (
                Assessment(risk=risk)
                | Control(risk=risk)
                | Escalation(risk=risk)
                | OutcomeLink(risk=risk)
                | Mitigation(risk=risk)
                | Review(risk=risk)
            ):
                found.add(risk)
            case Action(id=action):
                found |= {link.risk for link in book.where(Mitigation, "action", action)}
            case RiskValue(risk=risk):
                found.add(risk)
            case CustomField():
                return None
            case Person() | Board() | Category() | Organisation() | Matrix() | Outcome():
                return None
    return found


def searched_text(book: Book, risk: Risk) -> str:
    """What typing to filter looks through beside the cells: statement, controls and actions."""
    controls = " ".join(item.description for item in book.where(Control, "risk", risk.id))
    actions = " ".join(f"{item.reference} {item.title}" for item in views.actions_of(book, risk.id))
    return f"{' '.join(risk.aliases)} {risk.cause} {risk.event} {risk.effect} {controls} {actions}"
