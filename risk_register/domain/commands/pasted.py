"""Taking rows of a workbook that were pasted onto a table: as one edit, so that one Undo takes them back."""

from dataclasses import replace
from datetime import date

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.bulk import together
from risk_register.domain.commands.custom_field import fill_field
from risk_register.domain.commands.edits import added, edited, new, next_reference
from risk_register.domain.fields import empty_value
from risk_register.domain.pasted import Pasted, PastedRow
from risk_register.domain.risk import Risk
from risk_register.domain.text import listed, plural


def take_pasted(pasted: Pasted, *, on: date, why: str = "") -> Command:
    """Set what the rows say, of records as they were when the rows were read, and add those that are new.

    What somebody else has changed since is left out and told. Raises Conflict if that leaves nothing.
    """

    def command(book: Book) -> Edit:
        rows = [row for row in pasted.rows if row.seen is not None]
        commands = [part for row in rows for part in _parts(row)]
        fresh = _new_records(book, pasted, on)
        changes, stale = together(book, commands, alone=not fresh)
        touched = {getattr(change.record, "of", change.id) for change in changes}
        called = pasted.kind.called
        told = [f"changed {plural(len(touched), called)}"] * bool(touched)
        told += [f"added {plural(pasted.new, called)}"] * bool(fresh)
        label = f"Pasted rows: {listed(told)}"
        return Edit(label, (*changes, *fresh), why=why, stale=stale)

    return command


def _parts(row: PastedRow) -> list[Command]:
    """What changes one record: its own fields, then each of the programme's."""
    seen = row.seen
    assert seen, "it names a record"
    parts: list[Command] = [lambda book: edited(book, seen, row.values)] if row.values else []
    return [*parts, *(fill_field(held, text=text) for _, held, text in row.filled if held is not None)]


def _new_records(book: Book, pasted: Pasted, on: date) -> tuple[Change, ...]:
    """The rows without a reference, each with the next one."""
    made: list[Change] = []
    for row in pasted.rows:
        if row.seen is not None:
            continue
        given = {"raised_on": on} if pasted.kind is Risk else {}
        reference = next_reference(book, pasted.programme, pasted.kind)
        record = new(pasted.kind, programme=pasted.programme, reference=reference, **(given | dict(row.values)))
        filled = (replace(empty_value(pasted.kind, record.id, field), text=text) for field, _, text in row.filled)
        fresh = added(record, *filled)
        book = book.apply(fresh)  # so that the next gets the next reference
        made += fresh
    return tuple(made)
