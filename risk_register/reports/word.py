"""A report as a Word file: real styles, repeated header rows, alt text, language, nothing that Word would repair."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from risk_register.domain.colour import readable_on
from risk_register.reports.content import Bullets, Figure, Heading, Paragraph, Report, Table, Words

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"
INK, ACCENT, FAINT, BAND, RULE = "1B2433", "1F4E8C", "4A5568", "E8EEF6", "C5CEDB"
LINE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS = 500
"""Tables are split after so many rows: LibreOffice's time grows with the square of a table's length."""
TWIPS = 567
"""Twentieths of a point in a centimetre."""
PAGE = (21.0, 29.7, 1.6)
"""Width, height and margin of a page, in centimetres (A4)."""


def word_file(report: Report) -> bytes:
    """The report as the bytes of a .docx file; the same report gives the same bytes."""
    from docx import Document as new_document  # noqa: PLC0415, N813  a tenth of a second

    document = new_document()
    _set_up(document, report)
    _write_title(document, report)
    figures = 0
    for block in report.blocks:
        match block:
            case Heading():
                document.add_heading(block.text, block.level)
            case Paragraph():
                document.add_paragraph(block.text, "Normal")
            case Bullets():
                _write_bullets(document, block)
            case Table():
                _write_table(document, block)
            case Figure():
                figures += 1
                _write_figure(document, block, figures)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


# -- styles and page


def _set_up(document: "Document", report: Report) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_LINE_SPACING  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    width, height, margin = PAGE
    section = document.sections[0]
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
    section.header_distance, section.footer_distance = Cm(0.8), Cm(1.0)

    def dress(name: str, size: float, colour: str, *, bold: bool = False, before: float = 0, after: float = 6) -> Any:  # noqa: ANN401
        known = [style.name for style in document.styles]
        style: Any = (
            document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{side}"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        return style

    dress("Normal", 11, INK).paragraph_format.widow_control = True
    dress("Title", 22, ACCENT, bold=True, after=0)
    borders = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        document.styles["Title"].element.pPr.remove(borders)
    spacing = dress("Subtitle", 13, FAINT, after=4).element.rPr.find(qn("w:spacing"))
    if spacing is not None:  # letters set apart, as Word's own template has them
        document.styles["Subtitle"].element.rPr.remove(spacing)
    for level, size in ((1, 14), (2, 12)):
        heading = dress(f"Heading {level}", size, ACCENT, bold=True, before=9, after=3)
        heading.paragraph_format.keep_with_next = True
    dress("List Bullet", 11, INK, after=2)
    dress("Caption", 11, FAINT, after=4)
    dress("Footer", 11, FAINT, after=0).paragraph_format.tab_stops.clear_all()
    dress("Header", 11, INK, bold=True, after=0).paragraph_format.tab_stops.clear_all()
    cell = dress("Table Text", 11, INK, after=0)
    cell.base_style = document.styles["Normal"]
    head = dress("Table Heading", 11, ACCENT, bold=True, after=0)
    head.base_style = document.styles["Normal"]
    for style in (cell, head):
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    settings = document.settings.element
    if settings.find(qn("w:themeFontLang")) is not None:
        settings.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")
    told = document.core_properties
    told.title, told.author, told.subject = f"{report.title}: {report.subtitle}", report.author, report.subtitle
    told.language, told.comments, told.keywords = "en-GB", "", ""
    told.last_modified_by = report.author
    told.created = told.modified = datetime(report.day.year, report.day.month, report.day.day)  # noqa: DTZ001  Word takes it as UTC
    if report.header:
        section.header.paragraphs[0].text = report.header
    _write_footer(section.footer.paragraphs[0], report.footer, width - 2 * margin, OxmlElement, qn)


def _write_footer(paragraph: Any, words: str, width: float, make: Any, qn: Any) -> None:  # noqa: ANN401
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{words}\tPage ")
    for number, field in enumerate(("PAGE", "NUMPAGES")):
        if number:
            paragraph.add_run(" of ")
        simple = make("w:fldSimple")
        simple.set(qn("w:instr"), field)
        run = make("w:r")
        text = make("w:t")
        text.text = "1"
        run.append(text)
        simple.append(run)
        paragraph._p.append(simple)  # noqa: SLF001  python-docx has no fields


# -- blocks


def _write_title(document: "Document", report: Report) -> None:
    document.add_paragraph(report.title, "Title")
    document.add_paragraph(report.subtitle, "Subtitle")
    paragraph = document.add_paragraph("", "Normal")
    for place, (name, value) in enumerate(report.facts):
        if place:
            paragraph.add_run("   ")
        # Lines break between facts rather than within a date.
        paragraph.add_run(f"{name}: ".replace(" ", "\u00a0")).bold = True
        paragraph.add_run(value.replace(" ", "\u00a0"))


def _write_bullets(document: "Document", bullets: Bullets) -> None:
    for point in bullets.points:
        paragraph = document.add_paragraph("", "List Bullet")
        if point.bold:
            paragraph.add_run(point.bold).bold = True
        paragraph.add_run(point.text)


def _write_figure(document: "Document", figure: Figure, number: int) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = 0
    picture = paragraph.add_run().add_picture(io.BytesIO(figure.png), Cm(figure.width))
    told = picture._inline.docPr  # noqa: SLF001  python-docx has no alt text
    told.set("name", f"Figure {number}")
    told.set("descr", figure.alt)
    document.add_paragraph(f"Figure {number}. {figure.caption}", "Caption")


def _write_table(document: "Document", table: Table) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    width = (PAGE[0] - 2 * PAGE[2]) * TWIPS
    widths = [round(part * width) for part in table.widths]
    body = document.element.body
    for start in range(0, max(1, len(table.rows)), ROWS):
        # Word joins two tables with nothing between them.
        if body[-2].tag == qn("w:tbl"):
            document.add_paragraph()
        # The whole table as one text: python-docx searches the table anew for every cell.
        body.insert(len(body) - 1, parse_xml(_table_xml(table, table.rows[start : start + ROWS], widths)))


def _table_xml(table: Table, rows: Sequence[Sequence[Words]], widths: Sequence[int]) -> str:
    """A table. The order of elements is that of ECMA-376 part 1, 17.4 (CT_TblPr, CT_TrPr, CT_TcPr)."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell_xml([_run_xml(words)], "TableHeading", width, BAND)
        for words, width in zip(table.header, widths, strict=True)
    )
    lines = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(_words_xml(*pair) for pair in zip(row, widths, strict=True))}</w:tr>"
        for row in rows
    )
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        if side not in ("left", "right", "insideV")
    )
    summary = escape(table.summary, {'"': "&quot;"})
    return (
        f'<w:tbl {LINE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{summary.split(":")[0]}"/>'
        f'<w:tblDescription w:val="{summary}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{lines}</w:tbl>"
    )


def _words_xml(words: Words, width: int) -> str:
    runs = []
    ink = readable_on(words.ground).lstrip("#") if words.ground else ""
    if words.bold:
        runs.append(_run_xml(words.bold, ink=ink, bold=True))
    if words.text and words.bold:
        return _cell_xml(runs, "TableText", width, words.ground.lstrip("#"), more=[_run_xml(words.text, ink=ink)])
    if words.text:
        runs.append(_run_xml(words.text, ink=ink))
    return _cell_xml(runs, "TableText", width, words.ground.lstrip("#"))


def _cell_xml(runs: Sequence[str], style: str, width: int, ground: str, more: Sequence[str] = ()) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(part)}</w:p>'
        for part in (runs, more)
        if part or part is runs
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _run_xml(text: str, *, ink: str = "", bold: bool = False) -> str:
    told = ("<w:b/>" if bold else "") + (f'<w:color w:val="{ink}"/>' if ink else "")
    properties = f"<w:rPr>{told}</w:rPr>" if told else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in text.split("\n"))
    return f'<w:r>{properties}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def _timeless(data: bytes) -> bytes:
    """The same file with every part dated alike, so that the same report is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
