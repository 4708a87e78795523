"""Copies of the open register that somebody else works on, for the tests."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from pytestqt.qtbot import QtBot

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.ui.conftest import settle
from ui.window import Window

On = Callable[[Book], Command]
"""What somebody does on a book."""


def risk_in(book: Book, reference: str = "R-001") -> Risk:
    return next(item for item in book.all(Risk) if item.reference == reference)


def copy_of(window: Window, folder: Path) -> Path:
    assert window.desk.path
    return copyfile(window.desk.path, folder / "copy.riskreg")


def by_pat(copy: Path, *wanted: On) -> list[Edit]:
    with Register.open(copy, who="Pat") as register:
        return [register.run(command(register.book), who="Pat") for command in wanted]


def merged(qtbot: QtBot, window: Window, folder: Path, mine: list[On], theirs: list[On]) -> None:
    """Work on the register and a copy of it, then merge the copy."""
    copy = copy_of(window, folder)
    by_pat(copy, *theirs)
    for command in mine:
        window.desk.run(command(window.desk.book))
        settle(qtbot, window)
    window.files.merge(copy)
    settle(qtbot, window)
