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

from risk_register.domain.action import Action, Delivery, Update
from risk_register.domain.book import Book
from risk_register.domain.brag import BragLevel
from risk_register.domain.category import Category
from risk_register.domain.change import NEVER, Change, Edit
from risk_register.domain.custom_field import ActionValue, CustomField, CustomValue, FieldType, RiskValue
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.errors import Refused
from risk_register.domain.escalation import Escalation
from risk_register.domain.evaluation import ForwardStep, Grade, Theme
from risk_register.domain.evidence import Evidence
from risk_register.domain.fields import has_field
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.kinds import KINDS, LOG_KINDS, PREFIXES
from risk_register.domain.matrix import Matrix
from risk_register.domain.measure import Measure, Reading
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.plan_rules import check_brag_level, check_evidence, check_outcome, check_recommendation
from risk_register.domain.programme import Programme
from risk_register.domain.record import LINE, PROSE, Record, Spec, bare, hints, plain_decimal, references, specs
from risk_register.domain.reference import is_reference
from risk_register.domain.review import Review
from risk_register.domain.risk import RESPONSES, Assessment, AssessmentKind, Risk, RiskStatus
from risk_register.domain.risk_link import RiskLink
from risk_register.domain.scoring_rules import (
    check_category,
    check_escalation,
    check_levels,
    check_matrix,
    check_review,
    check_risk_link,
)
from risk_register.domain.tags import LONGEST, MOST
from risk_register.domain.text import fold, listed
from risk_register.domain.tree import above

_DIGITS = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def check(edit: Edit, book: Book) -> None:
    """Raise Refused, with a sentence, where the book after `edit` would break a rule."""
    removed = {change.id for change in edit.changes if change.after is None}
    for change in edit.changes:
        if of_change := _OF_CHANGE.get(change.kind):
            of_change(change, book)
        if change.after is None:
            _check_unused(change.record, book, removed)
            if change.kind is Programme and not book.count(Programme):
                raise Refused("A register keeps at least one programme. To begin anew, make a new register.")
            continue
        _check_fields(change.after, book)
        _check_programme(change.after, book)
        _check_days(change, edit.when)
        own = _RULES.get(change.kind)
        if own:
            own(change.after, book)
        _check_twins(change, book)
        _check_tree(change, book)
    _check_names(edit, book)
    for name, spec in _SAID.items():
        _check_text(name, spec, getattr(edit, name))


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


def _check_reference(record: Any) -> None:  # noqa: ANN401  any kind that has a reference
    kind = type(record)
    reference = record.reference
    if not is_reference(reference):
        raise Refused(
            f"“{reference:.40}” is no reference. Use up to 30 letters, digits, dots, dashes or slashes, such as "
            f"{PREFIXES[kind]}-001.",
            field="reference",
            value=reference,
        )


def _check_twins(change: Change, book: Book) -> None:
    """No two share a reference."""
    before, record, kind = change.before, change.after, change.kind
    if kind not in PREFIXES or (before is not None and _reference(before) == _reference(record)):
        return  # two copies may have given it at once: until its author's renumbers one, both can be edited
    reference = _reference(record)[1]
    for twin in book.where(kind, "reference", reference):
        if twin.id != change.id and _reference(twin) == _reference(record):
            raise Refused(
                f"{reference} is already the reference of “{getattr(twin, 'title', '') or twin.label}”. Give another.",
                field="reference",
                value=reference,
            )


def _reference(record: Any) -> tuple[UUID, str]:  # noqa: ANN401  any kind that has a reference
    return record.programme, record.reference


def _check_tags(record: Risk | Action) -> None:
    long = next((tag for tag in record.tags if len(tag) > LONGEST), "")
    if long:
        raise Refused(
            f"The tag “{long:.60}” is {len(long)} characters long; at most {LONGEST} fit. Part tags by commas.",
            field="tags",
            value=record.tags,
        )
    if len(record.tags) > MOST:
        raise Refused(
            f"{record.label} would bear {len(record.tags)} tags; at most {MOST} fit. Leave some out.",
            field="tags",
            value=record.tags,
        )


def _check_risk(risk: Risk, book: Book) -> None:
    _check_reference(risk)
    _check_tags(risk)
    if risk.response and risk.response not in RESPONSES[risk.kind]:
        allowed = ", ".join(item.value.lower() for item in RESPONSES[risk.kind])
        raise Refused(
            f"{risk.response.value} is no response to {'a threat' if risk.kind.name == 'threat' else 'an opportunity'}. "
            f"Choose one of {allowed}.",
            field="response",
            value=risk.response,
        )
    if risk.status is RiskStatus.closed and not risk.closing_reason:
        raise Refused(
            f"Say why {risk.reference} is closed; the board will ask.",
            field="closing_reason",
            value=risk.closing_reason,
        )
    if (risk.status is RiskStatus.closed) != (risk.closed_on is not None):
        raise Refused(
            f"Give the day on which {risk.reference} was closed."
            if risk.closed_on is None
            else f"{risk.reference} is not closed, so it has no day of closing.",
            field="closed_on",
            value=risk.closed_on,
        )
    for kind in AssessmentKind:
        scored = book.find(Assessment, getattr(risk, kind.name))
        if scored and (scored.risk, scored.kind) != (risk.id, kind):
            raise Refused(
                f"The {kind.value.lower()} score of {risk.reference} belongs elsewhere. Score it anew.",
                field=kind.name,
                value=scored.id,
            )
        if scored and scored.on < risk.raised_on:
            raise Refused(
                f"{risk.reference} was scored on {scored.on:%d/%m/%Y}, so it can't have been raised on "
                f"{risk.raised_on:%d/%m/%Y}. Give an earlier day.",
                field="raised_on",
                value=risk.raised_on,
            )
    reviewed = book.find(Review, risk.reviewed)
    if reviewed and reviewed.risk != risk.id:
        raise Refused(f"That review is not of {risk.reference}. Review it anew.", field="reviewed", value=reviewed.id)
    if risk.closed_on and risk.closed_on < risk.raised_on:
        raise Refused(
            f"{risk.reference} was raised on {risk.raised_on:%d/%m/%Y}, so it can't have been closed on "
            f"{risk.closed_on:%d/%m/%Y}.",
            field="closed_on",
            value=risk.closed_on,
        )


def _check_assessment(assessment: Assessment, book: Book) -> None:
    risk = book.get(Risk, assessment.risk)
    matrix = book.get(Matrix, book.get(Programme, risk.programme).matrix)
    for name, value, labels in (
        ("likelihood", assessment.likelihood, matrix.likelihoods),
        ("impact", assessment.impact, matrix.impacts),
    ):
        if not 1 <= value <= len(labels):
            raise Refused(
                f"{name.capitalize()} {value} is not on this matrix. It goes from 1 ({labels[0]}) to "
                f"{len(labels)} ({labels[-1]}).",
                field=name,
                value=value,
            )
    if assessment.on < risk.raised_on:
        raise Refused(
            f"{risk.reference} was raised on {risk.raised_on:%d/%m/%Y}, so it can't have been scored on "
            f"{assessment.on:%d/%m/%Y}. Give a later date, or correct the day it was raised.",
            field="on",
            value=assessment.on,
        )
    if assessment.by and assessment.kind is not AssessmentKind.target:
        raise Refused("Only a target score has a date by which to reach it.", field="by", value=assessment.by)


def _check_person(person: Person, _book: Book) -> None:
    if not person.label:
        raise Refused("Give a name, a role, or both.", field="name", value="")


def _check_tree(change: Change, book: Book) -> None:
    """No board reports to itself, by however many others."""
    before, board = change.before, change.after
    if not isinstance(board, Board) or (isinstance(before, Board) and before.parent == board.parent):
        return  # two copies may have made a circle between them: until one is moved, all of it can be edited
    if board in above(book, board):
        raise Refused(
            f"{board.label} would report to itself. Choose a board that is not below it.",
            field="parent",
            value=board.parent,
        )


def _check_membership(membership: Membership, book: Book) -> None:
    for twin in book.where(Membership, "board", membership.board):
        if twin.id != membership.id and twin.person == membership.person:
            person, board = book.get(Person, membership.person), book.get(Board, membership.board)
            raise Refused(
                f"{person.label} sits on the {board.label} already. Change what they are there in that line.",
                field="person",
                value=membership.person,
            )


def _check_meeting(meeting: Meeting, book: Book) -> None:
    board = book.get(Board, meeting.board)
    taken = book.where(Decision, "meeting", meeting.id)
    if taken and (meeting.cancelled or any(item.decided_on != meeting.on for item in taken)):
        names = listed([item.reference for item in taken])
        raise Refused(
            f"{names} {'was' if len(taken) == 1 else 'were'} decided at this meeting of the {board.label}, on "
            f"{taken[0].decided_on:%d/%m/%Y}. Correct that decision first.",
            field="cancelled" if meeting.cancelled else "on",
            value=meeting.cancelled or meeting.on,
        )


def _check_follow_up(link: FollowUp, book: Book) -> None:
    if any(
        twin.id != link.id and twin.action == link.action for twin in book.where(FollowUp, "decision", link.decision)
    ):
        names = book.get(Action, link.action).label, book.get(Decision, link.decision).label
        raise Refused(f"{names[0]} follows from {names[1]} already.", field="action", value=link.action)


def _check_action(action: Action, _book: Book) -> None:
    _check_reference(action)
    _check_tags(action)
    if action.delivery is Delivery.done:
        if action.actual is None:
            raise Refused(f"Give the day on which {action.reference} was done.", field="actual", value=None)
        if action.percent != 100:  # noqa: PLR2004
            raise Refused(
                f"{action.reference} is done, so it is at 100 %. Reopen it first.",
                field="percent",
                value=action.percent,
            )


def _check_update(update: Update, _book: Book) -> None:
    if not update.text and update.percent is None:
        raise Refused("Write what has been done, or how far it is.", field="text", value="")
    if update.percent is not None and not 0 <= update.percent <= 100:  # noqa: PLR2004
        raise Refused(f"{update.percent} % can't be. Give 0 to 100.", field="percent", value=update.percent)


def _check_decision(decision: Decision, book: Book) -> None:
    _check_reference(decision)
    if not decision.question:
        raise Refused("Write what the board is asked to decide.", field="question", value="")
    if decision.decided_on:
        if decision.decided_on < decision.asked_on:
            raise Refused(
                f"{decision.reference} was asked on {decision.asked_on:%d/%m/%Y}, so it can't have been decided on "
                f"{decision.decided_on:%d/%m/%Y}.",
                field="decided_on",
                value=decision.decided_on,
            )
        if not decision.answer:
            raise Refused(f"Write what was decided on {decision.reference}.", field="answer", value="")
    elif decision.decided_by or decision.meeting:
        raise Refused(f"Give the day on which {decision.reference} was decided.", field="decided_on", value=None)
    meeting = book.find(Meeting, decision.meeting)
    if meeting and (meeting.cancelled or meeting.on != decision.decided_on):
        why = "was cancelled" if meeting.cancelled else f"was on {meeting.on:%d/%m/%Y}"
        raise Refused(
            f"That meeting of the {book.get(Board, meeting.board).label} {why}, so {decision.reference} can't have been "
            f"decided at it on {decision.decided_on:%d/%m/%Y}.",
            field="meeting",
            value=decision.meeting,
        )


def _check_issue(issue: Issue, _book: Book) -> None:
    _check_reference(issue)
    if issue.resolved_on is None:
        return
    if issue.resolved_on < issue.raised_on:
        raise Refused(
            f"{issue.reference} was raised on {issue.raised_on:%d/%m/%Y}, so it can't have been resolved on "
            f"{issue.resolved_on:%d/%m/%Y}.",
            field="resolved_on",
            value=issue.resolved_on,
        )
    if not issue.resolution:
        raise Refused(f"Write how {issue.reference} was resolved.", field="resolution", value="")


def _check_log_entry(entry: Assumption | Dependency, _book: Book) -> None:
    _check_reference(entry)
    if isinstance(entry, Dependency) and entry.waiting is not None and entry.waiting == entry.giving:
        raise Refused("Nobody waits on themselves. Choose another organisation.", field="giving", value=entry.giving)


def _check_custom_field(field: CustomField, book: Book) -> None:
    """What stands in a field fits it still."""
    values: list[CustomValue] = [*book.where(RiskValue, "field", field.id), *book.where(ActionValue, "field", field.id)]
    for value in values:
        kind = Risk if isinstance(value, RiskValue) else Action
        record = book.get(kind, value.of)
        if not has_field(kind, field):
            raise Refused(
                f"{record.label} holds “{value.text:.40}” in {field.name}. Clear that first, or let it belong to both.",
                field="about",
                value=field.about,
            )
        if field.plain(value.text) != value.text:
            raise Refused(
                f"{record.label} holds “{value.text:.40}” in {field.name}, which would not fit any more. Change that first.",
                field="choices" if field.holds is FieldType.choice and field.choices else "holds",
                value=field.holds,
            )


def _check_value(value: CustomValue, book: Book) -> None:
    field = book.get(CustomField, value.field)
    kind = Risk if isinstance(value, RiskValue) else Action
    if not has_field(kind, field):
        raise Refused(f"{field.name} is no field of {kind.called}s.", field="field", value=field.id)
    if field.plain(value.text) != value.text:
        raise Refused(f"{field.name} can't hold “{value.text:.60}”.", field="text", value=value.text)


def _check_measure(measure: Measure, _book: Book) -> None:
    begins, ends = measure.baseline_on, measure.target_on
    if begins and ends and ends <= begins:
        raise Refused(
            f"The target of “{measure.name:.60}” would be for {ends:%d/%m/%Y}, not after its baseline of {begins:%d/%m/%Y}. "
            "Give a later day.",
            field="target_on",
            value=ends,
        )


def _check_theme(theme: Theme, _book: Book) -> None:
    if (theme.grade is Grade.unjudged) != (theme.judged_on is None):
        raise Refused(
            f"Give the day on which “{theme.name:.60}” was judged."
            if theme.judged_on is None
            else f"“{theme.name:.60}” is not judged yet, so there is no day of that. Choose a judgement first.",
            field="judged_on",
            value=theme.judged_on,
        )


def _check_step(step: ForwardStep, _book: Book) -> None:
    if (step.delivery is Delivery.done) != (step.done_on is not None):
        raise Refused(
            f"Give the day on which “{step.title:.60}” was done."
            if step.done_on is None
            else f"“{step.title:.60}” is not done, so there is no day of that. Mark it as done first.",
            field="done_on",
            value=step.done_on,
        )


_RULES: Mapping[type[Record], Callable[[Any, Book], None]] = {
    Risk: _check_risk,
    Assessment: _check_assessment,
    Person: _check_person,
    Membership: _check_membership,
    Meeting: _check_meeting,
    Action: _check_action,
    Update: _check_update,
    Decision: _check_decision,
    FollowUp: _check_follow_up,
    Issue: _check_issue,
    Assumption: _check_log_entry,
    Dependency: _check_log_entry,
    Measure: _check_measure,
    Theme: _check_theme,
    ForwardStep: _check_step,
    CustomField: _check_custom_field,
    RiskValue: _check_value,
    ActionValue: _check_value,
    Matrix: check_matrix,
    Category: check_category,
    Programme: check_levels,
    Review: check_review,
    Escalation: check_escalation,
    RiskLink: check_risk_link,
}

_OF_CHANGE: Mapping[type[Record], Callable[[Change, Book], None]] = {
    Recommendation: check_recommendation,
    Outcome: check_outcome,
    Evidence: check_evidence,
    BragLevel: check_brag_level,
}
"""Rules that ask what has changed, removals too."""
