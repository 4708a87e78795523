"""How often something comes round: meetings, readings, reviews."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum


class Cadence(Enum):
    """How often a board meets, or a reading is due."""

    weekly = "Weekly"
    fortnightly = "Fortnightly"
    monthly = "Monthly"
    six_weekly = "Six-weekly"
    two_monthly = "Every two months"
    quarterly = "Quarterly"
    termly = "Termly"
    twice_a_year = "Twice a year"
    yearly = "Yearly"

    def after(self, day: date, *, end_stays: bool = False) -> date:
        """The day one step after another; `end_stays` as in `months_later`."""
        if self in _DAYS:
            return day + timedelta(days=_DAYS[self])
        return months_later(day, _MONTHS[self], end_stays=end_stays)


_DAYS: Mapping[Cadence, int] = {Cadence.weekly: 7, Cadence.fortnightly: 14, Cadence.six_weekly: 42}
_MONTHS: Mapping[Cadence, int] = {
    Cadence.monthly: 1,
    Cadence.two_monthly: 2,
    Cadence.quarterly: 3,
    Cadence.termly: 4,  # a school year has three terms
    Cadence.twice_a_year: 6,
    Cadence.yearly: 12,
}


def months_later(day: date, months: int, *, end_stays: bool = False) -> date:
    """The same day of a later month, or its last day where that is shorter.

    Where the `end_stays`, the last day of a month leads to the last of another: what is counted is told at its end.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if end_stays and is_last else min(day.day, last))
