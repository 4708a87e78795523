"""A register that is read while another process writes to it."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from risk_register.domain.action import Action, Update
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.errors import Busy, TooNew
from risk_register.domain.risk import Risk
from risk_register.store.claim import Claim, claim_path
from risk_register.store.register import Register
from tests.other import Other


def followed(reader: Register, seen: Book) -> Edit:
    edit = reader.follow(seen)
    assert edit, "something was written"
    return edit


def test_a_reader_is_told_what_the_writer_changed_and_by_whom(sample_file: Path, other: Other) -> None:
    other.open(sample_file)
    with Register.open(sample_file, write=False) as reader:
        before = reader.book
        assert reader.follow(before) is None
        other.retitle("R-001", "Theirs")
        other.add_risk("Added")
        edit = followed(reader, before)
        assert (edit.who, edit.label) == ("Pat Lee", "Raised R-022")
        told = {change.record.label: (change.fields, change.before is None) for change in edit.changes}
        assert told == {"R-001": (("title",), False), "R-022": ((), True)}
        assert before.apply(edit.changes) == reader.book
        assert reader.follow(reader.book) is None


def test_a_reader_is_told_of_what_no_book_holds_too(sample_file: Path, other: Other) -> None:
    other.open(sample_file)
    with Register.open(sample_file, write=False) as reader:
        other.note("Begun")  # the first note may change the action's status
        before = reader.book
        followed(reader, before)
        before = reader.book
        other.note("The ICB has answered")
        edit = followed(reader, before)
        assert (edit.changes, edit.label) == ((), f"Noted progress of {next(before.all(Action)).reference}")
        action = next(reader.book.all(Action))
        assert "The ICB has answered" in [item.text for item in reader.fetch(Update, "action", action.id)]


def test_what_was_read_for_a_past_day_meanwhile_is_not_missed(sample_file: Path, other: Other) -> None:
    other.open(sample_file)
    with Register.open(sample_file, write=False) as reader:
        before = reader.book
        other.retitle("R-002", "Theirs")
        reader.as_at(max(risk.raised_on for risk in before.all(Risk)))
        assert [change.record.label for change in followed(reader, before).changes] == ["R-002"]


def test_who_writes_is_named_until_they_close(sample_file: Path, other: Other) -> None:
    other.open(sample_file)
    with Register.open(sample_file, write=False) as reader:
        assert reader.writer().startswith("Pat Lee on ")
        assert "has sample.riskreg open" in reader.writer()
        other.close()
        assert reader.writer() == ""
        with Register.open(sample_file, who="me") as taken:
            assert taken.writable
            assert reader.writer().startswith("me on ")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_writer_that_was_killed_in_the_middle_of_an_edit_holds_no_reader_up(sample_file: Path) -> None:
    killed = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from risk_register.store.register import Register\n"
        "register = Register.open(Path(sys.argv[1]), who='Pat Lee')\n"
        "driver = register._driver\n"
        "driver.execute('PRAGMA cache_size = 1')\n"
        "driver.execute('BEGIN IMMEDIATE')\n"
        "print(register.writable, flush=True)\n"
        "input()\n"
        "for _ in range(5):\n"
        "    driver.execute(\"UPDATE risk SET cause = cause || printf('%.*c', 40000, 'x')\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    words = [sys.executable, "-c", killed, str(sample_file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        with Register.open(sample_file, write=False) as reader:
            before = reader.book
            assert reader.writer().startswith("Pat Lee on ")
            process.communicate("\n")
            assert sample_file.with_name(f"{sample_file.name}-journal").stat().st_size
            edit = reader.follow(before)
            assert edit is None or edit.changes == ()
            assert reader.writer() == ""
            assert claim_path(sample_file).stat().st_size == 0
    with Register.open(sample_file) as taken:
        assert taken.book == before


def test_asking_who_writes_never_keeps_anybody_from_writing(sample_file: Path) -> None:
    """The claim was left behind by a crash, so that each question has to try the lock."""
    stop, asked = threading.Event(), threading.Event()

    def ask() -> None:
        with Register.open(sample_file, write=False) as reader:
            while not stop.is_set():
                claim_path(sample_file).write_text("left behind")
                reader.writer()
                asked.set()

    asking = threading.Thread(target=ask)
    asking.start()
    assert asked.wait(5)
    try:
        for _ in range(50):
            Claim.take(sample_file).release()
    finally:
        stop.set()
        asking.join()


def test_two_who_take_over_at_once_do_not_both_get_it(sample_file: Path, other: Other) -> None:
    with Register.open(sample_file, write=False):
        other.open(sample_file)
        with pytest.raises(Busy, match=r"^Pat Lee on "):
            Register.open(sample_file)


def test_a_file_that_a_newer_version_has_taken_over_is_not_read_on(sample_file: Path) -> None:
    with Register.open(sample_file, write=False) as reader:
        with sqlite3.connect(sample_file) as later:
            later.execute("PRAGMA user_version = 99")
        later.close()
        with pytest.raises(TooNew, match="newer version"):
            reader.follow(reader.book)
