"""Changing the matrix that a programme's risks are scored on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.matrix import Matrix
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, AssessmentKind, Risk


def edit_matrix(seen: Matrix, *, mapped: bool = False, **values: Any) -> Command:  # noqa: ANN401
    """Change a matrix as its author saw it. Scores stay as they are; one that does not fit a smaller matrix is refused.

    `mapped` spreads today's scores over the new size instead: each gets another beside it that says so, made on the same
    day, so that nothing of the past is written over and no risk counts as reviewed.
    """

    def command(book: Book) -> Edit:
        edit = edited(book, seen, values, f"Changed the matrix {seen.name}")
        after = next((change.after for change in edit.changes if isinstance(change.after, Matrix)), seen)
        moved = tuple(_mapped(book, book.get(Matrix, seen.id), after)) if mapped else ()
        return replace(edit, changes=edit.changes + moved)

    return command


def _mapped(book: Book, before: Matrix, after: Matrix) -> Iterator[Change]:
    if before.size == after.size:
        return
    sizes = [f"{rows} x {columns}" for rows, columns in (before.size, after.size)]
    for programme in book.where(Programme, "matrix", before.id):
        for risk in book.where(Risk, "programme", programme.id):
            points: dict[str, Any] = {}
            for kind in AssessmentKind:
                held = book.find(Assessment, getattr(risk, kind.name))
                if held is None:
                    continue
                cell = after.mapped(held.cell, before)
                if cell == held.cell:
                    continue
                made = new(
                    Assessment,
                    risk=risk.id,
                    kind=kind,
                    likelihood=cell[0],
                    impact=cell[1],
                    on=held.on,
                    by=held.by,
                    where=held.where,
                    why=f"The matrix went from {sizes[0]} to {sizes[1]}: {held.likelihood} x {held.impact} became "
                    f"{cell[0]} x {cell[1]}. {held.why}",
                )
                yield from added(made)
                points[kind.name] = made.id
            if points:
                yield Change(risk, replace(risk, **points))
