from datetime import date

import pytest

from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, materialise_risk, reopen_risk, rescore
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskStatus
from tests.making import RAISED, Made, first_id


def test_a_new_risk_gets_the_next_number_and_its_text_cleaned(made: Made) -> None:
    edit = made.run(add_risk(programme=made.programme, title=" Two\nlines\x00 ", raised_on=RAISED, cause="a\r\nb\x0b"))
    risk = edit.changes[0].after
    assert isinstance(risk, Risk)
    assert (risk.reference, risk.title, risk.cause) == ("R-003", "Two lines", "a\nb")
    assert edit.label == "Raised R-003"


def test_a_rescoring_adds_a_score_and_keeps_the_earlier_one(made: Made) -> None:
    edit = made.run(
        rescore(
            made.now(),
            kind=AssessmentKind.current,
            likelihood=3,
            impact=4,
            on=date(2026, 5, 1),
            where="HWBB",
            why="A sponsor was named",
        )
    )
    assert edit.label == "Re-scored R-001: 20 to 12"
    assert (edit.where, edit.why) == ("HWBB", "A sponsor was named")
    scores = made.register.fetch(Assessment, "risk", made.risk)
    assert [(item.score, item.where) for item in scores] == [(20, ""), (12, "HWBB")]
    assert made.register.book.get(Assessment, made.now().current or made.risk).score == 12


def test_a_score_found_later_but_made_earlier_does_not_replace_the_latest(made: Made) -> None:
    edit = made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=1, impact=1, on=date(2026, 1, 20)))
    assert "earlier score" in edit.label
    current = made.now().current
    assert current
    assert made.register.book.get(Assessment, current).score == 20


def test_what_was_not_changed_is_not_kept_again(made: Made) -> None:
    with pytest.raises(Unchanged):
        made.run(edit_risk(made.now(), title="ICB reorganisation"))


def test_a_field_changed_meanwhile_is_left_out_and_the_rest_is_kept(made: Made) -> None:
    seen = made.now()
    made.run(edit_risk(seen, cause="because of the merger"), who="a colleague")
    edit = made.run(edit_risk(seen, cause="my own words", effect="my own effect"))
    assert made.now().cause == "because of the merger"
    assert made.now().effect == "my own effect"
    (stale,) = edit.stale
    assert (stale.field, stale.now, stale.wanted, stale.who) == (
        "cause",
        "because of the merger",
        "my own words",
        "a colleague",
    )


def test_only_stale_fields_are_a_conflict_and_keep_nothing(made: Made) -> None:
    seen = made.now()
    made.run(edit_risk(seen, cause="theirs"))
    with pytest.raises(Conflict) as caught:
        made.run(edit_risk(seen, cause="mine"))
    assert "cause of R-001" in str(caught.value)
    assert made.now().cause == "theirs"


def test_a_risk_closes_with_its_reason_and_opens_again(made: Made) -> None:
    edit = made.run(close_risk(made.now(), reason="The ICB named a sponsor", on=date(2026, 6, 1)))
    assert edit.label == "Closed R-001"
    assert (made.now().status, made.now().closed_on) == (RiskStatus.closed, date(2026, 6, 1))
    made.run(reopen_risk(made.now(), why="They left"))
    assert (made.now().status, made.now().closed_on) == (RiskStatus.open, None)


def test_a_risk_that_happened_is_still_watched(made: Made) -> None:
    made.run(materialise_risk(made.now(), on=date(2026, 5, 4), why="The sponsor left in May"))
    assert made.now().status is RiskStatus.materialised


def test_each_risk_of_an_edit_is_the_first_change(made: Made) -> None:
    edit = made.run(add_risk(programme=made.programme, title="A", raised_on=RAISED))
    assert made.register.book.get(Risk, first_id(edit)).title == "A"


def test_a_draft_is_opened_once_it_says_what_and_whose_it_is(made: Made) -> None:
    edit = made.run(add_risk(programme=made.programme, title="New", raised_on=RAISED, status=RiskStatus.draft))
    draft = made.register.book.get(Risk, first_id(edit))
    with pytest.raises(Refused, match="R-003 lacks its event and an owner"):
        made.run(reopen_risk(draft))
    made.run(edit_risk(draft, event="it happens", owner=made.owner))
    made.run(reopen_risk(made.register.book.get(Risk, draft.id)))
    assert made.register.book.get(Risk, draft.id).status is RiskStatus.open


def test_what_was_learnt_stays_when_a_closed_risk_is_reopened(made: Made) -> None:
    made.run(close_risk(made.now(), reason="Over", on=date(2026, 5, 1), lessons="Ask earlier"))
    assert (made.now().status, made.now().lessons) == (RiskStatus.closed, "Ask earlier")
    made.run(reopen_risk(made.now(), why="It came back"))
    assert (made.now().closing_reason, made.now().closed_on, made.now().lessons) == ("", None, "Ask earlier")
