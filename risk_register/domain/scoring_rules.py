"""What must hold of matrices, appetites, reviews, escalations and links; `rules` asks them of every edit."""

import re

from risk_register.domain.appetite import LEVELS
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.errors import Refused
from risk_register.domain.escalation import Answer, Escalation
from risk_register.domain.governance import Board
from risk_register.domain.matrix import Matrix
from risk_register.domain.programme import Programme
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.domain.risk_link import RiskLink
from risk_register.domain.text import fold, listed


def check_matrix(matrix: Matrix, book: Book) -> None:
    """Three to six levels a side, a band for every cell, names that differ; and today's scores stand on it. Raises Refused."""
    rows, columns = matrix.size
    whole = (
        3 <= rows <= 6  # noqa: PLR2004
        and 3 <= columns <= 6  # noqa: PLR2004
        and len(matrix.cells) == rows * columns
        and (len(matrix.likelihood_texts), len(matrix.impact_texts)) == (rows, columns)
        and len(matrix.bands) == len(matrix.colours) == len(matrix.months)
        and all(0 <= band < len(matrix.bands) for band in matrix.cells)
    )
    if not whole:
        raise Refused("A matrix has 3 to 6 rows and columns, and a band for every cell.", field="cells")
    for name, what in (("bands", "band"), ("likelihoods", "likelihood"), ("impacts", "impact")):
        words = [fold(word) for word in getattr(matrix, name)]
        if not all(words) or len(set(words)) < len(words):
            raise Refused(f"Give each {what} a name of its own.", field=name, value=getattr(matrix, name))
    if not all(re.fullmatch("#[0-9a-fA-F]{6}", colour) for colour in matrix.colours):
        raise Refused("A colour is written as #rrggbb.", field="colours", value=matrix.colours)
    if not all(1 <= months <= 24 for months in matrix.months):  # noqa: PLR2004
        raise Refused("Risks of each band are reviewed after 1 to 24 months.", field="cadences", value=matrix.cadences)
    _check_scores_fit(matrix, book)


def _check_scores_fit(matrix: Matrix, book: Book) -> None:
    """Today's scores stand on the matrix; those of the past may have been made on a larger one."""
    beyond = [
        risk.reference
        for programme in book.where(Programme, "matrix", matrix.id)
        for risk in book.where(Risk, "programme", programme.id)
        if any(
            scored is not None and not matrix.holds(scored.cell)
            for scored in (book.find(Assessment, getattr(risk, kind.name)) for kind in AssessmentKind)
        )
    ]
    if beyond:
        most = 5
        named = listed([*beyond[:most], *([f"{len(beyond) - most} more"] if len(beyond) > most else [])])
        raise Refused(
            f"{named} {'is' if len(beyond) == 1 else 'are'} scored beyond {matrix.size[0]} x {matrix.size[1]}. "
            "Re-score first, or let today's scores be spread over the new size.",
            field="cells",
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


def check_review(review: Review, book: Book) -> None:
    """A review is made after the risk was raised. Raises Refused."""
    risk = book.get(Risk, review.risk)
    if review.on < risk.raised_on:
        raise Refused(
            f"{risk.reference} was raised on {risk.raised_on:%d/%m/%Y}, so it can't have been reviewed on "
            f"{review.on:%d/%m/%Y}.",
            field="on",
            value=review.on,
        )


def check_escalation(escalation: Escalation, book: Book) -> None:
    """A reason, another board than the one that oversees it, and an answer with its day. Raises Refused."""
    if escalation.to_board == escalation.from_board:
        board = book.get(Board, escalation.to_board)
        raise Refused(f"{board.label} oversees it already. Choose another board.", field="to_board", value=board.id)
    if not escalation.reason:
        raise Refused("Say why; the board that is asked will want to know.", field="reason", value="")
    if (escalation.answer is None) != (escalation.answered_on is None):
        raise Refused("Give the answer and the day on which it was given.", field="answered_on", value=None)
    if escalation.answered_on and escalation.answered_on < escalation.on:
        raise Refused(
            f"It was put to the board on {escalation.on:%d/%m/%Y}, so it can't have been answered on "
            f"{escalation.answered_on:%d/%m/%Y}.",
            field="answered_on",
            value=escalation.answered_on,
        )
    if escalation.answer is Answer.returned and not escalation.words:
        raise Refused("Say why the board returned it.", field="words", value="")


def check_risk_link(link: RiskLink, _book: Book) -> None:
    """A risk bears on another one. Raises Refused."""
    if link.risk == link.affected:
        raise Refused("A risk can't be linked to itself. Choose another.", field="affected", value=link.affected)
