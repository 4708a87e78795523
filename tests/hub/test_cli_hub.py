"""Sharing on the command line: main in this process, against a real server; a terminal is one of the system's own."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from risk_register.cli import main
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.kinds import KINDS
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.hub.hubs import CANARY, LOGINS, World
from tests.hub.server import PASSWORD, Server

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """The keyring of whoever runs the tests is not theirs to look into."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def empty(one_server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database's address, as the superuser, whose password stands in the environment."""
    one_server.psql("DROP DATABASE IF EXISTS hub_typed", database="postgres")
    one_server.psql("CREATE DATABASE hub_typed", database="postgres")
    monkeypatch.setenv("PGPASSWORD", one_server.secret)
    yield without_password(one_server.url("postgres", database="hub_typed"))
    one_server.psql("DROP DATABASE hub_typed WITH (FORCE)", database="postgres")


def without_password(url: str) -> str:
    head, _, tail = url.partition("@")
    return f"{head.rpartition(':')[0]}@{tail}"


def url_of(world: World, role: str) -> str:
    return without_password(world.server.url(LOGINS[role], database=world.database))


def test_a_register_is_shared_by_what_the_help_teaches(
    empty: str, one_server: Server, sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for login in ("ann", "sam"):
        one_server.add_user(login)
    assert main(["hub", "init", empty, "--yes"]) == 0
    assert main(["hub", "admit", empty, "ann", "editor"]) == 0
    assert main(["hub", "admit", empty, "sam", "contributor", "--person", "SENDCO"]) == 3
    told = capsys.readouterr()
    assert "It knows nobody yet: share a register first" in told.err
    assert told.err.count("\n") == 1

    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    ann, sam = (empty.replace("//postgres@", f"//{login}@") for login in ("ann", "sam"))
    assert main(["share", str(sample_file), ann]) == 0
    told = capsys.readouterr()
    assert "Sent " in told.out
    with Register.open(sample_file, write=False) as register:
        assert register.hub
        assert PASSWORD not in register.hub.address
        person = next(iter(register.book.where(Risk, "reference", "R-001"))).owner
        assert person
    name = one_server.psql(
        "SELECT coalesce(nullif(name, ''), role) FROM riskreg.person WHERE id = %s", person, database="hub_typed"
    )[0][0]

    monkeypatch.setenv("PGPASSWORD", one_server.secret)
    assert main(["hub", "admit", empty, "sam", "contributor", "--person", name.upper()]) == 0
    assert main(["hub", "members", empty]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:] if line.split()[0] in ("ann", "sam")] == [
        ["ann", "editor"],
        ["sam", "contributor"],
    ]
    assert name in lines[-1]

    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert main(["join", sam, str(tmp_path / "sams")]) == 0
    assert "19 risks" in capsys.readouterr().out
    assert main(["sync", str(tmp_path / "sams.riskreg")]) == 0
    assert capsys.readouterr().out == "Nothing was to be sent.\n"
    assert main(["hub", "check", ann]) == 0
    assert capsys.readouterr().out.startswith("Sound: the chain of ")
    assert main(["hub", "check", sam]) == 3


def test_a_dry_run_prints_the_sql_and_asks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hub", "init", "postgresql://dba@nowhere.invalid/risks", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("CREATE SCHEMA riskreg;")
    assert "CREATE FUNCTION riskreg.push" in told


def test_the_sql_of_a_dry_run_makes_a_hub(empty: str, one_server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["hub", "init", empty, "--dry-run"])
    one_server.psql(capsys.readouterr().out, database="hub_typed")
    assert main(["hub", "check", empty]) == 0


def test_making_a_hub_says_first_what_it_does_and_does_it_only_for_a_yes(
    empty: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["hub", "init", empty]) == 3
    told = capsys.readouterr()
    assert "This makes a hub in the database hub_typed at 127.0.0.1, as postgres" in told.out
    assert f"{len(KINDS) + 9} tables and 2 views" in told.out
    assert told.err == "risk_register: Nothing was done. To do it without being asked, say --yes.\n"
    with typed("no\nyes\n", monkeypatch):
        assert main(["hub", "init", empty]) == 3
        assert main(["hub", "init", empty]) == 0
    assert main(["hub", "init", empty, "--yes"]) == 3
    assert "a hub already" in capsys.readouterr().err


class typed:  # noqa: N801
    """What a person types on a terminal of the system's own."""

    def __init__(self, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.master, self.slave = os.openpty()
        os.write(self.master, words.encode())
        self.stdin = os.fdopen(self.slave, encoding="utf-8")
        monkeypatch.setattr("sys.stdin", self.stdin)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self.stdin.close()
        os.close(self.master)


def test_a_password_is_taken_from_a_file_or_with_a_warning_from_the_address(
    shared: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\nmore\n")
    assert main(["hub", "members", url_of(shared, "reader"), "--password-file", str(secret)]) == 0
    assert main(["join", shared.server.url("rea", database=shared.database), str(tmp_path / "copy.riskreg")]) == 0
    told = capsys.readouterr()
    assert "a password in an address can be read by others" in told.err
    assert PASSWORD.encode() not in (tmp_path / "copy.riskreg").read_bytes()
    secret.write_text("wrong\n")
    assert main(["sync", str(tmp_path / "copy.riskreg"), "--password-file", str(secret)]) == 3
    told = capsys.readouterr()
    assert "does not know rea with that password" in told.err
    assert told.err.count("\n") == 1
    assert main(["sync", str(tmp_path / "copy.riskreg"), "--password-file", str(tmp_path / "none")]) == 3
    assert "can't be read: No such file" in capsys.readouterr().err


def test_synchronising_tells_what_came_what_was_not_taken_and_what_is_disputed(
    shared: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    path = tmp_path / "cons.riskreg"
    assert main(["join", url_of(shared, "contributor"), str(path)]) == 0
    with Register.open(path, who="con") as copy:
        copy.run(edit_risk(copy.book.get(Risk, shared.risk.id), title="Mine"), who="con")
    shared.run(edit_risk(shared.risk, title="Theirs"))
    shared.publish()
    capsys.readouterr()
    assert main(["sync", str(path)]) == 1
    told = capsys.readouterr().out
    assert "Received 1 edit by edi." in told
    assert "Not taken, and kept here: Changed title of R-001." in told
    assert "Conflict: R-001, title: “Theirs”" in told
    assert CANARY not in told


def test_a_hub_that_was_meddled_with_is_found(
    shared: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    url = url_of(shared, "administrator")

    def found() -> list[str]:
        capsys.readouterr()
        assert main(["hub", "check", url]) == 1
        return capsys.readouterr().out.splitlines()

    risk = shared.risk.id
    for meddling, mended, sentence in (
        ("UPDATE riskreg.risk SET title = 'X' WHERE id = %s", "UPDATE riskreg.risk SET title = 'ICB reorganisation' WHERE id = %s",
         f"The Risk {risk} differs from what the journal says: title."),
        ("UPDATE riskreg.record SET hidden = true WHERE id = %s", "UPDATE riskreg.record SET hidden = false WHERE id = %s",
         f"The Risk {risk} is shown to readers, or hidden from them, against its mark."),
        ("UPDATE riskreg.risk SET audience = 'restricted' WHERE id = %s", "UPDATE riskreg.risk SET audience = 'partners' WHERE id = %s",
         f"The Risk {risk} is marked otherwise than its audience says."),
        ("UPDATE riskreg.journal SET holds = false WHERE record = %s AND field = '+'", "UPDATE riskreg.journal SET holds = true WHERE record = %s",
         "does not hold but is no conflict."),
        ("DELETE FROM riskreg.head WHERE record = %s AND field = 'current'", "",
         f"What stands of record {risk} (current) is not what the journal says last."),
    ):  # fmt: skip
        shared.psql(meddling, risk)
        assert any(sentence in line for line in found()), sentence
        if mended:
            shared.psql(mended, risk)
    shared.psql("UPDATE riskreg.edit SET label = 'Forged' WHERE id = (SELECT edit FROM riskreg.journal WHERE seq = 5)")
    assert any(line.startswith("Entry 5 of the journal") for line in found())
    shared.psql(
        "SET session_replication_role = replica; DELETE FROM riskreg.journal WHERE seq = (SELECT seq FROM riskreg.clock)"
    )
    assert any("some were cut off, added or altered" in line for line in found())


def test_a_database_that_is_no_hub_and_a_file_that_is_not_shared_are_said(
    empty: str, sample_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, sentence in (
        (["hub", "members", empty], "This database is no hub"),
        (["hub", "check", empty], "This database is no hub"),
        (["share", str(sample_file), empty], "This database is no hub"),
        (["sync", str(sample_file)], "sample.riskreg is not shared"),
        (["join", "postgresql://x", "y"], "The address names no user"),
    ):
        assert main(words) == 3
        told = capsys.readouterr()
        assert sentence in told.err
        assert told.err.count("\n") == 1
    assert sqlite3.connect(sample_file).execute("SELECT count(*) FROM hub").fetchone() == (0,)
