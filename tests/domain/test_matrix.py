from risk_register.domain.colour import contrast, readable_on
from risk_register.domain.matrix import npsa_matrix


def test_the_npsa_matrix_has_the_bands_of_2008_in_every_cell() -> None:
    matrix = npsa_matrix()
    names = {
        likelihood * impact: matrix.band_name(likelihood, impact)
        for likelihood in range(1, 6)
        for impact in range(1, 6)
    }
    assert {score for score, name in names.items() if name == "Low"} == {1, 2, 3}
    assert {score for score, name in names.items() if name == "Moderate"} == {4, 5, 6}
    assert {score for score, name in names.items() if name == "High"} == {8, 9, 10, 12}
    assert {score for score, name in names.items() if name == "Extreme"} == {15, 16, 20, 25}


def test_text_on_every_band_can_be_read() -> None:
    for colour in npsa_matrix().colours:
        assert contrast(readable_on(colour), colour) >= 4.5, colour


def test_contrast_is_what_the_guidelines_say_it_is() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
