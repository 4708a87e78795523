"""The boards as a tree: who reports to whom.

No edit makes a circle, but two that merge can (each alone was right). So every walk here ends, whatever it meets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.governance import Board
from risk_register.domain.text import fold


@dataclass(frozen=True, slots=True)
class Branch:
    """A board in the tree, and how many stand above it."""

    board: Board
    depth: int


def above(book: Book, board: Board) -> list[Board]:
    """The boards that a board reports to, the nearest first. In a circle it ends with the board itself."""
    found: dict[UUID, Board] = {}
    while (parent := book.find(Board, board.parent)) is not None and parent.id not in found:
        found[parent.id] = board = parent
    return list(found.values())


def circle(book: Book, board: Board) -> list[Board]:
    """The boards by which a board reports to itself, the nearest first and itself last; none where it does not."""
    found = above(book, board)
    return found if board in found else []


def tree(book: Book, programme: UUID) -> list[Branch]:
    """Every board below the one it reports to, by name. A circle hangs from the first of its boards."""
    boards = sorted(book.where(Board, "programme", programme), key=lambda board: fold(board.name))
    below: dict[UUID, list[Board]] = {}
    for board in boards:
        if board.parent is not None:
            below.setdefault(board.parent, []).append(board)
    told: dict[UUID, Branch] = {}

    def walk(board: Board, depth: int) -> Iterator[Branch]:
        if board.id not in told:
            told[board.id] = branch = Branch(board, depth)
            yield branch
            for child in below.get(board.id, ()):
                yield from walk(child, depth + 1)

    tops = [board for board in boards if board.parent is None]
    in_circles = [board for board in boards if circle(book, board)]
    return [branch for top in (*tops, *in_circles) for branch in walk(top, 0)]
