from dataclasses import replace
from uuid import UUID

import pytest

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.governance import add_board, edit_board
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board
from risk_register.domain.rules.check import check
from risk_register.domain.tree import above, circle, tree
from tests.making import Made, first_id


def board(made: Made, name: str, parent: UUID | None = None) -> Board:
    made_id = first_id(made.run(add_board(programme=made.programme, name=name, parent=parent)))
    return made.register.book.get(Board, made_id)


def circled(book: Book, *boards: Board) -> Book:
    """The book that two merged edits leave, each alone right: every board reports to the next, the last to the first."""
    after = [*boards[1:], boards[0]]
    return book.apply(Change(one, replace(one, parent=other.id)) for one, other in zip(boards, after, strict=True))


def names(book: Book, made: Made) -> list[tuple[str, int]]:
    return [(branch.board.name, branch.depth) for branch in tree(book, made.programme)]


def test_boards_stand_below_the_one_they_report_to_by_name(made: Made) -> None:
    ops = board(made, "Operations Group", made.board)
    board(made, "Workstream B", ops.id)
    board(made, "Workstream A", ops.id)
    board(made, "Audit Committee")
    assert names(made.register.book, made) == [
        ("Audit Committee", 0),
        ("Partnership Board", 0),
        ("Operations Group", 1),
        ("Workstream A", 2),
        ("Workstream B", 2),
    ]
    last = next(item for item in made.register.book.all(Board) if item.name == "Workstream A")
    assert [item.name for item in above(made.register.book, last)] == ["Operations Group", "Partnership Board"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_circle_ends_every_walk_and_each_board_stands_once(made: Made, size: int) -> None:
    boards = [board(made, f"Board {letter}") for letter in "ABC"[:size]]
    below = board(made, "Group below", boards[0].id)
    book = circled(made.register.book, *boards)
    told = names(book, made)
    assert sorted(name for name, _ in told) == sorted(item.name for item in book.all(Board))
    assert circle(book, book.get(Board, boards[0].id))[-1].id == boards[0].id
    assert circle(book, below) == [], "it hangs from a circle, and is in none"
    assert len(above(book, below)) == size


def test_a_board_made_to_report_to_one_below_it_is_refused(made: Made) -> None:
    ops = board(made, "Operations Group", made.board)
    work = board(made, "Workstream", ops.id)
    top = made.register.book.get(Board, made.board)
    for under in (top, ops, work):
        with pytest.raises(Refused, match="SENDB would report to itself") as told:
            made.run(edit_board(top, parent=under.id))
        assert told.value.field == "parent"


def test_what_merging_made_a_circle_can_still_be_edited_and_is_mended_by_moving_one(made: Made) -> None:
    one, other = board(made, "One"), board(made, "Other")
    book = circled(made.register.book, one, other)
    now = book.get(Board, one.id)
    for fresh in (replace(now, purpose="To lead"), replace(now, parent=None)):
        edit = Edit("Changed", (Change(now, fresh),))
        check(edit, book.apply(edit.changes))
