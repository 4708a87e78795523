import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from risk_register.domain import standing, views
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.commands.governance import edit_board
from risk_register.domain.commands.importing import import_risks
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.conflict import OpenConflict, Side
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board
from risk_register.domain.importing import Draft, Part
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Risk
from risk_register.domain.text import short_day
from risk_register.reports.board_summary import CHANGED, TOP, board_summary
from risk_register.reports.content import Block, Bullets, Figure, Heading, Paragraph, Report, Table
from risk_register.store.register import Register
from tests.making import Made

TODAY = date.today()
SINCE = TODAY - timedelta(days=61)


def seen(register: Register) -> Book:
    """What the report's usual readers, the partners, may see."""
    return views.for_audience(register.book, Audience.partners)


@pytest.fixture
def report(sample: Register) -> Report:
    programme = next(iter(sample.book.all(Programme))).id
    return board_summary(sample.book, sample.as_at(SINCE), programme, today=TODAY, since=SINCE, author="PMO")


def table(report: Report, heading: str) -> Table:
    return next(block for block in after(report, heading) if isinstance(block, Table))


def after(report: Report, heading: str) -> list[Block]:
    blocks = list(report.blocks)
    start = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    return blocks[start + 1 :]


def test_it_answers_a_boards_questions_in_order(report: Report) -> None:
    assert [block.text for block in report.blocks if isinstance(block, Heading)] == [
        "Summary",
        "Decisions asked",
        "Heat map",
        "What changed",
        "Top risks",
        "Outside target",
        "Overdue actions",
    ]


def test_it_says_which_programme_for_whom_when_and_as_at_which_day(report: Report) -> None:
    assert report.subtitle == "Southend SEND Area Partnership improvement programme"
    day = short_day(TODAY)
    assert list(report.facts) == [
        ("For", "All boards"),
        ("Audience", "Partners"),
        ("Date", day),
        ("Compared with", short_day(SINCE)),
    ]


def test_it_says_as_at_which_day_where_that_is_not_the_day_of_writing(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    report = board_summary(sample.as_at(SINCE), None, programme, today=SINCE, written=TODAY, marks=sample.book)
    assert list(report.facts)[2:] == [("Date", short_day(TODAY)), ("As at", short_day(SINCE))]


def test_the_summary_is_reckoned_from_the_facts(report: Report, sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    summary = next(block for block in report.blocks if isinstance(block, Paragraph)).text
    live = views.live_risks(seen(sample), programme)
    assert f"{len(live)} open risks" in summary
    assert f"{len(views.late_actions(seen(sample), programme, TODAY))} actions are overdue" in summary
    assert live[0].title in summary
    beyond = [risk for risk in live if standing.outside_appetite(seen(sample), risk)]
    assert beyond
    assert f"{len(beyond)} risks are outside appetite" in summary


def test_top_risks_have_then_and_now_an_arrow_and_a_word_and_the_next_action(report: Report) -> None:
    top = table(report, "Top risks")
    assert len(top.rows) == TOP
    scores = [int(row[1].bold.split()[0]) for row in top.rows]
    assert scores == sorted(scores, reverse=True)
    for row in top.rows:
        assert re.fullmatch(r"([▲▼] (Up|Down) from \d+ \w+|► Unchanged at \d+|★ New)(, outside appetite)?", row[1].text)
        assert row[0].text.startswith("Because ")
        assert "Owner: " in row[0].text
        assert re.fullmatch(r"A-\d{3}: .+|None is open", row[2].text)


def test_what_is_outside_its_target_soon_is_named_and_the_rest_counted(report: Report, sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    book = seen(sample)
    outside = [risk for risk in views.live_risks(book, programme) if views.outside_target(book, risk)]
    told, rest = after(report, "Outside target")[:2]
    assert isinstance(told, Bullets)
    assert isinstance(rest, Paragraph)
    counted = int(rest.text.split()[2])
    assert len(told.points) + counted == len(outside)
    assert {point.bold for point in told.points} <= {risk.reference for risk in outside}


def test_overdue_actions_come_with_owner_and_barrier_and_none_is_left_unnamed(report: Report, sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    late = views.late_actions(seen(sample), programme, TODAY)
    told, rest = after(report, "Overdue actions")[:2]
    assert isinstance(told, Bullets)
    assert isinstance(rest, Paragraph)
    words = " ".join(point.bold + point.text for point in told.points) + rest.text
    assert all(action.reference in words for action in late)
    assert told.points[0].bold == f"{late[0].reference}, {late[0].days_late(TODAY)} days late:"
    assert late[0].barrier in told.points[0].text


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


def test_more_changes_than_a_page_bears_are_counted(made: Made) -> None:
    drafts = [Draft(number, {Part.title: f"Risk {number}"}, {"current": (1 + number % 5, 3)}) for number in range(60)]
    made.run(import_risks(programme=made.programme, drafts=drafts, source="x.xlsx", on=TODAY))
    report = board_summary(made.register.book, made.register.as_at(SINCE), made.programme, today=TODAY, since=SINCE)
    told, rest = after(report, "What changed")[:2]
    assert isinstance(told, Bullets)
    assert isinstance(rest, Paragraph)
    assert len(told.points) == CHANGED
    assert "★ New at 15" in told.points[0].bold, "the highest first"
    assert rest.text == f"Not told one by one: {60 - CHANGED} new."


def test_a_day_to_compare_with_after_that_of_the_report_is_refused(made: Made) -> None:
    book = made.register.book
    with pytest.raises(Refused, match="after the day of the report"):
        board_summary(book, book, made.programme, today=SINCE, since=SINCE + timedelta(days=1))


def test_what_is_disputed_is_said_below_the_first_paragraph_to_those_who_may_see_it(made: Made) -> None:
    risk = made.now()
    said = datetime(2026, 3, 2, tzinfo=UTC)
    beside = replace(risk, title="Another")
    sides = Side(risk.title, risk, "Ann", said), Side("Another", beside, "Ben", said)
    conflict = OpenConflict(Risk, risk.id, risk.reference, "title", (), *sides)

    def blocks(conflicts: list[OpenConflict]) -> list[Any]:
        report = board_summary(made.register.book, None, made.programme, today=TODAY, conflicts=conflicts)
        return after(report, "Summary")

    plain, warned = blocks([]), blocks([conflict])
    assert warned[1] == Paragraph("1 conflict waits to be settled: R-001 title. What stands is shown.")
    assert [*warned[:1], *warned[2:]] == plain
    made.run(edit_risk(risk, audience=Audience.restricted))
    assert not any("conflict" in getattr(block, "text", "") for block in blocks([conflict])), "not for partners' eyes"
