"""Questions asked of the self-evaluation and its forward work programme."""

from datetime import date
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.evaluation import ForwardStep, Grade, Scope, Theme


def steps_of(book: Book, theme: UUID) -> list[ForwardStep]:
    """The steps of a theme: open ones first, by the day they are due."""
    return sorted(book.where(ForwardStep, "theme", theme), key=_by_day)


def programme_steps(book: Book, programme: UUID | None) -> list[ForwardStep]:
    """The forward work programme: the steps of all themes, open ones first, by the day they are due."""
    themes = book.where(Theme, "programme", programme)
    return sorted((step for theme in themes for step in book.where(ForwardStep, "theme", theme.id)), key=_by_day)


def _by_day(step: ForwardStep) -> tuple[bool, date, UUID]:
    return not step.is_open, step.due or date.max, step.id


def due_steps(book: Book, programme: UUID, by: date) -> list[ForwardStep]:
    """The open steps that are due by a day, the first due first."""
    return [step for step in programme_steps(book, programme) if step.is_open and step.due and step.due <= by]


def next_step(book: Book, theme: UUID) -> ForwardStep | None:
    """The open step of a theme that is due first."""
    found = steps_of(book, theme)
    return found[0] if found and found[0].is_open else None


def gaps(book: Book, theme: Theme) -> list[str]:
    """What a theme lacks that whoever inspects it will ask for: `evidence`, `open step`."""
    needs_step = theme.grade in (Grade.inconsistent, Grade.failing)
    lacks = (
        ("judgement", theme.grade is Grade.unjudged),
        ("evidence", theme.grade is not Grade.unjudged and not theme.evidence),
        ("lead", theme.lead is None),
        ("open step", needs_step and next_step(book, theme.id) is None),
    )
    return [words for words, is_lacking in lacks if is_lacking]


def uncovered(book: Book, programme: UUID | None) -> str:
    """Which part of the system no theme covers: `AP`, `SEND`, or "" where both are covered."""
    found = {theme.scope for theme in book.where(Theme, "programme", programme)}
    missing = [scope.value for scope in (Scope.send, Scope.ap) if found and not found & {scope, Scope.both}]
    return missing[0] if missing else ""
