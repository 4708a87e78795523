"""What is restricted never reaches a reader's copy, and comes and goes as it is marked."""

import sqlite3
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from risk_register.domain.action import Action, Mitigation, Update
from risk_register.domain.audience import Audience
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.action import link_action, note_progress, unlink_action
from risk_register.domain.commands.custom_field import add_field, give_value
from risk_register.domain.commands.decision import edit_decision
from risk_register.domain.commands.escalation import escalate
from risk_register.domain.commands.review import note_review
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.commands.risk_link import link_risks
from risk_register.domain.control import Control
from risk_register.domain.custom_field import CustomField, RiskValue
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.escalation import Escalation
from risk_register.domain.governance import Board
from risk_register.domain.issue import Issue
from risk_register.domain.review import Review
from risk_register.domain.risk import Risk
from risk_register.domain.risk_link import RiskLink
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.hubs import CANARY, DAY, LOGINS, World

pytestmark = pytest.mark.xdist_group("postgresql")


def mark(world: World, risk: UUID, audience: Audience, why: str = "") -> Edit:
    edit = world.run(edit_risk(world.register.book.get(Risk, risk), audience=audience, why=why))
    world.publish()
    return edit


def told_of(register: Register) -> str:
    """All that a copy's file says: rows, journal, edits, conflicts."""
    connection = sqlite3.connect(f"file:{register.path}?mode=ro", uri=True)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def check(register: Register) -> None:
    assert list(register.problems()) == []
    with Register.open(register.path, write=False) as again:
        assert again.book == register.book


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_what_is_restricted_is_in_no_byte_of_a_readers_copy(shared: World, role: str) -> None:
    with shared.join(role) as copy:
        assert CANARY.encode() not in copy.path.read_bytes()
        assert b"ICB reorganisation" in copy.path.read_bytes()
        assert copy.book.count(Risk) == shared.register.book.count(Risk) - 3
        assert copy.book.count(FollowUp) == 0, "it follows from a decision that they may not see"
        check(copy)
    with shared.join("editor", "again") as whole:
        assert whole.book == shared.register.book


def test_what_hangs_on_a_restricted_risk_hides_with_it_a_link_from_either_side(shared: World) -> None:
    secret, seen = shared.secret, shared.risk
    board = next(shared.register.book.all(Board)).id
    shared.run(note_review(secret, on=DAY, note=f"{CANARY} review"))
    shared.run(escalate(secret, to_board=board, reason=f"{CANARY} reason", on=DAY))
    shared.run(link_risks(risk=secret.id, affected=seen.id))
    shared.run(link_risks(risk=seen.id, affected=secret.id))
    shared.run(note_review(seen, on=DAY, note="For everybody"))
    shared.publish()
    with shared.join("reader") as copy:
        assert CANARY not in told_of(copy)
        assert secret.id.hex not in told_of(copy)
        assert not copy.book.count(RiskLink)
        assert not copy.book.count(Escalation)
        assert [item.note for item in copy.fetch(Review, "risk", seen.id)] == ["For everybody"]
        check(copy)
        mark(shared, secret.id, Audience.partners)
        shared.synchronise(copy, "reader")
        assert copy.book.count(RiskLink) == 2
        assert copy.book.count(Escalation) == 1
        assert copy.fetch(Review, "risk", secret.id)
        check(copy)
        mark(shared, secret.id, Audience.restricted)
        shared.synchronise(copy, "reader")
        assert not copy.book.count(RiskLink)
        check(copy)


def test_what_stands_in_a_field_of_a_restricted_risk_is_as_secret_as_the_risk(shared: World) -> None:
    field = shared.run(add_field(programme=shared.secret.programme, name="Finding")).changes[0].id
    shared.run(give_value(field=field, risk=shared.secret.id, text=f"{CANARY} finding"))
    shared.publish()
    with shared.join("reader") as copy:
        assert copy.book.count(CustomField) == 1
        assert copy.book.count(RiskValue) == 0
        assert CANARY not in told_of(copy)
        check(copy)


def test_what_is_released_comes_whole_though_the_copy_had_read_past_it(shared: World) -> None:
    secret = shared.secret
    with shared.join("reader") as copy:
        mark(shared, secret.id, Audience.partners)
        shared.synchronise(copy, "reader")
        assert copy.book.get(Risk, secret.id) == shared.register.book.get(Risk, secret.id)
        hanging = [copy.book.where(kind, "risk", secret.id) for kind in (Control, Decision, Mitigation, Issue)]
        assert all(len(found) == 1 for found in hanging)
        assert copy.book.count(FollowUp) == 1
        assert [deed.title for deed in copy.book.all(Action) if CANARY in deed.title] == [f"{CANARY} deed"]
        theirs = [past.edit.label for past in copy.history(copy.book.get(Risk, secret.id))]
        assert sorted(theirs) == sorted(past.edit.label for past in shared.register.history(shared.secret))
        check(copy)


def test_what_is_restricted_now_vanishes_from_a_readers_copy_with_its_history(shared: World) -> None:
    secret = shared.secret
    mark(shared, secret.id, Audience.partners)
    with shared.join("reader") as copy:
        assert CANARY in told_of(copy)
        mark(shared, secret.id, Audience.restricted, why=f"{CANARY} because")
        done = shared.synchronise(copy, "reader")
        assert [edit.label for edit in done.edits] == ["Took away what is no longer for your eyes"]
        assert CANARY not in told_of(copy)
        assert not any(secret.id.hex in line for line in told_of(copy).splitlines())
        assert copy.book.find(Risk, secret.id) is None
        check(copy)
        assert shared.synchronise(copy, "reader").edits == ()


def test_a_copy_that_saw_neither_turn_is_as_it_was(shared: World) -> None:
    with shared.join("reader") as copy:
        before = copy.book
        mark(shared, shared.secret.id, Audience.partners)
        mark(shared, shared.secret.id, Audience.restricted)
        shared.synchronise(copy, "reader")
        assert copy.book == before
        assert CANARY not in told_of(copy)
        check(copy)


def test_what_comes_and_goes_many_times_leaves_the_copy_as_one_that_joins(shared: World) -> None:
    with shared.join("reader") as copy:
        risks = [risk.id for risk in shared.register.book.all(Risk)]
        for number in range(6):
            risk = risks[number % len(risks)]
            now = shared.register.book.get(Risk, risk)
            hidden = now.audience is Audience.restricted
            mark(shared, risk, Audience.public if hidden else Audience.restricted)
            if number % 2:
                shared.run(edit_risk(shared.register.book.get(Risk, risks[0]), cause=f"so {number}"))
                shared.publish()
            shared.synchronise(copy, "reader")
            check(copy)
            with shared.join("reader", f"fresh {number}") as fresh:
                assert copy.book == fresh.book
    assert shared.psql("SELECT riskreg.problems()") == []


def test_an_edit_of_both_says_nothing_of_what_is_hidden(shared: World) -> None:
    open_, secret = shared.risk, shared.secret
    both = tuple(Change(risk, replace(risk, cause="Both")) for risk in (open_, secret))
    shared.run(lambda _: Edit(f"{CANARY} label", both, where=f"{CANARY} place", why=f"{CANARY} why"))
    shared.publish()
    with shared.join("reader") as copy:
        assert copy.book.get(Risk, open_.id).cause == "Both"
        newest = copy.history(copy.book.get(Risk, open_.id))[0].edit
        assert (newest.label, newest.why, newest.by) == ("Changed together with what is not for your eyes", "", "edi")
        assert CANARY not in told_of(copy)
        mark(shared, secret.id, Audience.partners)
        shared.synchronise(copy, "reader")
        assert f"{CANARY} label" in [past.edit.label for past in copy.history(copy.book.get(Risk, open_.id))]
        check(copy)
        mark(shared, secret.id, Audience.restricted)
        shared.synchronise(copy, "reader")
        assert CANARY not in told_of(copy)
        check(copy)


def test_an_action_hides_with_the_last_of_its_risks_and_is_back_with_the_first(shared: World) -> None:
    action, risk = shared.action, shared.risk
    other = next(item for item in shared.register.book.all(Risk) if item.title == "AP not represented")
    with shared.join("reader") as copy:
        shared.run(link_action(action=action.id, risk=other.id))
        mark(shared, risk.id, Audience.restricted)
        shared.synchronise(copy, "reader")
        assert [link.risk for link in copy.book.where(Mitigation, "action", action.id)] == [other.id]
        shared.run(unlink_action(action=action.id, risk=other.id))
        shared.publish()
        shared.synchronise(copy, "reader")
        assert copy.book.find(Action, action.id) is None
        check(copy)
        shared.run(link_action(action=action.id, risk=other.id))
        shared.publish()
        shared.synchronise(copy, "reader")
        assert copy.book.get(Action, action.id) == shared.action
        check(copy)


def test_a_decision_hides_with_its_risk_and_is_back_when_it_is_asked_about_another(shared: World) -> None:
    decision = next(item for item in shared.register.book.all(Decision) if item.question == "Fund it?")
    assert decision.risk
    with shared.join("reader") as copy:
        mark(shared, decision.risk, Audience.restricted)
        shared.synchronise(copy, "reader")
        assert copy.book.find(Decision, decision.id) is None
        shared.run(edit_decision(decision, risk=shared.risk.id))
        shared.publish()
        shared.synchronise(copy, "reader")
        assert copy.book.get(Decision, decision.id).risk == shared.risk.id
        check(copy)
        assert copy.as_at(date.today()) == copy.book


def test_what_was_removed_or_did_not_hold_is_no_more_for_everybody_than_it_was(shared: World) -> None:
    deed = next(item for item in shared.register.book.all(Action) if CANARY in item.title)
    with shared.join("editor", "two") as second:
        link, *_ = shared.register.book.where(Mitigation, "action", deed.id)
        notes = shared.register.fetch(Update, "action", deed.id)
        shared.run(lambda _: Edit("Removed", tuple(Change(record, None) for record in (link, *notes, deed))))
        second.run(note_progress(deed, text=f"{CANARY} late", on=DAY), who="two")
        shared.publish()
        shared.synchronise(second, "editor")
    losers = "SELECT field FROM riskreg.conflict c JOIN riskreg.journal j ON j.id = c.entry WHERE value LIKE '%late%'"
    assert shared.psql(losers) == [("+",)]
    with shared.join("reader") as copy:
        assert CANARY not in told_of(copy)
        check(copy)
    with shared.login("reader") as reader:
        assert reader.execute("SELECT 1 FROM riskreg.conflict").fetchall() == []
    assert shared.psql("SELECT riskreg.problems()") == []


def test_another_role_brings_what_it_may_see_and_takes_away_the_rest(shared: World) -> None:
    with shared.join("reader") as copy:
        shared.psql(f"GRANT riskreg_editor TO {LOGINS['reader']}")
        shared.synchronise(copy, "reader")
        assert copy.book == shared.register.book
        check(copy)
        shared.psql(f"REVOKE riskreg_editor FROM {LOGINS['reader']}")
        shared.synchronise(copy, "reader")
        assert CANARY not in told_of(copy)
        check(copy)


def test_what_a_hub_that_was_put_back_lacks_is_not_forgotten(shared: World) -> None:
    with shared.join("reader") as copy:
        shared.server.psql("DROP DATABASE IF EXISTS hub_kept", database="postgres")
        shared.server.psql(f"CREATE DATABASE hub_kept TEMPLATE {shared.database}", database="postgres")
        shared.run(edit_risk(shared.risk, cause="Said last"))
        mark(shared, shared.secret.id, Audience.partners)
        shared.synchronise(copy, "reader")
        shared.server.psql(f"DROP DATABASE {shared.database} WITH (FORCE)", database="postgres")
        shared.server.psql(f"ALTER DATABASE hub_kept RENAME TO {shared.database}", database="postgres")
        assert shared.synchronise(copy, "reader").restored
        assert copy.book.get(Risk, shared.risk.id).cause == "Said last", "until whoever said it says it again"
        shared.publish()
        done = shared.synchronise(copy, "reader")
        assert (done.refused, sharing.count_waiting(copy)) == ((), 0)
        with shared.join("reader", "fresh") as fresh:
            assert copy.book == fresh.book
        check(copy)


def test_a_readers_journal_that_was_meddled_with_does_not_look_whole_again(shared: World) -> None:
    mark(shared, shared.secret.id, Audience.partners)
    with shared.join("reader") as copy:
        path = copy.path
    with sqlite3.connect(path) as meddler:
        meddler.execute("UPDATE edit SET label = 'Meddled' WHERE label LIKE 'Raised%'")
    meddler.close()
    with Register.open(path) as copy:
        mark(shared, shared.secret.id, Audience.restricted)
        shared.synchronise(copy, "reader")
        assert any("was altered" in problem for problem in copy.problems())
