"""How commands make changes: text cleaned, stale fields told apart, references numbered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.errors import Conflict, Refused, Stale
from risk_register.domain.ids import new_id
from risk_register.domain.kinds import PREFIXES
from risk_register.domain.record import Record, merge_groups, specs
from risk_register.domain.tags import as_tags
from risk_register.domain.text import clean, fold, listed, one_line

R = TypeVar("R", bound=Record)

RENUMBERED = "Renumbered "
"""How the label of an edit begins that gave a record another number because two had the same."""


def cleaned(kind: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as they are kept: text cleaned, one line where the field is one line, references in capitals, tags each once."""
    fields = specs(kind)
    made = dict(values)
    for name, value in values.items():
        if isinstance(value, str):
            made[name] = clean(value) if fields[name].lines else one_line(value)
    if made.get("reference"):
        made["reference"] = made["reference"].upper()
    if "tags" in made:
        made["tags"] = as_tags(made["tags"])
    return made


def new(kind: type[R], /, **values: Any) -> R:  # noqa: ANN401  each field has its own type
    """Make a record of `kind`, its text cleaned, with an id of its own."""
    return kind(id=new_id(), **cleaned(kind, values))


def added(*records: Record) -> tuple[Change, ...]:
    """Changes that add records."""
    return tuple(Change(None, record) for record in records)


def edited(book: Book, seen: Record, values: Mapping[str, Any], label: str = "", why: str = "", of: str = "") -> Edit:
    """Set fields of a record that its author saw as `seen`. Without a label it says which fields `of` what changed.

    A field that somebody else has changed since is left out and told in the edit's `stale`; so is the rest of its
    merge group. Raises Conflict if that leaves nothing, Refused if nothing differs from what is there.
    """
    now = book.get(type(seen), seen.id)
    wanted = cleaned(type(seen), values)
    fresh: dict[str, Any] = {}
    stale: list[Stale] = []
    for names in merge_groups(type(seen)).values():
        mine = {name: wanted[name] for name in names if name in wanted and wanted[name] != getattr(now, name)}
        if all(getattr(now, name) == getattr(seen, name) for name in names):
            fresh |= mine
        else:
            kind = type(seen).__name__
            stale += [
                Stale(kind, seen.id, name, getattr(seen, name), getattr(now, name), value)
                for name, value in mine.items()
            ]
    if stale and not fresh:
        raise Conflict(stale_sentence(now, stale), tuple(stale))
    if not fresh:
        raise Unchanged
    told = label or f"Changed {field_names(type(seen), fresh)} of {of or now.label}"
    return Edit(told, (Change(now, replace(now, **fresh)),), why=why, stale=tuple(stale))


class Unchanged(Refused):
    """The command would change nothing."""

    def __init__(self) -> None:
        super().__init__("Nothing has changed, so there is nothing to keep.")


def stale_sentence(record: Record, stale: list[Stale]) -> str:
    """Say which fields of a record were changed by somebody else."""
    fields = specs(type(record))
    names = listed([fields[item.field].label.lower() for item in stale])
    return f"Somebody has changed the {names} of {record.label} meanwhile. Look at what is there now, then decide."


def field_names(kind: type[Record], values: Mapping[str, Any]) -> str:
    """The fields that `values` sets, as a sentence names them: `cause and owner`."""
    fields = specs(kind)
    return listed([fields[name].label.lower() for name in values])


def renumber(seen: Record) -> Command:
    """Give a record the next number of its kind, because another copy had given its own too; that stays an alias."""

    def command(book: Book) -> Edit:
        now: Any = book.get(type(seen), seen.id)
        reference = next_reference(book, now.programme, type(now))
        fresh = replace(now, reference=reference, aliases=(*now.aliases, now.reference))
        why = f"{now.reference} was given to two at once."
        return Edit(f"{RENUMBERED}{now.reference} to {reference}", (Change(now, fresh),), why=why)

    return command


def next_reference(book: Book, programme: UUID, kind: type[Record]) -> str:
    """The next reference of a kind in a programme, never one that was given before: `R-012`."""
    prefix = PREFIXES[kind]
    return f"{prefix}-{book.numbers.get((programme, prefix), 0) + 1:03}"


def unused_name(book: Book, programme: UUID, kind: type[Record], name: str) -> str:
    """A name that none of a kind has in a programme: `New board`, or where there is one, `New board 2`."""
    taken = {fold(getattr(record, "name")) for record in book.where(kind, "programme", programme)}  # noqa: B009
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 2)))
    return next(item for item in names if fold(item) not in taken)
