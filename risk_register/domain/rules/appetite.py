"""What must hold of appetite: its levels, and the scores of each category."""

from risk_register.domain.appetite import LEVELS
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.errors import Refused
from risk_register.domain.programme import Programme
from risk_register.domain.text import fold


def check_levels(programme: Programme, _book: Book) -> None:
    """Five levels of appetite, each with a name of its own. Raises Refused."""
    words = [fold(word) for word in programme.appetites]
    if len(words) != len(LEVELS) or not all(words) or len(set(words)) < len(words):
        raise Refused(
            f"Appetite has {len(LEVELS)} levels. Give each a name of its own, the most careful first, such as "
            f"{', '.join(LEVELS)}.",
            field="appetites",
            value=programme.appetites,
        )


def check_category(category: Category, _book: Book) -> None:
    """The optimal score is not above the tolerable one. Raises Refused."""
    if category.optimal and category.tolerable and category.optimal > category.tolerable:
        raise Refused(
            f"What is optimal ({category.optimal}) can't be above what is tolerable ({category.tolerable}).",
            field="optimal",
            value=category.optimal,
        )
    if category.optimal and not category.tolerable:
        raise Refused(
            "Give the tolerable score too: above that a risk is outside appetite.", field="tolerable", value=None
        )
