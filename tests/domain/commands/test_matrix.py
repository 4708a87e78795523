"""Changing the matrix: one edit, today's bands, and a past that stays."""

from datetime import date
from typing import Any

import pytest

from risk_register.domain import views
from risk_register.domain.change import undo
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.matrix import edit_matrix
from risk_register.domain.commands.risk import rescore
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.matrix import Matrix, spread
from risk_register.domain.presets import PRESETS, resized
from risk_register.domain.record import values
from risk_register.domain.risk import Assessment, AssessmentKind
from tests.making import Made


def matrix_of(made: Made) -> Matrix:
    return views.matrix_of(made.register.book, made.programme)


def changed(matrix: Matrix, **fields: Any) -> dict[str, Any]:
    """The fields of another matrix, and some beside."""
    return {name: value for name, value in values(matrix).items() if name != "id"} | fields


def smaller(made: Made) -> dict[str, Any]:
    return changed(resized(matrix_of(made), 4, 4))


def test_a_cell_of_another_band_bands_todays_scores_anew_and_undo_takes_it_back(made: Made) -> None:
    matrix = matrix_of(made)
    cells = list(matrix.cells)
    cells[3 * 5 + 4] = 0  # likelihood 4, impact 5, where R-001 stands
    edit = made.run(edit_matrix(matrix, cells=tuple(cells)))
    assert edit.label == "Changed the matrix NPSA 5 x 5"
    assert views.band_name(made.register.book, made.now()) == "Low"
    made.run(undo(edit))
    assert views.band_name(made.register.book, made.now()) == "Extreme"


def test_one_that_is_too_small_for_a_score_is_refused_by_the_names_of_the_risks(made: Made) -> None:
    with pytest.raises(Refused, match="R-001 is scored beyond 4 x 4"):
        made.run(edit_matrix(matrix_of(made), **smaller(made)))


def test_scores_can_be_spread_over_the_new_size_and_the_earlier_ones_stay(made: Made) -> None:
    before = made.register.fetch(Assessment, "risk", made.risk)
    edit = made.run(edit_matrix(matrix_of(made), mapped=True, **smaller(made)))
    now = views.score(made.register.book, made.now())
    assert now
    assert (now.cell, now.on) == ((3, 4), before[0].on)
    assert now.why.startswith("The matrix went from 5 x 5 to 4 x 4: 4 x 5 became 3 x 4.")
    assert made.register.fetch(Assessment, "risk", made.risk) == [*before, now]
    assert not list(made.register.problems())
    made.run(undo(edit))
    assert made.register.fetch(Assessment, "risk", made.risk) == before
    assert views.score(made.register.book, made.now()) == before[0]


def test_a_score_of_the_past_that_no_longer_fits_is_banded_by_the_nearest_cell(made: Made) -> None:
    made.run(edit_matrix(matrix_of(made), mapped=True, **smaller(made)))
    assert matrix_of(made).band_name(5, 5) == matrix_of(made).band_name(4, 4)
    assert matrix_of(made).nearest((4, 5)) == (4, 4)


def test_a_change_that_a_colleague_made_first_is_not_overwritten(made: Made) -> None:
    seen = matrix_of(made)
    made.run(edit_matrix(seen, colours=("#111111", *seen.colours[1:])), who="a colleague")
    with pytest.raises(Conflict):
        made.run(edit_matrix(seen, bands=("Green", *seen.bands[1:])))
    with pytest.raises(Unchanged):
        made.run(edit_matrix(matrix_of(made)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"bands": ("Low", "low", "High", "Extreme")}, "Give each band a name of its own"),
        ({"likelihoods": ("Rare", "", "Possible", "Likely", "Sure")}, "Give each likelihood a name"),
        ({"colours": ("red", "#f4d35e", "#f0934e", "#cc3d3d")}, "#rrggbb"),
        ({"cadences": (0, 1, 1, 1)}, "1 to 24 months"),
        ({"cells": (0,) * 24}, "a band for every cell"),
    ],
)
def test_what_is_no_matrix_is_refused(made: Made, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        made.run(edit_matrix(matrix_of(made), **fields))


def test_levels_are_spread_with_the_ends_at_the_ends() -> None:
    assert [spread(level, 5, 4) for level in range(1, 6)] == [1, 2, 3, 3, 4]
    assert [spread(level, 5, 3) for level in range(1, 6)] == [1, 2, 2, 3, 3]
    assert [spread(level, 3, 6) for level in range(1, 4)] == [1, 4, 6]
    assert [spread(level, 5, 5) for level in range(1, 6)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_chosen(made: Made, name: str) -> None:
    preset = PRESETS[name]()
    made.run(edit_matrix(matrix_of(made), mapped=True, **changed(preset, name=name)))
    assert matrix_of(made).size == preset.size
    assert matrix_of(made).name == name


@pytest.mark.parametrize("size", [(3, 3), (3, 6), (6, 6), (5, 4)])
def test_another_size_keeps_words_and_names_what_is_new(made: Made, size: tuple[int, int]) -> None:
    matrix = resized(matrix_of(made), *size)
    assert matrix.size == size
    assert matrix.likelihoods[0] == "Rare"
    assert matrix.impacts[-1] == "Catastrophic"
    made.run(edit_matrix(matrix_of(made), mapped=True, **changed(matrix)))


def test_a_score_that_was_only_spread_has_not_moved_and_one_that_was_made_since_has(made: Made) -> None:
    then = made.register.book
    made.run(edit_matrix(matrix_of(made), mapped=True, **smaller(made)))
    move = views.movement(then, made.register.book, made.now())
    assert (move.direction, move.moved_cell) == (views.Direction.unchanged, False)
    made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=2, impact=4, on=date(2026, 5, 1)))
    move = views.movement(then, made.register.book, made.now())
    assert move.direction is views.Direction.down
    assert move.then
    assert move.then.cell == (3, 4), "as it would stand today"
