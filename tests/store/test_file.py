import os
import sqlite3
import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Busy, Unreachable
from risk_register.store import file
from risk_register.store.register import Register
from tests.making import Made


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (PurePosixPath("/home/a b/100%#?.riskreg"), "file:/home/a%20b/100%25%23%3F.riskreg?mode=rw"),
        (PureWindowsPath(r"C:\Users\me\a.riskreg"), "file:/C:/Users/me/a.riskreg?mode=rw"),
        (PureWindowsPath(r"\\server\share\a.riskreg"), "file:////server/share/a.riskreg?mode=rw"),
    ],
)
def test_a_file_is_named_as_sqlite_wants_it(path: PurePosixPath | PureWindowsPath, named: str) -> None:
    assert file.uri(path, "rw") == named


def test_an_edit_that_could_not_be_kept_for_a_reader_is_kept_at_the_next_try(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made.register.path
    made.register.close()
    monkeypatch.setattr(file, "PATIENCE", 0.05)
    with Register.open(path) as register:
        before = register.book
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM risk").fetchone()
        with pytest.raises(Busy, match="another program"):
            register.run(edit_risk(made.now(), title="Waits"))
        assert register.book is before
        reader.close()
        register.run(edit_risk(made.now(), title="Kept"))
        assert [item.edit.label for item in register.history()][:2] == [
            "Changed title of R-001",
            "Added A-001 for R-001",
        ]


def test_a_register_with_a_second_name_is_not_written_to(made: Made) -> None:
    path = made.register.path
    made.register.close()
    try:
        os.link(path, path.with_name("another.riskreg"))
    except OSError:
        pytest.skip("this drive knows no links")
    with pytest.raises(Unreachable, match="hard link"):
        Register.open(path)
    with Register.open(path, write=False) as reader:
        assert reader.book.get(type(made.now()), made.risk)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to every file")
def test_a_file_that_may_only_be_read_is_said_to_be_so_on_opening(made: Made) -> None:
    path = made.register.path
    made.register.close()
    path.chmod(0o444)
    with pytest.raises(Unreachable, match="can't be written to"):
        Register.open(path)


def test_a_reader_sees_what_was_kept_before_a_writer_was_cut_off(made: Made) -> None:
    path, before = made.register.path, made.register.book
    made.register.close()
    cut_off = (
        "import os, sqlite3, sys\n"
        "writer = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "writer.execute('PRAGMA cache_size = 1')\n"
        "writer.execute('BEGIN IMMEDIATE')\n"
        "for _ in range(5):\n"
        "    writer.execute(\"UPDATE risk SET cause = cause || printf('%.*c', 40000, 'x')\")\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", cut_off, str(path)], check=True)
    assert path.with_name(f"{path.name}-journal").stat().st_size, "the writer left its journal behind"
    with Register.open(path, write=False) as reader:
        assert reader.book == before
