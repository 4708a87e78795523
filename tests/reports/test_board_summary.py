from datetime import date, timedelta

import pytest

from risk_register.domain import views
from risk_register.domain.commands.governance import edit_board
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.governance import Board
from risk_register.domain.programme import Programme
from risk_register.reports.board_summary import TOP, board_summary
from risk_register.reports.content import Bullets, Figure, Heading, Paragraph, Report, Table
from risk_register.store.register import Register

TODAY = date.today()
SINCE = TODAY - timedelta(days=61)


@pytest.fixture
def report(sample: Register) -> Report:
    programme = next(iter(sample.book.all(Programme))).id
    return board_summary(sample.book, sample.as_at(SINCE), programme, today=TODAY, since=SINCE, author="PMO")


def table(report: Report, heading: str) -> Table:
    blocks = list(report.blocks)
    start = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    return next(block for block in blocks[start:] if isinstance(block, Table))


def test_it_answers_a_boards_questions_in_order(report: Report) -> None:
    assert [block.text for block in report.blocks if isinstance(block, Heading)] == [
        "Summary",
        "Decisions asked",
        "Heat map",
        "Top risks",
        "What changed",
        "Outside target",
        "Overdue actions",
        "How risks are scored",
    ]


def test_the_summary_is_reckoned_from_the_facts(report: Report, sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    summary = next(block for block in report.blocks if isinstance(block, Paragraph)).text
    live = views.live_risks(sample.book, programme)
    assert f"{len(live)} open risks" in summary
    assert f"{len(views.late_actions(sample.book, programme, TODAY))} actions are overdue" in summary
    assert live[0].title in summary


def test_top_risks_have_then_and_now_an_arrow_and_a_word_and_the_next_action(report: Report) -> None:
    top = table(report, "Top risks")
    assert len(top.rows) == TOP
    scores = [int(row[1].text.split()[0]) for row in top.rows]
    assert scores == sorted(scores, reverse=True)
    for row in top.rows:
        arrow, words = row[2].text.split(" ", 1)
        assert arrow in "▲▼►★●■↺–"
        assert words.isascii()
        assert words.startswith("New") or words.split()[-1].isdigit() or words.split()[-2].isdigit(), "the score then"
        assert "Owner: " in row[0].text
        assert row[3].text


def test_what_changed_says_why(report: Report) -> None:
    changed = next(block for block in report.blocks if isinstance(block, Bullets))
    assert changed.points
    assert all(point.bold.split(" ")[1].rstrip(":") for point in changed.points)
    assert sum(point.text.rstrip().endswith(".") for point in changed.points) == len(changed.points)


def test_decisions_are_those_of_the_board_it_is_for(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    board = next(item for item in sample.book.all(Board) if item.short == "HWBB")
    report = board_summary(sample.book, None, programme, board=board.id, today=TODAY)
    assert ("For", board.name) in report.facts
    assert {row[2].text for row in table(report, "Decisions asked").rows} == {"HWBB"}


def test_a_report_of_the_past_is_a_report_of_the_register_as_it_stood(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    before = board_summary(sample.as_at(SINCE), None, programme, today=SINCE)
    board = next(iter(sample.book.all(Board)))
    sample.run(edit_board(board, purpose="changed today"))
    after = board_summary(sample.as_at(SINCE), None, programme, today=SINCE)
    assert [block for block in before.blocks if not isinstance(block, Figure)] == [
        block for block in after.blocks if not isinstance(block, Figure)
    ]


def test_an_empty_register_gives_a_report_that_says_so(register: Register) -> None:
    register.run(add_programme(name="Empty"))
    programme = next(iter(register.book.all(Programme))).id
    report = board_summary(register.book, None, programme, today=TODAY)
    texts = [block.text for block in report.blocks if isinstance(block, Paragraph)]
    assert "The register holds no open risk." in texts
