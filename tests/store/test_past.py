from datetime import UTC, datetime, timedelta

from risk_register.domain.commands.control import add_control
from risk_register.domain.commands.governance import add_person
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.control import Control
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.making import RAISED, Made, first_id

NOON = datetime.now(UTC).replace(hour=12)
NEXT_YEAR = NOON.astimezone() + timedelta(days=365)


def test_what_a_wrong_clock_said_before_what_it_builds_on_is_left_out(made: Made) -> None:
    """A colleague's clock was two days slow: their control was said to be there before its risk."""
    risk = first_id(
        made.run(
            add_risk(programme=made.programme, title="Third", raised_on=RAISED), when=NEXT_YEAR + timedelta(days=10)
        )
    )
    control = first_id(made.run(add_control(risk=risk, description="Early"), when=NEXT_YEAR + timedelta(days=8)))
    owner = first_id(made.run(add_person(programme=made.programme, name="Late"), when=NEXT_YEAR + timedelta(days=10)))
    made.run(edit_risk(made.now(), owner=owner), when=NEXT_YEAR + timedelta(days=8))
    then = made.register.as_at((NEXT_YEAR + timedelta(days=9)).date())
    assert then.find(Risk, risk) is None
    assert then.find(Control, control) is None
    assert then.get(Risk, made.risk).owner is None
    later = made.register.as_at((NEXT_YEAR + timedelta(days=11)).date())
    assert later == made.register.book


def test_a_reader_asks_for_the_past_of_what_was_written_meanwhile_too(made: Made) -> None:
    with Register.open(made.register.path, write=False) as reader:
        made.run(edit_risk(made.now(), title="Renamed"))
        assert reader.as_at(NOON.astimezone().date()).get(Risk, made.risk).title == "Renamed"
