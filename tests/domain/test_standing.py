"""Where risks stand: against appetite, in their calendar of reviews, between boards, and before each step."""

from dataclasses import replace
from datetime import date

import pytest

from risk_register.domain import standing
from risk_register.domain.appetite import Appetite
from risk_register.domain.cadence import months_later
from risk_register.domain.category import Category
from risk_register.domain.commands.governance import add_board
from risk_register.domain.commands.programme import edit_category, edit_programme
from risk_register.domain.commands.review import note_review
from risk_register.domain.commands.risk import close_risk, edit_risk, rescore
from risk_register.domain.errors import Refused
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskKind, RiskStatus
from tests.making import SCORED, TODAY, Made, first_id


def categorised(made: Made, tolerable: int = 10, optimal: int | None = 6) -> Category:
    """Put the risk into a category with that appetite."""
    category = next(item for item in made.register.book.all(Category) if item.name == "Governance")
    made.run(edit_category(category, optimal=optimal, tolerable=tolerable))
    made.run(edit_risk(made.now(), category=category.id))
    return made.register.book.get(Category, category.id)


def scored(made: Made, likelihood: int, impact: int, on: date) -> None:
    made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=likelihood, impact=impact, on=on))


def since(made: Made) -> date | None:
    return standing.outside_since(
        made.register.book, made.now(), made.register.fetch(Assessment, "risk", made.now().id)
    )


def test_a_threat_above_the_tolerable_score_is_outside_appetite(made: Made) -> None:
    categorised(made, tolerable=19)
    assert standing.outside_appetite(made.register.book, made.now())
    scored(made, 4, 4, date(2026, 3, 2))
    assert not standing.outside_appetite(made.register.book, made.now())
    assert standing.above_optimal(made.register.book, made.now())
    assert standing.standing_words(made.register.book, made.now(), None, TODAY) == "Above optimal"
    scored(made, 2, 3, date(2026, 3, 9))
    assert standing.standing_words(made.register.book, made.now(), None, TODAY) == "Within"


def test_an_opportunity_a_closed_risk_and_one_without_appetite_are_not(made: Made) -> None:
    assert not standing.outside_appetite(made.register.book, made.now()), "no category"
    categorised(made)
    made.run(edit_risk(made.now(), kind=RiskKind.opportunity))
    assert not standing.outside_appetite(made.register.book, made.now())
    made.run(edit_risk(made.now(), kind=RiskKind.threat))
    made.run(close_risk(made.now(), reason="Over", on=TODAY))
    assert not standing.outside_appetite(made.register.book, made.now())


def test_it_is_outside_since_the_first_score_above_without_a_break(made: Made) -> None:
    categorised(made, tolerable=10)
    assert since(made) == SCORED
    for likelihood, on in ((4, date(2026, 3, 1)), (2, date(2026, 4, 1)), (3, date(2026, 5, 1)), (5, date(2026, 6, 1))):
        scored(made, likelihood, 5, on)
    assert since(made) == date(2026, 5, 1)
    words = standing.standing_words(made.register.book, made.now(), since(made), date(2026, 5, 31))
    assert words == "Outside, 30 days"
    scored(made, 2, 5, date(2026, 7, 1))
    assert since(made) is None


def test_a_level_brings_its_usual_scores_to_a_category_without_any(made: Made) -> None:
    category = next(item for item in made.register.book.all(Category) if item.name == "Legal")
    made.run(edit_category(category, appetite=Appetite.cautious))
    category = made.register.book.get(Category, category.id)
    assert (category.optimal, category.tolerable) == (6, 10)
    made.run(edit_category(category, appetite=Appetite.eager))
    category = made.register.book.get(Category, category.id)
    assert (category.optimal, category.tolerable) == (12, 16), "those of the former level give way"
    made.run(edit_category(category, optimal=7, tolerable=10))
    category = made.register.book.get(Category, category.id)
    made.run(edit_category(category, appetite=Appetite.averse))
    now = made.register.book.get(Category, category.id)
    assert (now.optimal, now.tolerable) == (7, 10), "one's own stay"
    assert standing.appetite_words(made.register.book, now) == "Averse (optimal up to 7, tolerable up to 10)"


def test_levels_of_appetite_can_be_called_otherwise_but_are_five(made: Made) -> None:
    programme = made.register.book.get(Programme, made.programme)
    with pytest.raises(Refused, match="5 levels"):
        made.run(edit_programme(programme, appetites=("Low", "High")))
    with pytest.raises(Refused, match="name of its own"):
        made.run(edit_programme(programme, appetites=("Low", "low", "Cautious", "Open", "Hungry")))
    made.run(edit_programme(programme, appetites=("None", "Low", "Moderate", "High", "Hungry")))
    assert made.register.book.get(Programme, made.programme).level(Appetite.eager) == "Hungry"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"optimal": 12, "tolerable": 10}, "can't be above"), ({"optimal": 5}, "tolerable score too")],
)
def test_appetite_that_makes_no_sense_is_refused(made: Made, values: dict[str, int], sentence: str) -> None:
    category = next(iter(made.register.book.all(Category)))
    with pytest.raises(Refused, match=sentence):
        made.run(edit_category(category, **values))


def test_a_review_is_due_by_the_band_from_whatever_looked_at_the_risk_last(made: Made) -> None:
    assert standing.review_due(made.register.book, made.now()) == date(2026, 3, 2), "extreme: monthly"
    assert standing.review_overdue(made.register.book, made.now(), date(2026, 3, 3))
    assert not standing.review_overdue(made.register.book, made.now(), date(2026, 3, 2))
    late = standing.overdue_reviews(made.register.book, made.register.book.all(Risk), date(2026, 3, 3))
    assert late == [(made.now(), date(2026, 3, 2))]
    made.run(note_review(made.now(), on=date(2026, 3, 31), note="Nothing new"))
    assert standing.review_due(made.register.book, made.now()) == date(2026, 4, 30), "the month is shorter"
    scored(made, 3, 4, date(2026, 4, 20))
    assert standing.review_due(made.register.book, made.now()) == date(2026, 7, 20), "high: quarterly"


def test_what_is_not_scored_or_not_watched_is_not_due(made: Made) -> None:
    other = made.register.book.get(Risk, made.other)
    assert standing.review_due(made.register.book, other) is None
    made.run(close_risk(made.now(), reason="Over", on=TODAY))
    assert not standing.overdue_reviews(made.register.book, made.register.book.all(Risk), TODAY)


def test_months_end_where_they_end() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 15), 12) == date(2027, 12, 15)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_the_way_between_boards_is_told_by_the_tree(made: Made) -> None:
    below = first_id(made.run(add_board(programme=made.programme, name="Operations", parent=made.board)))
    group = first_id(made.run(add_board(programme=made.programme, name="Workstream", parent=below)))
    aside = first_id(made.run(add_board(programme=made.programme, name="Aside")))
    book = made.register.book
    assert standing.way(book, group, made.board) == "up"
    assert standing.way(book, made.board, group) == "down"
    assert standing.way(book, group, aside) == "across"
    assert standing.way(book, None, aside) == "across"


def test_each_step_says_beforehand_what_it_lacks(made: Made) -> None:
    draft = replace(made.now(), status=RiskStatus.draft, event="", owner=None)
    assert [(step.verb, step.lacks) for step in standing.steps(draft)] == [
        ("Open", ("its event", "an owner")),
        ("It has happened", ()),
        ("Close", ()),
    ]
    assert [step.verb for step in standing.steps(made.now())] == ["It has happened", "Close"]
    assert [step.verb for step in standing.steps(replace(made.now(), status=RiskStatus.closed))] == ["Reopen"]
    happened = replace(made.now(), status=RiskStatus.materialised)
    assert [step.verb for step in standing.steps(happened)] == ["Reopen", "Close"]
