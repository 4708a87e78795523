"""What a column shows, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Generic, Protocol, TypeVar

from risk_register.domain.book import Book
from risk_register.domain.record import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its text, what it sorts by (its text, if nothing else), and how it looks.

    `pill` gives the colour of a rounded ground behind the text, "" for none; `mark` the sentence told by a small flag
    before the text, "" for none. `shown` says whether a person who has not chosen sees it. Columns `searched` are looked
    through when typing to filter. `locked` says whether a lock stands before the text: the record is restricted.
    """

    key: str
    title: str
    text: Callable[[Book, R], str]
    sort: Callable[[Book, R], Any] | None = None
    width: int = 120
    right: bool = False
    shown: bool = True
    pill: Callable[[Book, R], str] | None = None
    mark: Callable[[R], str] | None = None
    alarm: Callable[[Book, R], bool] | None = None
    locked: Callable[[Book, R], bool] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str
    pill: str = ""
    alarm: bool = False
    locked: bool = False
    mark: str = ""


class _Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...


def alike(some: Sequence[_Named], others: Sequence[_Named]) -> int:
    """How many columns, or filters, at the beginning of both are the same."""
    pairs = zip(some, others, strict=False)
    return len(list(takewhile(lambda pair: (pair[0].key, pair[0].title) == (pair[1].key, pair[1].title), pairs)))
