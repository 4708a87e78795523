"""A report apart from any file format: blocks of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """Text in a table's cell or a paragraph. `bold` stands before `text`; `ground` colours the cell behind it."""

    text: str
    bold: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels begin with 1 and leave none out."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points, one below the other."""

    points: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row and no merged cells. `widths` are parts of the page's width, together 1.

    `summary` says for a reader who can't see it what the table holds.
    """

    summary: str
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Words]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG), its width in centimetres, and what it shows in words."""

    png: bytes = field(repr=False)
    width: float
    alt: str
    caption: str


Block = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `facts` stand in a line below the title: name and value; `header` and `footer` on every page."""

    title: str
    subtitle: str
    author: str
    day: date
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    footer: str
    header: str = ""
