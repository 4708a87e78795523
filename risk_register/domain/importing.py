"""What a table from elsewhere means: which row holds the headings, which column holds what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from risk_register.domain.matrix import Matrix
from risk_register.domain.rules.check import EARLIEST, LATEST
from risk_register.domain.text import fold, listed, one_line, read_day, shortened


class Part(Enum):
    """What a column can hold."""

    leave_out = "Leave out"
    reference = "Reference"
    title = "Title"
    cause = "Cause"
    event = "Event"
    effect = "Effect"
    category = "Category"
    owner = "Owner"
    status = "Status"
    raised_on = "Raised on"
    inherent_likelihood = "Inherent likelihood"
    inherent_impact = "Inherent impact"
    likelihood = "Current likelihood"
    impact = "Current impact"
    target_likelihood = "Target likelihood"
    target_impact = "Target impact"
    control = "Control"
    action = "Action"


_MEASURES = (
    r"(further |planned |mitigat\w+ |preventive |proposed )?"
    r"(actions?|mitigations?|treatments?|responses?|strategy|measures?|plans?)"
    r"( plan| strategy| actions?| measures?| required)?|risk (response|treatment|mitigation)( plan| strategy)?"
)
_WORDS: Sequence[tuple[Part, str]] = (
    (Part.reference, r"(risk )?(id|ref|reference|no|number|#|nr)\.?( no)?|risk (code|identifier)|s ?no"),
    (Part.cause, r"(root |risk )?causes?( of risk)?|source|trigger|because.*|cause\(s\)|threat source"),
    (
        Part.effect,
        (
            r"(risk )?(consequences?|effects?|outcome|result)( description)?|impact (description|statement)|leading to.*"
            r"|potential (impact|consequences?)"
        ),
    ),
    (
        Part.event,
        (
            r"(risk )?(event|statement|description)( of risk| (and|&) .*)?|description( of (the )?risk)?|there is a risk.*"
            r"|risk event.*|what (could|can) .*"
        ),
    ),
    (Part.title, r"(risk )?(title|name|summary|item)|risks?|risk event title|issue"),
    (Part.likelihood, r"(current |residual |post\S* )?(risk )?(likelihood|probability|prob|chance|frequency)( .*)?"),
    (
        Part.impact,
        (
            r"(current |residual |post\S* )?(risk )?(impact|severity|consequence|magnitude)"
            r"(( risk)? (score|rating|level)| \(.*\))?|outcome rating"
        ),
    ),
    (Part.category, r"(risk )?(category|type|area|theme|domain|class)( of risk)?"),
    (
        Part.owner,
        (
            r"(risk )?(owner|lead|accountable|accountability|responsible|responsibil\w+|assigned to|held by)( .*)?"
            r"|(person|group|people).* (assigned|responsible)"
        ),
    ),
    (Part.status, r"(risk )?(status|state|open ?(/|or) ?closed)"),
    (
        Part.raised_on,
        r"(date )?(raised|identified|logged|opened)( on| date)?|date (raised|identified|logged|added|opened|captured)|date",
    ),
    (Part.control, r"(existing |current |key )?controls?( in place| measures?)?|control measures?"),
    (Part.action, _MEASURES),
)
_BEFORE = re.compile(r"\b(inherent|initial|gross|raw|pre|before|untreated|likely initial)\b")
_AFTER = re.compile(r"\b(residual|current|post|after|treated|net)\b")
_WISHED = re.compile(r"\b(target|desired|estimated residual|planned)\b")
_SEARCHED_ROWS = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand (row from 0), and what each column holds."""

    heading_row: int
    headings: Sequence[str]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Draft:
    """One row as it would be imported. `doubts` are sentences about cells that were not understood."""

    row: int
    texts: Mapping[Part, str]
    scores: Mapping[str, tuple[int, int]]
    raised_on: date | None = None
    doubts: Sequence[str] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        """What the risk will be called: its title, or the first words of its event or cause."""
        for part in (Part.title, Part.event, Part.cause, Part.effect):
            if words := one_line(self.texts.get(part, "")):
                return shortened(words, 120)
        return ""


def guess(rows: Sequence[Sequence[str]]) -> Layout:
    """The layout of a sheet: the row among the first 30 that names the most parts, and its columns."""
    best, parts = 0, [Part.leave_out] * (len(rows[0]) if rows else 0)
    score = -1
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        found = _parts_of(row)
        known = sum(part is not Part.leave_out for part in found)
        if known > score and sum(bool(cell) for cell in row) > 1:
            best, parts, score = number, found, known
    headings = [one_line(cell) for cell in rows[best]] if rows else []
    return Layout(best, headings, parts)


def ranked(sheets: Mapping[str, Sequence[Sequence[str]]], matrix: Matrix) -> dict[str, int]:
    """How many risks each sheet holds as it is guessed, the likeliest register first.

    That is one with risks in it, and of those the one of which the most columns are known: a template waits empty.
    """

    def found(name: str) -> tuple[int, int]:
        layout = guess(sheets[name])
        known = len({part for part in layout.parts if part is not Part.leave_out})
        return known, len(drafts(sheets[name], layout, matrix)) if known > 1 else 0

    counts = {name: found(name) for name in sheets}
    best = sorted(counts, key=lambda name: (counts[name][1] > 0, *counts[name]), reverse=True)
    return {name: counts[name][1] for name in best}


def _parts_of(row: Sequence[str]) -> list[Part]:
    parts = [_part(cell) for cell in row]
    impacts = [place for place, part in enumerate(parts) if part is Part.impact]
    if len(impacts) > 1 and parts.count(Part.likelihood) == 1 and Part.effect not in parts:
        parts[impacts[0]] = Part.effect  # told in words, and scored in a column further on
    for plain, before in ((Part.likelihood, Part.inherent_likelihood), (Part.impact, Part.inherent_impact)):
        places = [place for place, part in enumerate(parts) if part is plain]
        # The same heading twice: before treatment, then after.
        if len(places) > 1:
            parts[places[0]] = before
        for place in places[2:]:
            parts[place] = Part.leave_out
    seen: set[Part] = set()
    for place, part in enumerate(parts):
        if part in seen and part not in (Part.action, Part.control):
            parts[place] = Part.leave_out
        seen.add(part)
    return parts


def _part(heading: str) -> Part:
    words = fold(one_line(heading)).strip(" .:*?")
    words = re.sub(r"\s*\((?!.*s\)).*?\)\s*$", "", words).strip()
    words = re.sub(r"\s*[-–]\s*", " ", words)
    if not words or len(words) > 60:  # noqa: PLR2004  a sentence, not a heading
        return Part.leave_out
    bare = _WISHED.sub("", _AFTER.sub("", _BEFORE.sub("", words)))
    bare = " ".join(bare.replace("-", " ").split())
    for part, pattern in _WORDS:
        if re.fullmatch(pattern, words) or (part in (Part.likelihood, Part.impact) and re.fullmatch(pattern, bare)):
            if part in (Part.likelihood, Part.impact):
                return _sided(part, words)
            return part
    return Part.leave_out


def _sided(part: Part, words: str) -> Part:
    is_likelihood = part is Part.likelihood
    if _WISHED.search(words):
        return Part.target_likelihood if is_likelihood else Part.target_impact
    if _BEFORE.search(words):
        return Part.inherent_likelihood if is_likelihood else Part.inherent_impact
    return part


_SCALE = {
    "very low": 0.0,
    "negligible": 0.0,
    "insignificant": 0.0,
    "rare": 0.0,
    "very unlikely": 0.0,
    "remote": 0.0,
    "trivial": 0.0,
    "low": 0.25,
    "minor": 0.25,
    "unlikely": 0.25,
    "l": 0.25,
    "improbable": 0.25,
    "medium": 0.5,
    "moderate": 0.5,
    "possible": 0.5,
    "m": 0.5,
    "med": 0.5,
    "occasional": 0.5,
    "high": 0.75,
    "major": 0.75,
    "likely": 0.75,
    "h": 0.75,
    "probable": 0.75,
    "significant": 0.75,
    "serious": 0.75,
    "very high": 1.0,
    "catastrophic": 1.0,
    "severe": 1.0,
    "extreme": 1.0,
    "critical": 1.0,
    "almost certain": 1.0,
    "certain": 1.0,
    "very likely": 1.0,
    "vh": 1.0,
}
_BOUNDS = (0.05, 0.2, 0.5, 0.8)
"""Upper bounds of a probability for levels 1 to 4 of 5."""


def level(text: str, labels: Sequence[str]) -> int | None:
    """The level (from 1) that a cell means on a scale: a number, a word, a letter, a percentage; None if unclear."""
    words = fold(one_line(text)).strip(" .")
    highest = len(labels)
    for place, label in enumerate(labels, start=1):
        if words == fold(label):
            return place
    if match := re.match(r"(\d+(?:[.,]\d+)?)\s*%$", words):
        share = float(match[1].replace(",", ".")) / 100
        return 1 + sum(share > bound for bound in _BOUNDS[: highest - 1])
    if match := re.match(r"(\d+)(?:\.0+)?(?![\d.,])(.*)$", words):
        number = int(match[1])
        return number if 1 <= number <= highest and _goes_with_level(match[2], labels) else None
    if match := re.match(r"0?\.\d+$", words):
        return 1 + sum(float(words) > bound for bound in _BOUNDS[: highest - 1])
    plain = _letters(words)
    return round(_SCALE[plain] * (highest - 1)) + 1 if plain in _SCALE else None


def _letters(words: str) -> str:
    return " ".join(re.sub(r"[^a-z ]", " ", words).split())


def _goes_with_level(rest: str, labels: Sequence[str]) -> bool:
    """Whether what follows a number says that it is a level: `4 - Likely`, `4/5`; not `5 days`, `5-10 %`, `1 in 100`."""
    if re.fullmatch(rf"\s*(/|of|out of)\s*{len(labels)}", rest):
        return True
    words = _letters(rest).split()
    named = {fold(label) for label in labels} | set(_SCALE)
    return (not words and not re.search(r"\d", rest)) or " ".join(words[:1]) in named or " ".join(words[:2]) in named


def drafts(rows: Sequence[Sequence[str]], layout: Layout, matrix: Matrix) -> list[Draft]:
    """What each row below the headings would become; rows that hold nothing of a risk are left out."""
    return [
        draft
        for number, row in enumerate(rows[layout.heading_row + 1 :], start=layout.heading_row + 1)
        if (draft := _draft(number, row, layout, matrix)).title
    ]


_SIDES = {
    "inherent": (Part.inherent_likelihood, Part.inherent_impact),
    "current": (Part.likelihood, Part.impact),
    "target": (Part.target_likelihood, Part.target_impact),
}


def _doubt(side: str, cells: Mapping[str, str], levels: Sequence[int | None]) -> str:
    """What is wrong with a score: `inherent likelihood “20%” without an impact`."""
    told = {name: f"{name} “{shortened(one_line(cell), 60)}”" for name, cell in cells.items() if cell}
    for missing, article in (("likelihood", "a"), ("impact", "an")):
        if missing not in told:
            return f"{side} {listed(list(told.values()))} without {article} {missing}"
    wrong = [told[name] for name, found in zip(cells, levels, strict=True) if found is None]
    return f"{side} {listed(wrong)} {'are' if len(wrong) > 1 else 'is'} not on the matrix"


def _draft(number: int, row: Sequence[str], layout: Layout, matrix: Matrix) -> Draft:
    texts: dict[Part, str] = {}
    for part, cell in zip(layout.parts, row, strict=False):
        if part is not Part.leave_out and cell.strip():
            texts[part] = f"{texts[part]}\n{cell}" if part in texts else cell
    scores: dict[str, tuple[int, int]] = {}
    doubts: list[str] = []
    for side, (likely, hits) in _SIDES.items():
        if likely not in texts and hits not in texts:
            continue
        pair = level(texts.get(likely, ""), matrix.likelihoods), level(texts.get(hits, ""), matrix.impacts)
        if pair[0] is not None and pair[1] is not None:
            scores[side] = (pair[0], pair[1])
        else:
            cells = {"likelihood": texts.get(likely, ""), "impact": texts.get(hits, "")}
            doubts.append(f"Row {number + 1}: {_doubt(side, cells, pair)}, so that score is left out.")
    raised = read_day(texts.get(Part.raised_on, ""))
    if raised is not None and not EARLIEST <= raised <= LATEST:
        raised = None
    if Part.raised_on in texts and raised is None:
        doubts.append(f"Row {number + 1}: “{one_line(texts[Part.raised_on])[:40]}” is not understood as a date.")
    return Draft(number, texts, scores, raised, tuple(doubts))
