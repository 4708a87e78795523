"""The issues' screen: three tables, each with the editor of what is chosen."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Qt

from risk_register.domain import views
from risk_register.domain.accountability import is_current
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.commands.issue import (
    add_assumption,
    add_dependency,
    edit_assumption,
    edit_dependency,
    raise_issue,
)
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.issue import Assumption, AssumptionState, Dependency, DependencyState, Issue, IssueKind
from risk_register.domain.record import Record
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Risk
from risk_register.domain.text import fold, plural, short_day
from ui.audience import audience_column, audience_filter, is_restricted
from ui.desk import Desk
from ui.issues.editor import EntryEditor, IssueEditor
from ui.pages import PagedScreen
from ui.tables.columns import Column
from ui.tables.filters import Filter, Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen

R = TypeVar("R", bound=Record)


class IssuesScreen(PagedScreen):
    """What has happened, what is taken for granted, who waits on whom."""

    title = "Issues"

    def __init__(self, desk: Desk) -> None:
        self.issues, self.assumptions, self.dependencies = Issues(desk), Assumptions(desk), Dependencies(desk)
        super().__init__(
            desk,
            (self.issues, self.assumptions, self.dependencies),
            {Issue: self.issues, Assumption: self.assumptions, Dependency: self.dependencies},
        )

    def told(self) -> str:
        """How many of each are still to be watched."""
        book, programme = self.desk.book, self.desk.programme
        found = [
            sum(map(is_current, book.where(kind, "programme", programme))) for kind in (Issue, Assumption, Dependency)
        ]
        return f"{plural(found[0], 'issue')} open, {found[1]} assumed, {found[2]} waited for"


class Issues(TableScreen[Issue]):
    """Barriers, delays, systemic problems, and risks that have happened."""

    title = "Issues"

    def __init__(self, desk: Desk) -> None:
        def state(_book: Book, issue: Issue) -> str:
            if issue.resolved_on:
                return f"Resolved {short_day(issue.resolved_on)}"
            return f"Open {plural((desk.today() - issue.raised_on).days, 'day')}"

        def age(_book: Book, issue: Issue) -> tuple[bool, date]:
            return (issue.resolved_on is not None, issue.raised_on)

        super().__init__(
            desk,
            name="issues",
            kind=Issue,
            model=_model(
                desk,
                Issue,
                Column("state", "State", state, age, width=170),
                Column("kind", "Kind", lambda _, issue: issue.kind.value, width=150),
                _reference_column("risk", "Came from", 100),
                _reference_column("owner", "Owner", 190),
                _reference_column("board", "Overseen by", 130),
                Column(
                    "raised", "Raised", lambda _, issue: short_day(issue.raised_on), lambda _, issue: issue.raised_on
                ),
            ),
            filters=Filters(
                "issues",
                [
                    Filter("open", "Open", lambda _, issue, __: issue.resolved_on is None),
                    Filter(
                        "kind",
                        "Kind",
                        lambda _, issue, chosen: issue.kind.name in chosen,
                        lambda _: [(kind.name, kind.value) for kind in IssueKind],
                    ),
                    _owner_filter(desk, Issue),
                    audience_filter(),
                ],
                "Type to filter",
            ),
            sort=(2, Qt.SortOrder.AscendingOrder),
            editor=IssueEditor(desk),
            add=lambda programme: raise_issue(programme=programme, title="New issue", raised_on=desk.today()),
            none=("No issues yet", "Add what holds the programme up. A risk that has happened becomes one by itself."),
        )
        self._head.show_name(shown=False)


class Assumptions(TableScreen[Assumption]):
    """What the plan takes for granted."""

    title = "Assumptions"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            name="assumptions",
            kind=Assumption,
            model=_model(
                desk,
                Assumption,
                Column("state", "State", lambda _, item: item.state.value, width=120),
                _reference_column("risk", "Risk if wrong", 110),
                _reference_column("owner", "Owner", 190),
                Column(
                    "check_by",
                    "Check by",
                    lambda _, item: short_day(item.check_by),
                    lambda _, item: item.check_by,
                    alarm=lambda _, item: is_current(item) and bool(item.check_by and item.check_by < desk.today()),
                ),
            ),
            filters=Filters(
                "assumptions",
                [
                    Filter(
                        "state",
                        "State",
                        lambda _, item, chosen: item.state.name in chosen,
                        lambda _: [(state.name, state.value) for state in AssumptionState],
                    ),
                    Filter(
                        "due",
                        "To be checked",
                        lambda _, item, __: is_current(item) and bool(item.check_by and item.check_by <= desk.today()),
                    ),
                    _owner_filter(desk, Assumption),
                    audience_filter(),
                ],
                "Type to filter",
            ),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=EntryEditor(
                desk, Assumption, edit_assumption, ("state", "risk", "owner", "check_by", "audience"), ("detail",)
            ),
            add=lambda programme: add_assumption(programme=programme, title="New assumption"),
            none=("No assumptions yet", "Add what the plan takes for granted, and when that is to be checked."),
        )
        self._head.show_name(shown=False)


class Dependencies(TableScreen[Dependency]):
    """What one partner needs of another."""

    title = "Dependencies"

    def __init__(self, desk: Desk) -> None:
        def state(_book: Book, item: Dependency) -> str:
            late = item.days_late(desk.today())
            return f"{item.state.value}, {plural(late, 'day')} late" if late else item.state.value

        super().__init__(
            desk,
            name="dependencies",
            kind=Dependency,
            model=_model(
                desk,
                Dependency,
                Column("state", "State", state, width=170, alarm=lambda _, item: bool(item.days_late(desk.today()))),
                _reference_column("waiting", "Who waits", 110),
                _reference_column("giving", "On whom", 120),
                Column(
                    "needed_by", "Needed by", lambda _, item: short_day(item.needed_by), lambda _, item: item.needed_by
                ),
                _reference_column("owner", "Owner", 190),
                _reference_column("board", "Overseen by", 130),
            ),
            filters=Filters(
                "dependencies",
                [
                    Filter(
                        "state",
                        "State",
                        lambda _, item, chosen: item.state.name in chosen,
                        lambda _: [(state.name, state.value) for state in DependencyState],
                    ),
                    Filter("late", "Late", lambda _, item, __: bool(item.days_late(desk.today()))),
                    _owner_filter(desk, Dependency),
                    audience_filter(),
                ],
                "Type to filter",
            ),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=EntryEditor(
                desk,
                Dependency,
                edit_dependency,
                ("waiting", "giving", "state", "needed_by", "owner", "board", "audience"),
                ("detail",),
            ),
            add=lambda programme: add_dependency(programme=programme, title="New dependency"),
            none=("No dependencies yet", "Add what one partner needs of another, and by when."),
            many="dependencies",
        )
        self._head.show_name(shown=False)


def _model(desk: Desk, kind: type[R], *columns: Column[Any]) -> RecordModel[R]:
    """The table of a kind: reference and title, what is its own, and for whose eyes it is."""

    def touched(edit: Edit, _book: Book) -> set[Any] | None:
        if any(isinstance(change.record, Person | Board | Organisation | Risk) for change in edit.changes):
            return None  # they are named in the cells
        return {change.id for change in edit.changes if isinstance(change.record, kind)}

    def searched(_book: Book, item: Any) -> str:  # noqa: ANN401  each of the three has these
        return f"{' '.join(item.aliases)} {item.detail}"

    every: list[Column[Any]] = [
        Column(
            "reference",
            "Ref",
            lambda _, item: item.reference,
            lambda _, item: in_order(item.reference),
            width=88,
            mark=desk.dispute,
        ),
        Column("title", kind.called.capitalize(), lambda _, item: item.title, width=250, locked=is_restricted),
        *columns,
        audience_column(),
    ]
    return RecordModel(every, lambda book: book.where(kind, "programme", desk.programme), touched, searched)


def _reference_column(name: str, title: str, width: int) -> Column[Any]:
    return Column(name, title, lambda book, item: views.shown(book, item, name), width=width)


def _owner_filter(desk: Desk, kind: type[Record]) -> Filter[Any]:
    def people(book: Book) -> Iterable[tuple[str, str]]:
        entries: Iterable[Any] = book.where(kind, "programme", desk.programme)
        owners = (book.find(Person, id) for id in {item.owner for item in entries})
        named = sorted(((str(owner.id), owner.label) for owner in owners if owner), key=lambda pair: fold(pair[1]))
        return [*named, ("None", "Nobody")]

    return Filter("owner", "Owner", lambda _, item, chosen: str(item.owner) in chosen, people)
