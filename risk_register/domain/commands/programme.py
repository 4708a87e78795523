"""Programmes and their categories."""

from typing import Any
from uuid import UUID

from risk_register.domain.appetite import suggested
from risk_register.domain.book import Book
from risk_register.domain.brag import usual_levels
from risk_register.domain.category import ORANGE_BOOK, Category
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.matrix import npsa_matrix
from risk_register.domain.programme import Programme
from risk_register.domain.views import matrix_of


def add_programme(*, name: str, description: str = "") -> Command:
    """Begin a programme, with the NPSA matrix and the Orange Book's categories to start from."""
    matrix = npsa_matrix()
    programme = new(Programme, name=name, description=description, matrix=matrix.id)
    categories = [
        new(Category, programme=programme.id, name=key, description=text) for key, text in ORANGE_BOOK.items()
    ]
    levels = usual_levels(programme.id)

    def command(_book: Book) -> Edit:
        return Edit(f"Began {programme.name}", added(programme, matrix, *categories, *levels))

    return command


def edit_programme(seen: Programme, **values: Any) -> Command:  # noqa: ANN401
    """Change a programme's name or description, or what it calls the levels of appetite."""
    return lambda book: edited(book, seen, values)


def add_category(*, programme: UUID, name: str, description: str = "") -> Command:
    """Add a category of risk."""
    category = new(Category, programme=programme, name=name, description=description)
    return lambda _book: Edit(f"Added category {category.name}", added(category))


def edit_category(seen: Category, **values: Any) -> Command:  # noqa: ANN401
    """Change a category: its name, its description, its appetite.

    Who gives a level to one without scores, or with those of its former level, gets the scores that are usual for the
    new one, to be adjusted.
    """

    def command(book: Book) -> Edit:
        given = dict(values)
        level = values.get("appetite")
        if level:
            highest = matrix_of(book, seen.programme).highest
            scores = tuple(values.get(name, getattr(seen, name)) for name in ("optimal", "tolerable"))
            if not any(scores) or (seen.appetite and scores == suggested(seen.appetite, highest)):
                given |= dict(zip(("optimal", "tolerable"), suggested(level, highest), strict=True))
        return edited(book, seen, given)

    return command
