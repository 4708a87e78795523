"""Measures: what is measured, what is expected of it, what it was."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.cadence import Cadence
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import Unchanged, added, edited, new
from risk_register.domain.errors import Refused
from risk_register.domain.measure import ExpectedValue, Good, Measure, Reading
from risk_register.domain.text import plural


def add_measure(
    *,
    programme: UUID,
    name: str,
    definition: str = "",
    unit: str = "%",
    good: Good = Good.up,
    outcome: UUID | None = None,
    owner: UUID | None = None,
    board: UUID | None = None,
    cadence: Cadence = Cadence.monthly,
    baseline: Decimal | None = None,
    baseline_on: date | None = None,
    target: Decimal | None = None,
    target_on: date | None = None,
) -> Command:
    """Add a measure to the performance monitoring programme."""
    measure = new(
        Measure,
        programme=programme,
        name=name,
        definition=definition,
        unit=unit,
        good=good,
        outcome=outcome,
        owner=owner,
        board=board,
        cadence=cadence,
        baseline=baseline,
        baseline_on=baseline_on,
        target=target,
        target_on=target_on,
    )
    return lambda _book: Edit(f"Added the measure “{measure.name}”", added(measure))


def edit_measure(seen: Measure, *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Change fields of a measure as its author saw it."""
    return lambda book: edited(book, seen, values, why=why, of=f"“{seen.name}”")


def remove_measure(measure: Measure) -> Command:
    """Remove a measure with all that was expected and read of it."""

    def command(book: Book) -> Edit:
        now = book.get(Measure, measure.id)
        parts = [*book.where(Reading, "measure", now.id), *book.where(ExpectedValue, "measure", now.id)]
        return Edit(f"Removed the measure “{now.name}”", tuple(Change(part, None) for part in (*parts, now)))

    return command


def add_reading(*, measure: UUID, on: date, value: Decimal, note: str = "") -> Command:
    """Add what a measure was on a day. Raises Refused where that day has a reading: it is to be corrected instead."""
    reading = new(Reading, measure=measure, on=on, value=value, note=note)

    def command(book: Book) -> Edit:
        now = book.get(Measure, measure)
        twin = next((item for item in book.where(Reading, "measure", measure) if item.on == on), None)
        if twin is not None:
            raise Refused(
                f"“{now.name}” has a reading of {on:%d/%m/%Y} already: {now.words(twin.value)}. Correct that one, or give "
                "another day.",
                field="on",
                value=on,
            )
        return Edit(f"Added a reading of “{now.name}”", added(reading), why=reading.note)

    return command


def take_readings(*, measure: UUID, readings: Mapping[date, Decimal]) -> Command:
    """Take many readings at once, as from a workbook: new days are added, other values corrected, the rest left."""
    fresh = {on: new(Reading, measure=measure, on=on, value=value) for on, value in readings.items()}

    def command(book: Book) -> Edit:
        now = book.get(Measure, measure)
        held = {item.on: item for item in book.where(Reading, "measure", measure)}
        changes: list[Change] = []
        corrected = 0
        for on, reading in fresh.items():
            if on not in held:
                changes += added(reading)
            elif held[on].value != reading.value:
                changes += edited(book, held[on], {"value": reading.value}).changes
                corrected += 1
        if not changes:
            raise Unchanged
        told = plural(len(changes) - corrected, "reading")
        fixed = f" and corrected {corrected}" if corrected else ""
        return Edit(f"Added {told}{fixed} of “{now.name}”", tuple(changes))

    return command


def edit_reading(seen: Reading, **values: Any) -> Command:  # noqa: ANN401
    """Correct a reading as its author saw it."""
    return lambda book: edited(book, seen, values, of=_of(book, seen))


def remove_reading(reading: Reading) -> Command:
    """Remove a reading that was none."""
    return lambda book: Edit(f"Removed {_of(book, reading)}", (Change(book.get(Reading, reading.id), None),))


def expect_value(*, measure: UUID, on: date, value: Decimal) -> Command:
    """Say what a measure should be on a day between its baseline and its target."""
    point = new(ExpectedValue, measure=measure, on=on, value=value)

    def command(book: Book) -> Edit:
        now = book.get(Measure, measure)
        if any(item.on == on for item in book.where(ExpectedValue, "measure", measure)):
            raise Refused(
                f"“{now.name}” has an expected value for {on:%d/%m/%Y} already. Change that one, or give another day.",
                field="on",
                value=on,
            )
        return Edit(f"Said what to expect of “{now.name}” on {on:%d/%m/%Y}", added(point))

    return command


def edit_expected(seen: ExpectedValue, **values: Any) -> Command:  # noqa: ANN401
    """Change an expected value as its author saw it."""
    return lambda book: edited(book, seen, values, of=_of(book, seen))


def remove_expected(point: ExpectedValue) -> Command:
    """Expect nothing particular on that day."""
    return lambda book: Edit(f"Removed {_of(book, point)}", (Change(book.get(ExpectedValue, point.id), None),))


def _of(book: Book, part: Reading | ExpectedValue) -> str:
    return f"{part.label} of “{book.get(Measure, part.measure).name}”"
