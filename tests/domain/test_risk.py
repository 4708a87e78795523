import pytest

from risk_register.domain.risk import RESPONSES, RiskKind, compose


@pytest.mark.parametrize(
    ("cause", "event", "effect", "sentence"),
    [
        (
            "the ICB is being reorganised",
            "the sponsor is lost",
            "longer waits",
            "Because the ICB is being reorganised, there is a risk that the sponsor is lost, leading to longer waits.",
        ),
        ("", "The sponsor is lost.", "", "There is a risk that the sponsor is lost."),
        (
            "Because AP is absent",
            "There is a risk that AP is unheard",
            "leading to gaps.",
            "Because AP is absent, there is a risk that AP is unheard, leading to gaps.",
        ),
        ("something", "", "something else", ""),
    ],
)
def test_the_three_parts_compose_one_sentence(cause: str, event: str, effect: str, sentence: str) -> None:
    assert compose(RiskKind.threat, cause, event, effect) == sentence


def test_an_opportunity_is_called_one() -> None:
    assert compose(RiskKind.opportunity, "", "money comes", "") == "There is an opportunity that money comes."


def test_only_threats_are_avoided_and_only_opportunities_exploited() -> None:
    threat, opportunity = ({item.name for item in RESPONSES[kind]} for kind in RiskKind)
    assert {"avoid", "reduce"} <= threat - opportunity
    assert {"exploit", "enhance"} <= opportunity - threat
