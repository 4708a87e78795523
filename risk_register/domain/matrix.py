"""The matrix that risks are scored on."""

from dataclasses import dataclass
from typing import ClassVar

from risk_register.domain.ids import new_id
from risk_register.domain.record import Record, line, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Record):
    """Likelihood (rows, from 1) by impact (columns, from 1), with a band for every cell.

    `cells` holds the index of a band for each cell, row by row from likelihood 1, impact 1; so a cell's band need not
    follow from its product (trusts colour L5xC1 and L1xC5 differently). Bands run from the least to the greatest.
    """

    called: ClassVar[str] = "matrix"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("cells", "bands", "colours", "likelihoods", "likelihood_texts", "impacts", "impact_texts"),
    )

    name: str = line("Name", required=True)
    likelihoods: tuple[str, ...] = other("Likelihood")
    likelihood_texts: tuple[str, ...] = other("Likelihood, described")
    impacts: tuple[str, ...] = other("Impact")
    impact_texts: tuple[str, ...] = other("Impact, described")
    bands: tuple[str, ...] = other("Bands")
    colours: tuple[str, ...] = other("Colours")
    cells: tuple[int, ...] = other("Cells")

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    @property
    def highest(self) -> int:
        """The greatest score that the matrix can give."""
        return len(self.likelihoods) * len(self.impacts)

    def band(self, likelihood: int, impact: int) -> int:
        """The index of the band of a cell (both from 1)."""
        return self.cells[(likelihood - 1) * len(self.impacts) + impact - 1]

    def band_name(self, likelihood: int, impact: int) -> str:
        """The name of the band of a cell: `Extreme`."""
        return self.bands[self.band(likelihood, impact)]

    def colour(self, likelihood: int, impact: int) -> str:
        """The colour of a cell as `#rrggbb`."""
        return self.colours[self.band(likelihood, impact)]


def npsa_matrix() -> Matrix:
    """The NHS 5x5: consequence times likelihood, 1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme.

    Source: National Patient Safety Agency, A risk matrix for risk managers, January 2008. The likelihoods are its
    plain words, not its time frames: those suit incidents, not a programme.
    """
    bounds = (3, 6, 12, 25)
    return Matrix(
        id=new_id(),
        name="NPSA 5 x 5",
        likelihoods=("Rare", "Unlikely", "Possible", "Likely", "Almost certain"),
        likelihood_texts=(
            "This will probably never happen",
            "Not expected, but possible",
            "Might happen occasionally",
            "Will probably happen, but is not persistent",
            "Will undoubtedly happen, possibly often",
        ),
        impacts=("Negligible", "Minor", "Moderate", "Major", "Catastrophic"),
        impact_texts=(
            "Insignificant slip in cost or schedule; no or minimal effect on children and young people",
            "Less than 5 % over budget; minor slip; quality of one service reduced",
            "5 to 10 % over budget; slip; a statutory duty missed once; local confidence lost for long",
            "10 to 25 % over budget; key objectives not met; enforcement action or a critical report",
            "More than 25 % over budget; key objectives not met; severely critical report or prosecution",
        ),
        bands=("Low", "Moderate", "High", "Extreme"),
        colours=("#6cb66f", "#f4d35e", "#f0934e", "#cc3d3d"),
        cells=tuple(
            next(band for band, bound in enumerate(bounds) if likelihood * impact <= bound)
            for likelihood in range(1, 6)
            for impact in range(1, 6)
        ),
    )
