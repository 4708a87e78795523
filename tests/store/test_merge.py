"""Two copies of a register that were worked on apart, and are merged."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from risk_register.domain.change import Edit, undo
from risk_register.domain.commands.action import add_action
from risk_register.domain.commands.conflict import keep_all, keep_standing, use_all, use_beside, write_third
from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, rescore
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.control import Control
from risk_register.domain.errors import Conflict, NotARegister, ReadOnly, Refused
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskStatus
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.making import RAISED, Made, first_id

Copied = Callable[[], Register]


@pytest.fixture
def copied(made: Made, tmp_path: Path) -> Iterator[Copied]:
    """Copies the register as it is now and opens the copy, which Pat works on."""
    opened: list[Register] = []

    def copy() -> Register:
        path = tmp_path / f"copy {len(opened)}.riskreg"
        made.register.back_up(path)
        opened.append(Register.open(path, who="Pat"))
        return opened[-1]

    yield copy
    for register in (made.register, *opened):
        assert not list(register.problems())
    for register in opened:
        register.close()


def risk(register: Register, made: Made) -> Risk:
    return register.book.get(Risk, made.risk)


def pat(register: Register, made: Made, **values: Any) -> Edit:
    return register.run(edit_risk(risk(register, made), **values), who="Pat")


def only(register: Register) -> OpenConflict:
    found = register.conflicts()
    assert len(found) == 1
    return found[0]


def merged_both_ways(one: Register, other: Register) -> None:
    sharing.merge(one, other.path)
    sharing.merge(other, one.path)
    assert one.book == other.book


# -- what merges without a word


def test_different_fields_of_one_record_merge_silently(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, cause="theirs")
    edit = sharing.merge(made.register, other.path)
    assert edit.news == "Pat: Changed cause of R-001"
    assert [change.fields for change in edit.changes] == [("cause",)]
    assert (made.now().title, made.now().cause) == ("Mine", "theirs")
    assert made.register.conflicts() == []
    merged_both_ways(made.register, other)


def test_the_same_said_twice_is_no_conflict(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="The same"))
    pat(other, made, title="The same")
    merged_both_ways(made.register, other)
    assert made.register.conflicts() == []


def test_new_records_of_both_stand_in_both(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(add_control(risk=made.risk, description="Mine"))
    other.run(add_control(risk=made.risk, description="Theirs"), who="Pat")
    merged_both_ways(made.register, other)
    assert made.register.book.count(Control) == 2


def test_merging_the_same_file_twice_brings_nothing(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs", cause="theirs")
    sharing.merge(made.register, other.path)
    before, edits, found = made.register.book, made.register.count_edits(), made.register.conflicts()
    again = sharing.merge(made.register, other.path)
    assert again.changes == ()
    assert made.register.book == before
    assert made.register.count_edits() == edits
    assert made.register.conflicts() == found


def test_a_merge_survives_a_restart(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs", cause="theirs")
    sharing.merge(made.register, other.path)
    with Register.open(made.register.path, write=False) as again:
        assert again.book == made.register.book
        assert again.conflicts() == made.register.conflicts() != []


# -- conflicts


def test_the_same_field_is_a_conflict_with_both_values_who_and_when(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"), who="Ann")
    edit = pat(other, made, title="Theirs")
    assert sharing.merge(made.register, other.path).changes == ()
    conflict = only(made.register)
    assert (conflict.kind, conflict.record, conflict.field, conflict.names) == (Risk, made.risk, "title", "title")
    assert (conflict.stands.words, conflict.stands.who) == ("Mine", "Ann")
    assert (conflict.beside.words, conflict.beside.who, conflict.beside.when) == ("Theirs", "Pat", edit.when)
    assert made.now().title == "Mine"
    assert made.register.edit(edit.id).lost == {(made.risk, "title")}


def test_status_and_reason_are_one_conflict(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(close_risk(made.now(), reason="over", on=date(2026, 3, 3)))
    other.run(close_risk(risk(other, made), reason="gone", on=date(2026, 3, 4)), who="Pat")
    sharing.merge(made.register, other.path)
    conflict = only(made.register)
    assert conflict.names == "status, closed and reason for closing"
    made.run(use_beside(conflict))
    assert (made.now().closing_reason, made.now().closed_on) == ("gone", date(2026, 3, 4))


def test_two_scores_at_once_are_a_conflict_and_both_stay_in_its_past(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(rescore(made.now(), kind=AssessmentKind.current, likelihood=2, impact=5, on=date(2026, 3, 3)))
    other.run(
        rescore(risk(other, made), kind=AssessmentKind.current, likelihood=5, impact=5, on=date(2026, 3, 3)), who="Pat"
    )
    sharing.merge(made.register, other.path)
    conflict = only(made.register)
    assert (conflict.stands.words, conflict.beside.words) == ("10 (2 x 5)", "25 (5 x 5)")
    assert len(made.register.fetch(Assessment, "risk", made.risk)) == 3
    made.run(use_beside(conflict))
    assert made.register.book.get(Assessment, made.now().current or made.risk).score == 25
    assert made.register.conflicts() == []


@pytest.mark.parametrize("settle", [keep_standing, use_beside, lambda found: write_third(found, title="Third")])
def test_settled_in_one_copy_is_settled_in_the_other(
    made: Made, copied: Copied, settle: Callable[[OpenConflict], Callable[..., Edit]]
) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs")
    sharing.merge(made.register, other.path)
    sharing.merge(other, made.register.path)
    assert risk(other, made).title == "Theirs"
    made.run(settle(only(made.register)))
    assert made.register.conflicts() == []
    merged_both_ways(made.register, other)
    assert other.conflicts() == made.register.conflicts() == []


def test_settling_differently_in_both_copies_is_a_conflict_again(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs")
    sharing.merge(made.register, other.path)
    sharing.merge(other, made.register.path)
    made.run(write_third(only(made.register), title="One"))
    other.run(write_third(only(other), title="Two"), who="Pat")
    sharing.merge(made.register, other.path)
    assert (only(made.register).stands.words, only(made.register).beside.words) == ("One", "Two")


@pytest.mark.parametrize("settle", [keep_standing, use_beside])
def test_undo_of_a_settled_conflict_reopens_it_and_redo_settles_it_again(
    made: Made, copied: Copied, settle: Callable[[OpenConflict], Callable[..., Edit]]
) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs")
    sharing.merge(made.register, other.path)
    edit = made.run(settle(only(made.register)))
    back = made.run(undo(made.register.edit(edit.id)))
    assert only(made.register).beside.words == "Theirs"
    assert made.now().title == "Mine"
    made.run(undo(made.register.edit(back.id)))
    assert made.register.conflicts() == []
    with pytest.raises(Refused, match="taken back already"):
        made.run(undo(made.register.edit(back.id)))


def test_the_undo_of_a_settlement_travels_though_it_changes_nothing(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs")
    sharing.merge(made.register, other.path)
    edit = made.run(keep_standing(only(made.register)))
    made.run(undo(made.register.edit(edit.id)))
    merged_both_ways(made.register, other)
    assert next(item for item in other.history() if item.edit.id == edit.id).undone
    made.run(use_beside(only(made.register)))
    merged_both_ways(made.register, other)
    assert risk(other, made).title == "Theirs"


def test_what_was_edited_elsewhere_in_the_record_stays_when_the_other_value_is_used(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    pat(other, made, title="Theirs")
    sharing.merge(made.register, other.path)
    looked_at = only(made.register)
    made.run(edit_risk(made.now(), cause="written since"))
    made.run(use_beside(looked_at))
    assert (made.now().title, made.now().cause) == ("Theirs", "written since")


@pytest.mark.parametrize("settle", [keep_all, use_all])
def test_all_are_settled_by_one_edit_and_opened_again_by_one_undo(
    made: Made, copied: Copied, settle: Callable[[list[OpenConflict]], Callable[..., Edit]]
) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine", cause="mine"))
    pat(other, made, title="Theirs", cause="theirs")
    sharing.merge(made.register, other.path)
    sharing.merge(other, made.register.path)
    edit = made.run(settle(made.register.conflicts()))
    assert made.register.conflicts() == []
    merged_both_ways(made.register, other)
    assert other.conflicts() == []
    made.run(undo(made.register.edit(edit.id)))
    assert len(made.register.conflicts()) == 2


def test_undo_of_an_edit_leaves_out_what_of_it_lost_a_conflict(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(edit_risk(made.now(), title="Mine"))
    edit = pat(other, made, title="Theirs", cause="theirs")
    lost = pat(other, made, title="Theirs again")
    sharing.merge(made.register, other.path)
    made.run(undo(made.register.edit(edit.id)))
    assert (made.now().title, made.now().cause) == ("Mine", "the ICB is being reorganised")
    with pytest.raises(Refused, match="Settle that conflict"):
        made.run(undo(made.register.edit(lost.id)))


def test_an_edit_after_both_had_said_the_same_is_no_conflict(made: Made, copied: Copied) -> None:
    """Which of the two stands last differs between the copies; its author has seen both."""
    other = copied()
    made.run(edit_risk(made.now(), title="The same"))
    pat(other, made, title="The same")
    sharing.merge(made.register, other.path)
    sharing.merge(other, made.register.path)
    made.run(edit_risk(made.now(), title="Another"))
    merged_both_ways(made.register, other)
    assert risk(other, made).title == "Another"
    assert other.conflicts() == []


def test_settling_settles_what_its_author_had_gone_on_from_too(made: Made, copied: Copied) -> None:
    other = copied()
    pat(other, made, cause="theirs")
    first = made.run(edit_risk(made.now(), cause="mine"))
    sharing.merge(other, made.register.path)
    made.run(undo(made.register.edit(first.id)))
    sharing.merge(other, made.register.path)
    sharing.merge(made.register, other.path)
    made.run(keep_standing(only(made.register)))
    merged_both_ways(made.register, other)
    assert other.conflicts() == []


# -- removals


def test_a_removal_that_did_not_see_an_edit_loses(made: Made, copied: Copied) -> None:
    control = first_id(made.run(add_control(risk=made.risk, description="Weekly call")))
    other = copied()
    made.run(edit_control(made.register.book.get(Control, control), description="Daily call"))
    other.run(remove_control(other.book.get(Control, control)), who="Pat")
    sharing.merge(made.register, other.path)
    conflict = only(made.register)
    assert made.register.book.get(Control, control).description == "Daily call"
    assert (conflict.stands.record is None, conflict.beside.record) == (False, None)
    made.run(use_beside(conflict))
    assert made.register.book.find(Control, control) is None
    merged_both_ways(made.register, other)
    assert made.register.conflicts() == other.conflicts() == []


def test_a_record_kept_against_its_removal_is_back_in_the_copy_that_removed_it(made: Made, copied: Copied) -> None:
    control = first_id(made.run(add_control(risk=made.risk, description="Weekly call")))
    other = copied()
    made.run(edit_control(made.register.book.get(Control, control), description="Daily call"))
    other.run(remove_control(other.book.get(Control, control)), who="Pat")
    sharing.merge(made.register, other.path)
    sharing.merge(other, made.register.path)
    made.run(keep_standing(only(made.register)))
    merged_both_ways(made.register, other)
    assert other.book.get(Control, control).description == "Daily call"
    assert made.register.conflicts() == other.conflicts() == []


def test_an_edit_of_a_removed_record_is_kept_beside_it_and_can_be_restored(made: Made, copied: Copied) -> None:
    control = first_id(made.run(add_control(risk=made.risk, description="Weekly call")))
    other = copied()
    made.run(remove_control(made.register.book.get(Control, control)))
    other.run(edit_control(other.book.get(Control, control), description="Daily call"), who="Pat")
    sharing.merge(made.register, other.path)
    conflict = only(made.register)
    assert made.register.book.find(Control, control) is None
    assert conflict.stands.record is None
    edit = made.run(use_beside(conflict))
    assert made.register.book.get(Control, control).description == "Daily call"
    assert made.register.conflicts() == []
    merged_both_ways(made.register, other)
    made.run(undo(made.register.edit(edit.id)))
    assert made.register.book.find(Control, control) is None
    assert len(made.register.conflicts()) == 1


def test_a_removal_kept_against_an_edit_is_settled_undone_and_settled_again(made: Made, copied: Copied) -> None:
    control = first_id(made.run(add_control(risk=made.risk, description="Weekly call")))
    other = copied()
    made.run(remove_control(made.register.book.get(Control, control)))
    other.run(edit_control(other.book.get(Control, control), description="Daily call"), who="Pat")
    sharing.merge(made.register, other.path)
    edit = made.run(keep_standing(only(made.register)))
    assert made.register.conflicts() == []
    back = made.run(undo(made.register.edit(edit.id)))
    assert len(made.register.conflicts()) == 1
    made.run(undo(made.register.edit(back.id)))
    merged_both_ways(made.register, other)
    assert made.register.conflicts() == other.conflicts() == []


def test_a_new_child_of_a_removed_record_is_kept_and_stands_once_that_is_back(made: Made, copied: Copied) -> None:
    raised = made.run(add_risk(programme=made.programme, title="Short-lived", raised_on=RAISED))
    other = copied()
    gone = made.run(undo(raised))
    child = other.run(add_control(risk=first_id(raised), description="Watch it"), who="Pat")
    sharing.merge(made.register, other.path)
    conflict = only(made.register)
    assert made.register.book.find(Control, first_id(child)) is None
    with pytest.raises(Refused, match="no longer in the register"):
        made.run(use_beside(conflict))
    made.run(undo(gone))
    made.run(use_beside(only(made.register)))
    assert made.register.book.get(Control, first_id(child)).description == "Watch it"
    assert made.register.conflicts() == []


def test_a_removal_of_what_the_other_copy_has_added_to_loses(made: Made, copied: Copied) -> None:
    raised = made.run(add_risk(programme=made.programme, title="Short-lived", raised_on=RAISED))
    other = copied()
    other.run(undo(raised), who="Pat")
    made.run(add_control(risk=first_id(raised), description="Watch it"))
    sharing.merge(made.register, other.path)
    conflict = only(made.register)
    assert made.register.book.find(Risk, first_id(raised))
    with pytest.raises(Refused, match="still used"):
        made.run(use_beside(conflict))
    made.run(keep_standing(conflict))
    assert made.register.conflicts() == []


# -- numbers given twice


def test_a_number_given_in_both_copies_is_given_anew_to_the_newcomer(made: Made, copied: Copied) -> None:
    other = copied()
    mine = first_id(made.run(add_risk(programme=made.programme, title="Mine", raised_on=RAISED)))
    theirs = first_id(other.run(add_risk(programme=made.programme, title="Theirs", raised_on=RAISED), who="Pat"))
    sharing.merge(made.register, other.path)
    edits = sharing.renumber_twins(made.register, "me")
    assert [edit.label for edit in edits] == ["Renumbered R-003 to R-004"]
    book = made.register.book
    assert book.get(Risk, mine).reference == "R-003"
    assert (book.get(Risk, theirs).reference, book.get(Risk, theirs).aliases) == ("R-004", ("R-003",))
    assert sharing.renumber_twins(made.register, "me") == []
    sharing.merge(other, made.register.path)
    assert sharing.renumber_twins(other, "Pat") == []
    assert other.book == book


def test_only_the_newcomer_is_renumbered_though_the_first_was_removed_and_came_back(made: Made, copied: Copied) -> None:
    other = copied()
    raised = made.run(add_risk(programme=made.programme, title="Mine", raised_on=RAISED))
    made.run(undo(made.run(undo(raised))))
    other.run(add_risk(programme=made.programme, title="Theirs", raised_on=RAISED), who="Pat")
    sharing.merge(made.register, other.path)
    assert len(sharing.renumber_twins(made.register, "me")) == 1
    assert made.register.book.get(Risk, first_id(raised)).reference == "R-003"


def test_a_number_given_anew_is_not_what_undo_takes_back(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(add_risk(programme=made.programme, title="Mine", raised_on=RAISED))
    other.run(add_risk(programme=made.programme, title="Theirs", raised_on=RAISED), who="Pat")
    sharing.merge(made.register, other.path)
    sharing.renumber_twins(made.register, "me")
    assert [edit.label for edit in made.register.own_edits("me", 10)][-1] == "Raised R-003"


def test_actions_are_renumbered_too(made: Made, copied: Copied) -> None:
    other = copied()
    made.run(add_action(programme=made.programme, title="Mine"))
    other.run(add_action(programme=made.programme, title="Theirs"), who="Pat")
    sharing.merge(made.register, other.path)
    assert [edit.label for edit in sharing.renumber_twins(made.register, "me")] == ["Renumbered A-002 to A-003"]


# -- what is no copy


def test_what_is_no_copy_of_this_register_is_refused(made: Made, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.riskreg"
    Register.create(foreign, fill=lambda register: register.run(add_programme(name="Another"))).close()
    (tmp_path / "notes.riskreg").write_text("notes")
    before = made.register.book
    with pytest.raises(Refused, match="no copy of this register"):
        sharing.merge(made.register, foreign)
    with pytest.raises(Refused, match="this register itself"):
        sharing.merge(made.register, made.register.path)
    with pytest.raises(NotARegister):
        sharing.merge(made.register, tmp_path / "notes.riskreg")
    assert made.register.book == before


def test_a_reader_merges_nothing(made: Made, copied: Copied) -> None:
    other = copied()
    pat(other, made, title="Theirs")
    with Register.open(made.register.path, write=False) as reader, pytest.raises(ReadOnly):
        sharing.merge(reader, other.path)


def test_merging_a_copy_that_somebody_has_open_leaves_it_as_it_is(made: Made, copied: Copied) -> None:
    other = copied()
    pat(other, made, status=RiskStatus.materialised)
    before = shutil.copyfile(other.path, other.path.with_suffix(".before")).read_bytes()
    sharing.merge(made.register, other.path)
    assert other.path.read_bytes() == before
    assert made.now() == replace(made.now(), status=RiskStatus.materialised)


# -- whatever two people do


def anything(chance: random.Random, register: Register, made: Made) -> Callable[..., Edit]:
    found, controls = list(register.book.all(Risk)), list(register.book.all(Control))
    one, words = chance.choice(found), chance.choice("abc")
    done = [past.edit.id for past in register.history(limit=6) if not past.undone]
    kinds: list[Callable[[], Callable[..., Edit]]] = [
        lambda: edit_risk(one, title=words),
        lambda: edit_risk(one, cause=words),
        lambda: add_control(risk=one.id, description=words),
        lambda: rescore(one, kind=AssessmentKind.current, likelihood=chance.randint(1, 5), impact=3, on=RAISED),
        lambda: close_risk(one, reason=words, on=date(2026, 4, 4)),
        lambda: add_risk(programme=made.programme, title=words, raised_on=RAISED),
    ]
    if controls:
        control = chance.choice(controls)
        kinds += [lambda: edit_control(control, description=words), lambda: remove_control(control)]
    if done:
        kinds.append(lambda: undo(register.edit(chance.choice(done))))
    if waiting := register.conflicts():
        kinds += [lambda: keep_standing(chance.choice(waiting)), lambda: use_all(waiting)]
    return chance.choice(kinds)()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_two_people_do_apart_both_copies_stay_sound_and_all_can_be_settled(
    made: Made, copied: Copied, seed: int
) -> None:
    chance, other = random.Random(seed), copied()
    for _ in range(25):
        mine, theirs = chance.sample([made.register, other], 2)
        if chance.random() < 0.15:
            sharing.merge(mine, theirs.path)
            sharing.renumber_twins(mine, "somebody")
        else:
            with suppress(Refused, Conflict):
                mine.run(anything(chance, mine, made), who="somebody")
    sharing.merge(made.register, other.path)
    sharing.renumber_twins(made.register, "me")
    for _ in range(3):  # some can only be settled once another is
        for conflict in made.register.conflicts():
            for settle in (use_beside, keep_standing):
                with suppress(Refused, Conflict):
                    made.run(settle(conflict))
                    break
    assert made.register.conflicts() == []
    references = [item.reference for item in made.register.book.all(Risk)]
    assert len(set(references)) == len(references)
    sharing.merge(other, made.register.path)
