"""What the window remembers between starts."""

from typing import TypeVar, cast

from PySide6.QtCore import QByteArray, QSettings, QTimer
from PySide6.QtWidgets import QHeaderView, QSplitter

T = TypeVar("T", str, bool, int)
_SETTLED = 300
"""After so long without a change (ms) columns are remembered."""


def _store() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Risk Register", "Risk Register")


def remembered(key: str, default: T) -> T:
    """What was remembered under a key, of the default's type."""
    return cast("T", _store().value(key, default, type=type(default)))


def remember(key: str, value: str | bool | int) -> None:  # noqa: FBT001
    """Remember a value under a key."""
    _store().setValue(key, value)


def remembered_state(key: str) -> QByteArray:
    """A window's, splitter's or header's state; empty where there is none."""
    value = _store().value(key)
    return value if isinstance(value, QByteArray) else QByteArray()


def remember_state(key: str, state: QByteArray) -> None:
    """Remember the state of a window, splitter or header."""
    _store().setValue(key, state)


def keep_splitter(key: str, splitter: QSplitter, sizes: list[int]) -> None:
    """Let a splitter stand as it was left last time, or at `sizes`, and remember how it is moved."""
    if not splitter.restoreState(remembered_state(key)):
        splitter.setSizes(sizes)
    splitter.splitterMoved.connect(lambda: remember_state(key, splitter.saveState()))


def keep_header(key: str, header: QHeaderView) -> None:
    """Let a table's columns stand as they were left last time, and remember how they are chosen, moved and sorted."""
    header.restoreState(remembered_state(key))
    # A while after the last of them: dragging an edge is hundreds of changes.
    settled = QTimer(header, singleShot=True, interval=_SETTLED)
    settled.timeout.connect(lambda: remember_state(key, header.saveState()))
    for change in (header.sectionMoved, header.sectionResized, header.sortIndicatorChanged):
        change.connect(settled.start)


def remembered_words(key: str) -> list[str]:
    """A list of words remembered under a key."""
    value = _store().value(key, [])
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def remember_words(key: str, words: list[str]) -> None:
    """Remember a list of words."""
    _store().setValue(key, words)
