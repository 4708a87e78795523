"""The columns and filters of the self-evaluation, and the columns of the forward work programme."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from risk_register.domain import forward, views
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.evaluation import ForwardStep, Grade, Scope, Theme
from risk_register.domain.governance import Person
from risk_register.domain.plan import Outcome
from risk_register.domain.reference import in_order
from risk_register.domain.text import plural, short_day
from ui.desk import Desk
from ui.tables.columns import Column
from ui.tables.filters import Filter
from ui.theme import colours

SOON = timedelta(days=14)


def ground_of(grade: Grade) -> str:
    """The colour that goes with a judgement, never without its words."""
    return {
        Grade.unjudged: colours().line,
        Grade.positive: "#6cb66f",
        Grade.inconsistent: "#f4d35e",
        Grade.failing: "#cc3d3d",
    }[grade]


def theme_columns(desk: Desk) -> list[Column[Theme]]:
    """Every column of the themes."""

    def late(book: Book, theme: Theme) -> int:
        return sum(step.days_late(desk.today()) > 0 for step in book.where(ForwardStep, "theme", theme.id))

    def upcoming(book: Book, theme: Theme) -> str:
        step = forward.next_step(book, theme.id)
        return f"{short_day(step.due)}  {step.title}".strip() if step else ""

    def steps(book: Book, theme: Theme) -> str:
        opened = sum(step.is_open for step in book.where(ForwardStep, "theme", theme.id))
        number = late(book, theme)
        return f"{opened} open, {number} late" if number else f"{opened} open"

    return [
        Column("number", "No", lambda _, theme: theme.number, lambda _, theme: in_order(theme.number), width=52),
        Column("name", "Theme", lambda _, theme: theme.name, width=244, mark=desk.dispute),
        Column(
            "grade",
            "Judgement",
            lambda _, theme: theme.grade.value,
            lambda _, theme: -list(Grade).index(theme.grade),
            width=232,
            pill=lambda _, theme: ground_of(theme.grade),
        ),
        Column(
            "steps",
            "Steps",
            steps,
            lambda book, theme: -late(book, theme),
            width=118,
            alarm=lambda book, theme: late(book, theme) > 0,
        ),
        Column(
            "judged_on",
            "Judged on",
            lambda _, theme: short_day(theme.judged_on),
            lambda _, theme: theme.judged_on,
            width=110,
        ),
        Column("scope", "Covers", lambda _, theme: theme.scope.value, width=110),
        Column("next", "Next step", upcoming, width=260, shown=False),
        Column("gaps", "Lacks", lambda book, theme: ", ".join(forward.gaps(book, theme)), width=150),
        Column("lead", "Lead", lambda book, theme: views.shown(book, theme, "lead"), width=190),
    ]


def theme_filters(desk: Desk) -> list[Filter[Theme]]:
    """The chips of the themes."""

    def leads(book: Book) -> Iterable[tuple[str, str]]:
        found = {
            str(theme.lead): views.shown(book, theme, "lead") or "Nobody"
            for theme in book.where(Theme, "programme", desk.programme)
        }
        return sorted(found.items(), key=lambda item: (item[0] == "None", item[1]))

    def is_late(book: Book, theme: Theme, _chosen: frozenset[str]) -> bool:
        return any(step.days_late(desk.today()) for step in book.where(ForwardStep, "theme", theme.id))

    return [
        Filter(
            "grade",
            "Judgement",
            lambda _, theme, chosen: theme.grade.name in chosen,
            lambda _: [(item.name, item.value) for item in Grade],
        ),
        Filter(
            "scope",
            "Covers",
            lambda _, theme, chosen: theme.scope.name in chosen,
            lambda _: [(item.name, item.value) for item in Scope],
        ),
        Filter("lead", "Lead", lambda _, theme, chosen: str(theme.lead) in chosen, leads),
        Filter("late", "Steps late", is_late),
        Filter("gaps", "Lacks something", lambda book, theme, _: bool(forward.gaps(book, theme))),
    ]


def touched_themes(edit: Edit, _book: Book) -> set[UUID] | None:
    """The themes that look different after an edit; None for all."""
    found: set[UUID] = set()
    for change in edit.changes:
        match change.record:
            case Theme(id=id):
                found.add(id)
            case ForwardStep(theme=theme):
                found.add(theme)
            case Person():
                return None
    return found


def searched_text(book: Book, theme: Theme) -> str:
    """What typing to filter looks through beside the cells: all its texts and steps."""
    steps = " ".join(step.title for step in book.where(ForwardStep, "theme", theme.id))
    return f"{theme.strengths} {theme.areas} {theme.evidence} {steps}"


def when(step: ForwardStep, desk: Desk) -> str:
    """When a step is due, or that it is done."""
    late = step.days_late(desk.today())
    if late:
        return f"{plural(late, 'day')} late"
    if not step.is_open:
        return f"{step.delivery.value} {short_day(step.done_on)}".strip()
    return short_day(step.due) or "No date"


def step_columns(desk: Desk) -> list[Column[ForwardStep]]:
    """Every column of the forward work programme."""

    def ground(_book: Book, step: ForwardStep) -> str:
        if step.days_late(desk.today()):
            return "#cc3d3d"
        if step.done_on:
            return "#6cb66f"
        return "#f4d35e" if step.is_open and step.due and step.due - desk.today() <= SOON else colours().line

    def order(_book: Book, step: ForwardStep) -> tuple[bool, int, str]:
        return not step.is_open, step.due.toordinal() if step.due else 9**7, step.title.casefold()

    return [
        Column("when", "Due", lambda _, step: when(step, desk), order, width=150, pill=ground),
        Column("title", "Step of the forward work programme", lambda _, step: step.title, width=330, mark=desk.dispute),
        Column("theme", "Theme", lambda book, step: book.get(Theme, step.theme).label, width=170),
        Column("owner", "Owner", lambda book, step: views.shown(book, step, "owner"), width=190),
        Column("outcome", "Outcome", lambda book, step: views.shown(book, step, "outcome"), width=110),
    ]


def touched_steps(edit: Edit, book: Book) -> set[UUID] | None:
    """The steps that look different after an edit; None for all."""
    found: set[UUID] = set()
    for change in edit.changes:
        match change.record:
            case ForwardStep(id=id):
                found.add(id)
            case Theme(id=id):
                found |= {step.id for step in book.where(ForwardStep, "theme", id)}
            case Person() | Outcome():
                return None
    return found
