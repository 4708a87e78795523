import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from risk_register.domain.change import undo
from risk_register.domain.commands.importing import import_risks
from risk_register.domain.errors import Refused, Unreachable
from risk_register.domain.importing import Part, drafts, guess
from risk_register.domain.matrix import npsa_matrix
from risk_register.domain.risk import Risk
from risk_register.exchange.workbook import read_workbook
from tests.making import Made

REGISTERS = Path(__file__).parents[3] / "shared" / "registers"


EXCEL_MOMENT = datetime(2026, 3, 4, 9)  # noqa: DTZ001  Excel knows no zones


def workbook(path: Path, rows: list[list[object]], name: str = "Risks") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_cells_come_as_text_dates_in_iso_and_whole_numbers_without_a_point(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        [
            ["ID", "Risk", "Raised", "L"],
            ["1", "a b", EXCEL_MOMENT, 3.0],
            [2, None, date(2026, 1, 2), 4],
        ],
    )
    assert read_workbook(path) == {
        "Risks": [["ID", "Risk", "Raised", "L"], ["1", "a b", "2026-03-04", "3"], ["2", "", "2026-01-02", "4"]]
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_any_usual_encoding_and_separator_is_read(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(f"ID{mark}Risk{mark}Likelihood\n1{mark}Café closes{mark}3\n2{mark}Other{mark}4\n".encode(encoding))
    assert read_workbook(path)["r"][1] == ["1", "Café closes", "3"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.xlsx", b"| a | b |\n|---|---|\n", "text file"),
        ("old.xls", b"\xd0\xcf\x11\xe0rest", "password"),
        ("cut.xlsx", b"PK\x03\x04rest", "not a workbook"),
        ("blob.csv", b"a\0b\0c", "not text"),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused, match=words):
        read_workbook(path)


def test_a_file_that_is_gone_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        read_workbook(tmp_path / "gone.xlsx")


def test_a_workbook_that_unpacks_beyond_reason_is_refused_unread(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(out.getvalue())
    with pytest.raises(Refused, match="unpacks to"):
        read_workbook(path)


def test_entities_in_a_workbooks_xml_are_not_expanded(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [["ID", "Risk"], [1, "x"]])
    out = io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, bomb + data if name.startswith("xl/worksheets") else data)
    path.write_bytes(out.getvalue())
    with pytest.raises(Refused):
        read_workbook(path)


def test_an_import_is_one_edit_that_one_undo_takes_back(made: Made, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        [
            ["Our risks", None, None, None, None, None],
            ["ID", "Risk description", "Owner", "Likelihood", "Impact", "Mitigation"],
            ["R-001", "A partner leaves", "Head of SEND", 4, "Major", "Call them\nWrite to them"],
            ["X 9", "R&D is cut", "head of send", "Rare", 5, None],
        ],
    )
    rows = read_workbook(path)["Risks"]
    layout = guess(rows)
    assert layout.heading_row == 1
    found = drafts(rows, layout, npsa_matrix())
    before = made.register.book
    edit = made.run(import_risks(programme=made.programme, drafts=found, source="r.xlsx", on=date(2026, 3, 1)))
    assert edit.label == "Imported 2 risks from r.xlsx"
    imported = [risk for risk in made.register.book.all(Risk) if risk.id not in (made.risk, made.other)]
    assert [risk.reference for risk in imported] == ["R-003", "X-9"], "R-001 is taken"
    assert imported[0].owner == imported[1].owner
    assert not list(made.register.problems())
    made.run(undo(edit))
    assert made.register.book == before


FOUND = {
    "bank.xlsx": 10,
    "cause-event-impact.xlsx": 3,
    "grc-starter.xlsx": 5,
    "software-project.xlsx": 3,
    "swiss-francs.csv": 5,
    "team-awesome.xlsx": 3,
}


@pytest.mark.skipif(not REGISTERS.exists(), reason="other people's registers are not handed out with the program")
@pytest.mark.parametrize(("name", "least"), FOUND.items())
def test_real_registers_of_other_people_give_risks_with_scores(made: Made, name: str, least: int) -> None:
    sheets = read_workbook(REGISTERS / name)
    best = max(
        (drafts(rows, guess(rows), npsa_matrix()) for rows in sheets.values()),
        key=lambda found: sum(bool(draft.scores) for draft in found),
    )
    assert len(best) >= least
    made.run(import_risks(programme=made.programme, drafts=best, source=name, on=date(2026, 3, 1)))
    assert not list(made.register.problems())


def test_a_heading_said_twice_is_before_and_after_treatment() -> None:
    layout = guess([["Ref", "Risk", "Likelihood", "Impact", "Controls", "Likelihood", "Impact"]])
    assert layout.parts == [
        Part.reference,
        Part.title,
        Part.inherent_likelihood,
        Part.inherent_impact,
        Part.control,
        Part.likelihood,
        Part.impact,
    ]
