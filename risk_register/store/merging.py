"""Merging another copy into a register, with what follows from it."""

from collections.abc import Callable
from pathlib import Path

from risk_register.domain.merged import Merged
from risk_register.store import sharing
from risk_register.store.register import Register


def merge_copy(register: Register, path: Path, who: str = "", kept: Callable[[], object] = lambda: None) -> Merged:
    """Take in what another copy holds, and give another number to what bears one that was given twice.

    `kept` is called once what came is kept: from then on it is too late to call it off. Raises Refused where the file
    is no copy of the register, and whatever opening it raises; then nothing was kept.
    """
    before = register.count_edits()
    edit = sharing.merge(register, path)
    kept()
    edits = register.count_edits() - before
    renumbered = sharing.renumber_twins(register, who) if edits else []
    return Merged(path.name, edits, edit, tuple(renumbered), tuple(register.conflicts()))
