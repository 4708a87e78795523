"""Importing: a whole table as one edit, so that one undo takes it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action, Mitigation
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import cleaned, new
from risk_register.domain.control import Control
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Person
from risk_register.domain.importing import Draft, Part
from risk_register.domain.record import LINE, Record
from risk_register.domain.reference import is_reference, number_of
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskStatus
from risk_register.domain.text import fold, one_line, plural

_CLOSED = ("closed", "resolved", "complete", "completed", "done", "mitigated", "retired", "inactive")


def import_risks(*, programme: UUID, drafts: Sequence[Draft], source: str, on: date) -> Command:
    """Add the risks of a table. Owners and categories are matched by name and added where they are new.

    A reference that is taken, or that is none, gives way to the next free one.
    """

    def command(book: Book) -> Edit:
        if not drafts:
            raise Refused(f"{source} holds no row that can be imported. Choose which columns hold the risks.")
        made = _Import(book, programme, source, on)
        for draft in drafts:
            made.add(draft)
        label = f"Imported {plural(len(drafts), 'risk')} from {source}"
        return Edit(label, tuple(Change(None, record) for record in made.records))

    return command


class _Import:
    """Collects the records of one import."""

    def __init__(self, book: Book, programme: UUID, source: str, on: date) -> None:
        self.programme, self.source, self.on = programme, source, on
        self.records: list[Record] = []
        self._taken = {risk.reference for risk in book.where(Risk, "programme", programme)}
        self._next = {prefix: book.numbers.get((programme, prefix), 0) for prefix in ("R", "A")}
        self._named: dict[tuple[type[Record], str], UUID] = {}
        for kind in (Person, Category):
            for record in book.where(kind, "programme", programme):
                self._named[kind, fold(record.label)] = record.id

    def add(self, draft: Draft) -> None:
        texts = draft.texts
        status = RiskStatus.closed if fold(texts.get(Part.status, "")).strip() in _CLOSED else RiskStatus.open
        raised = min(draft.raised_on or self.on, self.on)
        risk = new(
            Risk,
            programme=self.programme,
            reference=self._reference(texts.get(Part.reference, "")),
            title=draft.title[:LINE],
            cause=texts.get(Part.cause, ""),
            event=texts.get(Part.event, ""),
            effect=texts.get(Part.effect, ""),
            category=self._find(Category, texts.get(Part.category, "")),
            owner=self._find(Person, texts.get(Part.owner, "")),
            raised_on=raised,
            status=status,
            closed_on=self.on if status is RiskStatus.closed else None,
            closing_reason=f"Closed in {self.source}" if status is RiskStatus.closed else "",
        )
        scores: dict[str, Any] = {}
        for side, (likelihood, impact) in draft.scores.items():
            assessment = new(
                Assessment,
                risk=risk.id,
                kind=AssessmentKind[side],
                likelihood=likelihood,
                impact=impact,
                on=self.on,
                why=f"As in {self.source}",
            )
            self.records.append(assessment)
            scores[side] = assessment.id
        self.records.append(replace(risk, **scores))
        for line in _lines(texts.get(Part.control, "")):
            self.records.append(new(Control, risk=risk.id, description=line[:LINE]))
        for line in _lines(texts.get(Part.action, "")):
            self._next["A"] += 1
            whole = cleaned(Action, {"detail": line if len(line) > LINE else ""})
            action = new(
                Action,
                programme=self.programme,
                reference=f"A-{self._next['A']:03}",
                title=line[:LINE],
                owner=risk.owner,
                **whole,
            )
            self.records += [action, new(Mitigation, action=action.id, risk=risk.id)]

    def _reference(self, told: str) -> str:
        reference = one_line(told).upper().replace(" ", "-")
        if reference.isascii() and reference.isdigit():
            reference = f"R-{int(reference):03}"
        if not is_reference(reference) or reference in self._taken:
            self._next["R"] += 1
            while f"R-{self._next['R']:03}" in self._taken:
                self._next["R"] += 1
            reference = f"R-{self._next['R']:03}"
        self._taken.add(reference)
        self._next["R"] = max(self._next["R"], number_of(reference, "R"))
        return reference

    def _find(self, kind: type[Record], told: str) -> UUID | None:
        name = one_line(told)[:LINE].rstrip()
        if not name:
            return None
        key = kind, fold(name)
        if key not in self._named:
            record = new(kind, programme=self.programme, name=name)
            self.records.append(record)
            self._named[key] = record.id
        return self._named[key]


def _lines(text: str) -> list[str]:
    """The points of a cell, one a line, without their bullets or numbers."""
    lines = (one_line(line).lstrip("-•*·–0123456789.) ").strip() for line in text.split("\n"))
    return [line for line in lines if line]
