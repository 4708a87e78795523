from datetime import date

import pytest

from risk_register.domain.change import undo
from risk_register.domain.commands.review import note_review, review_all
from risk_register.domain.commands.risk import close_risk
from risk_register.domain.errors import Refused
from risk_register.domain.review import Review
from risk_register.domain.risk import Risk
from tests.making import TODAY, Made


def test_a_review_is_kept_beside_the_earlier_ones_and_in_history(made: Made) -> None:
    made.run(note_review(made.now(), on=date(2026, 3, 2), note="Nothing new"))
    edit = made.run(note_review(made.now(), on=date(2026, 4, 2), note="Still so", where="SENDB"))
    assert edit.label == "Reviewed R-001, no change"
    assert (edit.why, edit.where) == ("Still so", "SENDB")
    assert [item.note for item in made.register.fetch(Review, "risk", made.risk)] == ["Nothing new", "Still so"]


def test_one_found_later_but_made_earlier_only_joins_the_history(made: Made) -> None:
    made.run(note_review(made.now(), on=date(2026, 4, 2)))
    latest = made.now().reviewed
    made.run(note_review(made.now(), on=date(2026, 3, 2)))
    assert made.now().reviewed == latest


def test_undo_of_the_latest_uncovers_the_latest_that_is_left(made: Made) -> None:
    made.run(note_review(made.now(), on=date(2026, 2, 10)))
    last = made.run(note_review(made.now(), on=date(2026, 4, 2)))
    made.run(note_review(made.now(), on=date(2026, 3, 2), note="Found in the minutes"))
    made.run(undo(last))
    review = made.register.book.find(Review, made.now().reviewed)
    assert review
    assert review.note == "Found in the minutes"


def test_what_is_closed_is_not_reviewed_and_no_day_before_it_was_raised_or_to_come(made: Made) -> None:
    with pytest.raises(Refused, match="raised on"):
        made.run(note_review(made.now(), on=date(2025, 12, 1)))
    with pytest.raises(Refused, match="still to come"):
        made.run(note_review(made.now(), on=date(2099, 12, 1)))
    made.run(close_risk(made.now(), reason="Over", on=TODAY))
    with pytest.raises(Refused, match="is closed, so it is not reviewed"):
        made.run(note_review(made.now(), on=date(2026, 3, 2)))


def test_several_are_reviewed_in_one_edit_and_one_that_is_closed_is_named(made: Made) -> None:
    seen = [made.register.book.get(Risk, id) for id in (made.risk, made.other)]
    made.run(note_review(made.now(), on=TODAY), who="Pat")
    edit = made.run(review_all(seen, on=TODAY, note="No news"))
    assert (edit.label, edit.why) == ("Reviewed 1 risk, no change", "No news")
    assert [(item.id, item.who) for item in edit.stale] == [(made.risk, "Pat")]
    made.run(close_risk(made.register.book.get(Risk, made.other), reason="Past", on=TODAY))
    with pytest.raises(Refused, match="R-002 is closed"):
        made.run(review_all([made.register.book.get(Risk, id) for id in (made.risk, made.other)], on=TODAY))
