"""The columns and filters of the actions."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from risk_register.domain import plan_views, views
from risk_register.domain.action import Action, Delivery, Impact, Mitigation, Update
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.custom_field import ActionValue, CustomField
from risk_register.domain.governance import Person
from risk_register.domain.plan import Outcome
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural, short_day
from ui.audience import audience_column, is_restricted
from ui.desk import Desk
from ui.tables.columns import Column
from ui.tables.filters import Filter
from ui.tags import tags_column, tags_filter
from ui.theme import colours

SOON = timedelta(days=14)


def action_columns(desk: Desk) -> list[Column[Action]]:
    """Every column of the actions."""

    def when(_book: Book, action: Action) -> str:
        late = action.days_late(desk.today())
        if late:
            return f"{plural(late, 'day')} late"
        if not action.is_open:
            return action.delivery.value
        if action.expected is None:
            return "No date"
        return (
            f"in {plural((action.expected - desk.today()).days, 'day')}" if action.expected > desk.today() else "today"
        )

    def urgency(_book: Book, action: Action) -> tuple[int, int, tuple[str, int, str]]:
        """Overdue first (the longest first), then by expected date, then what is finished."""
        if not action.is_open:
            return (2, -(action.actual.toordinal() if action.actual else 0), in_order(action.reference))
        return (
            0 if action.days_late(desk.today()) else 1,
            action.expected.toordinal() if action.expected else 9**7,
            in_order(action.reference),
        )

    def ground(_book: Book, action: Action) -> str:
        c = colours()
        if action.days_late(desk.today()):
            return "#cc3d3d"
        if action.delivery is Delivery.done:
            return "#6cb66f"
        if action.is_open and action.expected and action.expected - desk.today() <= SOON:
            return "#f4d35e"
        return c.line

    return [
        Column("when", "Due", when, urgency, width=120, pill=ground),
        Column(
            "reference",
            "Ref",
            lambda _, action: action.reference,
            lambda _, action: in_order(action.reference),
            width=88,
            mark=desk.dispute,
        ),
        Column("title", "Action", lambda _, action: action.title, width=340, locked=is_restricted),
        Column("risks", "Risks", _risks, width=120),
        Column("owner", "Owner", lambda book, action: views.shown(book, action, "owner"), width=190),
        Column(
            "expected",
            "Expected",
            lambda _, action: short_day(action.expected),
            lambda _, action: action.expected,
            width=110,
        ),
        Column(
            "percent",
            "Done",
            lambda _, action: f"{action.percent} %",
            lambda _, action: action.percent,
            width=70,
            right=True,
        ),
        Column("delivery", "Delivery", lambda _, action: action.delivery.value, width=110),
        Column(
            "actual",
            "Done on",
            lambda _, action: short_day(action.actual),
            lambda _, action: action.actual,
            shown=False,
        ),
        Column(
            "impact",
            "Impact",
            lambda _, action: action.impact.value,
            lambda _, action: list(Impact).index(action.impact),
            width=110,
        ),
        Column("outcome", "Outcome", _outcome, _outcome_order, width=90, shown=False),
        Column("barrier", "Barrier", lambda _, action: " ".join(action.barrier.split()), width=260, shown=False),
        Column(
            "score",
            "Highest score",
            _highest,
            lambda book, action: int(_highest(book, action) or 0),
            width=110,
            right=True,
            shown=False,
        ),
        tags_column(),
        audience_column(),
    ]


def _risks(book: Book, action: Action) -> str:
    return ", ".join(risk.reference for risk in views.risks_of(book, action.id))


def _outcome(book: Book, action: Action) -> str:
    outcome = book.find(Outcome, action.outcome)
    return outcome.number if outcome else ""


def _outcome_order(book: Book, action: Action) -> tuple[tuple[int, str], ...]:
    return plan_views.in_plan_order(_outcome(book, action))


def _highest(book: Book, action: Action) -> str:
    scores = [views.current_score(book, risk) for risk in views.risks_of(book, action.id)]
    return str(max(scores)) if scores else ""


def action_filters(desk: Desk) -> list[Filter[Action]]:
    """The chips of the actions."""

    def people(book: Book) -> Iterable[tuple[str, str]]:
        owners = {action.owner for action in book.where(Action, "programme", desk.programme)}
        found = [
            (str(person.id), person.label)
            for person in book.where(Person, "programme", desk.programme)
            if person.id in owners
        ]
        return [*sorted(found, key=lambda item: item[1]), ("None", "Nobody")]

    def soon(_book: Book, action: Action, _chosen: frozenset[str]) -> bool:
        return action.is_open and action.expected is not None and action.expected - desk.today() <= SOON

    return [
        Filter(
            "delivery",
            "Delivery",
            lambda _, action, chosen: action.delivery.name in chosen,
            lambda _: [(item.name, item.value) for item in Delivery],
        ),
        Filter(
            "impact",
            "Impact",
            lambda _, action, chosen: action.impact.name in chosen,
            lambda _: [(item.name, item.value) for item in Impact],
        ),
        Filter("owner", "Owner", lambda _, action, chosen: str(action.owner) in chosen, people),
        tags_filter(Action, desk),
        Filter("overdue", "Overdue", lambda _, action, __: bool(action.days_late(desk.today()))),
        Filter("soon", "Due within 14 days", soon),
        Filter(
            "barrier",
            "Late without a barrier named",
            lambda _, action, __: bool(action.days_late(desk.today())) and not action.barrier,
        ),
    ]


def touched_actions(edit: Edit, book: Book) -> set[UUID] | None:
    """The actions that look different after an edit; None for all."""
    found: set[UUID] = set()
    for change in edit.changes:
        match change.record:
            case Action(id=id):
                found.add(id)
            case Mitigation(action=action) | Update(action=action) | ActionValue(action=action):
                found.add(action)
            case Risk(id=risk):
                found |= {link.action for link in book.where(Mitigation, "risk", risk)}
            case Outcome(id=outcome):
                found |= {action.id for action in book.where(Action, "outcome", outcome)}
            case Person() | CustomField():
                return None
    return found


def searched_text(book: Book, action: Action) -> str:
    """What typing to filter looks through beside the cells: detail, barrier, the titles of its risks."""
    risks = " ".join(f"{risk.reference} {risk.title}" for risk in views.risks_of(book, action.id))
    return f"{' '.join(action.aliases)} {action.detail} {action.barrier} {risks}"
