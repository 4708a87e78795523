"""Whatever a person does, undoes, redoes and reopens: the book, the rows and the journal stay one."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from risk_register.domain.action import Action, Mitigation
from risk_register.domain.appetite import Appetite
from risk_register.domain.book import Book
from risk_register.domain.category import Category
from risk_register.domain.change import Edit, undo
from risk_register.domain.commands.action import (
    add_action,
    complete_action,
    edit_action,
    link_action,
    note_progress,
    reopen_action,
    unlink_action,
)
from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.commands.escalation import answer_escalation, escalate
from risk_register.domain.commands.governance import add_board
from risk_register.domain.commands.matrix import edit_matrix
from risk_register.domain.commands.programme import add_programme, edit_category
from risk_register.domain.commands.review import note_review
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, reopen_risk, rescore
from risk_register.domain.commands.risk_link import link_risks, unlink_risks
from risk_register.domain.control import Control, Effectiveness
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.escalation import Answer, Escalation
from risk_register.domain.governance import Board
from risk_register.domain.matrix import Matrix
from risk_register.domain.presets import resized
from risk_register.domain.programme import Programme
from risk_register.domain.record import values
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.domain.risk_link import LinkKind, RiskLink
from risk_register.store.register import Register
from tests.making import RAISED

DAYS = st.integers(0, 300).map(lambda days: RAISED + timedelta(days=days))
WORDS = st.sampled_from(["", "one", "two", "R&D", "=1+1", "ünï", "a\nb"])
PICK = st.integers(0, 99)


class Machine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.register = Register.create(self.folder / "r.riskreg")
        self.register.run(add_programme(name="P"), who="me")
        self.programme = next(iter(self.register.book.all(Programme))).id
        for name in ("Board", "Group"):
            self.register.run(add_board(programme=self.programme, name=name), who="me")
        self.undone: list[Edit] = []
        self.done: list[Edit] = []

    def teardown(self) -> None:
        assert not list(self.register.problems())
        self.register.close()
        shutil.rmtree(self.folder)

    def run(self, command: Callable[[Book], Edit]) -> None:
        before = self.register.book
        try:
            edit = self.register.run(command, who="me")
        except (Refused, Conflict) as error:
            assert str(error)
            assert self.register.book is before
        else:
            self.done.append(edit)
            self.undone.clear()

    def pick(self, kind: type[Any], place: int) -> Any:
        found = list(self.register.book.all(kind))
        return found[place % len(found)]

    @rule(title=WORDS)
    def raise_risk(self, title: str) -> None:
        self.run(add_risk(programme=self.programme, title=title, raised_on=RAISED))

    def has_risk(self) -> bool:
        return self.register.book.count(Risk) > 0

    def has_action(self) -> bool:
        return self.register.book.count(Action) > 0

    @precondition(has_risk)
    @rule(place=PICK, field=st.sampled_from(["title", "cause", "reference"]), words=WORDS)
    def edit(self, place: int, field: str, words: str) -> None:
        self.run(edit_risk(self.pick(Risk, place), **{field: words}))

    @precondition(has_risk)
    @rule(
        place=PICK,
        kind=st.sampled_from(AssessmentKind),
        likelihood=st.integers(0, 6),
        impact=st.integers(1, 5),
        on=DAYS,
    )
    def score(self, place: int, kind: AssessmentKind, likelihood: int, impact: int, on: date) -> None:
        self.run(rescore(self.pick(Risk, place), kind=kind, likelihood=likelihood, impact=impact, on=on))

    @precondition(has_risk)
    @rule(place=PICK, on=DAYS, reason=WORDS)
    def close(self, place: int, on: date, reason: str) -> None:
        risk = self.pick(Risk, place)
        self.run(reopen_risk(risk) if risk.closed_on else close_risk(risk, reason=reason, on=on))

    @precondition(has_risk)
    @rule(place=PICK, on=DAYS, note=WORDS)
    def review(self, place: int, on: date, note: str) -> None:
        self.run(note_review(self.pick(Risk, place), on=on, note=note))

    @precondition(has_risk)
    @rule(place=PICK, to=PICK, words=WORDS, answer=st.sampled_from(Answer))
    def escalate_or_answer(self, place: int, to: int, words: str, answer: Answer) -> None:
        risk = self.pick(Risk, place)
        waits = [item for item in self.register.book.where(Escalation, "risk", risk.id) if item.answer is None]
        if waits:
            self.run(answer_escalation(waits[0], answer=answer, on=RAISED, words=words))
        else:
            self.run(escalate(risk, to_board=self.pick(Board, to).id, reason=words, on=RAISED))

    @precondition(has_risk)
    @rule(cause=PICK, effect=PICK, kind=st.sampled_from(LinkKind))
    def bear_on(self, cause: int, effect: int, kind: LinkKind) -> None:
        one, other = self.pick(Risk, cause), self.pick(Risk, effect)
        links = [link for link in self.register.book.where(RiskLink, "risk", one.id) if link.affected == other.id]
        self.run(unlink_risks(links[0]) if links else link_risks(risk=one.id, affected=other.id, kind=kind))

    @rule(place=PICK, level=st.sampled_from(Appetite), tolerable=st.none() | st.integers(0, 37))
    def set_appetite(self, place: int, level: Appetite, tolerable: int | None) -> None:
        self.run(edit_category(self.pick(Category, place), appetite=level, tolerable=tolerable))

    @rule(rows=st.integers(2, 7), columns=st.integers(3, 6), mapped=st.booleans())
    def change_matrix(self, rows: int, columns: int, mapped: bool) -> None:  # noqa: FBT001
        matrix = self.pick(Matrix, 0)
        fields = {name: value for name, value in values(resized(matrix, rows, columns)).items() if name != "id"}
        self.run(edit_matrix(matrix, mapped=mapped, **fields))

    @precondition(has_risk)
    @rule(place=PICK, title=WORDS)
    def act(self, place: int, title: str) -> None:
        self.run(add_action(programme=self.programme, title=title, risks=[self.pick(Risk, place).id]))

    @precondition(has_action)
    @rule(place=PICK, what=st.integers(0, 3), on=DAYS, words=WORDS)
    def work_on(self, place: int, what: int, on: date, words: str) -> None:
        action = self.pick(Action, place)
        self.run(
            [
                note_progress(action, text=words, on=on, percent=50),
                complete_action(action, on=on, note=words),
                reopen_action(action),
                edit_action(action, barrier=words, expected=on),
            ][what]
        )

    @precondition(lambda self: self.has_risk() and self.has_action())
    @rule(place=PICK, other=PICK)
    def link(self, place: int, other: int) -> None:
        action, risk = self.pick(Action, place), self.pick(Risk, other)
        linked = any(link.risk == risk.id for link in self.register.book.where(Mitigation, "action", action.id))
        self.run((unlink_action if linked else link_action)(action=action.id, risk=risk.id))

    @precondition(has_risk)
    @rule(place=PICK, words=WORDS)
    def control(self, place: int, words: str) -> None:
        self.run(add_control(risk=self.pick(Risk, place).id, description=words))

    @precondition(lambda self: self.register.book.count(Control) > 0)
    @rule(place=PICK, remove=st.booleans())
    def judge(self, place: int, remove: bool) -> None:  # noqa: FBT001
        control = self.pick(Control, place)
        self.run(remove_control(control) if remove else edit_control(control, effectiveness=Effectiveness.partial))

    @precondition(lambda self: bool(self.done))
    @rule()
    def undo_the_last(self) -> None:
        edit = self.done.pop()
        self.undone.append(self.register.run(undo(edit), who="me"))

    @precondition(lambda self: bool(self.undone))
    @rule()
    def redo(self) -> None:
        edit = self.undone.pop()
        self.done.append(self.register.run(undo(edit), who="me"))

    @precondition(lambda self: bool(self.done))
    @rule(place=PICK)
    def undo_any(self, place: int) -> None:
        chosen = self.done[place % len(self.done)].id
        try:
            edit = self.register.run(undo(self.register.edit(chosen)), who="me")
        except (Refused, Conflict) as error:
            assert str(error)
        else:
            self.done.append(edit)
            self.undone.clear()

    @rule()
    def reopen(self) -> None:
        before = self.register.book
        self.register.close()
        self.register = Register.open(self.folder / "r.riskreg")
        assert self.register.book == before
        assert self.register.book.numbers == before.numbers

    @rule()
    def look_back(self) -> None:
        assert self.register.as_at(date.today()) == self.register.book

    @invariant()
    def references_are_unique(self) -> None:
        references = [risk.reference for risk in self.register.book.all(Risk)]
        assert len(references) == len(set(references))


Machine.TestCase.settings = settings(max_examples=15, stateful_step_count=40, deadline=None)
TestMachine = Machine.TestCase
