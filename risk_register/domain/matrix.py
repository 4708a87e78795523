"""The matrix that risks are scored on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from risk_register.domain.ids import new_id
from risk_register.domain.npsa import IMPACTS, LIKELIHOODS
from risk_register.domain.record import Record, line, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Record):
    """Likelihood (rows, from 1) by impact (columns, from 1), with a band for every cell.

    `cells` holds the index of a band for each cell, row by row from likelihood 1, impact 1; so a cell's band need not
    follow from its product (trusts colour L5xC1 and L1xC5 differently). Bands run from the least to the greatest;
    `cadences` says after how many months a risk of each is to be reviewed again (none given: as is usual).
    """

    called: ClassVar[str] = "matrix"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("cells", "bands", "colours", "cadences", "likelihoods", "likelihood_texts", "impacts", "impact_texts"),
    )

    name: str = line("Name", required=True)
    likelihoods: tuple[str, ...] = other("Likelihood")
    likelihood_texts: tuple[str, ...] = other("Likelihood, described")
    impacts: tuple[str, ...] = other("Impact")
    impact_texts: tuple[str, ...] = other("Impact, described")
    bands: tuple[str, ...] = other("Bands")
    colours: tuple[str, ...] = other("Colours")
    cells: tuple[int, ...] = other("Cells")
    cadences: tuple[int, ...] = other("Months between reviews", ())

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    @property
    def highest(self) -> int:
        """The greatest score that the matrix can give."""
        return len(self.likelihoods) * len(self.impacts)

    @property
    def size(self) -> tuple[int, int]:
        """How many likelihoods and how many impacts there are."""
        return len(self.likelihoods), len(self.impacts)

    @property
    def months(self) -> tuple[int, ...]:
        """After how many months a risk of each band is to be reviewed again."""
        return self.cadences or usual_months(len(self.bands))

    def holds(self, cell: tuple[int, int]) -> bool:
        """Whether there is such a cell."""
        return 1 <= cell[0] <= len(self.likelihoods) and 1 <= cell[1] <= len(self.impacts)

    def nearest(self, cell: tuple[int, int]) -> tuple[int, int]:
        """That cell, or where a score was made on a larger matrix the one nearest to it."""
        return min(cell[0], len(self.likelihoods)), min(cell[1], len(self.impacts))

    def mapped(self, cell: tuple[int, int], before: "Matrix") -> tuple[int, int]:
        """The cell that stands for one of a matrix of another size."""
        (rows, columns), (own_rows, own_columns) = before.size, self.size
        return spread(cell[0], rows, own_rows), spread(cell[1], columns, own_columns)

    def band(self, likelihood: int, impact: int) -> int:
        """The index of the band of a cell (both from 1)."""
        row, column = self.nearest((likelihood, impact))
        return self.cells[(row - 1) * len(self.impacts) + column - 1]

    def band_name(self, likelihood: int, impact: int) -> str:
        """The name of the band of a cell: `Extreme`."""
        return self.bands[self.band(likelihood, impact)]

    def colour(self, likelihood: int, impact: int) -> str:
        """The colour of a cell as `#rrggbb`."""
        return self.colours[self.band(likelihood, impact)]


USUAL_MONTHS = (1, 3, 6, 12)
"""Between reviews, from the greatest band down: monthly, quarterly, half-yearly, yearly; so all that are below."""


def usual_months(bands: int) -> tuple[int, ...]:
    """After how many months a risk of each of so many bands is usually reviewed again."""
    return tuple(USUAL_MONTHS[min(bands - 1 - band, len(USUAL_MONTHS) - 1)] for band in range(bands))


def spread(level: int, before: int, after: int) -> int:
    """The level of a scale of `after` levels that stands for one of `before`: the ends stay ends, half goes up."""
    return level if before == after else ((level - 1) * (after - 1) * 2 + before - 1) // (2 * (before - 1)) + 1


def banded(bounds: Sequence[int], rows: int, columns: int) -> tuple[int, ...]:
    """Cells whose band follows from their product: the first whose bound is not passed, else the last."""
    return tuple(
        next((band for band, bound in enumerate(bounds) if row * column <= bound), len(bounds) - 1)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    )


def npsa_matrix() -> Matrix:
    """The NHS 5x5: consequence times likelihood, 1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme.

    Source: National Patient Safety Agency, A risk matrix for risk managers, January 2008. The likelihoods are its
    plain words, not its time frames: those suit incidents, not a programme.
    """
    return Matrix(
        id=new_id(),
        name="NPSA 5 x 5",
        likelihoods=("Rare", "Unlikely", "Possible", "Likely", "Almost certain"),
        likelihood_texts=LIKELIHOODS["In words"],
        impacts=("Negligible", "Minor", "Moderate", "Major", "Catastrophic"),
        impact_texts=IMPACTS["Programmes and objectives"],
        bands=("Low", "Moderate", "High", "Extreme"),
        colours=("#6cb66f", "#f4d35e", "#f0934e", "#cc3d3d"),
        cells=banded((3, 6, 12, 25), 5, 5),
        cadences=usual_months(4),
    )
