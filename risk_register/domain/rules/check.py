"""What must hold of every record, whoever brought the change: a person, undo, an import, a merge."""

import re
import typing
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action, Update
from risk_register.domain.book import Book
from risk_register.domain.brag import BragLevel
from risk_register.domain.category import Category
from risk_register.domain.change import NEVER, Change, Edit
from risk_register.domain.custom_field import ActionValue, CustomField, RiskValue
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.errors import Refused
from risk_register.domain.escalation import Escalation
from risk_register.domain.evaluation import ForwardStep, Theme
from risk_register.domain.evidence import Evidence
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.issue import Dependency, Issue
from risk_register.domain.kinds import KINDS, LOG_KINDS, PREFIXES
from risk_register.domain.matrix import Matrix
from risk_register.domain.measure import Measure, Reading
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.programme import Programme
from risk_register.domain.record import LINE, PROSE, Record, Spec, bare, hints, plain_decimal, references, specs
from risk_register.domain.reference import is_reference
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, Risk
from risk_register.domain.risk_link import RiskLink
from risk_register.domain.rules.action import check_action, check_update
from risk_register.domain.rules.appetite import check_category, check_levels
from risk_register.domain.rules.custom_field import check_custom_field, check_value
from risk_register.domain.rules.decision import check_decision, check_follow_up
from risk_register.domain.rules.evaluation import check_step, check_theme
from risk_register.domain.rules.governance import (
    check_board,
    check_escalation,
    check_meeting,
    check_membership,
    check_person,
)
from risk_register.domain.rules.issue import check_dependency, check_issue
from risk_register.domain.rules.matrix import check_matrix
from risk_register.domain.rules.measure import check_measure
from risk_register.domain.rules.plan import check_brag_level, check_evidence, check_outcome, check_recommendation
from risk_register.domain.rules.risk import check_assessment, check_review, check_risk, check_risk_link
from risk_register.domain.text import fold

_DIGITS = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def check(edit: Edit, book: Book) -> None:
    """Raise Refused, with a sentence, where the book after `edit` would break a rule."""
    removed = {change.id for change in edit.changes if change.after is None}
    kinds = Counter(change.kind for change in edit.changes)
    for change in edit.changes:
        try:
            _check_change(change, edit, book, removed)
        except Refused as error:
            if kinds[change.kind] == 1 or change.kind not in PREFIXES:
                raise
            # Of several in one edit the person must be told which.
            raise Refused(f"{change.record.label}: {error}", field=error.field, value=error.value) from error
    _check_names(edit, book)
    for name, spec in _SAID.items():
        _check_text(name, spec, getattr(edit, name))


def _check_change(change: Change, edit: Edit, book: Book, removed: set[UUID]) -> None:
    if change.after is None:
        _check_unused(change.record, book, removed)
        if change.kind is Programme and not book.count(Programme):
            raise Refused("A register keeps at least one programme. To begin anew, make a new register.")
    else:
        _check_fields(change.after, book)
        _check_programme(change.after, book)
        _check_days(change, edit.when)
        _check_reference(change, book)
    if own := _RULES.get(change.kind):
        own(change, book)


_SAID = {"where": Spec("Meeting", limit=LINE), "why": Spec("Reason", limit=PROSE)}
"""What is said of an edit as a whole."""


def _check_fields(record: Record, book: Book) -> None:
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        hint = hints(type(record))[name]
        if value is None or value == "":
            if spec.required or (value is None and bare(hint) is hint):
                raise Refused(f"{spec.label} is empty. Every {record.called} needs one.", field=name, value=value)
            continue
        _check_type(name, spec, value, hint)
        match value:
            case str():
                _check_text(name, spec, value)
            case bool():
                pass
            case int() if spec.low is not None and spec.high is not None and not spec.low <= value <= spec.high:
                raise Refused(
                    f"{spec.label} {value} is not on the scale. It goes from {spec.low} to {spec.high}.",
                    field=name,
                    value=value,
                )
            case Decimal() if not _DIGITS.fullmatch(plain_decimal(value)):
                raise Refused(
                    f"{spec.label} {value!s:.40} has too many digits. Up to 12 before the point and 6 after it are kept.",
                    field=name,
                    value=value,
                )
            case date() if not EARLIEST <= value <= LATEST:
                raise Refused(
                    f"{spec.label}: {value:%d/%m/%Y} is not a year to plan with. Give one from 1990 to 2100.",
                    field=name,
                    value=value,
                )
            case UUID():
                kind = KINDS[spec.refers]
                if kind not in LOG_KINDS and book.find(kind, value) is None:
                    raise Refused(
                        f"{spec.label}: that {kind.called} is no longer in the register. Choose another.",
                        field=name,
                        value=value,
                    )


def _check_text(name: str, spec: Spec, value: str) -> None:
    if len(value) > spec.limit:
        raise Refused(
            f"{spec.label} is {len(value):,} characters long; at most {spec.limit:,} fit. "
            "Shorten it, or keep the full text in a document and name that here.",
            field=name,
            value=value,
        )


def _check_type(name: str, spec: Spec, value: object, hint: Any) -> None:  # noqa: ANN401
    kind = bare(hint)
    if typing.get_origin(kind) is tuple:
        kind = tuple
    if type(value) is not kind and kind is date:
        raise Refused(f"{spec.label}: “{value!s:.60}” is no date. Write it as 24/11/2026.", field=name, value=value)
    if type(value) is not kind and kind is Decimal:
        raise Refused(f"{spec.label}: “{value!s:.60}” is no number. Write it as 45 or 12.5.", field=name, value=value)
    if type(value) is not kind:
        if kind is int and spec.low is not None:
            raise Refused(
                f"{spec.label}: “{value!s:.60}” is no whole number. Write one from {spec.low} to {spec.high}.",
                field=name,
                value=value,
            )
        allowed = f" Choose one of {', '.join(item.value for item in kind)}." if issubclass(kind, Enum) else ""
        raise Refused(f"{spec.label}: {value!s:.60} does not fit here.{allowed}", field=name, value=value)


def _check_unused(record: Record, book: Book, removed: set[UUID]) -> None:
    for kind in KINDS.values():
        for name, target in references(kind).items():
            if KINDS[target] is not type(record):
                continue
            for user in book.where(kind, name, record.id):
                if user.id not in removed:
                    raise Refused(
                        f"{record.label} is still used: {specs(kind)[name].label.lower()} of {kind.called} {user.label}. "
                        "Change that first."
                    )


def _check_programme(record: Record, book: Book) -> None:
    """All that a record names is of one programme."""
    own: UUID | None = getattr(record, "programme", None)
    for name, target in references(type(record)).items():
        found = book.find(KINDS[target], getattr(record, name))
        theirs: UUID | None = getattr(found, "programme", None)
        if own is not None and theirs is not None and theirs != own:
            raise Refused(
                f"{specs(type(record))[name].label}: {found.label if found else ''} is of another programme. "
                "Choose one of this programme.",
                field=name,
                value=getattr(record, name),
            )
        own = own or theirs


_PAST: Mapping[type[Record], Sequence[str]] = {
    Risk: ("raised_on", "closed_on"),
    Assessment: ("on",),
    Review: ("on",),
    Escalation: ("on", "answered_on"),
    Action: ("actual",),
    Update: ("on",),
    Decision: ("decided_on",),
    Milestone: ("actual",),
    Evidence: ("on",),
    Reading: ("on",),
    Theme: ("judged_on",),
    ForwardStep: ("done_on",),
    Issue: ("raised_on", "resolved_on"),
}
"""The days that have been."""


def _check_days(change: Change, when: datetime) -> None:
    for name in _PAST.get(change.kind, ()):
        on = getattr(change.after, name)
        # What was there is not asked about again: a clock that ran ahead, once put right, must not refuse every edit.
        if on is None or when == NEVER or (change.before is not None and getattr(change.before, name) == on):
            continue
        # One day of grace: `when` is in UTC, and it may already be tomorrow where the user is.
        if on > when.date() + timedelta(days=1):
            label = specs(change.kind)[name].label
            raise Refused(f"{label}: {on:%d/%m/%Y} is still to come. Give a day that has been.", field=name, value=on)


_NAMED = (Person, Board, Organisation, Category, CustomField)
"""No two of a kind share a name within a programme: people choose, and imports match, by it."""


def _name(record: Any) -> tuple[UUID, str]:  # noqa: ANN401  any of the named kinds
    return record.programme, fold(record.label if isinstance(record, Person) else record.name)


def _check_names(edit: Edit, book: Book) -> None:
    for kind in _NAMED:
        # What was there is not asked about again: two that shared a name before they might not can still be edited.
        named = [
            change.after
            for change in edit.changes
            if isinstance(change.after, kind) and (change.before is None or _name(change.before) != _name(change.after))
        ]
        held = Counter(map(_name, book.all(kind))) if named else Counter()
        for record in named:
            if held[_name(record)] > 1:
                twin = next(item for item in book.all(kind) if item.id != record.id and _name(item) == _name(record))
                called = record.name or record.label
                shown = f" ({twin.label})" if twin.label != called else ""
                raise Refused(
                    f"Another {kind.called} is called “{called}” already{shown}. Choose that one, or give another name.",
                    field="name" if record.name else "role",
                    value=called,
                )


def _check_reference(change: Change, book: Book) -> None:
    """A reference is well formed, and no other record's."""
    before, record, kind = change.before, change.after, change.kind
    if kind not in PREFIXES:
        return
    reference = _reference(record)[1]
    if not is_reference(reference):
        raise Refused(
            f"“{reference:.40}” is no reference. Use up to 30 letters, digits, dots, dashes or slashes, such as "
            f"{PREFIXES[kind]}-001.",
            field="reference",
            value=reference,
        )
    if before is not None and _reference(before) == _reference(record):
        return  # two copies may have given it at once: until its author's renumbers one, both can be edited
    for twin in book.where(kind, "reference", reference):
        if twin.id != change.id and _reference(twin) == _reference(record):
            raise Refused(
                f"{reference} is already the reference of “{getattr(twin, 'title', '') or twin.label}”. Give another.",
                field="reference",
                value=reference,
            )


def _reference(record: Any) -> tuple[UUID, str]:  # noqa: ANN401  any kind that has a reference
    return record.programme, record.reference


def _after(rule: Callable[[Any, Book], None]) -> Callable[[Change, Book], None]:
    """The rule of a change that asks nothing but how the record is afterwards."""

    def of_change(change: Change, book: Book) -> None:
        if change.after is not None:
            rule(change.after, book)

    return of_change


_RULES: Mapping[type[Record], Callable[[Change, Book], None]] = {
    Risk: _after(check_risk),
    Assessment: _after(check_assessment),
    Review: _after(check_review),
    RiskLink: _after(check_risk_link),
    Matrix: _after(check_matrix),
    Programme: _after(check_levels),
    Category: _after(check_category),
    Person: _after(check_person),
    Board: check_board,
    Membership: _after(check_membership),
    Meeting: _after(check_meeting),
    Escalation: _after(check_escalation),
    Action: _after(check_action),
    Update: _after(check_update),
    Decision: _after(check_decision),
    FollowUp: _after(check_follow_up),
    Issue: _after(check_issue),
    Dependency: _after(check_dependency),
    Recommendation: check_recommendation,
    Outcome: check_outcome,
    Evidence: check_evidence,
    BragLevel: check_brag_level,
    Measure: _after(check_measure),
    Theme: _after(check_theme),
    ForwardStep: _after(check_step),
    CustomField: _after(check_custom_field),
    RiskValue: _after(check_value),
    ActionValue: _after(check_value),
}
"""What must hold of each kind beyond what holds of all. A rule is asked of every change, of removals too."""
