"""Words by which people group records across all that the program knows of them: `inspection`, `winter plan`."""

from collections.abc import Iterable

from risk_register.domain.text import fold, one_line

LONGEST = 40
"""The longest tag, in characters."""
MOST = 20
"""So many tags a record can bear."""


def read_tags(text: str) -> tuple[str, ...]:
    """The tags in what was typed, between commas or semicolons, each once: `Inspection, winter plan`."""
    return as_tags(text.replace(";", ",").replace("\n", ",").split(","))


def as_tags(words: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: without a #, each on one line and once, whatever its case."""
    found: dict[str, str] = {}
    for word in words:
        tag = one_line(word).lstrip("# ")
        if tag:
            found.setdefault(fold(tag), tag)
    return tuple(found.values())


def bears(tags: Iterable[str], chosen: Iterable[str]) -> bool:
    """Whether any of the chosen tags is among those of a record."""
    return not {fold(tag) for tag in tags}.isdisjoint(fold(tag) for tag in chosen)


def in_use(several: Iterable[Iterable[str]]) -> list[str]:
    """Every tag that some record bears, once, in the order of the alphabet."""
    found: dict[str, str] = {}
    for tags in several:
        for tag in tags:
            found.setdefault(fold(tag), tag)
    return [found[key] for key in sorted(found)]
