"""Programmes and their categories."""

from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.brag import usual_levels
from risk_register.domain.category import ORANGE_BOOK, Category
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.matrix import npsa_matrix
from risk_register.domain.programme import Programme


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
    """Change a programme's name or description."""
    return lambda book: edited(book, seen, values)


def add_category(*, programme: UUID, name: str, description: str = "") -> Command:
    """Add a category of risk."""
    category = new(Category, programme=programme, name=name, description=description)
    return lambda _book: Edit(f"Added category {category.name}", added(category))


def edit_category(seen: Category, **values: Any) -> Command:  # noqa: ANN401
    """Change a category's name or description."""
    return lambda book: edited(book, seen, values)
