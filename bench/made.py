"""Registers of any size, made as people make them: an import, with owners, categories, scores and actions."""

from datetime import date
from pathlib import Path

from risk_register.domain.commands.importing import import_risks
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.importing import Draft, Part
from risk_register.domain.programme import Programme
from risk_register.store.register import Register

WORDS = [
    "supplier",
    "delay",
    "budget",
    "data",
    "sharing",
    "agreement",
    "school",
    "health",
    "board",
    "capacity",
    "demand",
    "waiting",
    "transport",
]


def draft(number: int) -> Draft:
    """A risk like those that people keep."""
    words = [WORDS[(number * step + step) % len(WORDS)] for step in range(1, 7)]
    return Draft(
        number,
        {
            Part.reference: f"R-{number + 1:05}",
            Part.title: f"{' '.join(words[:4]).capitalize()} {number}",
            Part.cause: f"the {words[1]} depends on {words[2]}",
            Part.event: f"{words[0]} and {words[3]} slip",
            Part.effect: f"{words[4]} grows beyond {words[5]}",
            Part.owner: f"Head of {WORDS[number % 12].capitalize()}",
            Part.category: "Operations" if number % 3 else "Financial",
        },
        {"current": (1 + number % 5, 1 + number // 5 % 5), "target": (1 + number % 3, 1 + number // 3 % 3)},
    )


def filled(path: Path, risks: int) -> Path:
    """A register file with so many risks."""
    with Register.create(path) as register:
        register.run(add_programme(name="Bench"))
        programme = next(iter(register.book.all(Programme))).id
        drafts = [draft(number) for number in range(risks)]
        register.run(import_risks(programme=programme, drafts=drafts, source="bench", on=date.today()))
    return path
