"""A register and its copies, synchronised through a hub."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from threading import Barrier, Thread

import pytest
from psycopg.pq import TransactionStatus

from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.conflict import keep_standing, use_beside, write_third
from risk_register.domain.commands.control import add_control
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.control import Control
from risk_register.domain.errors import Forbidden, NotARegister, Refused, TooNew
from risk_register.domain.governance import Person
from risk_register.domain.ids import new_id
from risk_register.domain.risk import Response, Risk, RiskKind
from risk_register.hub.hub import Held, OtherHub
from risk_register.hub.schema import VERSION
from risk_register.hub.synchronise import begin, join, synchronise
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.front import line
from tests.hub.server import Server
from tests.hub.sharing import Copy, admitted, check_all_agree, connected, make_hub
from tests.making import made_in

pytestmark = pytest.mark.xdist_group("postgresql")
HUB = "sharing"


@pytest.fixture(scope="module")
def url(one_server: Server) -> str:
    """The URL of Ann, who may take part in whatever hub is made in the database."""
    make_hub(one_server, HUB)
    admitted(one_server, "ben", database=HUB)
    return admitted(one_server, "ann", database=HUB)


@pytest.fixture
def hub(one_server: Server, url: str) -> str:
    """An empty hub: the same, as if nobody had ever been there."""
    one_server.psql(
        "TRUNCATE riskreg.journal, riskreg.edit, riskreg.head, riskreg.conflict, riskreg.record, riskreg.programme, "
        "riskreg.matrix CASCADE; UPDATE riskreg.clock SET seq = 0, epoch = gen_random_uuid(), "
        "hash = decode(repeat('00', 32), 'hex'), turned = 0",
        database=HUB,
    )
    return url


@pytest.fixture
def ann(hub: str, tmp_path: Path) -> Iterator[Copy]:
    """Who shares a register through the hub."""
    copy = Copy("Ann", Register.create(tmp_path / "Ann.riskreg", who="Ann"), hub)
    made_in(copy.register)
    copy.begin()
    copy.synchronise()
    yield copy
    copy.register.close()


@pytest.fixture
def ben(ann: Copy, tmp_path: Path) -> Iterator[Copy]:
    """Who joined it."""
    copy = Copy.joined(tmp_path, "Ben", ann.url.replace("//ann:", "//ben:"))
    yield copy
    copy.register.close()


# -- beginning and joining


def test_who_joins_has_what_was_shared_with_its_whole_history(ann: Copy, ben: Copy) -> None:
    assert ben.register.book == ann.register.book
    assert ben.edits() == ann.edits()
    assert list(ben.register.problems()) == []
    assert sharing.count_waiting(ben.register) == 0
    assert ben.synchronise().edits == ()


def test_a_number_given_by_the_one_is_not_given_again_by_the_other(ann: Copy, ben: Copy) -> None:
    ann.raise_risk("Third")
    ann.synchronise()
    ben.synchronise()
    assert ben.raise_risk("Fourth").reference == "R-004"


def test_an_empty_hub_can_not_be_joined(hub: str, tmp_path: Path) -> None:
    with connected(hub) as there, pytest.raises(Refused, match="holds no register yet"):
        join(there, tmp_path / "Ben.riskreg", hub, "Ben")
    assert list(tmp_path.iterdir()) == []


def test_a_hub_that_holds_a_register_takes_no_other(ann: Copy, tmp_path: Path) -> None:
    with Register.create(tmp_path / "Cem.riskreg", who="Cem") as register, connected(ann.url) as hub:
        made_in(register)
        with pytest.raises(Refused, match="holds a register already"):
            begin(hub, lambda work: work(register), ann.url)
        assert sharing.hub(register) is None


def test_a_register_that_is_not_shared_is_not_synchronised(hub: str, tmp_path: Path) -> None:
    with Register.create(tmp_path / "Cem.riskreg", who="Cem") as register, pytest.raises(Refused, match="not shared"):
        Copy("Cem", register, hub).synchronise()


def test_a_database_that_is_no_hub_is_named_so(server: Server, ann: Copy) -> None:
    url = server.url("ann")
    ann.retitle("Kept")
    with pytest.raises(NotARegister, match="no hub of Risk Register"):
        Copy("Ann", ann.register, url).synchronise()
    assert sharing.count_waiting(ann.register) == 1


def test_a_hub_made_anew_is_told_apart_and_gets_nothing(server: Server, ann: Copy) -> None:
    server.psql("UPDATE riskreg.clock SET epoch = gen_random_uuid()", database=HUB)
    ann.retitle("Kept")
    with pytest.raises(OtherHub, match="another hub"):
        ann.synchronise()
    assert sharing.count_waiting(ann.register) == 1
    assert server.psql("SELECT 1 FROM riskreg.risk WHERE title = 'Kept'", database=HUB) == []


def test_a_hub_of_a_newer_version_gets_nothing_and_nothing_is_lost(server: Server, ann: Copy) -> None:
    server.psql("UPDATE riskreg.clock SET version = 99", database=HUB)
    ann.retitle("Kept")
    with pytest.raises(TooNew, match="newer version"):
        ann.synchronise()
    server.psql("UPDATE riskreg.clock SET version = %s", VERSION, database=HUB)
    ann.synchronise()
    assert sharing.count_waiting(ann.register) == 0


# -- what comes together


def test_colleagues_edits_of_other_fields_merge_and_say_so(ann: Copy, ben: Copy) -> None:
    ann.retitle("By Ann")
    ben.run(edit_risk(ben.risk(), cause="by Ben"))
    ann.synchronise()
    ben.synchronise()
    ann.synchronise()
    for copy in (ann, ben):
        assert (copy.risk().title, copy.risk().cause) == ("By Ann", "by Ben")
        assert copy.register.conflicts() == []
        told = {past.edit.label: (past.edit.who, past.edit.by, past.edit.merged) for past in copy.register.history()}
        assert told["Changed title of R-001"] == ("Ann", "ann", False)
        assert told["Changed cause of R-001"] == ("Ben", "ben", True)


def test_the_same_field_changed_by_both_is_a_conflict_with_both_values(ann: Copy, ben: Copy) -> None:
    ann.retitle("By Ann")
    ben.retitle("By Ben")
    ann.synchronise()
    told = ben.synchronise()
    ann.synchronise()
    assert [change.fields for edit in told.edits for change in edit.changes] == [("title",)]
    for copy in (ann, ben):
        assert copy.risk().title == "By Ann"
        conflict = copy.conflict
        assert (conflict.stands.words, conflict.stands.who) == ("By Ann", "Ann")
        assert (conflict.beside.words, conflict.beside.who) == ("By Ben", "Ben")


@pytest.mark.parametrize("way", ["stands", "beside", "third"])
def test_what_one_settles_is_settled_for_the_other(ann: Copy, ben: Copy, way: str) -> None:
    ann.retitle("By Ann")
    ben.retitle("By Ben")
    for copy in (ann, ben, ann):
        copy.synchronise()
    command = {
        "stands": keep_standing(ben.conflict),
        "beside": use_beside(ben.conflict),
        "third": write_third(ben.conflict, title="By both"),
    }[way]
    ben.run(command)
    ben.synchronise()
    ann.synchronise()
    for copy in (ann, ben):
        assert copy.register.conflicts() == []
        assert copy.risk().title == {"stands": "By Ann", "beside": "By Ben", "third": "By both"}[way]
    check_all_agree_here(ann, ben)


def test_both_saying_the_same_is_no_conflict(ann: Copy, ben: Copy) -> None:
    ann.retitle("The same")
    ben.retitle("The same")
    for copy in (ann, ben, ann):
        copy.synchronise()
    assert ann.register.conflicts() == ben.register.conflicts() == []


def test_a_number_given_by_both_stays_with_the_first_and_the_other_gets_a_new_one(ann: Copy, ben: Copy) -> None:
    first, second = ann.raise_risk("Of Ann"), ben.raise_risk("Of Ben")
    assert first.reference == second.reference == "R-003"
    ann.synchronise()
    ben.synchronise()
    ann.synchronise()
    for copy in (ann, ben):
        assert copy.references["Of Ann"] == "R-003"
        assert copy.references["Of Ben"] == "R-004"
        assert copy.register.book.get(Risk, second.id).aliases == ("R-003",)
    check_all_agree_here(ann, ben)
    assert ann.raise_risk("Next").reference == "R-005"


@pytest.fixture
def cem(ann: Copy, ben: Copy, tmp_path: Path) -> Iterator[Copy]:
    """Who joins just after Ann and Ben have each sent a risk R-003, before either had read the other's."""
    ann.raise_risk("Of Ann")
    ben.raise_risk("Of Ben")
    for copy in (ann, ben):
        with connected(copy.url) as hub:
            hub.push(*sharing.waiting(copy.register), cursor=0)
    copy = Copy.joined(tmp_path, "Cem", ann.url)
    yield copy
    copy.register.close()


def test_a_number_that_two_bear_for_a_while_hinders_nobody_from_editing_either(ben: Copy, cem: Copy) -> None:
    assert sorted(cem.references.values()) == ["R-001", "R-002", "R-003", "R-003"]
    cem.retitle("Edited by Cem", of_ben(cem).id)
    for copy in (cem, ben, cem):
        copy.synchronise()
    assert cem.references == ben.references
    assert cem.references["Edited by Cem"] == "R-004"


def test_two_edits_that_break_a_rule_together_do_not_stop_synchronising(ben: Copy, cem: Copy) -> None:
    ben.run(edit_risk(of_ben(ben), response=Response.reduce))
    cem.run(edit_risk(of_ben(cem), kind=RiskKind.opportunity))
    cem.synchronise()
    ben.synchronise()
    assert sharing.count_waiting(ben.register) == 0
    assert ben.references["Of Ben"] == "R-003", "which can't be renumbered as it is"
    ben.run(edit_risk(of_ben(ben), response=Response.enhance))
    ben.synchronise()
    assert ben.references["Of Ben"] == "R-004"


def of_ben(copy: Copy) -> Risk:
    return next(risk for risk in copy.register.book.all(Risk) if risk.title == "Of Ben")


def test_what_the_hub_takes_and_does_not_show_again_is_given_once(ann: Copy, server: Server, tmp_path: Path) -> None:
    """An editor has restricted the action at the same moment, so its owner no longer sees what they sent of it."""
    url = admitted(server, "own", "contributor", database=HUB)
    server.psql(
        "INSERT INTO riskreg.member VALUES ('own', %s) ON CONFLICT (login) DO UPDATE SET person = excluded.person",
        next(ann.register.book.all(Person)).id,
        database=HUB,
    )
    action = next(ann.register.book.all(Action))
    ann.run(edit_action(action, owner=next(ann.register.book.all(Person)).id))
    ann.synchronise()
    own = Copy.joined(tmp_path, "Own", url)
    own.run(edit_action(next(own.register.book.all(Action)), detail="Sent by its owner"))
    shared = sharing.hub(own.register)
    assert shared
    with connected(url) as hub:
        hub.push(*sharing.waiting(own.register), cursor=shared.seq)
    ann.synchronise()
    ann.run(edit_action(next(ann.register.book.all(Action)), audience=Audience.restricted))
    ann.synchronise()
    own.synchronise()
    assert next(ann.register.book.all(Action)).detail == "Sent by its owner"
    own.register.close()


def test_clocks_years_off_order_nothing(ann: Copy, ben: Copy) -> None:
    now = datetime.now(UTC)
    ben.retitle("First, a year ahead", when=now + timedelta(days=365))
    ben.synchronise()
    ann.synchronise()
    ann.retitle("Second, ten years behind", when=now - timedelta(days=3_650))
    ann.synchronise()
    ben.synchronise()
    for copy in (ann, ben):
        assert copy.risk().title == "Second, ten years behind"
        assert copy.register.conflicts() == []
    check_all_agree_here(ann, ben)


# -- over a long line


def test_each_question_is_one_journey_and_a_push_is_two(ann: Copy, server: Server) -> None:
    with line(server.port) as far, connected(ann.url.replace(f":{server.port}/", f":{far.port}/")) as hub:

        def journeys(act: Callable[[], object]) -> int:
            far.journeys = 0
            act()
            return far.journeys

        assert journeys(lambda: hub.hello(0)) == 1
        assert journeys(hub.colleagues) == 1
        assert journeys(lambda: synchronise(hub, ann.ask, "Ann")) == 1, "with nothing to send and nothing new"
        ann.retitle("Sent over it")
        assert journeys(lambda: synchronise(hub, ann.ask, "Ann")) == 4, "asks, locks, gives, and reads it back"
    assert sharing.count_waiting(ann.register) == 0


def test_what_goes_wrong_midway_keeps_nothing_and_the_connection_goes_on(ann: Copy, ben: Copy) -> None:
    ann.retitle("Sent at the second try")
    entries, edits = sharing.waiting(ann.register)
    there = sharing.hub(ann.register)
    assert there
    with connected(ann.url) as hub, connected(ben.url) as other:
        with pytest.raises(KeyError):
            hub.push(entries, {}, cursor=there.seq)  # after it has the lock
        assert hub.connection.info.transaction_status is TransactionStatus.IDLE
        ben.retitle("While nobody has the lock")
        other.push(*sharing.waiting(ben.register), cursor=there.seq)
        with pytest.raises(Forbidden, match="does not take that"):
            hub.push([replace(entries[0], value={"title": 7}, id=new_id())], edits, cursor=there.seq)
        assert hub.connection.info.transaction_status is TransactionStatus.IDLE
        assert hub.push(entries, edits, cursor=there.seq) > hub.hello(0).seq - 1
    ann.synchronise()
    ben.synchronise()
    check_all_agree_here(ann, ben)


# -- one person twice, and copies put back


def test_two_programs_of_one_person_synchronise_at_once(ann: Copy, server: Server, tmp_path: Path) -> None:
    both = [ann.register.path, tmp_path / "laptop.riskreg"]
    ann.register.close()
    copyfile(both[0], both[1])
    together, saved, failed = Barrier(2), [], []

    def work(path: Path) -> None:
        try:
            with Register.open(path, who="Ann") as register:
                copy = Copy("Ann", register, ann.url)
                for number in range(10):
                    saved.append(copy.raise_risk(f"{path.stem} {number}").id)
                    together.wait(timeout=30)
                    copy.synchronise()
        except Exception as error:  # noqa: BLE001  told by the test
            failed.append(error)
            together.abort()

    threads = [Thread(target=work, args=(path,)) for path in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    ann.reopen()
    with Register.open(both[1], who="Ann") as other:
        laptop = Copy("Ann", other, ann.url)
        check_all_agree(server, [ann, laptop], [], database=HUB)
        assert set(saved) <= {risk.id for risk in other.book.all(Risk)}
        assert len(set(ann.references.values())) == 22, "each has a number of its own"


def test_a_copy_put_back_to_yesterday_gets_its_own_later_edits_back(
    ann: Copy, ben: Copy, server: Server, tmp_path: Path
) -> None:
    ben.retitle("Kept yesterday, sent today")
    yesterday = tmp_path / "yesterday.riskreg"
    ben.register.back_up(yesterday)
    ben.retitle("Said today")
    later = ben.raise_risk("Raised today").id
    ben.synchronise()
    ben.register.close()
    yesterday.replace(ben.register.path)
    ben.reopen()
    mine = ben.raise_risk("Raised on what was put back")
    assert mine.reference == "R-003", "which the hub knows as another's"
    ben.synchronise()
    assert ben.risk().title == "Said today"
    assert ben.register.conflicts() == []
    assert ben.register.book.get(Risk, later).reference == "R-003"
    assert ben.register.book.get(Risk, mine.id).reference == "R-004"
    check_all_agree(server, [ann, ben], [], database=HUB)
    assert len(ann.references) == 4, "nothing is there twice"


def test_an_edit_made_again_on_a_copy_put_back_is_beside_what_was_sent(
    ann: Copy, ben: Copy, server: Server, tmp_path: Path
) -> None:
    yesterday = tmp_path / "yesterday.riskreg"
    ben.register.back_up(yesterday)
    ben.retitle("Said today")
    ben.synchronise()
    ben.register.close()
    yesterday.replace(ben.register.path)
    ben.reopen()
    ben.retitle("Said once more, otherwise")
    ben.synchronise()
    assert ben.conflict.stands.words == "Said today"
    assert ben.conflict.beside.words == "Said once more, otherwise"
    check_all_agree(server, [ann, ben], [], database=HUB)


def test_a_hub_put_back_gets_again_what_it_has_lost(ann: Copy, ben: Copy, server: Server) -> None:
    server.psql(f"DROP DATABASE IF EXISTS {HUB}_kept", database="postgres")
    server.psql(f"CREATE DATABASE {HUB}_kept TEMPLATE {HUB}", database="postgres")
    ann.retitle("Lost by the hub")
    ben.raise_risk("Lost as well")
    for copy in (ann, ben, ann):
        copy.synchronise()
    server.psql(f"DROP DATABASE {HUB}", database="postgres")
    server.psql(f"ALTER DATABASE {HUB}_kept RENAME TO {HUB}", database="postgres")
    ben.run(edit_risk(ben.risk(), cause="Said after it was put back"))
    assert ben.synchronise().restored
    assert ann.synchronise().restored
    assert not ben.synchronise().restored
    for copy in (ann, ben):
        assert (copy.risk().title, copy.risk().cause) == ("Lost by the hub", "Said after it was put back")
        assert "Lost as well" in copy.references
        assert copy.register.conflicts() == []
    check_all_agree(server, [ann, ben], [*ann.edits(), *ben.edits()], database=HUB)


def check_all_agree_here(ann: Copy, ben: Copy) -> None:
    assert ann.register.book == ben.register.book
    for copy in (ann, ben):
        assert list(copy.register.problems()) == []
        assert sharing.count_waiting(copy.register) == 0


def test_a_risk_removed_here_comes_back_with_what_a_colleague_has_just_added_to_it(ann: Copy, ben: Copy) -> None:
    risk = ann.raise_risk("Third")
    ann.synchronise()
    ben.synchronise()
    ann.run(add_control(risk=risk.id, description="A weekly call"))
    ann.synchronise()
    ben.run(lambda _: Edit("Removed R-003", (Change(ben.risk(risk.id), None),)))
    with connected(ben.url) as hub:  # and the program ends before anything is sent
        shared = sharing.hub(ben.register)
        assert shared
        told = hub.pull(shared, Held(sharing.count_sent(ben.register), lambda: sharing.sent(ben.register)))
        sharing.receive(ben.register, told.page, told.edits, replace(shared, seq=told.seq, hash=told.hash))
    assert ben.risk(risk.id).title == "Third"
    assert [control.description for control in ben.register.book.where(Control, "risk", risk.id)] == ["A weekly call"]
    assert list(ben.register.problems()) == []
    assert "removed" in ben.conflict.sentence
    ben.synchronise()
    ann.synchronise()
    assert ann.register.book == ben.register.book
    assert ann.conflict.losers == ben.conflict.losers
