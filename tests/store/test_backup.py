import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Unreachable
from risk_register.store.backup import backups
from risk_register.store.register import Register
from risk_register.store.schema import VERSION
from tests.making import Made

NOW = datetime(2026, 11, 24, 12, tzinfo=datetime.now().astimezone().tzinfo)
HOUR = timedelta(hours=1)


def test_a_copy_is_a_register_with_the_same_contents(made: Made, tmp_path: Path) -> None:
    made.register.back_up(tmp_path / "copies" / "copy.riskreg")
    with Register.open(tmp_path / "copies" / "copy.riskreg", write=False) as copy:
        assert copy.book == made.register.book
        assert len(copy.history()) == len(made.register.history())
        assert not list(copy.problems())


def test_a_copy_can_be_made_from_a_register_opened_for_reading(made: Made, tmp_path: Path) -> None:
    with Register.open(made.register.path, write=False) as reader:
        reader.back_up(tmp_path / "copy.riskreg")
    assert (tmp_path / "copy.riskreg").exists()


def test_a_copy_that_can_not_be_made_leaves_no_half_of_it(made: Made, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreachable, match="another folder") as caught:
        made.register.back_up(tmp_path / "file" / "copy.riskreg")
    assert "Errno" not in str(caught.value), "said in words"
    target = tmp_path / "taken"
    target.mkdir()
    with pytest.raises(Unreachable, match=r"taken is a folder. Add a name for the copy\."):
        made.register.back_up(target, over=True)
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_is_never_made_over_the_register_or_over_what_is_no_copy(made: Made, tmp_path: Path) -> None:
    size = made.register.path.stat().st_size
    with pytest.raises(Unreachable, match="the register itself"):
        made.register.back_up(made.register.path, over=True)
    assert made.register.path.stat().st_size == size
    letter = tmp_path / "letter.docx"
    letter.write_text("Dear board")
    with pytest.raises(Unreachable, match="already"):
        made.register.back_up(letter, over=True)
    assert letter.read_text() == "Dear board"
    copy = tmp_path / "copy.riskreg"
    made.register.back_up(copy)
    made.run(edit_risk(made.now(), title="Newer"))
    with pytest.raises(Unreachable, match="already"):
        made.register.back_up(copy)
    made.register.back_up(copy, over=True)
    with Register.open(copy, write=False) as newer:
        assert newer.book == made.register.book


def test_a_copy_that_a_wrong_clock_dated_ahead_neither_stands_for_one_nor_is_dropped(
    made: Made, tmp_path: Path
) -> None:
    ahead = made.register.back_up_if_due(tmp_path / "copies", NOW + timedelta(days=400), every=HOUR)
    assert made.register.back_up_if_due(tmp_path / "copies", NOW, every=HOUR) is not None
    assert ahead
    assert ahead.exists()


def test_copies_are_made_when_due_and_thinned_with_age(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    made_copies = 0
    for hours in range(0, 24 * 70, 7):
        moment = NOW - timedelta(days=70) + timedelta(hours=hours)
        made_copies += bool(made.register.back_up_if_due(folder, moment, every=HOUR))
    assert made_copies == 240
    kept = backups(made.register.path, folder)
    assert 30 <= len(kept) <= 50, "hours of the last day, days of the last two weeks, months of the last year"
    assert made.register.back_up_if_due(folder, NOW, every=HOUR) is not None
    assert made.register.back_up_if_due(folder, NOW + timedelta(minutes=59), every=HOUR) is None
    names = [path.name for path in backups(made.register.path, folder)]
    assert names == sorted(names, reverse=True)


def test_only_copies_of_that_register_are_thinned(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    mine = folder / "my own copy.riskreg"
    mine.write_bytes(b"mine")
    made.register.back_up_if_due(folder, NOW, every=HOUR)
    assert backups(made.register.path, folder) == [path for path in folder.iterdir() if path != mine]
    assert mine.read_bytes() == b"mine"


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(made: Made, tmp_path: Path) -> None:
    """Version 0 stands for any older one: a file of this version but for its number."""
    path = made.register.path
    made.run(edit_risk(made.now(), title="Kept"))
    made.register.close()
    with sqlite3.connect(path) as old:
        old.execute("PRAGMA user_version = 0")
    old.close()
    with Register.open(path, backups=tmp_path / "copies") as register:
        assert any(risk.title == "Kept" for risk in register.book.all(type(made.now())))
    (copy,) = (tmp_path / "copies").iterdir()
    assert int.from_bytes(copy.read_bytes()[60:64], "big") == 0
    assert int.from_bytes(path.read_bytes()[60:64], "big") == VERSION
