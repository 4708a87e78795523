"""References: what people call risks, actions and decisions by, such as `R-004`."""

import re

_FORM = re.compile(r"[\w./-]{1,30}")
_DIGITS = 6
"""A reference with more of them is a code of somebody's, and no number to count on from."""


def is_reference(text: str) -> bool:
    """Whether `text` can be one: up to 30 letters, digits, dots, dashes or slashes."""
    return _FORM.fullmatch(text) is not None


def number_of(reference: str, prefix: str) -> int:
    """The number in a reference of that prefix: 12 for `R-012`; 0 if it isn't one."""
    head, _, tail = reference.rpartition("-")
    counts = head.casefold() == prefix.casefold() and tail.isascii() and tail.isdigit() and len(tail) <= _DIGITS
    return int(tail) if counts else 0


def in_order(reference: str) -> tuple[str, int, str]:
    """What references sort by, so that R-1000 comes after R-101."""
    head, _, tail = reference.rpartition("-")
    return (head, int(tail), "") if tail.isascii() and tail.isdigit() and len(tail) <= _DIGITS else (reference, 0, tail)
