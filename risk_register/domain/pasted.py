"""What rows from a workbook, pasted onto a table, would change: told before anything is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.commands.custom_field import misfit
from risk_register.domain.custom_field import CustomField, CustomValue
from risk_register.domain.errors import Refused
from risk_register.domain.fields import fields_of, value_of
from risk_register.domain.fields import shown_value as shown_in
from risk_register.domain.importing import guess
from risk_register.domain.kinds import KINDS
from risk_register.domain.plan import Outcome
from risk_register.domain.plan_views import outcomes
from risk_register.domain.record import Record, bare, hints, specs
from risk_register.domain.risk import Risk
from risk_register.domain.tags import read_tags
from risk_register.domain.text import clean, fold, listed, one_line, plural, read_day, shortened
from risk_register.domain.views import shown, shown_value

TAKEN: Mapping[type[Record], Sequence[str]] = {
    Risk: (
        "title",
        "kind",
        "cause",
        "event",
        "effect",
        "category",
        "owner",
        "board",
        "workstream",
        "proximity",
        "response",
        "raised_on",
        "audience",
        "tags",
    ),
    Action: ("title", "detail", "owner", "expected", "barrier", "impact", "outcome", "audience", "tags"),
}
"""The kinds whose rows can be pasted, and what of them. A score, a status and what is done have a day and a reason of
their own, which a cell does not hold."""
MOST_ROWS = 2_000
_LONGEST = 60
"""So much of a cell that does not fit is repeated, in characters."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it is and as it would become, in words; nothing before in a new record."""

    of: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PastedRow:
    """What one row sets. `seen` is the record it names, None where it becomes a new one.

    `filled` is what goes into custom fields: each with what stood there, None in a new record, and the text to be kept.
    """

    seen: Risk | Action | None
    values: Mapping[str, Any]
    filled: Sequence[tuple[UUID, CustomValue | None, str]]
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows that would change something, how many would not, and sentences about what is not taken."""

    kind: type[Risk | Action]
    programme: UUID
    rows: Sequence[PastedRow]
    same: int
    doubts: Sequence[str]

    @property
    def new(self) -> int:
        """How many rows become new records."""
        return sum(row.seen is None for row in self.rows)


def read_pasted(
    book: Book,
    kind: type[Risk | Action],
    programme: UUID,
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, str],
    text: Callable[[Any, str], str],
) -> Pasted:
    """What rows mean, of which the first holds the headings.

    `columns` are the keys of the table's columns by their titles, `text` what the table shows of a record in one of them.
    Raises Refused where the rows can't be told apart, or are too many.
    """
    if len(rows) > MOST_ROWS + 1:
        raise Refused(
            f"That is {len(rows) - 1:,} rows; at most {MOST_ROWS:,} can be pasted at once. Import the file instead."
        )
    return _Reading(book, kind, programme, columns, text).read(rows)


class _Reading:
    """Reads the rows of one paste, and gathers what is to be said of them."""

    def __init__(
        self,
        book: Book,
        kind: type[Risk | Action],
        programme: UUID,
        columns: Mapping[str, str],
        text: Callable[[Any, str], str],
    ) -> None:
        self.book, self.kind, self.programme, self.text = book, kind, programme, text
        self.columns = {fold(title): key for title, key in columns.items()}
        self.shown = set(columns.values())
        self.custom = {fold(field.name): field for field in fields_of(book, programme, kind)}
        self.fields = {f"field {field.id}": field for field in self.custom.values()}
        self.labels = {fold(specs(kind)[name].label): name for name in ("reference", *TAKEN[kind])}
        self.titles = {key: title for title, key in columns.items()}
        self.doubts: list[str] = []
        self.named: dict[type[Record], dict[str, set[UUID]]] = {}
        self.records: dict[str, Any] = {}
        records: Sequence[Any] = book.where(kind, "programme", programme)
        for record in records:
            for alias in record.aliases:
                self.records.setdefault(fold(alias), record)
        self.records |= {fold(record.reference): record for record in records}

    def read(self, rows: Sequence[Sequence[str]]) -> Pasted:
        keys = self._keys(rows[0]) if rows else []
        if "reference" not in keys:
            raise Refused(
                f"The first row must hold the headings of this table, among them “{self._title('reference')}”. Copy some "
                "rows with Ctrl+C and paste them into Excel to see how they look."
            )
        found: list[PastedRow] = []
        met: set[UUID] = set()
        same = 0
        for number, row in enumerate(rows[1:], start=2):
            cells = {key: cell for key, cell in zip(keys, row, strict=False) if key is not None}
            reference = one_line(cells.pop("reference", ""))
            record = self.records.get(fold(reference)) if reference else None
            if not reference:
                made = self._new(f"Row {number}", cells)
            elif record is None:
                self.doubts.append(f"{shortened(reference, _LONGEST)} is not in this register, so its row is left out.")
                continue
            elif record.id in met:
                self.doubts.append(f"{record.label} has two rows; only the first of them is taken.")
                continue
            else:
                met.add(record.id)
                made = self._of(record, cells)
                same += not made.differences
            if made is not None and made.differences:
                found.append(made)
        return Pasted(self.kind, self.programme, found, same, tuple(dict.fromkeys(self.doubts)))

    # -- headings

    def _keys(self, headings: Sequence[str]) -> list[str | None]:
        """What each column holds: a field, a custom field as `field` with its id, a column that is not taken; None if unknown."""
        keys = [self._key(fold(one_line(heading))) for heading in headings]
        if self.kind is Risk:  # other words for the same, as an import knows them
            for place, part in enumerate(guess([[one_line(heading) for heading in headings]]).parts):
                if keys[place] is None and part.name in ("reference", *TAKEN[Risk]) and part.name not in keys:
                    keys[place] = part.name
        unknown = [
            f"“{shortened(one_line(head), _LONGEST)}”"
            for head, key in zip(headings, keys, strict=True)
            if head and not key
        ]
        if unknown:
            verb = "is no column" if len(unknown) == 1 else "are no columns"
            self.doubts.append(f"{listed(unknown)} {verb} of this table, so what stands there is left out.")
        for place, key in enumerate(keys):
            if key is not None and key in keys[:place]:
                self.doubts.append(
                    f"“{one_line(headings[place])}” stands there twice; only the first of them is taken."
                )
                keys[place] = None
        return keys

    def _key(self, heading: str) -> str | None:
        custom = self.custom.get(heading)
        return self.columns.get(heading) or (f"field {custom.id}" if custom else self.labels.get(heading))

    def _title(self, key: str) -> str:
        return self.titles.get(key) or specs(self.kind)[key].label

    # -- rows

    def _new(self, told: str, cells: Mapping[str, str]) -> PastedRow | None:
        if not one_line(cells.get("title", "")):
            self.doubts.append(f"{told} has neither a reference nor a title, so it is left out.")
            return None
        return self._row(None, told, {key: cell for key, cell in cells.items() if cell})

    def _of(self, record: Any, cells: Mapping[str, str]) -> PastedRow:  # noqa: ANN401  a Risk or an Action
        changed = {key: cell for key, cell in cells.items() if not _same(cell, self._words(record, key))}
        return self._row(record, record.label, changed)

    def _words(self, record: Any, key: str) -> str:  # noqa: ANN401
        """What stands in a field, as the table shows it."""
        if field := self.fields.get(key):
            return shown_in(self.book, record, field)
        return self.text(record, key) if key in self.shown else shown(self.book, record, key)

    def _row(self, seen: Any, told: str, cells: Mapping[str, str]) -> PastedRow:  # noqa: ANN401
        values: dict[str, Any] = {}
        filled: list[tuple[UUID, CustomValue | None, str]] = []
        differences: list[Difference] = []
        name = told if seen else "New"
        for key, cell in cells.items():
            try:
                if field := self.fields.get(key):
                    held = value_of(self.book, seen, field.id) if seen else None
                    text = _plain(field, cell)
                    if text != (held.text if held else ""):
                        filled.append((field.id, held, text))
                        before = field.shown(held.text) if held and held.text else ""
                        differences.append(Difference(name, field.name, before, field.shown(text) if text else ""))
                elif key in TAKEN[self.kind]:
                    value = self._value(key, cell)
                    if seen is None or value != getattr(seen, key):
                        values[key] = value
                        before = shown(self.book, seen, key) if seen else ""
                        after = shown_value(self.book, self.kind, key, value)
                        differences.append(Difference(name, self._title(key), before, after))
                else:
                    self.doubts.append(f"“{self._title(key)}” is not set by pasting: change it in the editor.")
            except Refused as error:
                self.doubts.append(f"{told}: {error}")
        if seen is None and "title" not in values:
            differences.clear()
        return PastedRow(seen, values, filled, differences)

    def _value(self, name: str, cell: str) -> Any:  # noqa: ANN401  each field has its own type
        """What a cell means for a field. Raises Refused, with a sentence, where it does not fit."""
        spec, hint = specs(self.kind)[name], hints(self.kind)[name]
        kind, title = bare(hint), self._title(name)
        told = f"{title}: “{shortened(one_line(cell), _LONGEST)}”"
        if kind is str:
            text = clean(cell) if spec.lines else one_line(cell)
            if spec.required and not text:
                raise Refused(f"{title} is empty, so it stays as it is.", field=name, value=cell)
            return text
        if name == "tags":
            return read_tags(cell)
        if not one_line(cell):
            if kind is hint:
                raise Refused(f"{title} is empty, so it stays as it is.", field=name, value=cell)
            return None
        if spec.refers:
            return self._named(KINDS[spec.refers], told, fold(one_line(cell)))
        if kind is date:
            day = read_day(cell)
            if day is None:
                raise Refused(f"{told} is no date. Write it as 24/11/2026.", field=name, value=cell)
            return day
        return _chosen(kind, told, fold(one_line(cell)))

    def _named(self, kind: type[Record], told: str, words: str) -> UUID:
        found = self._names(kind).get(words, set())
        if not found:
            raise Refused(f"{told} is no {kind.called} of this programme. Add it first, or mend the cell.")
        if len(found) > 1:
            raise Refused(f"{told} could be more than one {kind.called}. Write its full name.")
        return next(iter(found))

    def _names(self, kind: type[Record]) -> dict[str, set[UUID]]:
        """The records of a kind by all that people call them."""
        if kind not in self.named:
            found: dict[str, set[UUID]] = {}
            records: Iterable[Record]
            records = outcomes(self.book, self.programme) if kind is Outcome else self.book.all(kind)
            for record in records:
                if getattr(record, "programme", self.programme) == self.programme:
                    words = (record.label, *(getattr(record, name, "") for name in ("name", "short", "number")))
                    for word in filter(None, words):
                        found.setdefault(fold(word), set()).add(record.id)
            self.named[kind] = found
        return self.named[kind]


def _chosen(kind: type[Enum], told: str, words: str) -> Enum:
    for item in kind:
        if fold(str(item.value)) == words:
            return item
    raise Refused(f"{told} is none of its choices: {', '.join(str(item.value) for item in kind)}.")


def _same(cell: str, words: str) -> bool:
    """Whether a cell still says what was copied; Excel writes days and percentages in its own way."""
    cell, words = one_line(cell), one_line(words)
    day = read_day(cell)
    return cell.replace(" ", "") == words.replace(" ", "") or (day is not None and day == read_day(words))


def _plain(field: CustomField, cell: str) -> str:
    if not one_line(cell):
        return ""
    text = field.plain(cell)
    if text is None:
        raise misfit(field, one_line(cell))
    return text


def summary(pasted: Pasted) -> str:
    """What would come of it: `3 risks change, 1 is new and 12 stay as they are.` A sentence."""
    changed = len(pasted.rows) - pasted.new
    called = pasted.kind.called
    parts = [f"{plural(changed, called)} {'changes' if changed == 1 else 'change'}"] * bool(changed)
    parts += [f"{pasted.new} {'is' if pasted.new == 1 else 'are'} new"] * bool(pasted.new)
    parts += [f"{pasted.same} {'stays as it is' if pasted.same == 1 else 'stay as they are'}"] * bool(pasted.same)
    return f"{listed(parts)}." if parts else "No row can be taken."
