"""Linking risks to one another."""

from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, new
from risk_register.domain.errors import Refused
from risk_register.domain.risk import Risk
from risk_register.domain.risk_link import LinkKind, RiskLink


def link_risks(*, risk: UUID, affected: UUID, kind: LinkKind = LinkKind.causes) -> Command:
    """Say that a risk causes another, or makes it worse."""
    link = new(RiskLink, risk=risk, affected=affected, kind=kind)

    def command(book: Book) -> Edit:
        first, second = book.get(Risk, risk).reference, book.get(Risk, affected).reference
        held = next((item for item in book.where(RiskLink, "risk", risk) if item.affected == affected), None)
        if held is not None:
            raise Refused(
                f"It is said already that {first} {held.kind.value} {second}.", field="affected", value=affected
            )
        return Edit(f"Linked: {first} {kind.value} {second}", added(link))

    return command


def unlink_risks(link: RiskLink) -> Command:
    """Say that a risk does not bear on another after all."""

    def command(book: Book) -> Edit:
        first, second = book.get(Risk, link.risk).reference, book.get(Risk, link.affected).reference
        return Edit(f"Unlinked {first} and {second}", (Change(book.get(RiskLink, link.id), None),))

    return command
