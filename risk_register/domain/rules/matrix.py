"""What must hold of a matrix."""

import re

from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.matrix import Matrix
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
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
