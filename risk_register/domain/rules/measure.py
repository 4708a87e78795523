"""What must hold of measures."""

from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.measure import Measure


def check_measure(measure: Measure, _book: Book) -> None:
    """A target is for a day after the baseline's. Raises Refused."""
    begins, ends = measure.baseline_on, measure.target_on
    if begins and ends and ends <= begins:
        raise Refused(
            f"The target of “{measure.name:.60}” would be for {ends:%d/%m/%Y}, not after its baseline of {begins:%d/%m/%Y}. "
            "Give a later day.",
            field="target_on",
            value=ends,
        )
