import pytest

from risk_register.domain.importing import Part, drafts, guess, level, ranked
from risk_register.domain.matrix import npsa_matrix

LIKELIHOODS = npsa_matrix().likelihoods


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("4", 4),
        ("4.0", 4),
        ("Likely", 4),
        ("4 - Likely", 4),
        ("4 (likely to happen)", 4),
        ("4: High", 4),
        ("4/5", 4),
        ("4 out of 5", 4),
        ("3 – Moderate.", 3),
        ("almost certain", 5),
        ("VH", 5),
        ("60 %", 4),
        ("0.3", 3),
        ("L", 2),
    ],
)
def test_a_cell_that_says_a_level_is_read(cell: str, meant: int) -> None:
    assert level(cell, LIKELIHOODS) == meant


@pytest.mark.parametrize(
    "cell", ["", "6", "0", "5-10%", "5 - 10", "5 days", "1 in 100", "1/10", "2.5", "3,000", "3 months", "tbc", "4 or 5"]
)
def test_a_cell_that_says_something_else_is_no_level(cell: str) -> None:
    assert level(cell, LIKELIHOODS) is None


HEAD = ["ID", "Risk", "Likelihood", "Impact", "Owner"]


def test_the_sheet_with_risks_comes_before_an_empty_template_of_which_more_is_known() -> None:
    template = [[*HEAD, "Category", "Status", "Mitigation"], ["", "", "", "", "0", "", "", ""]]
    used = [HEAD[:4], ["1", "A partner leaves", "4", "5"], ["2", "Data come late", "3", "3"]]
    legend = [["Likelihood", "Impact"], ["1", "Rare"]]
    sheets = {"Template": template, "Legend": legend, "Used": used}
    assert ranked(sheets, npsa_matrix()) == {"Used": 2, "Template": 0, "Legend": 0}
    assert next(iter(ranked(sheets, npsa_matrix()))) == "Used"
    assert next(iter(ranked({"Legend": legend, "Template": template}, npsa_matrix()))) == "Template"


@pytest.mark.parametrize(
    ("likelihood", "impact", "doubt"),
    [
        ("20%", "", "Row 2: current likelihood “20%” without an impact, so that score is left out."),
        ("", "4", "Row 2: current impact “4” without a likelihood, so that score is left out."),
        ("9", "4", "Row 2: current likelihood “9” is not on the matrix, so that score is left out."),
        ("9", "7", "Row 2: current likelihood “9” and impact “7” are not on the matrix, so that score is left out."),
    ],
)
def test_a_score_that_is_left_out_says_what_is_wrong_with_it(likelihood: str, impact: str, doubt: str) -> None:
    rows = [HEAD, ["1", "A partner leaves", likelihood, impact, ""]]
    assert drafts(rows, guess(rows), npsa_matrix())[0].doubts == (doubt,)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Risk Description & Effect", Part.event),
        ("Open or Closed?", Part.status),
        ("Person/Group Assigned", Part.owner),
        ("Impact risk rating", Part.impact),
        ("Impact (1-5)", Part.impact),
    ],
)
def test_headings_of_other_peoples_registers_are_known(heading: str, part: Part) -> None:
    assert guess([["ID", heading, "Likelihood"], ["1", "x", "3"]]).parts[1] is part


def test_an_impact_told_in_words_beside_one_that_is_scored_is_the_effect() -> None:
    layout = guess([["Event", "Impact", "Probability", "Impact rating"], ["It fails", "Delay", "3", "4"]])
    assert layout.parts == [Part.event, Part.effect, Part.likelihood, Part.impact]
