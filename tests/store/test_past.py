import random
from datetime import UTC, datetime, timedelta

from risk_register.domain.book import Book
from risk_register.domain.change import undo
from risk_register.domain.commands.control import add_control, remove_control
from risk_register.domain.commands.governance import add_person
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, reopen_risk
from risk_register.domain.control import Control
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.risk import Risk, RiskStatus
from risk_register.store import past as the_past
from risk_register.store import sharing
from risk_register.store.journal import Plain, records_of, tell
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


def test_any_past_day_is_what_had_been_said_by_then_whatever_clocks_did(made: Made) -> None:
    chance = random.Random(5)
    start = NOON.astimezone() - timedelta(days=60)
    for _ in range(250):
        when = start + timedelta(days=chance.randrange(60))  # said in any order
        risk = made.register.book.get(Risk, chance.choice([made.risk, made.other]))
        controls = list(made.register.book.all(Control))
        closed = risk.status is RiskStatus.closed
        past = chance.choice(made.register.history(limit=20)).edit.id
        command = chance.choice(
            [
                edit_risk(risk, title=f"Title {chance.random()}"),
                edit_risk(risk, cause=f"cause {chance.random()}"),
                reopen_risk(risk) if closed else close_risk(risk, reason=f"{chance.random()}", on=RAISED),
                add_control(risk=risk.id, description=f"{chance.random()}"),
                remove_control(chance.choice(controls)) if controls else edit_risk(risk, title="None left"),
                undo(made.register.edit(past)),
            ]
        )
        try:
            made.run(command, when=when)
        except (Refused, Conflict):
            continue
    for day in range(0, 62, 3):
        on = (start + timedelta(days=day)).date()
        assert made.register.as_at(on) == _replayed(made.register, on.isoformat()), on


def _replayed(register: Register, day: str) -> Book:
    """The book that the entries leave which were said up to a day, one by one."""
    entries, edits = sharing.told(register)
    said = [entry for entry in entries if edits[entry.edit].when.astimezone().date().isoformat() <= day]
    plain: Plain = {}
    for entry in said:
        tell(plain, entry.kind, entry.record, entry.field, entry.value)
    records = records_of(plain)
    return Book(the_past._sound(records))
