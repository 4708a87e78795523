"""Opening a large register, and importing one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl

from bench.made import draft, filled
from bench.measure import Result, by_turns, timed
from risk_register.domain.change import undo
from risk_register.domain.commands.importing import import_risks
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.programme import Programme
from risk_register.store.register import Register

RISKS = 10_000


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Risks")
    sheet.append([*(part.value for part in draft(0).texts), "L", "I", "TL", "TI"])
    for number in range(RISKS):
        made = draft(number)
        sheet.append([*made.texts.values(), *made.scores["current"], *made.scores["target"]])
    book.save(path)
    return path


def opening(folder: Path) -> Iterator[Result]:
    """To a whole book in memory, its integrity checked. The yardstick is what people have now: the Excel file."""
    path, workbook = filled(folder / "r.riskreg", RISKS), _workbook(folder / "r.xlsx")
    ours, theirs = by_turns(
        lambda: Register.open(path, write=False).close(), lambda: openpyxl.load_workbook(workbook).close(), 3
    )
    yield Result(f"Opening {RISKS:,} risks", "loading them from .xlsx by openpyxl", ours, theirs, 0.5)


def importing(folder: Path) -> Iterator[Result]:
    """One import and its undo, each one edit. The yardstick is reading the workbook that they come from."""
    workbook = _workbook(folder / "r.xlsx")
    with Register.create(folder / "r.riskreg") as register:
        register.run(add_programme(name="Bench"))
        programme = next(iter(register.book.all(Programme))).id
        drafts = [draft(number) for number in range(RISKS)]
        command = import_risks(programme=programme, drafts=drafts, source="bench", on=date.today())
        kept = []
        mine = timed(lambda: kept.append(register.run(command)))
        back = timed(lambda: register.run(undo(register.edit(kept[0].id))))
    theirs = timed(lambda: openpyxl.load_workbook(workbook).close())
    yield Result(f"Importing {RISKS:,} risks, as one edit", "loading the workbook", mine, theirs, 3.0)
    yield Result("Undoing that import", "loading the workbook", back, theirs, 5.0)
