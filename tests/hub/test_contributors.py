"""A contributor's and a reader's copy: what the hub does not take from them waits, is told, and is in nobody's way."""

from dataclasses import replace

import pytest

from risk_register.domain.action import Action, Update
from risk_register.domain.audience import Audience
from risk_register.domain.commands.action import complete_action, edit_action, note_progress
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Risk
from risk_register.hub import schema, synchronise
from risk_register.hub.address import Address
from risk_register.hub.connection import connect
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.hubs import DAY, LOGINS, World, on

pytestmark = pytest.mark.xdist_group("postgresql")


def own(register: Register) -> Action:
    return next(action for action in register.book.all(Action) if action.title == "Name a sponsor")


def risk_of(register: Register) -> Risk:
    return next(risk for risk in register.book.all(Risk) if risk.title == "ICB reorganisation")


def notes(register: Register) -> list[str]:
    return [update.text for update in register.fetch(Update, "action", own(register).id)]


def test_what_a_contributor_may_do_is_taken_though_they_did_more_than_that(shared: World) -> None:
    with shared.join("contributor") as copy:
        copy.run(note_progress(own(copy), text="Asked the ICB", on=DAY, percent=20), who="con")
        refused = copy.run(edit_risk(risk_of(copy), cause="Mine"), who="con")
        copy.run(note_progress(own(copy), text="Asked again", on=DAY, percent=40), who="con")
        copy.run(edit_action(own(copy), owner=None), who="con")
        done = shared.synchronise(copy, "contributor")
        assert done.sent == 2
        assert [item.edit.label for item in done.refused] == [refused.label, "Changed owner of A-001"]
        assert "a contributor may only change actions of their own" in done.refused[0].why
        shared.publish()
        assert notes(shared.register) == ["Begun", "Asked the ICB", "Asked again"]
        assert own(shared.register).percent == 40
        assert risk_of(shared.register).cause != "Mine"

        # It is all still theirs, waits, and is told again.
        assert risk_of(copy).cause == "Mine"
        assert sharing.count_waiting(copy) == 2
        again = shared.synchronise(copy, "contributor")
        assert (again.sent, len(again.refused)) == (0, 2)
        assert list(copy.problems()) == []


def test_what_waits_is_taken_once_they_may(shared: World) -> None:
    with shared.join("contributor") as copy:
        copy.run(edit_risk(risk_of(copy), cause="Mine"), who="con")
        assert shared.synchronise(copy, "contributor").refused
        shared.psql(f"GRANT riskreg_editor TO {LOGINS['contributor']}")
        done = shared.synchronise(copy, "contributor")
        assert (done.sent, done.refused, sharing.count_waiting(copy)) == (1, (), 0)
        shared.psql(f"REVOKE riskreg_editor FROM {LOGINS['contributor']}")
        shared.publish()
        assert risk_of(shared.register).cause == "Mine"


def test_an_edit_is_taken_whole_or_not_at_all(shared: World) -> None:
    with shared.join("contributor") as copy:
        done, moved = complete_action(own(copy), on=DAY, note="Done"), edit_risk(risk_of(copy), cause="Mine")
        copy.run(lambda book: replace(done(book), changes=done(book).changes + moved(book).changes), who="con")
        assert len(shared.synchronise(copy, "contributor").refused) == 1
        shared.publish()
        assert notes(shared.register) == ["Begun"]


def test_what_a_colleague_said_meanwhile_of_what_waits_is_a_conflict_not_lost(shared: World) -> None:
    with shared.join("contributor") as copy:
        copy.run(edit_risk(risk_of(copy), cause="Mine"), who="con")
        shared.run(edit_risk(risk_of(shared.register), cause="Theirs"))
        shared.publish()
        shared.synchronise(copy, "contributor")
        assert risk_of(copy).cause == "Theirs"
        assert [conflict.beside.words for conflict in copy.conflicts()] == ["Mine"]
        assert list(copy.problems()) == []


def test_more_refused_edits_than_go_at_once_keep_none_back(shared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synchronise, "MANY", 3)
    with shared.join("contributor") as copy:
        for number in range(7):
            copy.run(edit_risk(risk_of(copy), cause=f"Mine {number}"), who="con")
        copy.run(note_progress(own(copy), text="Last", on=DAY), who="con")
        done = shared.synchronise(copy, "contributor")
        assert (done.sent, len(done.refused)) == (1, 7)
    shared.publish()
    assert notes(shared.register)[-1] == "Last"


def test_a_readers_edits_wait_and_are_told(shared: World) -> None:
    with shared.join("reader") as copy:
        copy.run(add_risk(programme=next(copy.book.all(Programme)).id, title="Mine", raised_on=DAY), who="rea")
        shared.run(edit_risk(risk_of(shared.register), cause="Theirs"))
        shared.publish()
        done = shared.synchronise(copy, "reader")
        assert [edit.news for edit in done.edits] == ["edi: Changed cause of R-001"]
        assert ["You may only read" in item.why for item in done.refused] == [True]
        assert "Mine" in [risk.title for risk in copy.book.all(Risk)]
        assert list(copy.problems()) == []


def test_what_they_wrote_on_an_action_that_is_hidden_now_is_still_theirs(shared: World) -> None:
    with shared.join("contributor") as copy:
        copy.run(edit_action(own(copy), barrier="No money"), who="con")
        shared.run(edit_action(own(shared.register), audience=Audience.restricted))
        shared.publish()
        done = shared.synchronise(copy, "contributor")
        assert [item.edit.label for item in done.refused] == ["Changed barrier of A-001"]
        assert not list(copy.book.all(Action))
        assert sharing.count_waiting(copy) == 1
        assert list(copy.problems()) == []
        shared.run(edit_action(own(shared.register), audience=Audience.partners))
        shared.publish()
        done = shared.synchronise(copy, "contributor")
        assert (done.sent, done.refused) == (1, ())
        assert own(copy).barrier == "No money"
        assert list(copy.problems()) == []
    shared.publish()
    assert own(shared.register).barrier == "No money"


def test_a_register_is_shared_anew_through_another_hub_with_all_its_history(shared: World) -> None:
    shared.psql("DROP SCHEMA riskreg CASCADE")
    address, password = Address.read(
        shared.server.url("postgres", password=shared.server.secret, database=shared.database)
    )
    with connect(address, password) as connection:
        schema.make(connection)
    with shared.hub("editor") as hub:
        synchronise.begin(hub, on(shared.register), str(hub.address))
    shared.publish()
    assert sharing.count_waiting(shared.register) == 0
    with shared.join("editor", "fresh") as fresh:
        assert fresh.book == shared.register.book
