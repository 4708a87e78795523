"""Issues, assumptions and dependencies: raised, described, resolved."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new, next_reference
from risk_register.domain.issue import Assumption, AssumptionState, Dependency, DependencyState, Issue, IssueKind


def raise_issue(
    *,
    programme: UUID,
    title: str,
    raised_on: date,
    kind: IssueKind = IssueKind.barrier,
    detail: str = "",
    risk: UUID | None = None,
    owner: UUID | None = None,
    board: UUID | None = None,
    audience: Audience = Audience.partners,
) -> Command:
    """Raise an issue: a barrier, a delay, a systemic problem, or what became of a risk."""
    issue = new(
        Issue,
        programme=programme,
        reference="",
        title=title,
        raised_on=raised_on,
        kind=kind,
        detail=detail,
        risk=risk,
        owner=owner,
        board=board,
        audience=audience,
    )
    return lambda book: _numbered(book, issue, "Raised")


def edit_issue(seen: Issue, **values: Any) -> Command:  # noqa: ANN401
    """Change fields of an issue as its author saw it."""
    return lambda book: edited(book, seen, values)


def resolve_issue(seen: Issue, *, resolution: str, on: date) -> Command:
    """Say how an issue was resolved, and when."""
    values = {"resolution": resolution, "resolved_on": on}
    return lambda book: edited(book, seen, values, f"Resolved {seen.reference}", resolution)


def reopen_issue(seen: Issue, *, why: str = "") -> Command:
    """Say that an issue is not resolved after all."""
    return lambda book: edited(book, seen, {"resolved_on": None}, f"Reopened {seen.reference}", why)


def add_assumption(
    *,
    programme: UUID,
    title: str,
    detail: str = "",
    state: AssumptionState = AssumptionState.holds,
    risk: UUID | None = None,
    owner: UUID | None = None,
    check_by: date | None = None,
    audience: Audience = Audience.partners,
) -> Command:
    """Write down what is taken for granted."""
    assumption = new(
        Assumption,
        programme=programme,
        reference="",
        title=title,
        detail=detail,
        state=state,
        risk=risk,
        owner=owner,
        check_by=check_by,
        audience=audience,
    )
    return lambda book: _numbered(book, assumption, "Added")


def edit_assumption(seen: Assumption, **values: Any) -> Command:  # noqa: ANN401
    """Change fields of an assumption as its author saw it."""
    return lambda book: edited(book, seen, values)


def add_dependency(
    *,
    programme: UUID,
    title: str,
    detail: str = "",
    waiting: UUID | None = None,
    giving: UUID | None = None,
    owner: UUID | None = None,
    board: UUID | None = None,
    needed_by: date | None = None,
    state: DependencyState = DependencyState.asked,
    audience: Audience = Audience.partners,
) -> Command:
    """Write down what one partner needs of another."""
    dependency = new(
        Dependency,
        programme=programme,
        reference="",
        title=title,
        detail=detail,
        waiting=waiting,
        giving=giving,
        owner=owner,
        board=board,
        needed_by=needed_by,
        state=state,
        audience=audience,
    )
    return lambda book: _numbered(book, dependency, "Added")


def edit_dependency(seen: Dependency, **values: Any) -> Command:  # noqa: ANN401
    """Change fields of a dependency as its author saw it."""
    return lambda book: edited(book, seen, values)


def remove_entry(seen: Issue | Assumption | Dependency) -> Command:
    """Remove what was never to be in the log. Its number is not given again."""

    def command(book: Book) -> Edit:
        now = book.get(type(seen), seen.id)
        return Edit(f"Removed {now.reference}", (Change(now, None),))

    return command


def _numbered(book: Book, entry: Issue | Assumption | Dependency, verb: str) -> Edit:
    numbered = replace(entry, reference=next_reference(book, entry.programme, type(entry)))
    return Edit(f"{verb} {numbered.reference}", added(numbered))
