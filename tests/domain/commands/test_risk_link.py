import pytest

from risk_register.domain import standing
from risk_register.domain.change import undo
from risk_register.domain.commands.risk_link import link_risks, unlink_risks
from risk_register.domain.errors import Refused
from risk_register.domain.risk_link import LinkKind, RiskLink
from tests.making import Made


def test_a_link_is_seen_from_both_risks_until_it_is_taken_away(made: Made) -> None:
    edit = made.run(link_risks(risk=made.risk, affected=made.other, kind=LinkKind.worsens))
    assert edit.label == "Linked: R-001 makes worse R-002"
    book = made.register.book
    assert [(kind, risk.reference) for kind, risk, _ in standing.links_from(book, made.risk)] == [
        (LinkKind.worsens, "R-002")
    ]
    assert [risk.reference for _, risk, _ in standing.links_to(book, made.other)] == ["R-001"]
    removed = made.run(unlink_risks(next(iter(book.all(RiskLink)))))
    assert not made.register.book.count(RiskLink)
    made.run(undo(removed))
    assert made.register.book.count(RiskLink) == 1


def test_it_is_not_said_twice_nor_of_itself_but_may_go_both_ways(made: Made) -> None:
    made.run(link_risks(risk=made.risk, affected=made.other))
    with pytest.raises(Refused, match="It is said already that R-001 causes R-002"):
        made.run(link_risks(risk=made.risk, affected=made.other, kind=LinkKind.worsens))
    with pytest.raises(Refused, match="to itself"):
        made.run(link_risks(risk=made.risk, affected=made.risk))
    made.run(link_risks(risk=made.other, affected=made.risk))
