from datetime import date
from typing import Any

import pytest

from risk_register.domain.accountability import gaps, is_current
from risk_register.domain.audience import Audience
from risk_register.domain.change import undo
from risk_register.domain.commands.governance import add_organisation
from risk_register.domain.commands.issue import (
    add_assumption,
    add_dependency,
    edit_assumption,
    edit_dependency,
    edit_issue,
    raise_issue,
    remove_entry,
    reopen_issue,
    resolve_issue,
)
from risk_register.domain.commands.risk import edit_risk, materialise_risk, reopen_risk
from risk_register.domain.errors import Refused
from risk_register.domain.issue import Assumption, AssumptionState, Dependency, DependencyState, Issue, IssueKind
from risk_register.domain.risk import RiskStatus
from risk_register.store.register import Register
from tests.making import RAISED, TODAY, Made, first_id

LATER = date(2026, 3, 2)


def raised(made: Made, **told: Any) -> Issue:
    id = first_id(made.run(raise_issue(programme=made.programme, title="No list", raised_on=RAISED, **told)))
    return made.register.book.get(Issue, id)


def test_an_issue_is_raised_resolved_reopened_removed_and_comes_back_after_a_restart(made: Made) -> None:
    issue = raised(made, kind=IssueKind.delay, owner=made.owner, board=made.board)
    assert issue.reference == "I-001"
    made.run(resolve_issue(issue, resolution="The list came", on=LATER))
    now = made.register.book.get(Issue, issue.id)
    assert (now.resolved_on, now.resolution, is_current(now)) == (LATER, "The list came", False)
    made.run(reopen_issue(now, why="It stopped coming"))
    assert is_current(made.register.book.get(Issue, issue.id))
    kept = made.register.book
    gone = made.run(remove_entry(made.register.book.get(Issue, issue.id)))
    assert raised(made).reference == "I-002", "a number is not given again"
    made.run(undo(gone))
    assert made.register.book.get(Issue, issue.id) == kept.get(Issue, issue.id)
    path, book = made.register.path, made.register.book
    made.register.close()
    with Register.open(path) as again:
        assert again.book == book
        assert not list(again.problems())


def test_a_resolution_needs_words_and_a_day_that_fits(made: Made) -> None:
    issue = raised(made)
    with pytest.raises(Refused, match="Write how I-001 was resolved"):
        made.run(edit_issue(issue, resolved_on=LATER))
    with pytest.raises(Refused, match="I-001 was raised on 05/01/2026, so it can't have been resolved on 01/01/2026"):
        made.run(resolve_issue(issue, resolution="Gone", on=date(2026, 1, 1)))
    with pytest.raises(Refused, match="still to come"):
        made.run(resolve_issue(issue, resolution="Gone", on=date(2099, 1, 1)))
    with pytest.raises(Refused, match="is no reference"):
        made.run(edit_issue(issue, reference="No 1"))


def test_a_risk_that_happens_becomes_an_issue_in_the_same_edit(made: Made) -> None:
    made.run(edit_risk(made.now(), board=made.board, audience=Audience.restricted))
    before = made.register.book
    edit = made.run(materialise_risk(made.now(), on=LATER, why="The sponsor left"))
    assert edit.label == "R-001 materialised: I-001"
    (issue,) = made.register.book.all(Issue)
    assert (issue.risk, issue.kind, issue.title, issue.detail, issue.raised_on) == (
        made.risk,
        IssueKind.materialised,
        "ICB reorganisation",
        "The sponsor left",
        LATER,
    )
    assert (issue.owner, issue.board, issue.audience) == (made.owner, made.board, Audience.restricted)
    assert made.now().status is RiskStatus.materialised
    made.run(undo(edit))
    assert made.register.book == before


def test_while_its_issue_is_open_no_second_is_raised(made: Made) -> None:
    made.run(materialise_risk(made.now(), on=LATER))
    made.run(reopen_risk(made.now()))
    made.run(materialise_risk(made.now(), on=TODAY))
    (issue,) = made.register.book.all(Issue)
    made.run(resolve_issue(issue, resolution="A new sponsor came", on=TODAY))
    made.run(reopen_risk(made.now()))
    made.run(materialise_risk(made.now(), on=TODAY))
    assert [item.reference for item in made.register.book.all(Issue)] == ["I-001", "I-002"]


def test_an_assumption_is_watched_until_it_is_confirmed_or_wrong(made: Made) -> None:
    id = first_id(made.run(add_assumption(programme=made.programme, title="Funding stays", risk=made.risk)))
    for state, watched in zip(AssumptionState, (True, True, False, False), strict=True):
        now = made.register.book.get(Assumption, id)
        if now.state is not state:
            made.run(edit_assumption(now, state=state))
        assert is_current(made.register.book.get(Assumption, id)) is watched
    assert made.register.book.get(Assumption, id).reference == "AS-001"
    made.run(remove_entry(made.register.book.get(Assumption, id)))
    assert not made.register.book.count(Assumption)


def test_a_dependency_is_late_while_it_is_waited_for_and_nobody_waits_on_themselves(made: Made) -> None:
    council = first_id(made.run(add_organisation(programme=made.programme, name="Council")))
    id = first_id(
        made.run(
            add_dependency(programme=made.programme, title="A list", waiting=council, needed_by=LATER, board=made.board)
        )
    )
    now = made.register.book.get(Dependency, id)
    assert (now.reference, now.days_late(date(2026, 3, 5)), now.days_late(LATER)) == ("DP-001", 3, 0)
    with pytest.raises(Refused, match="Nobody waits on themselves"):
        made.run(edit_dependency(now, giving=council))
    assert "no owner" in {gap.sentence for gap in gaps(made.register.book, made.programme, TODAY) if gap.record == now}
    made.run(edit_dependency(now, state=DependencyState.delivered))
    done = made.register.book.get(Dependency, id)
    assert done.days_late(TODAY) == 0
    assert not [gap for gap in gaps(made.register.book, made.programme, TODAY) if gap.record == done]
