"""The sample programme: the steps that a programme manager took over six months, replayed through the same commands."""

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands import (
    action,
    control,
    custom_field,
    decision,
    escalation,
    evaluation,
    evidence,
    governance,
    issue,
    measure,
    milestone,
    plan,
    programme,
    resource,
    review,
    risk,
    risk_link,
)
from risk_register.domain.record import bare, from_plain, hints

RESOURCES = Path(__file__).parents[2] / "resources"
"""The data that ships with the program; beside it in a bundle too."""


class Keeper(Protocol):
    """What keeps edits, as a Register does."""

    book: Book

    def run(self, command: Command, *, who: str, when: datetime) -> Edit:
        """Run a command in somebody's name at some moment."""


def load_sample(register: Keeper, now: datetime) -> UUID:
    """Replay the sample programme so that its last week is the one before `now`; returns the programme's id."""
    told = json.loads((RESOURCES / "sample.json").read_text(encoding="utf-8"))
    # Whole weeks, so that a board that meets on Thursdays still does, and never into the future.
    shift = timedelta(weeks=(now.date() - date.fromisoformat(told["as_of"])).days // 7)
    made: dict[str, UUID] = {}
    for step in told["steps"]:
        verb = VERBS[step["command"]]
        arguments = dict(_arguments(verb, step["args"], made, shift))
        takes = inspect.signature(verb).parameters
        given = {name: step[name] for name in ("where", "why") if name in takes and name in step}
        if "seen" in takes:
            kind = bare(takes["seen"].annotation)
            given["seen"] = register.book.get(kind, arguments.pop(kind.called))
        command = verb(**given | arguments)
        when = (datetime.fromisoformat(step["when"]) + shift).astimezone(UTC)
        edit = register.run(command, who=step["who"], when=min(when, now))
        for change in edit.changes:
            if isinstance(change.after, Category):
                made[f"category:{change.after.name}"] = change.id
        if "as" in step:
            made[step["as"]] = edit.changes[0].id
    return made["programme"]


VERBS: Mapping[str, Callable[..., Command]] = {
    verb.__name__: verb
    for verb in (
        programme.add_programme,
        programme.edit_category,
        governance.add_organisation,
        governance.add_person,
        governance.edit_person,
        governance.add_board,
        governance.add_member,
        governance.add_meeting,
        governance.edit_meeting,
        plan.add_recommendation,
        plan.add_outcome,
        plan.link_outcome,
        plan.judge_outcome,
        milestone.add_milestone,
        milestone.edit_milestone,
        resource.add_resource,
        resource.edit_resource,
        evidence.add_evidence,
        risk.add_risk,
        risk.edit_risk,
        risk.rescore,
        risk.close_risk,
        review.note_review,
        escalation.escalate,
        escalation.answer_escalation,
        risk_link.link_risks,
        control.add_control,
        action.add_action,
        action.edit_action,
        action.note_progress,
        action.complete_action,
        decision.ask_decision,
        decision.record_decision,
        measure.add_measure,
        measure.expect_value,
        measure.take_readings,
        measure.add_reading,
        evaluation.add_theme,
        evaluation.judge_theme,
        evaluation.add_step,
        evaluation.complete_step,
        custom_field.add_field,
        custom_field.give_value,
        decision.add_follow_up,
        issue.raise_issue,
        issue.resolve_issue,
        issue.add_assumption,
        issue.add_dependency,
    )
}


def _arguments(
    verb: Callable[..., Command], told: Mapping[str, Any], made: Mapping[str, UUID], shift: timedelta
) -> Iterator[tuple[str, Any]]:
    types = _types(verb)
    for name, value in told.items():
        if isinstance(value, str) and value.startswith("@"):
            yield name, made[value[1:]]
        elif isinstance(value, list):
            yield name, [made[item[1:]] if item.startswith("@") else item for item in value]
        elif isinstance(value, dict):
            yield name, {date.fromisoformat(day) + shift: Decimal(number) for day, number in value.items()}
        else:
            plain = from_plain(types[name], value)
            yield name, plain + shift if isinstance(plain, date) else plain


@cache
def _types(verb: Callable[..., Command]) -> Mapping[str, Any]:
    """The type of each argument; further ones are fields of the record that the verb was shown."""
    told = inspect.get_annotations(verb)
    return {**hints(bare(told["seen"])), **told} if "seen" in told else told
