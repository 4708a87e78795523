"""The Word file as Word and a screen reader meet it: unpacked, put in one shape, and looked at part by part."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest

from risk_register.charts.heatmap import heat_map
from risk_register.domain.audience import Audience
from risk_register.domain.colour import contrast
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.programme import Programme
from risk_register.reports.board_summary import board_summary
from risk_register.reports.content import Block, Bullets, Figure, Heading, Paragraph, Report, Table, Words
from risk_register.reports.word import word_file
from risk_register.store.register import Register
from tests.making import Made, made_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
REFERENCE = Path(__file__).parents[1] / "reference"
TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Of a small register whose dates don't move, with texts that break careless programs."""
    with Register.create(tmp_path_factory.mktemp("word") / "r.riskreg") as register:
        made = made_in(register)
        made.run(edit_risk(made.now(), title="R&D <cuts> “bite” 👩‍👧", cause="=SUM(A1) & more"))
        return board_summary(register.book, None, made.programme, today=TODAY, author="PMO")


@pytest.fixture(scope="module")
def parts(report: Report) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(word_file(report))) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> ET.Element:
    return ET.fromstring(parts["word/document.xml"])  # noqa: S314  our own


def text_of(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def test_it_is_the_same_bytes_each_time(report: Report) -> None:
    assert word_file(report) == word_file(report)


def test_the_body_is_what_the_reference_says(body: ET.Element) -> None:
    """Set UPDATE_REFERENCE=1 to accept a change, and read the difference before committing it."""
    ET.indent(body)
    told = re.sub(r'(r:embed|rsid\w*)="[^"]*"', r"\1", ET.tostring(body, encoding="unicode"))
    path = REFERENCE / "board_summary.xml"
    if os.environ.get("UPDATE_REFERENCE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told + "\n", encoding="utf-8", newline="\n")
    assert told + "\n" == path.read_text(encoding="utf-8")


def test_headings_are_words_own_and_leave_no_level_out(body: ET.Element) -> None:
    styles = [style.get(f"{W}val", "") for style in body.iter(f"{W}pStyle")]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert styles[0] == "Title"
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_table_repeats_its_header_row_and_breaks_no_row(body: ET.Element) -> None:
    tables = list(body.iter(f"{W}tbl"))
    assert tables
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblDescription") is not None
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert all(len(row.findall(f"{W}tc")) == columns for row in rows), "no merged cells"


ORDER = {
    "tblPr": [
        "tblStyle",
        "tblW",
        "jc",
        "tblInd",
        "tblBorders",
        "shd",
        "tblLayout",
        "tblCellMar",
        "tblLook",
        "tblCaption",
        "tblDescription",
    ],
    "trPr": ["cantSplit", "trHeight", "tblHeader"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"],
    "pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "widowControl",
        "numPr",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
        "jc",
        "rPr",
    ],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "lang"],
    "tbl": ["tblPr", "tblGrid", "tr"],
    "tc": ["tcPr", "p"],
    "tr": ["trPr", "tc"],
}
"""The order of elements in ECMA-376 part 1, as far as they are used here: Word repairs a file that has another."""


def test_elements_stand_in_the_order_of_the_schema(parts: dict[str, bytes]) -> None:
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for element in ET.fromstring(parts[name]).iter():  # noqa: S314
            order = ORDER.get(element.tag.removeprefix(W))
            if order:
                found = [child.tag.removeprefix(W) for child in element if child.tag.removeprefix(W) in order]
                assert found == sorted(found, key=order.index), f"{element.tag} in {name}"


def test_the_picture_is_told_in_words(body: ET.Element) -> None:
    (told,) = (element.get("descr", "") for element in body.iter(f"{WP}docPr"))
    assert told.startswith("Risk matrix")
    assert "R-001" in told


def test_language_title_and_author_are_set_and_pages_numbered(parts: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(_zipped(parts)))
    told = document.core_properties
    assert (told.title, told.author, told.language) == ("Risk summary: SEND improvement", "PMO", "en-GB")
    assert b'w:lang w:val="en-GB"' in parts["word/styles.xml"]
    assert b'w:instr="PAGE"' in parts["word/footer1.xml"]
    assert b'w:instr="NUMPAGES"' in parts["word/footer1.xml"]


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def test_signs_that_xml_means_something_by_stay_text(body: ET.Element) -> None:
    told = text_of(body)
    assert "R&D <cuts> “bite” 👩‍👧" in told
    assert "=SUM(A1) & more" in told


def test_text_on_every_coloured_cell_can_be_read(body: ET.Element) -> None:
    pairs = {
        (colour.get(f"{W}val", ""), shade.get(f"{W}fill", ""))
        for cell in body.iter(f"{W}tc")
        for shade in cell.iter(f"{W}shd")
        for colour in cell.iter(f"{W}color")
    }
    assert pairs
    for ink, ground in pairs:
        assert contrast(f"#{ink}", f"#{ground}") >= 4.5, (ink, ground)


def test_no_text_is_smaller_than_eleven_points(parts: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(_zipped(parts)))
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    sizes = {name: document.styles[name].font.size for name in used | {"Table Text", "Table Heading", "Footer"} if name}
    assert all(size is None or size.pt >= 11 for size in sizes.values()), sizes


def test_every_kind_of_block_is_written(made: Made) -> None:
    blocks: list[Block] = [
        Heading("One"),
        Heading("Two", 2),
        Paragraph("Plain\nbroken"),
        Bullets([Words("text", "bold")]),
        Table("Nothing", ("A", "B"), (0.5, 0.5), []),
        Figure(heat_map(made.register.book, None, made.programme), 16, "alt", "caption"),
    ]
    report = Report("T", "S", "A", TODAY, [("As at", "today")], blocks, "foot")
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(word_file(report))).paragraphs]
    for words in ("One", "Two", "Plain\nbroken", "boldtext", "Figure 1. caption"):
        assert words in texts


def test_a_table_of_thousands_of_rows_is_written_in_pieces_that_word_and_libreoffice_bear(report: Report) -> None:
    table = Table("Many", ("Ref", "Risk"), (0.2, 0.8), [[Words("", f"R-{n}"), Words("x")] for n in range(1_200)])
    body = ET.fromstring(  # noqa: S314
        zipfile.ZipFile(io.BytesIO(word_file(replace(report, blocks=[table])))).read("word/document.xml")
    )
    sizes = [len(item.findall(f"{W}tr")) - 1 for item in body.iter(f"{W}tbl")]
    assert sum(sizes) == 1_200
    assert max(sizes) <= 500


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("audience", [Audience.partners, Audience.restricted])
def test_libreoffice_makes_two_pages_of_the_samples_summary(
    sample: Register, tmp_path: Path, audience: Audience
) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    since = date.today() - timedelta(days=28)
    then, today = sample.as_at(since), date.today()
    report = board_summary(sample.book, then, programme, audience=audience, today=today, since=since)
    path = tmp_path / "board.docx"
    path.write_bytes(word_file(report))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "board.pdf").read_bytes())
    assert len(pages) == 2
