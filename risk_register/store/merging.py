"""Merging another copy into a register, with what follows from it."""

from pathlib import Path

from risk_register.domain.merged import Merged
from risk_register.store.register import Register


def merge_copy(register: Register, path: Path, who: str = "") -> Merged:
    """Take in what another copy holds, and give another number to what bears one that was given twice.

    Raises Refused where the file is no copy of the register, and whatever opening it raises; then nothing was kept.
    """
    before = register.count_edits()
    edit = register.merge(path)
    edits = register.count_edits() - before
    renumbered = register.renumber(who) if edits else []
    return Merged(path.name, edits, edit, tuple(renumbered), tuple(register.conflicts()))
