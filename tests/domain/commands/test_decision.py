from datetime import date
from typing import Any
from uuid import UUID

import pytest

from risk_register.domain import views
from risk_register.domain.audience import Audience
from risk_register.domain.change import undo
from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.decision import (
    add_follow_up,
    ask_decision,
    edit_decision,
    record_decision,
    remove_follow_up,
)
from risk_register.domain.commands.governance import add_meeting, edit_meeting
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Meeting
from tests.making import RAISED, Made, first_id

MET = date(2026, 6, 11)


@pytest.fixture
def asked(made: Made) -> UUID:
    return first_id(
        made.run(
            ask_decision(
                programme=made.programme,
                question="Fund a post",
                options="1. Fund it\n2. Share it\n3. Do nothing",
                board=made.board,
                asked_on=RAISED,
            )
        )
    )


@pytest.fixture
def meeting(made: Made) -> UUID:
    return first_id(made.run(add_meeting(board=made.board, on=MET)))


def decision(made: Made, id: UUID) -> Decision:
    return made.register.book.get(Decision, id)


def test_a_decision_keeps_its_options_by_whom_at_which_meeting_and_what_followed(
    made: Made, asked: UUID, meeting: UUID
) -> None:
    told: dict[str, Any] = {"decided_by": made.owner, "meeting": meeting, "followed": "The post was advertised"}
    edit = made.run(record_decision(decision(made, asked), answer="Fund it", on=MET, where="SENDB", **told))
    now = decision(made, asked)
    assert {name: getattr(now, name) for name in told} == told
    assert now.options.startswith("1. Fund it")
    assert views.shown(made.register.book, now, "meeting") == "meeting of 11 Jun 2026"
    made.run(undo(edit))
    assert (decision(made, asked).decided_by, decision(made, asked).meeting) == (None, None)


def test_a_decision_is_taken_on_the_day_of_its_meeting(made: Made, asked: UUID, meeting: UUID) -> None:
    with pytest.raises(Refused, match=r"That meeting of the SENDB was on 11/06/2026, so D-001 can't .* on 12/06/2026"):
        made.run(record_decision(decision(made, asked), answer="Yes", on=date(2026, 6, 12), meeting=meeting))
    with pytest.raises(Refused, match="Give the day on which D-001 was decided"):
        made.run(edit_decision(decision(made, asked), meeting=meeting))
    made.run(edit_meeting(made.register.book.get(Meeting, meeting), cancelled=True))
    with pytest.raises(Refused, match="was cancelled"):
        made.run(record_decision(decision(made, asked), answer="Yes", on=MET, meeting=meeting))


def test_a_meeting_at_which_was_decided_is_not_moved_cancelled_or_removed(
    made: Made, asked: UUID, meeting: UUID
) -> None:
    made.run(record_decision(decision(made, asked), answer="Yes", on=MET, meeting=meeting))
    seen = made.register.book.get(Meeting, meeting)
    for values in ({"cancelled": True}, {"on": date(2026, 6, 18)}):
        with pytest.raises(Refused, match="D-001 was decided at this meeting of the SENDB, on 11/06/2026"):
            made.run(edit_meeting(seen, **values))
    made.run(edit_meeting(seen, place="Online"))


def test_actions_follow_from_a_decision_each_once(made: Made, asked: UUID) -> None:
    edit = made.run(add_follow_up(decision=asked, action=made.action))
    assert edit.label == "A-001 follows from D-001"
    with pytest.raises(Refused, match="A-001 follows from D-001 already"):
        made.run(add_follow_up(decision=asked, action=made.action))
    (link,) = made.register.book.all(FollowUp)
    gone = made.run(remove_follow_up(link))
    assert not made.register.book.count(FollowUp)
    made.run(undo(gone))
    assert list(made.register.book.all(FollowUp)) == [link]


def test_who_may_not_see_the_action_or_the_decision_learns_nothing_of_the_link(made: Made, asked: UUID) -> None:
    made.run(add_follow_up(decision=asked, action=made.action))
    made.run(edit_action(made.now_action(), audience=Audience.restricted))
    book = views.for_audience(made.register.book, Audience.partners)
    assert (book.count(FollowUp), book.count(Decision)) == (0, 1)
