"""The plan's screen: read and edited in place, judged, linked; by mouse and by key."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.action import Action, Impact
from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.milestone import edit_milestone
from risk_register.domain.commands.plan import edit_outcome, judge_outcome
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.resource import Resource
from risk_register.store.register import Register
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, button, register_screen, replace_text
from tests.ui.plans import milestone, outcome, plan_screen, type_and_enter
from ui.plan.key import BragDialog
from ui.plan.status import JudgementDialog
from ui.search import Finder
from ui.window import Window

CLICK = Qt.MouseButton.LeftButton


def test_a_part_is_edited_where_it_is_read_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot)
    before = outcome(window, "1.1").difference
    replace_text(qtbot, screen.outcome.parts["difference"], "Children are helped in time")
    qtbot.keyClick(screen.outcome.parts["difference"], Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert outcome(window, "1.1").difference == "Children are helped in time"
    assert window.desk.undo_label == "Changed the difference this will make of outcome 1.1"
    with Register.open(window.desk.path or Path(), write=False) as again:
        assert again.book == window.desk.book
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.outcome.parts["difference"].value() == before


def test_what_a_colleague_changes_leaves_alone_what_is_being_typed(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.6")
    screen.show_record(milestone(window, "Memorandum"))
    settle(qtbot, window)
    row = screen.outcome.milestones.made[milestone(window, "Memorandum").id]
    replace_text(qtbot, row.barrier, "Half a sen")
    replace_text(qtbot, row.title, "Memorandum, being renamed")
    part = screen.outcome.parts["will_see"]
    day = window.desk.today() + timedelta(days=90)
    window.desk.run(edit_milestone(milestone(window, "Memorandum"), forecast=day))
    window.desk.run(edit_outcome(outcome(window, "1.6"), will_see="Written by a colleague"))
    settle(qtbot, window)
    assert row.title.text() == "Memorandum, being renamed"
    assert row.title.hasFocus()
    assert row.forecast.value() == day
    assert "expected" in row.head.accessibleName()
    assert part.value() == "Written by a colleague"
    assert screen.outcome.milestones.made[milestone(window, "Memorandum").id] is row, "no row was made anew"
    qtbot.keyClick(row.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert milestone(window, "Memorandum").title == "Memorandum, being renamed"
    assert milestone(window, "Memorandum").barrier == "Half a sen"


def test_what_is_refused_stays_marked_at_its_outcome_with_a_sentence(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot)
    replace_text(qtbot, screen.outcome.number, "1.2")
    qtbot.keyClick(screen.outcome.number, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert "There is another outcome 1.2 already" in screen.outcome.problem.text()
    screen.tree.choose(outcome(window, "1.3").id)
    settle(qtbot, window)
    assert screen.outcome.number.text() == "1.3"
    assert screen.unsaved() == ["Outcome 1.1, number: 1.2"]
    screen.tree.choose(outcome(window, "1.1").id)
    settle(qtbot, window)
    assert screen.outcome.number.text() == "1.2"
    screen.outcome.number.setFocus()
    qtbot.keyClick(screen.outcome.number, Qt.Key.Key_Escape)
    assert screen.outcome.number.text() == "1.1"
    assert not screen.unsaved()


# -- judging


def judge(window: Window, qtbot: QtBot, screen: Any, words: str) -> Any:
    """Choose a status in the menu; returns the question that is asked."""
    menu = screen.outcome.status.menu
    menu.aboutToShow.emit()
    next(item for item in menu.actions() if item.text().startswith(words)).trigger()
    settle(qtbot, window)
    return screen.findChild(JudgementDialog)


def test_a_judgement_asks_for_its_reason_and_stands_in_history_with_it(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.5")
    dialog = judge(window, qtbot, screen, "Amber")
    assert "recovery plan" in dialog.words.accessibleName()
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "Say why outcome 1.5 is not on track" in dialog._problem.text()
    qtbot.keyClicks(dialog.words, "The report waits for data. A first version goes on 1 December.")
    qtbot.keyClicks(dialog.where, "HWBB")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert outcome(window, "1.5").status is Brag.amber
    assert screen.outcome.status.button.text() == "Amber"
    assert screen.outcome.status.reason.text().startswith("The report waits")
    history: Any = window.go_to("History")
    settle(qtbot, window)
    assert [history.model.index(0, column).data() for column in (2, 3, 4)] == [
        "Judged outcome 1.5 amber",
        "The report waits for data. A first version goes on 1 December.",
        "HWBB",
    ]
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert outcome(window, "1.5").status is Brag.green


def test_blue_is_offered_once_there_is_evidence(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.1")
    menu = screen.outcome.status.menu
    menu.aboutToShow.emit()
    blue = menu.actions()[0]
    assert (blue.text(), blue.isEnabled()) == ("Blue (needs evidence first)", False)
    type_and_enter(qtbot, screen.outcome.evidence.add.line, "Minutes of the board")
    settle(qtbot, window)
    menu.aboutToShow.emit()
    assert menu.actions()[0].isEnabled()


def test_what_the_milestones_say_stands_beside_the_judgement_only_where_they_differ(
    window: Window, qtbot: QtBot
) -> None:
    screen = plan_screen(window, qtbot, "1.4")
    suggested = screen.outcome.status.suggested
    late = milestone(window, "Escalation protocol").days_late(window.desk.today())
    assert suggested.isVisible()
    assert (
        suggested.text()
        == f"Its milestones say red: “Escalation protocol between partners agreed” is late, by {late} days."
    )
    window.desk.run(judge_outcome(outcome(window, "1.4"), status=Brag.red, reason="Nobody has agreed it"))
    settle(qtbot, window)
    assert not suggested.isVisible()


def test_the_key_shows_what_is_written_down_and_what_is_changed_there(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot)
    qtbot.mouseClick(screen.key.change, CLICK)
    settle(qtbot, window)
    dialog = screen.findChild(BragDialog)
    amber = dialog.rows[Brag.amber]
    replace_text(qtbot, amber.word, "Yellow")
    replace_text(qtbot, amber.rule, "At some risk")
    amber._on_picked(QColor("#ffee00"))
    settle(qtbot, window)
    assert [words.text() for words in screen.key._shown[Brag.amber]] == ["Yellow", "At some risk"]
    assert screen.outcome.status.button.text() == "Yellow"
    replace_text(qtbot, amber.word, "green")
    dialog.accept()
    settle(qtbot, window)
    assert dialog.isVisible(), "it stays at what is not kept"
    assert "word for another status" in dialog._problem.text()
    qtbot.keyClick(amber.word, Qt.Key.Key_Escape)
    dialog.accept()
    settle(qtbot, window)
    assert not screen.findChildren(BragDialog)


def test_a_register_of_an_older_version_writes_its_statuses_down_when_they_are_changed(
    window: Window, qtbot: QtBot
) -> None:
    levels = list(window.desk.book.all(BragLevel))
    window.desk.run(lambda _: Edit("As an older version left it", tuple(Change(level, None) for level in levels)))
    settle(qtbot, window)
    screen = plan_screen(window, qtbot)
    assert screen.key._shown[Brag.red][0].text() == "Red"
    qtbot.mouseClick(screen.key.change, CLICK)
    settle(qtbot, window)
    assert screen.findChild(BragDialog)
    assert window.desk.undo_label == "Wrote down what the BRAG statuses mean"


# -- what belongs to an outcome


def test_a_milestone_is_added_by_enter_and_opens_for_its_dates(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.5")
    section = screen.outcome.milestones
    type_and_enter(qtbot, section.add.line, "A third report")
    settle(qtbot, window)
    row = section.made[milestone(window, "A third report").id]
    assert row.body.isVisible()
    day = window.desk.today() - timedelta(days=40)
    replace_text(qtbot, row.baseline, f"{day:%d/%m/%Y}")
    qtbot.keyClick(row.baseline, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert milestone(window, "A third report").baseline == day
    assert "40 days late" in row.head.accessibleName()
    replace_text(qtbot, row.actual, f"{window.desk.today() + timedelta(days=9):%d/%m/%Y}")
    qtbot.keyClick(row.actual, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert "is still to come" in section.problem.text()
    assert milestone(window, "A third report").actual is None
    qtbot.keyClick(row.actual, Qt.Key.Key_Escape)
    row.actual.setFocus()
    qtbot.keyClick(row.actual, Qt.Key.Key_Escape)
    qtbot.mouseClick(row._remove, CLICK)
    settle(qtbot, window)
    assert not [item for item in window.desk.book.all(Milestone) if item.title == "A third report"]
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert milestone(window, "A third report").baseline == day


def test_what_is_refused_in_a_milestone_waits_there_and_is_open_when_one_comes_back(
    window: Window, qtbot: QtBot
) -> None:
    screen = plan_screen(window, qtbot, "1.6")
    wanted = milestone(window, "Executive lead")
    screen.show_record(wanted)
    settle(qtbot, window)
    row = screen.outcome.milestones.made[wanted.id]
    replace_text(qtbot, row.actual, "31/12/2099")
    screen.tree.choose(outcome(window, "1.2").id)
    settle(qtbot, window)
    assert "What you typed waits there" in window._notices.text
    assert len(screen.unsaved()) == 1
    screen.tree.choose(outcome(window, "1.6").id)
    settle(qtbot, window)
    again = screen.outcome.milestones.made[wanted.id]
    assert again is not row
    assert again.actual.text() == "31/12/2099"
    assert again.body.isVisible()


def test_one_milestone_at_a_time_is_open_and_space_closes_it(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.1")
    rows = list(screen.outcome.milestones.made.values())
    for row in rows[:2]:
        row.head.setFocus()
        qtbot.keyClick(row.head, Qt.Key.Key_Space)
    assert [row.body.isVisible() for row in rows[:2]] == [False, True]
    qtbot.keyClick(rows[1].head, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is rows[1]._remove
    qtbot.keyClick(rows[1]._remove, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is rows[1].title
    rows[1].head.setFocus()
    qtbot.keyClick(rows[1].head, Qt.Key.Key_Space)
    assert not rows[1].body.isVisible()


def test_resources_are_asked_and_given_in_pounds_or_in_words(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.4")
    section = screen.outcome.resources
    type_and_enter(qtbot, section.add.line, "A facilitator")
    settle(qtbot, window)
    resource = next(item for item in window.desk.book.all(Resource) if item.what == "A facilitator")
    row = section.made[resource.id]
    replace_text(qtbot, row.asked, "£1,200")
    qtbot.keyClick(row.asked, Qt.Key.Key_Tab)
    replace_text(qtbot, row.given, "two days of the council's own")
    qtbot.keyClick(row.given, Qt.Key.Key_Tab)
    settle(qtbot, window)
    now = window.desk.book.get(Resource, resource.id)
    assert (now.asked, now.given) == ("£1,200", "two days of the council's own")


def test_a_risk_beside_an_outcome_is_one_click_away_and_can_be_linked(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.6")
    section = screen.outcome.risk_list
    before = len(window.desk.book.where(OutcomeLink, "outcome", outcome(window, "1.6").id))
    qtbot.mouseClick(section._link, CLICK)
    finder = section.findChild(Finder)
    qtbot.keyClicks(finder.line, "r-016")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.undo_label == "Linked R-016 to outcome 1.6"
    assert len(section._shown) == before + 1
    name = next(item for item in section.findChildren(QWidget) if item.accessibleName().startswith("R-016"))
    qtbot.mouseClick(name, CLICK)
    settle(qtbot, window)
    assert register_screen(window).editor.reference.text() == "R-016"


def test_an_action_is_added_for_an_outcome_and_says_there_what_it_moves(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.5")
    type_and_enter(qtbot, screen.outcome.action_list.add.line, "Ask the chair for a longer item")
    settle(qtbot, window)
    action = next(item for item in window.desk.book.all(Action) if item.title.startswith("Ask the chair"))
    assert (action.outcome, action.owner) == (outcome(window, "1.5").id, outcome(window, "1.5").lead)
    actions: Any = window.go_to("Actions")
    actions.show_record(action)
    actions.editor.impact.setFocus()
    for _ in range(2):
        qtbot.keyClick(actions.editor.impact, Qt.Key.Key_Down)
        settle(qtbot, window)
    assert window.desk.book.get(Action, action.id).impact is Impact.some
    window.go_to("Plan")
    settle(qtbot, window)
    told = [item.text() for item in screen.outcome.action_list.findChildren(QWidget) if hasattr(item, "text")]
    assert any("impact: some" in words for words in told)


# -- recommendations and outcomes


def test_the_plan_is_gone_through_added_to_and_cut_by_keys_alone(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.1")
    screen.enter()
    assert screen.tree.hasFocus()
    qtbot.keyClick(screen.tree, Qt.Key.Key_Down)
    assert screen.outcome.number.text() == "1.2"
    qtbot.keyClick(screen.tree, Qt.Key.Key_Insert)
    settle(qtbot, window)
    assert screen.outcome.number.text() == "1.8"
    assert screen.outcome.parts["want"].hasFocus()
    qtbot.keyClicks(screen.outcome.parts["want"], "Transport is planned with placements")
    qtbot.keyClick(screen.outcome.parts["want"], Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert outcome(window, "1.8").want == "Transport is planned with placements"
    screen.tree.setFocus()
    qtbot.keyClick(screen.tree, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert not [item for item in window.desk.book.all(Outcome) if item.number == "1.8"]
    assert screen.outcome.number.text() == "1.7", "what stands in its place is shown"
    qtbot.keyClick(screen.tree, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert outcome(window, "1.8")
    screen.tree.choose(outcome(window, "1.7").id)
    qtbot.keyClick(screen.tree, Qt.Key.Key_Return)
    assert screen.outcome.parts["want"].hasFocus()


def test_an_empty_plan_says_what_to_do_and_grows_from_there(new_window: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    window = new_window()
    window.desk.create(tmp_path / "new.riskreg", add_programme(name="Improvement"))
    settle(qtbot, window)
    screen: Any = window.go_to("Plan")
    qtbot.mouseClick(button(screen, "Add the first recommendation"), CLICK)
    settle(qtbot, window)
    assert screen.recommendation.text.hasFocus()
    qtbot.keyClicks(screen.recommendation.text, "Leaders lead")
    qtbot.mouseClick(screen.recommendation.add, CLICK)
    settle(qtbot, window)
    assert next(window.desk.book.all(Recommendation)).text == "Leaders lead"
    assert outcome(window, "1.1").want == ""
    assert screen.outcome.parts["want"].hasFocus()
    qtbot.mouseClick(screen.timeline_view, CLICK)
    assert screen._stack.currentWidget() is screen._pages["bare"]


def test_a_recommendation_is_removed_with_its_outcomes_and_undo_brings_all_back(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot)
    screen.show_record(next(window.desk.book.all(Recommendation)))
    settle(qtbot, window)
    before = window.desk.book
    screen.recommendation.remove.trigger()
    settle(qtbot, window)
    assert window.desk.undo_label == "Removed recommendation 1 and 7 outcomes"
    assert screen._stack.currentWidget() is screen._pages["empty"]
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book == before
    assert screen._stack.currentWidget() is screen._pages["outcomes"]


def test_who_only_reads_can_change_nothing(new_window: Opened, sample_file: Path, qtbot: QtBot) -> None:
    with Register.open(sample_file):
        window = new_window(sample_file)
        screen = plan_screen(window, qtbot, "1.7")
        editor = screen.outcome
        assert editor.parts["want"].isReadOnly()
        row = next(iter(editor.evidence.made.values()))
        milestones = list(editor.milestones.made.values())
        milestones[0].head.setChecked(True)
        changing = (
            screen._new_outcome, screen._new_recommendation, screen.key.change, editor.status.button, editor.lead,
            editor.more, row.link, milestones[0].baseline, milestones[0]._remove,
        )  # fmt: skip
        assert not [widget for widget in changing if widget.isEnabled()]
        assert not editor.milestones.add.isVisible()
        assert row.open.isEnabled(), "reading is reading"
        screen.tree.setFocus()
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Insert):
            qtbot.keyClick(screen.tree, key)
        settle(qtbot, window)
        assert outcome(window, "1.7")
        window.desk.close()


# -- ways in and out


def test_the_overview_leads_to_a_milestone_that_is_late(window: Window, qtbot: QtBot) -> None:
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    card = overview._cards["Milestones late or slipping"]
    row, widget = card._shown[0]
    qtbot.mouseClick(widget, CLICK)
    settle(qtbot, window)
    screen: Any = window.current_screen
    assert screen.title == "Plan"
    assert screen.outcome.milestones.made[row.key].body.isVisible()


def test_the_history_of_an_outcome_is_that_of_its_parts_and_leads_back(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.6")
    qtbot.mouseClick(button(screen.outcome, "History"), CLICK)
    settle(qtbot, window)
    history: Any = window.current_screen
    labels = [history.model.index(row, 2).data() for row in range(history.model.rowCount())]
    assert {"Judged outcome 1.6 red", "Added a milestone to outcome 1.6"} <= set(labels)
    history.table.selectRow(labels.index("Judged outcome 1.6 red"))
    settle(qtbot, window)
    qtbot.mouseClick(history._open, CLICK)
    settle(qtbot, window)
    back: Any = window.current_screen
    assert back is screen
    assert back.outcome.number.text() == "1.6"


def test_a_wide_page_has_what_belongs_to_the_outcome_beside_its_parts_and_a_narrow_one_below(
    window: Window, qtbot: QtBot
) -> None:
    screen = plan_screen(window, qtbot)
    editor = screen.outcome

    def places() -> tuple[int, int]:
        page = editor._area.widget()
        return tuple(
            widget.mapTo(page, widget.rect().topLeft()).x() for widget in (editor.parts["want"], editor.evidence)
        )

    window.resize(1500, 860)
    settle(qtbot, window)
    left, right = places()
    assert right > left + 200
    window.resize(900, 600)
    settle(qtbot, window)
    left, right = places()
    assert abs(left - right) < 20
