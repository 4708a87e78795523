"""What must hold of the action plan, whoever brought the change. What was there is not asked about again."""

import re

from risk_register.domain.book import Book
from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.change import Change
from risk_register.domain.errors import Refused
from risk_register.domain.evidence import Evidence
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.plan_views import lacks_for_blue

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
"""What an address begins with; the one letter of a Windows drive is none."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_outcome(change: Change, book: Book) -> None:
    """Its number is no other's, and its status has what it needs: blue evidence, amber and red a reason."""
    outcome = change.after
    if not isinstance(outcome, Outcome):
        return
    before = change.before
    if not isinstance(before, Outcome) or before.number != outcome.number:
        programme = book.get(Recommendation, outcome.recommendation).programme
        for twin in book.where(Outcome, "number", outcome.number):
            if twin.id != outcome.id and book.get(Recommendation, twin.recommendation).programme == programme:
                raise _taken(outcome.label, outcome.number)
    if isinstance(before, Outcome) and (before.status, before.status_reason) == (outcome.status, outcome.status_reason):
        return
    if outcome.status is Brag.blue and (lack := lacks_for_blue(book, outcome.id)):
        raise Refused(lack, field="status", value=outcome.status)
    if outcome.status in (Brag.amber, Brag.red) and not outcome.status_reason:
        raise Refused(
            f"Say why {outcome.label.lower()} is not on track, and what is to bring it back; the board will ask.",
            field="status_reason",
            value="",
        )


def check_recommendation(change: Change, book: Book) -> None:
    """Its number is no other's."""
    now, before = change.after, change.before
    if not isinstance(now, Recommendation):
        return
    if isinstance(before, Recommendation) and before.number == now.number:
        return
    for twin in book.where(Recommendation, "programme", now.programme):
        if twin.id != now.id and twin.number == now.number:
            raise _taken(now.label, now.number)


def _taken(label: str, number: str) -> Refused:
    return Refused(f"There is another {label.lower()} already. Give another number.", field="number", value=number)


def check_evidence(change: Change, book: Book) -> None:
    """The last evidence of an outcome that is blue stays; and a link is an address of the web or a path."""
    now, before = change.after, change.before
    if isinstance(now, Evidence):
        check_link(now.link)
    if isinstance(before, Evidence) and not (isinstance(now, Evidence) and now.outcome == before.outcome):
        outcome = book.find(Outcome, before.outcome)
        if outcome and outcome.status is Brag.blue and lacks_for_blue(book, outcome.id):
            raise Refused(
                f"{outcome.label} is blue because of this evidence. Judge the outcome anew first, or add other evidence."
            )


def check_link(link: str) -> None:
    """Raise Refused where a link is of a kind that is never opened, such as `javascript:`."""
    found = _SCHEME.match(link)
    if found and found[1].lower() not in ("http", "https"):
        raise Refused(
            f"“{link:.60}” can't be opened from here. Give an address that begins with https://, or the path of a file.",
            field="link",
            value=link,
        )


def check_brag_level(change: Change, book: Book) -> None:
    """A colour that can be painted, and a word that no other status has."""
    level, before = change.after, change.before
    if not isinstance(level, BragLevel) or (
        isinstance(before, BragLevel) and (before.word, before.colour) == (level.word, level.colour)
    ):
        return
    if not _COLOUR.fullmatch(level.colour):
        raise Refused(
            f"“{level.colour:.20}” is no colour. Give six digits after a #, such as #f0ad3d.",
            field="colour",
            value=level.colour,
        )
    for other in book.where(BragLevel, "programme", level.programme):
        if other.id != level.id and other.word.casefold() == level.word.casefold() and other.status is not level.status:
            raise Refused(
                f"“{level.word}” is the word for another status already. Give another.", field="word", value=level.word
            )
