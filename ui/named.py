"""Fields that name a person, a board or a category of the programme; a name that is not there yet can be added."""

from uuid import UUID

from risk_register.domain.category import Category
from risk_register.domain.commands.governance import add_board, add_person
from risk_register.domain.commands.programme import add_category
from risk_register.domain.governance import Board, Person
from ui.desk import Desk
from ui.fields import RecordField


def person_field(desk: Desk) -> RecordField:
    """Somebody of the programme."""
    return RecordField(
        desk,
        lambda book: book.where(Person, "programme", desk.programme),
        lambda name: add_person(programme=_programme(desk), name=name),
    )


def board_field(desk: Desk, empty: str = "None") -> RecordField:
    """A board, group or workstream of the programme; `empty` is said where there is none."""
    return RecordField(
        desk,
        lambda book: book.where(Board, "programme", desk.programme),
        lambda name: add_board(programme=_programme(desk), name=name),
        empty,
    )


def category_field(desk: Desk) -> RecordField:
    """A category of the programme's risks."""
    return RecordField(
        desk,
        lambda book: book.where(Category, "programme", desk.programme),
        lambda name: add_category(programme=_programme(desk), name=name),
        "No category",
    )


def _programme(desk: Desk) -> UUID:
    assert desk.programme, "a name is typed only where a record is shown"
    return desk.programme
