import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from risk_register.domain.book import Book
from risk_register.domain.change import Edit, undo
from risk_register.domain.commands.control import add_control, remove_control
from risk_register.domain.commands.decision import ask_decision
from risk_register.domain.commands.governance import add_board
from risk_register.domain.commands.importing import import_risks
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import add_risk, edit_risk, rescore
from risk_register.domain.control import Control
from risk_register.domain.errors import (
    Busy,
    Cancelled,
    Conflict,
    Damaged,
    NotARegister,
    ReadOnly,
    Refused,
    StoreError,
    TooNew,
    Unreachable,
)
from risk_register.domain.governance import Board, Person
from risk_register.domain.importing import Draft, Part
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.store.claim import claim_path
from risk_register.store.register import Register
from risk_register.store.schema import APPLICATION_ID, VERSION
from tests.making import RAISED, Made, first_id, made_in


def reopened(register: Register) -> Register:
    register.close()
    return Register.open(register.path, who="me")


# -- what is kept


def test_what_was_kept_is_there_after_a_restart(made: Made) -> None:
    before = made.register.book
    with reopened(made.register) as again:
        assert again.book == before
        assert not list(again.problems())


def test_an_edit_is_kept_whole_or_not_at_all(made: Made) -> None:
    """A command whose second change breaks a rule leaves no trace of its first."""
    good, bad = add_risk(programme=made.programme, title="Good", raised_on=RAISED), edit_risk(made.now(), title="")

    def both(book: object) -> object:
        first, second = good(book), bad(book)  # type: ignore[arg-type]
        return replace(first, changes=first.changes + second.changes)

    before = made.register.book
    with pytest.raises(Refused):
        made.run(both)  # type: ignore[arg-type]
    with reopened(made.register) as again:
        assert again.book == before
        assert not list(again.problems())


def test_undo_and_redo_are_edits_and_take_the_same_road(made: Made) -> None:
    before = made.register.book
    edit = made.run(edit_risk(made.now(), title="Renamed"))
    after = made.register.book
    taken_back = made.run(undo(edit))
    assert taken_back.label == "Undo: Changed title of R-001"
    assert made.register.book == before
    again = made.run(undo(taken_back))
    assert again.label == "Changed title of R-001"
    assert made.register.book == after
    labels = [item.edit.label for item in made.register.history()][:3]
    assert labels == ["Changed title of R-001", "Undo: Changed title of R-001", "Changed title of R-001"]
    assert not list(made.register.problems())


def test_any_edit_of_the_past_can_be_taken_back_after_a_restart(made: Made) -> None:
    first = made.run(edit_risk(made.now(), title="Renamed"))
    made.run(edit_risk(made.now(), cause="another cause"))
    with reopened(made.register) as again:
        again.run(undo(again.edit(first.id)), who="me")
        risk = again.book.get(Risk, made.risk)
        assert (risk.title, risk.cause) == ("ICB reorganisation", "another cause")


def test_undo_of_a_rescoring_takes_the_score_away_and_redo_brings_it_back(made: Made) -> None:
    before = made.now().current
    edit = made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=1, impact=2, on=date(2026, 3, 3)))
    back = made.run(undo(made.register.edit(edit.id)))
    assert made.now().current == before
    made.run(undo(made.register.edit(back.id)))
    assert made.now().current not in (before, None)
    assert not list(made.register.problems())


def test_undo_of_a_rescoring_uncovers_the_latest_score_that_is_left(made: Made) -> None:
    """Somebody found an earlier score while the one to be undone stood."""
    last = made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=1, impact=1, on=date(2026, 5, 1)))
    made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=3, impact=3, on=date(2026, 4, 1)))
    made.run(undo(made.register.edit(last.id)))
    assert made.register.book.get(Assessment, made.now().current or made.risk).score == 9
    with reopened(made.register) as again:
        assert again.book == made.register.book


def test_two_who_rescore_at_once_are_a_conflict_that_names_the_first(made: Made) -> None:
    seen = made.now()
    made.run(rescore(seen, kind=AssessmentKind.current, likelihood=2, impact=2, on=date(2026, 5, 1)), who="Pat Lee")
    with pytest.raises(Conflict, match=r"current score of R-001.*Pat Lee"):
        made.run(rescore(seen, kind=AssessmentKind.current, likelihood=5, impact=5, on=date(2026, 5, 1)))
    assert len(made.register.fetch(Assessment, "risk", made.risk)) == 2, "the score given in vain is nowhere"


def test_what_was_taken_back_is_not_taken_back_again(made: Made) -> None:
    edit = made.run(edit_risk(made.now(), title="New"))
    made.run(undo(edit))
    with pytest.raises(Refused, match="taken back already"):
        made.run(undo(edit))


def test_undo_of_a_field_that_somebody_changed_since_names_them_and_when(made: Made) -> None:
    edit = made.run(edit_risk(made.now(), title="Mine"))
    made.run(edit_risk(made.now(), title="Theirs"), who="Pat Lee", when=datetime(2026, 3, 4, 15, 30, tzinfo=UTC))
    with pytest.raises(Conflict) as caught:
        made.run(undo(edit))
    assert "Pat Lee" in str(caught.value)
    assert f"{datetime(2026, 3, 4, 15, 30, tzinfo=UTC).astimezone():%d/%m/%Y at %H:%M}" in str(caught.value)
    assert made.now().title == "Theirs"


def test_undo_of_adding_what_others_build_on_is_refused(made: Made) -> None:
    edit = made.run(add_risk(programme=made.programme, title="Third", raised_on=RAISED))
    made.run(add_control(risk=first_id(edit), description="A control"))
    with pytest.raises(Refused) as caught:
        made.run(undo(edit))
    assert "control" in str(caught.value)


def test_a_number_taken_back_is_not_given_again_even_after_a_restart(made: Made) -> None:
    edit = made.run(add_risk(programme=made.programme, title="Third", raised_on=RAISED))
    made.run(undo(edit))
    with reopened(made.register) as again:
        added = again.run(add_risk(programme=made.programme, title="Fourth", raised_on=RAISED))
        assert again.book.get(Risk, first_id(added)).reference == "R-004"


# -- history and the past


def test_history_tells_who_when_where_and_why(made: Made) -> None:
    when = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
    made.run(
        rescore(
            made.now(),
            kind=AssessmentKind.current,
            likelihood=2,
            impact=2,
            on=date(2026, 3, 4),
            where="HWBB",
            why="A sponsor",
        ),
        who="Pat",
        when=when,
    )
    past = made.register.history()[0]
    assert (past.edit.who, past.edit.when, past.edit.where, past.edit.why) == ("Pat", when, "HWBB", "A sponsor")
    whole = made.register.edit(past.edit.id)
    assert {change.kind.__name__ for change in whole.changes} == {"Risk", "Assessment"}


def test_history_of_a_record_has_only_its_own_edits(made: Made) -> None:
    made.run(edit_risk(made.register.book.get(Risk, made.other), title="Other"))
    labels = [item.edit.label for item in made.register.history(made.register.book.get(Risk, made.risk))]
    assert "Changed title of R-002" not in labels
    assert labels[-1] == "Raised R-001"


def test_history_of_a_risk_has_what_hangs_on_it(made: Made) -> None:
    made.run(add_control(risk=made.risk, description="A standing item"))
    made.run(add_control(risk=made.other, description="Elsewhere"))
    labels = [item.edit.label for item in made.register.history(made.register.book.get(Risk, made.risk))]
    assert labels[0] == "Added a control to R-001"
    owner = made.register.book.get(Person, made.owner)
    assert [item.edit.label for item in made.register.history(owner)] == [f"Added {owner.label}"], "not all they own"


def test_history_of_a_risk_tells_of_what_was_removed_from_it(made: Made) -> None:
    made.run(add_control(risk=made.risk, description="For a while"))
    made.run(remove_control(next(iter(made.register.book.all(Control)))))
    labels = [item.edit.label for item in made.register.history(made.now())]
    assert labels[:2] == ["Removed a control of R-001", "Added a control to R-001"]


def test_what_is_said_of_an_edit_is_cleaned_and_fits(made: Made) -> None:
    made.run(edit_risk(made.now(), title="New", why=" one\r\ntwo\x00 "), who="Pat\nLee")
    edit = made.register.history()[0].edit
    assert (edit.who, edit.why) == ("Pat Lee", "one\ntwo")
    with pytest.raises(Refused, match="Reason is 60,000 characters long"):
        made.run(edit_risk(made.now(), title="Newer", why="x" * 60_000))
    made.run(add_board(programme=made.programme, name="b" * 300))
    long = next(board.id for board in made.register.book.all(Board) if len(board.name) == 300)
    asked = made.run(ask_decision(programme=made.programme, question="?", board=long, asked_on=RAISED))
    assert len(asked.label) <= 300


def test_the_book_as_at_a_day_is_what_it_was(made: Made) -> None:
    books = {}
    start = datetime.now().astimezone().replace(hour=12) - timedelta(days=40)
    for step in range(8):
        when = start + timedelta(days=step)
        made.run(edit_risk(made.now(), title=f"Title {step}"), when=when)
        made.run(
            rescore(made.now(), kind=AssessmentKind.current, likelihood=1 + step % 5, impact=3, on=when.date()),
            when=when,
        )
        books[when.date()] = made.register.book
    for day, book in books.items():
        assert made.register.as_at(day) == book
    assert made.register.as_at(date.today()) == made.register.book
    assert not list(made.register.as_at(date(2020, 1, 1)).records())


# -- one writer


def test_the_second_opener_is_told_who_writes_and_may_read(made: Made) -> None:
    with pytest.raises(Busy) as caught:
        Register.open(made.register.path)
    assert str(caught.value).startswith("me on ")
    with Register.open(made.register.path, write=False) as reader:
        assert reader.book == made.register.book
        made.run(edit_risk(made.now(), title="Written beside a reader"))
        with pytest.raises(ReadOnly):
            reader.run(add_programme(name="Another"))
    with reopened(made.register) as again:
        assert again.writable


def test_a_claim_left_by_a_crash_holds_nobody_up(made: Made) -> None:
    path = made.register.path
    made.register.close()
    claim_path(path).write_text('{"who": "ghost", "host": "elsewhere", "pid": 1, "since": "2026-01-01T00:00:00+00:00"}')
    with Register.open(path) as again:
        assert again.writable


def _write_until_killed(path: str, telling: Connection) -> None:
    with Register.open(Path(path)) as register:
        programme = next(iter(register.book.all(Programme)))
        while True:
            edit = register.run(add_risk(programme=programme.id, title="Kept", raised_on=RAISED))
            telling.send(str(first_id(edit)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("after", [1, 7, 20])
def test_every_edit_that_was_told_as_kept_survives_the_kill_of_its_writer(made: Made, after: int) -> None:
    path = made.register.path
    made.register.close()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    writer = context.Process(target=_write_until_killed, args=(str(path), theirs), daemon=True)
    writer.start()
    told = [ours.recv() for _ in range(after)]
    assert writer.pid
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    while ours.poll():
        try:
            told.append(ours.recv())
        except (EOFError, OSError):
            break
    with Register.open(path) as register:
        held = {str(risk.id) for risk in register.book.all(Risk)}
        assert set(told) <= held
        assert not list(register.problems())


# -- what is no register


@pytest.mark.parametrize(
    ("name", "content", "instead"),
    [
        ("notes.txt", b"just notes", "ends in .riskreg"),
        ("empty.riskreg", b"", "Open a backup"),
        ("book.xlsx", b"PK\x03\x04 and more", "import it"),
        ("half.riskreg", b"SQLite format 3\0", "Open a backup"),
    ],
)
def test_a_file_that_is_no_register_is_named_and_left_alone_with_what_to_do_instead(
    tmp_path: Path, name: str, content: bytes, instead: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotARegister) as caught:
        Register.open(path)
    assert name in str(caught.value)
    assert instead in str(caught.value)
    assert path.read_bytes() == content
    assert not claim_path(path).exists()


def test_another_programs_database_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "other.riskreg"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE risk (id)")
    other.close()
    with pytest.raises(NotARegister):
        Register.open(path)


def test_a_folder_and_a_missing_file_each_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"folder|can't be read"):
        Register.open(tmp_path)
    with pytest.raises(Unreachable, match="moved or renamed"):
        Register.open(tmp_path / "gone.riskreg")


def test_a_file_of_a_newer_version_is_refused_and_not_touched(made: Made) -> None:
    made.register.close()
    with sqlite3.connect(made.register.path) as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    before = made.register.path.read_bytes()
    with pytest.raises(TooNew, match="newer version"):
        Register.open(made.register.path)
    assert made.register.path.read_bytes() == before


def test_the_file_says_what_it_is(made: Made) -> None:
    header = made.register.path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == VERSION


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_damaged_file_is_found_on_opening_and_left_as_it_is(sample_file: Path, place: float) -> None:
    whole = bytearray(sample_file.read_bytes())
    start = int(len(whole) * place) // 4096 * 4096
    whole[start : start + 4096] = os.urandom(4096)
    sample_file.write_bytes(whole)
    with pytest.raises(Damaged, match="damaged") as caught:
        Register.open(sample_file)
    assert "backup" in str(caught.value)
    assert sample_file.read_bytes() == whole


def test_a_cut_off_file_is_damaged(sample_file: Path) -> None:
    whole = sample_file.read_bytes()
    sample_file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged):
        Register.open(sample_file)


# -- the world


def test_a_file_that_exists_is_never_written_over(made: Made) -> None:
    before = made.register.path.read_bytes()
    with pytest.raises(Unreachable, match="already"):
        Register.create(made.register.path)
    assert made.register.path.read_bytes() == before


def test_a_file_that_comes_while_a_register_is_made_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.riskreg"
    with pytest.raises(Unreachable, match="already"):
        Register.create(path, fill=lambda _: path.write_text("theirs"))
    assert path.read_text() == "theirs"
    assert [item.name for item in tmp_path.iterdir()] == ["r.riskreg"]


def test_a_register_whose_making_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        Register.create(tmp_path / "r.riskreg", fill=lambda register: register.run(add_programme(name=" ")))
    assert list(tmp_path.iterdir()) == []
    with Register.create(
        tmp_path / "r.riskreg", fill=lambda register: register.run(add_programme(name="SEND"))
    ) as made:
        assert [item.name for item in made.book.all(Programme)] == ["SEND"]
    assert {path.name for path in tmp_path.iterdir()} == {"r.riskreg", ".r.riskreg.claim"}


def test_a_folder_that_can_not_be_written_gets_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("")
    with pytest.raises(Unreachable, match="can't be made"):
        Register.create(file / "r.riskreg")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is set by Linux's own command")
def test_a_full_disk_keeps_nothing_of_the_edit_and_loses_nothing_before(tmp_path: Path) -> None:
    path = tmp_path / "r.riskreg"
    with Register.create(path) as register:
        made_in(register)
        before = register.book
    size = path.stat().st_size
    script = (
        "import resource, signal, sys\n"
        "from datetime import date\nfrom pathlib import Path\n"
        "from risk_register.domain.commands.risk import add_risk\n"
        "from risk_register.domain.programme import Programme\n"
        "from risk_register.domain.errors import StoreError\n"
        "from risk_register.store.register import Register\n"
        "register = Register.open(Path(sys.argv[1]))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "programme = next(iter(register.book.all(Programme))).id\n"
        "try:\n"
        "    for number in range(200):\n"
        "        register.run(add_risk(programme=programme, title='x', raised_on=date(2026, 1, 5), cause='y' * 40_000))\n"
        "except StoreError as error:\n"
        "    print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Unreachable"), done.stdout + done.stderr
    with Register.open(path) as again:
        assert before.count(Risk) <= again.book.count(Risk)
        assert not list(again.problems())


def test_an_import_called_off_keeps_nothing_and_the_register_goes_on(made: Made) -> None:
    path, before, event = made.register.path, made.register.book, threading.Event()
    made.register.close()
    drafts = [Draft(number, {Part.title: f"Risk {number}"}, {}) for number in range(500)]
    whole = import_risks(programme=made.programme, drafts=drafts, source="x.xlsx", on=RAISED)

    def called_off_while_it_runs(book: Book) -> Edit:
        edit = whole(book)
        event.set()
        return edit

    with Register.open(path, called_off=event) as register:
        with pytest.raises(Cancelled, match="Nothing of it was kept"):
            register.run(called_off_while_it_runs)
        with pytest.raises(Cancelled):
            register.run(whole)
        event.clear()
        assert register.book == before
        assert not list(register.problems())
        register.run(whole)
        assert register.book.count(Risk) == before.count(Risk) + 500
        event.set()
    with pytest.raises(Cancelled):
        Register.open(path, called_off=event)
    with Register.open(path):
        pass  # the one that was called off has let go of it


def test_a_row_changed_outside_the_program_is_found_by_the_examination(made: Made) -> None:
    made.register.close()
    with sqlite3.connect(made.register.path) as meddler:
        meddler.execute("UPDATE risk SET title = 'Meddled' WHERE reference = 'R-001'")
    meddler.close()
    with Register.open(made.register.path, write=False) as register:
        assert any("title of risk R-001" in problem for problem in register.problems())


def test_a_journal_altered_outside_the_program_is_found_by_its_chain(made: Made) -> None:
    made.register.close()
    with sqlite3.connect(made.register.path) as meddler:
        meddler.execute("UPDATE edit SET who = 'somebody else' WHERE label = 'Raised R-001'")
    meddler.close()
    with Register.open(made.register.path, write=False) as register:
        assert any("altered after it was written" in problem for problem in register.problems())


def test_writing_over_a_row_changed_outside_is_a_conflict(made: Made) -> None:
    with sqlite3.connect(made.register.path) as meddler:
        meddler.execute("UPDATE risk SET title = 'Meddled' WHERE reference = 'R-001'")
    meddler.close()
    with pytest.raises(Conflict, match="outside this program"):
        made.run(edit_risk(made.now(), title="Mine"))


def test_removing_a_row_changed_outside_is_a_conflict(made: Made) -> None:
    made.run(add_control(risk=made.risk, description="As it was"))
    with sqlite3.connect(made.register.path) as meddler:
        meddler.execute("UPDATE control SET description = 'Meddled'")
    meddler.close()
    with pytest.raises(Conflict, match="outside this program"):
        made.run(remove_control(next(iter(made.register.book.all(Control)))))
    assert made.register.fetch(Control, "risk", made.risk)


def test_a_register_just_made_waits_for_the_disk_at_every_edit(tmp_path: Path) -> None:
    """While it was being made it need not: it has its name once it is on the disk."""
    with Register.create(tmp_path / "r.riskreg") as register:
        assert register._driver.execute("PRAGMA synchronous").fetchone() == (2,)
