"""Matrices to start from."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from risk_register.domain.matrix import Matrix, banded, npsa_matrix, spread


def _christie() -> Matrix:
    return replace(npsa_matrix(), name="5 x 5, moderate to 9", cells=banded((3, 9, 14, 25), 5, 5))


def _catastrophes() -> Matrix:
    matrix = npsa_matrix()
    cells = list(matrix.cells)
    cells[4] = 2  # likelihood 1, impact 5
    return replace(matrix, name="5 x 5, rare catastrophes high", cells=tuple(cells))


def _smaller(levels: int, bounds: tuple[int, ...]) -> Matrix:
    matrix = npsa_matrix()
    return replace(resized(matrix, levels, levels), name=f"{levels} x {levels}", cells=banded(bounds, levels, levels))


PRESETS: Mapping[str, Callable[[], Matrix]] = {
    "NPSA 5 x 5 (1-3, 4-6, 8-12, 15-25)": npsa_matrix,
    "5 x 5, moderate to 9 (1-3, 4-9, 10-14, 15-25)": _christie,
    "5 x 5, rare catastrophes high": _catastrophes,
    "4 x 4 (1-2, 3-4, 6-9, 12-16)": lambda: _smaller(4, (2, 4, 9, 16)),
    "3 x 3 (1, 2, 3-4, 6-9)": lambda: _smaller(3, (1, 2, 4, 9)),
}
"""Trusts differ: one grades 4-9 moderate and 10-14 high, another colours likelihood 1 by impact 5 above 5 by 1."""


def resized(matrix: Matrix, rows: int, columns: int) -> Matrix:
    """A matrix in another size: words and bands of each level are those of the level that it stands for."""
    likelihoods, likelihood_texts = _resized(matrix.likelihoods, matrix.likelihood_texts, rows)
    impacts, impact_texts = _resized(matrix.impacts, matrix.impact_texts, columns)
    before = matrix.size
    cells = tuple(
        matrix.band(spread(row, rows, before[0]), spread(column, columns, before[1]))
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    )
    return replace(
        matrix,
        likelihoods=likelihoods,
        likelihood_texts=likelihood_texts,
        impacts=impacts,
        impact_texts=impact_texts,
        cells=cells,
    )


def _resized(names: tuple[str, ...], texts: tuple[str, ...], levels: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    stands = [spread(level, levels, len(names)) - 1 for level in range(1, levels + 1)]
    words = [names[old] if old not in stands[:place] else "" for place, old in enumerate(stands)]
    return (
        tuple(word or f"Level {place}" for place, word in enumerate(words, start=1)),
        tuple(texts[old] if word else "" for word, old in zip(words, stands, strict=True)),
    )
