"""Nothing that is handed out tells what its readers may not see: searched for a word that only hidden records hold."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest

from risk_register.charts.heatmap import alt_text, heat_map
from risk_register.cli import main
from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.change import Command
from risk_register.domain.commands.action import add_action, edit_action, note_progress
from risk_register.domain.commands.control import add_control
from risk_register.domain.commands.decision import ask_decision, edit_decision
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, rescore
from risk_register.domain.decision import Decision
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.reports.board_summary import board_summary
from risk_register.reports.content import Bullets, Paragraph
from risk_register.reports.word import word_file
from risk_register.store.register import Register
from tests.making import RAISED, Made, first_id, made_in

CANARY = "Zeisig"
SINCE = date(2026, 3, 1)
EARLY, LATE = datetime(2026, 2, 10, 9, tzinfo=UTC), datetime(2026, 4, 1, 9, tzinfo=UTC)
PUBLIC, PARTNERS, RESTRICTED = Audience


class Hidden(NamedTuple):
    """A register with and without what is to be hidden, on disk, and the day to compare with."""

    made: Made
    risk: Risk
    bare: Path
    full: Path


def hide(made: Made) -> Risk:
    """Put the word into every text of a risk that moved, of its control, actions, update and decision; then hide it."""
    programme = made.programme

    def book() -> Book:
        return made.register.book

    def run(command: Command, when: datetime = EARLY) -> UUID:
        return first_id(made.run(command, when=when))

    id = run(
        add_risk(
            programme=programme,
            raised_on=RAISED,
            owner=made.owner,
            board=made.board,
            title=f"{CANARY} title",
            cause=f"{CANARY} cause",
            event=f"{CANARY} event",
            effect=f"{CANARY} effect",
        )
    )

    def score(likelihood: int, kind: AssessmentKind, on: date, when: datetime) -> None:
        told = rescore(
            book().get(Risk, id),
            kind=kind,
            likelihood=likelihood,
            impact=5,
            on=on,
            why=f"{CANARY} why",
            where=f"{CANARY} where",
        )
        run(told, when)

    score(5, AssessmentKind.current, date(2026, 2, 10), EARLY)
    score(1, AssessmentKind.target, date(2026, 2, 10), EARLY)
    score(3, AssessmentKind.current, date(2026, 4, 1), LATE)
    run(add_control(risk=id, description=f"{CANARY} control"))
    title, detail = f"{CANARY} action", f"{CANARY} detail"
    late = run(add_action(programme=programme, title=title, risks=[id], expected=RAISED, detail=detail))
    run(edit_action(book().get(Action, late), barrier=f"{CANARY} barrier"))
    run(note_progress(book().get(Action, late), text=f"{CANARY} update", on=RAISED))
    own = run(add_action(programme=programme, title=f"{CANARY} own", risks=[made.risk], expected=RAISED))
    run(edit_action(book().get(Action, own), audience=RESTRICTED))
    for question, about in ((f"{CANARY} about", id), (f"{CANARY} own", None)):
        asked = run(ask_decision(programme=programme, question=question, board=made.board, asked_on=RAISED, risk=about))
        if about is None:
            run(edit_decision(book().get(Decision, asked), audience=RESTRICTED))
    run(edit_risk(book().get(Risk, id), audience=RESTRICTED, why=CANARY), LATE)
    return book().get(Risk, id)


@pytest.fixture
def hidden(made: Made, tmp_path: Path) -> Hidden:
    """Marked today only, so that the past knows nothing of it."""
    bare, full = tmp_path / "bare.riskreg", tmp_path / "full.riskreg"
    made.register.back_up(bare)
    risk = hide(made)
    made.register.back_up(full)
    return Hidden(made, risk, bare, full)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def betrays(hidden: Hidden, data: bytes) -> bool:
    return bool(re.search(rf"{CANARY}|{hidden.risk.reference}|A-002|A-003|D-00[12]".encode(), data, re.IGNORECASE))


@pytest.mark.parametrize("audience", [PUBLIC, PARTNERS])
@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2026, 3, 20)], ids=["now", "as at a day before the mark"])
def test_no_part_of_the_boards_report_tells_of_a_hidden_risk(hidden: Hidden, audience: Audience, today: date) -> None:
    register = hidden.made.register
    book = register.as_at(today)
    report = board_summary(
        book,
        register.as_at(SINCE),
        hidden.made.programme,
        audience=audience,
        marks=register.book,
        today=today,
        since=SINCE,
    )
    for name, data in parts(word_file(report)).items():
        assert not betrays(hidden, data), name


def test_the_word_is_in_the_report_for_those_who_may_see_it_which_says_so_on_every_page(hidden: Hidden) -> None:
    register = hidden.made.register
    report = board_summary(
        register.book, register.as_at(SINCE), hidden.made.programme, audience=RESTRICTED, today=SINCE, since=SINCE
    )
    found = parts(word_file(report))
    assert betrays(hidden, found["word/document.xml"])
    assert b"Restricted (Part B)" in found["word/header1.xml"]
    assert ("Audience", "Restricted (Part B)") in report.facts


def test_a_report_is_the_same_to_the_byte_as_if_the_hidden_records_were_not_there(hidden: Hidden) -> None:
    def written(path: Path) -> bytes:
        with Register.open(path, write=False) as register:
            then, programme = register.as_at(SINCE), hidden.made.programme
            today = date(2026, 11, 25)
            return word_file(board_summary(register.book, then, programme, today=today, since=SINCE))

    assert written(hidden.full) == written(hidden.bare), "no count, no picture, no alt text, no property differs"


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_heat_map_from_the_command_line_is_the_one_without_the_hidden_risk(
    hidden: Hidden, tmp_path: Path, form: str
) -> None:
    pictures = []
    for path in (hidden.full, hidden.bare):
        out = tmp_path / f"{path.stem}.{form}"
        assert main(["heatmap", str(path), "--out", str(out), "--since", SINCE.isoformat()]) == 0
        pictures.append(out.read_bytes())
    assert pictures[0] == pictures[1]
    assert not betrays(hidden, pictures[0])
    out = tmp_path / f"all.{form}"
    words = ["heatmap", str(hidden.full), "--out", str(out), "--since", SINCE.isoformat(), "--audience", "restricted"]
    assert main(words) == 0
    assert out.read_bytes() != pictures[0]
    if form == "svg":
        assert betrays(hidden, out.read_bytes())
        assert b"Restricted" in out.read_bytes()


def test_the_pictures_words_for_those_who_do_not_see_it_leave_it_out(hidden: Hidden) -> None:
    register = hidden.made.register
    book = views.for_audience(register.book, PARTNERS)
    then = views.for_audience(register.as_at(SINCE), PARTNERS, register.book)
    assert not betrays(hidden, alt_text(book, then, hidden.made.programme).encode())
    assert heat_map(book, then, hidden.made.programme, note="Restricted") != heat_map(book, then, hidden.made.programme)


@pytest.mark.parametrize("table", [[], ["--csv"]], ids=["text", "csv"])
def test_a_list_for_partners_leaves_it_out_and_one_for_its_keeper_marks_it(
    hidden: Hidden, table: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["list", str(hidden.full), "--all", "--since", SINCE.isoformat(), *table]
    assert main([*words, "--audience", "partners"]) == 0
    told = capsys.readouterr().out
    assert not betrays(hidden, told.encode())
    assert main(words) == 0
    told = capsys.readouterr().out
    (row,) = [line for line in told.splitlines() if CANARY in line]
    assert "Restricted" in row
    if table:
        header, *rows = csv.reader(io.StringIO(told))
        assert {row[header.index("Audience")] for row in rows} == {"Partners", "Restricted"}


# -- what was restricted and is released


@pytest.fixture
def released(made: Made) -> Callable[[], str]:
    """A risk hidden on the day compared with and shown today; gives what the partners' report says of changes."""
    risk = hide(made)
    made.run(edit_risk(made.register.book.get(Risk, risk.id), audience=PARTNERS, title="Released"))

    def told() -> str:
        then = made.register.as_at(date(2026, 5, 1))
        report = board_summary(
            made.register.book, then, made.programme, today=date(2026, 11, 25), since=date(2026, 5, 1)
        )
        bullets = [point.bold + point.text for b in report.blocks if isinstance(b, Bullets) for point in b.points]
        return "\n".join([*bullets, *(block.text for block in report.blocks if isinstance(block, Paragraph))])

    return told


def test_a_released_risk_is_told_as_shown_for_the_first_time_without_the_reason_of_its_score(
    released: Callable[[], str],
) -> None:
    told = released()
    assert "★ New at 15: R-003 Released." in told
    assert "1 is shown for the first time" in told
    assert "was raised" not in told, "it was raised long ago"
    assert f"{CANARY} why" not in told


def test_a_released_risk_that_is_closed_is_not_said_to_have_closed_since(
    released: Callable[[], str], made: Made
) -> None:
    risk = next(item for item in made.register.book.all(Risk) if item.title == "Released")
    made.run(close_risk(risk, reason="Over", on=date(2026, 6, 1)))
    assert "R-003" not in released()


def test_a_restricted_risk_is_hidden_from_a_day_on_which_it_was_not(made: Made) -> None:
    then = made.register.book
    made.run(edit_risk(made.now(), audience=RESTRICTED))
    report = board_summary(then, None, made.programme, marks=made.register.book, today=SINCE)
    summary = next(block.text for block in report.blocks if isinstance(block, Paragraph))
    assert "R-001" not in summary
    assert "1 open risk" in summary


def test_only_the_restricted_report_has_a_header(register: Register) -> None:
    made = made_in(register)
    headers = [board_summary(register.book, None, made.programme, audience=who, today=SINCE).header for who in Audience]
    assert headers == ["", "", "Restricted (Part B)"]
