"""The self-evaluation: themes, how they are judged, and what is done next."""

from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.action import Delivery
from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.evaluation import ForwardStep, Grade, Scope, Theme


def add_theme(
    *,
    programme: UUID,
    name: str,
    number: str = "",
    scope: Scope = Scope.both,
    lead: UUID | None = None,
    strengths: str = "",
    areas: str = "",
    evidence: str = "",
) -> Command:
    """Add a theme to the self-evaluation."""
    theme = new(
        Theme,
        programme=programme,
        number=number,
        name=name,
        scope=scope,
        lead=lead,
        strengths=strengths,
        areas=areas,
        evidence=evidence,
    )
    return lambda _book: Edit(f"Added the theme “{theme.name}”", added(theme))


def edit_theme(seen: Theme, *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Change fields of a theme as its author saw it."""
    return lambda book: edited(book, seen, values, why=why, of=f"“{seen.name}”")


def judge_theme(seen: Theme, *, grade: Grade, on: date, why: str = "") -> Command:
    """Judge a theme anew; what it was judged before stays in its history."""
    values = {"grade": grade, "judged_on": None if grade is Grade.unjudged else on}
    label = f"Judged “{seen.name}”: {grade.value.lower()}"
    return lambda book: edited(book, seen, values, label, why)


def remove_theme(theme: Theme) -> Command:
    """Remove a theme with its steps."""

    def command(book: Book) -> Edit:
        now = book.get(Theme, theme.id)
        steps = book.where(ForwardStep, "theme", now.id)
        return Edit(f"Removed the theme “{now.name}”", tuple(Change(part, None) for part in (*steps, now)))

    return command


def add_step(
    *,
    theme: UUID,
    title: str,
    owner: UUID | None = None,
    due: date | None = None,
    outcome: UUID | None = None,
) -> Command:
    """Add a step to the forward work programme."""
    step = new(ForwardStep, theme=theme, title=title, owner=owner, due=due, outcome=outcome)
    return lambda book: Edit(f"Added a step to “{book.get(Theme, theme).name}”", added(step))


def edit_step(seen: ForwardStep, **values: Any) -> Command:  # noqa: ANN401
    """Change fields of a step as its author saw it."""
    return lambda book: edited(book, seen, values, of=_of(book, seen))


def complete_step(seen: ForwardStep, *, on: date) -> Command:
    """Say that a step was done on a day."""
    values = {"delivery": Delivery.done, "done_on": on}
    return lambda book: edited(book, seen, values, f"Completed {_of(book, seen)}")


def reopen_step(seen: ForwardStep) -> Command:
    """Say that a step is not done after all."""
    values = {"delivery": Delivery.in_progress, "done_on": None}
    return lambda book: edited(book, seen, values, f"Reopened {_of(book, seen)}")


def remove_step(step: ForwardStep) -> Command:
    """Take a step out of the forward work programme."""
    return lambda book: Edit(f"Removed {_of(book, step)}", (Change(book.get(ForwardStep, step.id), None),))


def _of(book: Book, step: ForwardStep) -> str:
    return f"a step of “{book.get(Theme, step.theme).name}”"
