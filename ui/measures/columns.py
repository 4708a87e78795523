"""The columns and filters of the measures."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from risk_register.domain import progress, views
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.governance import Board, Person
from risk_register.domain.measure import ExpectedValue, Measure, Reading
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.progress import Standing
from risk_register.domain.text import figures, short_day
from ui.desk import Desk
from ui.tables.columns import Column
from ui.tables.filters import Filter
from ui.theme import colours

_BARS = "▁▂▃▄▅▆▇█"
_MOST = 12
"""So many readings the bars show."""


def ground_of(standing: Standing) -> str:
    """The colour that goes with how a measure stands, never without its words."""
    return {
        Standing.worse: "#cc3d3d",
        Standing.behind: "#f0943e",
        Standing.stale: "#f4d35e",
        Standing.unread: "#f4d35e",
        Standing.unjudged: colours().line,
        Standing.on_trajectory: "#6cb66f",
        Standing.reached: "#7aa7e6",
    }[standing]


def measure_columns(desk: Desk) -> list[Column[Measure]]:
    """Every column of the measures."""

    def standing(book: Book, measure: Measure) -> Standing:
        return progress.judge(book, measure, desk.today()).standing

    def expected(book: Book, measure: Measure) -> Decimal | None:
        last = progress.latest(book, measure.id)
        return progress.expected_on(book, measure, last.on) if last else None

    def due(book: Book, measure: Measure) -> str:
        return short_day(progress.next_due(book, measure)) or "now"

    return [
        Column(
            "standing",
            "Status",
            lambda book, measure: standing(book, measure).value,
            lambda book, measure: (list(Standing).index(standing(book, measure)), measure.name.casefold()),
            width=162,
            pill=lambda book, measure: ground_of(standing(book, measure)),
        ),
        Column("name", "Measure", lambda _, measure: measure.name, width=236, mark=desk.dispute),
        Column("latest", "Latest", _latest, _latest_value, width=118, right=True),
        Column("bars", "Last readings", _bars, _latest_value, width=156),
        Column(
            "expected",
            "Expected",
            lambda book, measure: _figures(expected(book, measure)),
            expected,
            width=90,
            right=True,
        ),
        Column(
            "target",
            "Target",
            lambda _, measure: _figures(measure.target),
            lambda _, measure: measure.target,
            width=80,
            right=True,
        ),
        Column(
            "due",
            "Next due",
            due,
            progress.next_due,
            width=110,
            alarm=lambda book, measure: progress.is_due(book, measure, desk.today()),
        ),
        Column("owner", "Owner", lambda book, measure: views.shown(book, measure, "owner"), width=190),
        Column("outcome", "Outcome", lambda book, measure: views.shown(book, measure, "outcome"), width=110),
        Column("board", "Seen by", lambda book, measure: views.shown(book, measure, "board"), width=120, shown=False),
        Column(
            "baseline",
            "Baseline",
            lambda _, measure: _figures(measure.baseline),
            lambda _, measure: measure.baseline,
            right=True,
            shown=False,
        ),
        Column(
            "target_on",
            "Target by",
            lambda _, measure: short_day(measure.target_on),
            lambda _, measure: measure.target_on,
            shown=False,
        ),
    ]


def _figures(value: Decimal | None) -> str:
    """A number beside the latest reading, which bears the unit."""
    return "" if value is None else figures(value, 1)


def _latest(book: Book, measure: Measure) -> str:
    value = _latest_value(book, measure)
    return "" if value is None else measure.words(value)


def _latest_value(book: Book, measure: Measure) -> Decimal | None:
    last = progress.latest(book, measure.id)
    return last.value if last else None


def _bars(book: Book, measure: Measure) -> str:
    """The last readings as bars of text, which go to Excel and Word with the row."""
    values = [item.value for item in progress.readings_of(book, measure.id)][-_MOST:]
    if not values:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _BARS[3] * len(values)
    return "".join(_BARS[int((value - low) * (len(_BARS) - 1) / (high - low))] for value in values)


def measure_filters(desk: Desk) -> list[Filter[Measure]]:
    """The chips of the measures."""

    def of(field: str) -> Iterable[tuple[str, str]]:
        book = desk.book
        shown = {
            str(getattr(measure, field)): views.shown(book, measure, field) or "None"
            for measure in book.where(Measure, "programme", desk.programme)
        }
        return sorted(shown.items(), key=lambda item: (item[0] == "None", item[1]))

    return [
        Filter(
            "standing",
            "Status",
            lambda book, measure, chosen: progress.judge(book, measure, desk.today()).standing.name in chosen,
            lambda _: [(item.name, item.value) for item in Standing],
        ),
        Filter(
            "outcome", "Outcome", lambda _, measure, chosen: str(measure.outcome) in chosen, lambda _: of("outcome")
        ),
        Filter("owner", "Owner", lambda _, measure, chosen: str(measure.owner) in chosen, lambda _: of("owner")),
        Filter("due", "Reading due", lambda book, measure, _: progress.is_due(book, measure, desk.today())),
    ]


def touched_measures(edit: Edit, _book: Book) -> set[UUID] | None:
    """The measures that look different after an edit; None for all."""
    found: set[UUID] = set()
    for change in edit.changes:
        match change.record:
            case Measure(id=id):
                found.add(id)
            case Reading(measure=measure) | ExpectedValue(measure=measure):
                found.add(measure)
            case Person() | Board() | Outcome() | Recommendation():
                return None
    return found


def searched_text(book: Book, measure: Measure) -> str:
    """What typing to filter looks through beside the cells: the definition and what the outcome wants."""
    outcome = book.find(Outcome, measure.outcome)
    return f"{measure.definition} {outcome.want if outcome else ''}"
