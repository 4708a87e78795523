"""What the window remembers between starts."""

from typing import TypeVar, cast

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T", str, bool, int)


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


def remembered_words(key: str) -> list[str]:
    """A list of words remembered under a key."""
    value = _store().value(key, [])
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def remember_words(key: str, words: list[str]) -> None:
    """Remember a list of words."""
    _store().setValue(key, words)
