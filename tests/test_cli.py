"""The command line, run as a person runs it; `main` in this process where the exit code is all there is to see."""

import csv
import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from risk_register.cli import main
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.risk import Risk
from risk_register.store.register import Register

ROOT = Path(__file__).parents[1]


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "risk_register", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_the_boards_report_of_the_sample_is_one_line_to_type(tmp_path: Path) -> None:
    done = run("report", "board", "--sample", "--out", tmp_path / "board.docx")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "board.docx").read_bytes().startswith(b"PK")


def test_help_teaches_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["report", "--help"], ["list", "--help"]):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 0
        assert "python -m risk_register" in capsys.readouterr().out


def test_a_new_register_is_made_and_never_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "send"), "--programme", "SEND"]) == 0
    assert (tmp_path / "send.riskreg").exists()
    assert main(["new", str(tmp_path / "send"), "--programme", "SEND"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("risk_register: There is a file")
    assert error.count("\n") == 1


def test_a_new_register_without_a_name_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "send"), "--programme", "  "]) == 3
    assert not (tmp_path / "send.riskreg").exists()


def test_the_list_shows_the_highest_first_with_a_word_for_movement(
    sample_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", str(sample_file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Ref", "Score", "Band", "Movement", "Status", "Owner", "Audience", "Title"]
    assert lines[1].split()[:3] == ["R-001", "20", "Extreme"]
    assert len(lines) == 20


def test_the_list_for_a_spreadsheet_is_csv(sample_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(sample_file), "--csv", "--all", "--sort", "reference"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 22
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_heat_map_is_drawn(sample_file: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"map.{form}"
    assert main(["heatmap", str(sample_file), "--out", str(out), "--kind", "target"]) == 0
    assert out.stat().st_size > 5_000


def test_everything_but_writing_works_beside_an_open_window(sample_file: Path, tmp_path: Path) -> None:
    with Register.open(sample_file):
        assert main(["list", str(sample_file)]) == 0
        assert main(["check", str(sample_file)]) == 0
        assert main(["backup", str(sample_file), "--to", str(tmp_path / "copy.riskreg")]) == 0
        assert main(["report", "board", str(sample_file), "--out", str(tmp_path / "b.docx"), "--board", "HWBB"]) == 0
    with Register.open(tmp_path / "copy.riskreg") as copy:
        assert not list(copy.problems())


def test_check_tells_what_it_found_and_ends_with_1(sample_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    with sqlite3.connect(sample_file) as meddler:
        meddler.execute("UPDATE risk SET title = 'Meddled' WHERE reference = 'R-001'")
    meddler.close()
    assert main(["check", str(sample_file)]) == 1
    assert "title of risk R-001" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list", "gone.riskreg"], "There is no file"),
        (["check", "pyproject.toml"], "not a risk register"),
        (["heatmap", "--sample", "--out", "map.gif"], "neither .png nor .svg"),
        (["report", "board", "--sample", "--out", "b.docx", "--board", "Nobody"], "no board “Nobody”"),
        (["report", "board", "--sample", "--out", "b.docx", "--date", "1995-01-01"], "not in the register yet"),
        (["report", "board", "--sample", "--out", "b.docx", "--date", "2099-01-01"], "still to come"),
        (["report", "board", "--sample", "--out", "b.docx", "--since", "2099-01-01"], "still to come"),
        (["list", "--sample", "--since", "2099-01-01"], "still to come"),
        (["heatmap", "--sample", "--out", "map.png", "--since", "2099-01-01"], "still to come"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_sentence_on_stderr(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(words) == 3
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def copy_of_pat(sample_file: Path, **values: str) -> Path:
    copy = copyfile(sample_file, sample_file.with_name("Copy of Pat.riskreg"))
    with Register.open(copy) as register:
        risk = next(item for item in register.book.all(Risk) if item.reference == "R-001")
        register.run(edit_risk(risk, **values), who="Pat")
        register.run(add_risk(programme=risk.programme, title="From Pat", raised_on=risk.raised_on), who="Pat")
    return copy


def test_merge_says_what_came_and_ends_with_0(sample_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copy_of_pat(sample_file, title="Their title")
    with Register.open(sample_file) as register:
        programme = next(iter(register.book.all(Risk))).programme
        register.run(add_risk(programme=programme, title="Mine", raised_on=date(2026, 1, 5)))
    assert main(["merge", str(sample_file), str(copy)]) == 0
    told = capsys.readouterr().out
    assert "Merged 2 edits by Pat from Copy of Pat.riskreg." in told
    assert "R-022 to R-023" in told
    assert "A copy from before is at " in told
    assert main(["merge", str(sample_file), str(copy)]) == 0
    assert "holds nothing that is not in this register already" in capsys.readouterr().out
    assert main(["check", str(sample_file)]) == 0
    assert "No conflict is open." in capsys.readouterr().out


def test_merge_ends_with_1_where_conflicts_wait_and_check_and_report_say_so(
    sample_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = copy_of_pat(sample_file, title="Their title")
    with Register.open(sample_file) as register:
        risk = next(item for item in register.book.all(Risk) if item.reference == "R-001")
        register.run(edit_risk(risk, title="My title"), who="me")
    assert main(["merge", str(sample_file), str(copy)]) == 1
    told = capsys.readouterr().out
    assert "1 conflict waits to be settled." in told
    assert "R-001, title: “My title” (me, " in told
    assert "“Their title” (Pat, " in told
    assert main(["check", str(sample_file)]) == 0
    assert "1 conflict is open; settle it in the window" in capsys.readouterr().out
    out = tmp_path / "board.docx"
    assert main(["report", "board", str(sample_file), "--out", str(out)]) == 0
    assert "1 conflict waits to be settled: R-001 title." in zipfile.ZipFile(out).read("word/document.xml").decode()


def test_merge_of_what_is_no_copy_ends_with_3(sample_file: Path, tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "other.riskreg"), "--programme", "Another"]) == 0
    assert main(["merge", str(sample_file), str(tmp_path / "other.riskreg")]) == 3
    assert main(["merge", str(sample_file), str(sample_file)]) == 3


def test_wrong_usage_ends_with_2() -> None:
    for words in (
        [],
        ["list"],
        ["list", "--sample", "--since", "yesterday"],
        ["list", "--sample", "--since", "0001-01-01"],
    ):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 2


def test_a_reader_that_stops_reading_is_no_error() -> None:
    if os.name == "nt":
        pytest.skip("Windows has no broken pipe")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "risk_register", "list", "--sample"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
