"""Two texts side by side, with the words marked in which they differ."""

import re
from difflib import SequenceMatcher

from ui.theme import colours
from ui.words import as_html

_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
"""A word or sign with the space after it: as words of their own, spaces would take most of the time."""
_MOST = 3_000
"""Longer texts (in words and the signs between) are shown unmarked: comparing them would take seconds."""


def marked(one: str, other: str) -> tuple[str, str]:
    """Both as HTML; what only one has is bold, underlined and coloured, so that it shows without colour too."""
    ours, theirs = _WORD.findall(one), _WORD.findall(other)
    if max(len(ours), len(theirs)) > _MOST:
        return as_html(one), as_html(other)
    left, right = "", ""
    for tag, start, end, first, last in SequenceMatcher(
        None, [word.strip() for word in ours], [word.strip() for word in theirs], autojunk=False
    ).get_opcodes():
        mine, its = "".join(ours[start:end]), "".join(theirs[first:last])
        left += as_html(mine) if tag == "equal" else _mark(mine)
        right += as_html(its) if tag == "equal" else _mark(its)
    return left, right


def _mark(text: str) -> str:
    words = text.rstrip()
    look = f"color:{colours().warn}; font-weight:600; text-decoration:underline"
    return f"<span style='{look}'>{as_html(words)}</span>{as_html(text[len(words) :])}" if words else as_html(text)
