"""What pasted rows mean."""

from datetime import date
from typing import Any

import pytest

from risk_register.domain.action import Action
from risk_register.domain.commands.custom_field import add_field, give_value
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.custom_field import About, FieldType
from risk_register.domain.errors import Refused
from risk_register.domain.pasted import MOST_ROWS, Difference, Pasted, read_pasted, summary
from risk_register.domain.risk import Proximity, Risk
from risk_register.domain.text import short_day
from risk_register.domain.views import shown
from tests.making import RAISED, Made, first_id

COLUMNS = {
    "Ref": "reference",
    "Title": "title",
    "Owner": "owner",
    "Raised": "raised_on",
    "Status": "status",
    "Tags": "tags",
}


def read(made: Made, *rows: str, kind: Any = Risk) -> Pasted:
    """What rows mean, written with | between cells."""
    book = made.register.book

    def text(record: Any, key: str) -> str:
        return short_day(record.raised_on) if key == "raised_on" else shown(book, record, key)

    return read_pasted(book, kind, made.programme, [row.split("|") for row in rows], COLUMNS, text)


def test_each_field_that_differs_is_told_with_what_it_was(made: Made) -> None:
    pasted = read(made, "Ref|Title|Owner|Proximity|Raised", "r-001|ICB is dissolved||Imminent|5-Jan-26")
    (row,) = pasted.rows
    assert row.values == {"title": "ICB is dissolved", "owner": None, "proximity": Proximity.imminent}
    assert list(row.differences) == [
        Difference("R-001", "Title", "ICB reorganisation", "ICB is dissolved"),
        Difference("R-001", "Owner", "Director of Education", ""),
        Difference("R-001", "Proximity", "", "Imminent"),
    ]
    assert not pasted.doubts


def test_what_was_copied_changes_nothing(made: Made) -> None:
    day = short_day(RAISED)
    pasted = read(made, "Ref|Title|Owner|Raised|Status", f"R-001|ICB reorganisation|Director of Education|{day}|Open")
    assert (list(pasted.rows), pasted.same, list(pasted.doubts)) == ([], 1, [])
    assert summary(pasted) == "1 stays as it is."


def test_a_row_without_a_reference_becomes_a_new_record_if_it_has_a_title(made: Made) -> None:
    pasted = read(made, "Ref|Title|Owner", "|A new one|Director of Education", "||Director of Education")
    assert [(row.seen, row.values) for row in pasted.rows] == [(None, {"title": "A new one", "owner": made.owner})]
    assert list(pasted.doubts) == ["Row 3 has neither a reference nor a title, so it is left out."]
    assert summary(pasted) == "1 is new."


def test_unknown_headings_and_references_are_named(made: Made) -> None:
    pasted = read(made, "Ref|Title|Weather|Title", "R-999|Gone|Rain|", "R-001|Changed|Sun|", "R-001|Again|Sun|")
    assert list(pasted.doubts) == [
        "“Weather” is no column of this table, so what stands there is left out.",
        "“Title” stands there twice; only the first of them is taken.",
        "R-999 is not in this register, so its row is left out.",
        "R-001 has two rows; only the first of them is taken.",
    ]
    assert [row.values for row in pasted.rows] == [{"title": "Changed"}]


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Owner", "Nobody Known", "R-001: Owner: “Nobody Known” is no person of this programme. Add it first"),
        ("Raised", "soon", "R-001: Raised: “soon” is no date. Write it as 24/11/2026."),
        ("Proximity", "Later", "R-001: Proximity: “Later” is none of its choices: Imminent, Within 3 months"),
        ("Title", "", "R-001: Title is empty, so it stays as it is."),
        ("Audience", "", "R-001: Audience is empty, so it stays as it is."),
        ("Status", "Closed", "“Status” is not set by pasting: change it in the editor."),
        ("Size", "big", "R-001: Size: “big” is no number. Write it as 45 or 12.5."),
    ],
)
def test_a_value_that_does_not_fit_says_why(made: Made, heading: str, cell: str, told: str) -> None:
    made.run(add_field(programme=made.programme, name="Size", about=About.risks, holds=FieldType.number))
    pasted = read(made, f"Ref|{heading}", f"R-001|{cell}")
    assert [doubt[: len(told)] for doubt in pasted.doubts] == [told]
    assert not pasted.rows


def test_fields_of_the_programmes_own_are_read_as_the_editor_reads_them(made: Made) -> None:
    field = first_id(made.run(add_field(programme=made.programme, name="Size", holds=FieldType.number)))
    made.run(give_value(field=field, text="1250", risk=made.risk))
    assert not read(made, "Ref|Size", "R-001|1,250").rows
    (row,) = read(made, "Ref|Size", "R-001|1,300").rows
    assert list(row.differences) == [Difference("R-001", "Size", "1,250", "1,300")]


def test_other_words_for_a_heading_are_understood_as_in_an_import(made: Made) -> None:
    (row,) = read(made, "Risk ID|Risk owner|Root cause", "R-002|Director of Education|Nobody was asked").rows
    assert row.values == {"owner": made.owner, "cause": "Nobody was asked"}


def test_an_earlier_reference_still_names_the_risk(made: Made) -> None:
    made.run(edit_risk(made.now(), reference="R-050", aliases=("R-001",)))
    (row,) = read(made, "Ref|Title", "R-001|Changed").rows
    assert row.seen == made.now()


def test_rows_without_headings_are_refused_with_what_to_do(made: Made) -> None:
    with pytest.raises(Refused, match="among them “Ref”"):
        read(made, "R-001|ICB")
    with pytest.raises(Refused, match="Import the file instead"):
        read(made, "Ref|Title", *["|x"] * (MOST_ROWS + 1))


def test_actions_are_read_too(made: Made) -> None:
    (row,) = read(made, "Ref|Title|Expected", "A-001|Name a sponsor|1/7/2026", kind=Action).rows
    assert row.values == {"expected": date(2026, 7, 1)}
