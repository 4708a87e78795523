"""Draws every screen and dialog of the sample programme: `python -m tests.shots build/shots`.

Light, dark, and at 150 %; for people to look at, not compared by any test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

LOOKS = {"light": ("Light", "1"), "dark": ("Dark", "1"), "large": ("Light", "1.5")}


def main(folder: Path) -> int:
    """One process for each look: the scale is set when Qt starts. Returns the exit code."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as home:
        for look, (_, scale) in LOOKS.items():
            done = subprocess.run(
                [sys.executable, "-m", "tests.shots", folder / look, look],
                env=os.environ
                | {
                    "QT_QPA_PLATFORM": "offscreen",
                    "QT_SCALE_FACTOR": scale,
                    "XDG_DATA_HOME": home,
                    "XDG_CONFIG_HOME": str(Path(home) / look),
                    "LOCALAPPDATA": home,
                },
                check=False,
            )
            if done.returncode:
                return done.returncode
    print(f"{len(list(folder.rglob('*.png')))} pictures in {folder}")  # noqa: T201
    return 0


def draw(folder: Path, look: str) -> None:
    """Draw everything in one look."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from ui.app import application
    from ui.desk import Desk
    from ui.theme import theme
    from ui.window import Window

    qInstallMessageHandler(_on_message)
    app = application()
    theme().choose(Qt.ColorScheme[LOOKS[look][0]])
    folder.mkdir(parents=True)
    desk = Desk("Programme manager")
    window = Window(desk)
    window.resize(1400, 900)
    window.show()
    window.ready()

    def settle() -> None:
        for _ in range(2):
            loop = QEventLoop()
            QTimer.singleShot(120, loop.quit)
            loop.exec()
            while not desk.is_idle:
                app.processEvents()

    settle()
    window.grab().save(str(folder / "01 start.png"))
    window.files.open_sample()
    settle()
    for number, (name, picture) in enumerate(_pictures(window, settle), start=2):
        settle()
        shown = picture()
        shown.grab().save(str(folder / f"{number:02} {name}.png"))
        if shown is not window:
            shown.close()
    desk.close()
    QApplication.quit()


def _on_message(_kind: object, _where: object, message: str) -> None:
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)  # noqa: T201


def _pictures(window: Any, settle: Callable[[], None]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each picture: its name, and what gives the widget to draw."""
    from PySide6.QtWidgets import QApplication

    from risk_register.domain.action import Action
    from risk_register.domain.brag import Brag
    from risk_register.domain.category import Category
    from risk_register.domain.decision import Decision
    from risk_register.domain.escalation import Escalation
    from risk_register.domain.evaluation import Theme
    from risk_register.domain.governance import Board, Person
    from risk_register.domain.measure import Measure
    from risk_register.domain.plan import Outcome
    from risk_register.domain.plan_views import brag_levels
    from risk_register.domain.risk import Risk
    from ui.decision import AskDialog, DecisionDialog
    from ui.governance.reassign import ReassignDialog
    from ui.help import AboutDialog, GuideDialog
    from ui.importing import ImportDialog
    from ui.matrix_editor import MatrixDialog
    from ui.measures.paste import PasteDialog
    from ui.notices import Notice, show_bug
    from ui.plan.key import BragDialog
    from ui.plan.status import JudgementDialog
    from ui.programme import ProgrammeDialog
    from ui.register.escalations import AnswerDialog, EscalateDialog
    from ui.register.status import CloseDialog
    from ui.report import ReportDialog
    from ui.search import Finder, everything
    from ui.tables.bulk import BulkDialog
    from ui.tables.paste import RowsDialog

    desk = window.desk
    risks = {risk.reference: risk for risk in desk.book.all(Risk)}

    for name in window.names:
        window.go_to(name)
        settle()
        yield name.lower(), lambda: window

    screen = window.go_to("Register")
    screen.editor._area.verticalScrollBar().setValue(420)
    settle()
    yield "register, scores", lambda: window
    screen.editor._area.verticalScrollBar().setValue(5_000)
    settle()
    yield "register, end", lambda: window
    screen.show_record(risks["R-016"])
    settle()
    screen.editor._area.ensureWidgetVisible(screen.risk_editor.escalations, 0, 200)
    settle()
    yield "register, escalation", lambda: window
    screen.editor._area.ensureWidgetVisible(screen.risk_editor.reviews, 0, 300)
    settle()
    yield "register, reviews", lambda: window
    screen.show_record(risks["R-004"])
    settle()
    screen.editor._area.verticalScrollBar().setValue(5_000)
    settle()
    yield "register, links", lambda: window
    screen.show_record(risks["R-001"])
    settle()
    screen.editor._area.verticalScrollBar().setValue(0)
    screen.editor.reference.setText("R-002")
    screen.editor.form.keep()
    settle()
    yield "register, refused", lambda: window
    screen.editor.form.take_theirs(everywhere=True)
    screen.show_record(risks["R-002"])
    settle()
    yield "register, restricted", lambda: window
    screen.editor._area.verticalScrollBar().setValue(5_000)
    settle()
    yield "register, restricted, end", lambda: window
    screen.show_record(risks["R-001"])
    screen.filters.set("band", ["Extreme", "High"])
    screen.filters.set("outside", ["on"])
    screen.filters.search.setText("alliance")
    settle()
    yield "register, filtered", lambda: window
    screen.filters.search.setText("nothing has these words")
    settle()
    yield "register, none passes", lambda: window
    screen.filters.clear()
    settle()
    screen.editor.scoring._on_picked((3, 4))
    screen.editor._area.verticalScrollBar().setValue(420)
    settle()
    yield "register, scoring", lambda: window
    screen.editor.scoring.question.leave()

    heat = window.go_to("Heat map")
    heat.show_record(risks["R-015"])
    settle()
    yield "heat map, chosen", lambda: window
    heat._on_moved(risks["R-015"].id, (3, 3))
    settle()
    yield "heat map, scoring", lambda: window
    heat.question.leave()
    heat._set_full(full=True)
    settle()
    yield "heat map, full screen", lambda: window
    heat.restricted.click()
    settle()
    yield "heat map, full screen, restricted too", lambda: window
    heat._set_full(full=False)
    window.resize(1400, 900)
    window.resize(900, 600)
    settle()
    yield "heat map, small", lambda: window
    window.go_to("Register")
    settle()
    yield "register, small", lambda: window
    window.resize(1400, 900)

    actions = window.go_to("Actions")
    actions.show_record(next(item for item in desk.book.all(Action) if item.reference == "A-019"))
    settle()
    yield "actions, another", lambda: window
    actions.show_record(next(item for item in desk.book.all(Action) if item.reference == "A-004"))
    settle()
    yield "actions, restricted", lambda: window
    yield from _plan(window, settle)
    window._notices.tell(
        Notice(
            "sample.riskreg is free: nobody else has it open for writing now.", offer=("Start writing", window.update)
        )
    )
    settle()
    yield "a notice", lambda: window
    window._notices.hush()

    measures = window.go_to("Measures")
    measures.show_record(next(item for item in desk.book.all(Measure) if item.name.startswith("EHC plans")))
    measures.editor.chart.setFocus()
    measures.editor.chart._go(11)
    settle()
    yield "measures, runs", lambda: window
    measures.editor._area.verticalScrollBar().setValue(5_000)
    settle()
    yield "measures, end", lambda: window
    window.resize(900, 600)
    measures.editor._area.verticalScrollBar().setValue(0)
    settle()
    yield "measures, small", lambda: window
    evaluation = window.go_to("Self-evaluation")
    settle()
    yield "self-evaluation, small", lambda: window
    window.resize(1400, 900)
    evaluation.show_record(next(item for item in desk.book.all(Theme) if item.number == "4"))
    settle()
    yield "self-evaluation, a gap", lambda: window
    issues = window.go_to("Issues")
    for page in issues.pages:
        issues.tabs.setCurrentWidget(page)
        settle()
        yield page.title.lower(), lambda: window
    governance = window.go_to("Governance")
    for name in ("SEND Board", "Ops Group"):
        governance.show_record(next(item for item in desk.book.all(Board) if item.short == name))
        settle()
        yield f"governance, {name}", lambda: window
        governance.boards.editor._area.verticalScrollBar().setValue(700)
        settle()
        yield f"governance, {name}, further down", lambda: window
    person = next(item for item in desk.book.all(Person) if item.role == "Director of Children's Services")
    governance.show_record(person)
    settle()
    yield "people", lambda: window
    governance.tabs.setCurrentWidget(governance.organisations)
    settle()
    yield "organisations", lambda: window
    governance.tabs.setCurrentWidget(governance.accountable)
    settle()
    yield "who is accountable", lambda: window
    governance.accountable.filters.set("gaps", ["on"])
    settle()
    yield "who is accountable, gaps", lambda: window
    governance.accountable.filters.clear()
    governance.tabs.setCurrentIndex(0)

    def opened(dialog: Any) -> Any:
        dialog.open()
        settle()
        return dialog

    yield "new register", lambda: opened(window.files.new())

    def refused() -> Any:
        dialog = opened(window.files.new())
        dialog.name.setText("SEND improvement")
        dialog.file.setText("/")
        dialog.button.click()
        settle()
        return dialog

    yield "new register, refused", refused
    yield from _shared(window, settle, opened)

    def several() -> Any:
        register = window.go_to("Register")
        settle()
        register.table.selectAll()
        register.change_chosen()
        settle()
        return register.findChild(BulkDialog)

    yield "change several", several

    def rows_pasted() -> Any:
        register = window.go_to("Register")
        settle()
        rows = (
            "Ref\tTitle\tOwner\tProximity\tCategory\tWeather",
            "R-001\tThe ICB is reorganised before the plan is delivered\t\tImminent\t\tRain",
            "R-003\t\tNobody Known\tWithin a year\tPeople\t",
            "\tEducational psychologists can't be recruited\t\tWithin 3 months\tPeople\t",
            "R-999\tAn old one\t\t\t\t",
        )
        QApplication.clipboard().setText("\n".join(rows))
        register.paste()
        settle()
        return register.findChild(RowsDialog)

    yield "rows pasted", rows_pasted

    measure = next(item for item in desk.book.all(Measure) if item.name.startswith("EHC plans"))
    column = "Month\tValue\nSep 2026\t47\nOct 2026\t52\nNov 2025\t31"
    yield "readings pasted", lambda: opened(PasteDialog(desk, measure, column, window))
    yield "readings refused", lambda: opened(PasteDialog(desk, measure, column + "\nDec 2025\tlots", window))
    search = Finder("Search everything", everything(desk), window)

    def searched() -> Any:
        search.open()
        search.line.setText("icb")
        settle()
        return search

    yield "search", searched
    yield "report", lambda: opened(ReportDialog(desk, window))
    yield "programme", lambda: opened(ProgrammeDialog(desk, None, window))
    yield "reassign", lambda: opened(ReassignDialog(desk, person, window))
    yield "matrix", lambda: opened(MatrixDialog(desk, window))

    def smaller() -> Any:
        dialog = opened(MatrixDialog(desk, window))
        dialog.rows.setValue(4)
        dialog.columns.setValue(4)
        dialog._tabs.setCurrentIndex(2)
        dialog.keep.click()
        settle()
        return dialog

    yield "matrix, smaller", smaller
    yield "categories", lambda: opened(ProgrammeDialog(desk, next(desk.book.all(Category)), window))
    yield "guide", lambda: opened(GuideDialog(window))
    yield "about", lambda: opened(AboutDialog(window))
    yield "escalate a risk", lambda: opened(EscalateDialog(desk, risks["R-012"], window))
    waiting = next(item for item in desk.book.all(Escalation) if item.answer is None)
    yield "answer an escalation", lambda: opened(AnswerDialog(desk, waiting, window))
    yield "close a risk", lambda: opened(CloseDialog(desk, risks["R-001"], window))
    yield "ask a board", lambda: opened(AskDialog(desk, risks["R-002"], None, window))
    outcome = next(item for item in desk.book.all(Outcome) if item.number == "1.6")
    yield (
        "judge an outcome",
        lambda: opened(JudgementDialog(desk, outcome, brag_levels(desk.book, desk.programme)[Brag.amber], window)),
    )
    yield "what the statuses mean", lambda: opened(BragDialog(desk, window))
    decision = next(item for item in desk.book.all(Decision) if item.decided_on is None)
    yield "record a decision", lambda: opened(DecisionDialog(desk, decision, window))
    long = replace(decision, question=" ".join([decision.question] * 40))
    yield "record a decision, long", lambda: opened(DecisionDialog(desk, long, window))

    def imported() -> Any:
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active
        rows: list[list[object]] = [
            ["ID", "Risk description", "Cause", "Owner", "Likelihood", "Impact", "Mitigation", "Notes"],
            [1, "A partner leaves the board", "Reorganisation", "Head of SEND", 4, "Major", "Call them", "x"],
            [2, "Data come too late", "No agreement", "Analyst", "Likely", 3, "Sign it", ""],
            [3, "The budget overspends", "Demand", "Finance lead", "5?", 5, "", ""],
            *([number, f"Risk {number}", "", "", "20%", "", "", ""] for number in range(4, 40)),
        ]
        for row in rows:
            book.active.append(row)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "Our register.xlsx"
            book.save(path)
            ImportDialog.begin(window, desk, path)
            settle()
            settle()
        return window.findChild(ImportDialog)

    yield "import", imported

    def bug() -> Any:
        from PySide6.QtWidgets import QMessageBox

        show_bug(window, ZeroDivisionError("a picture of the dialog for bugs"))
        settle()
        return window.findChild(QMessageBox)

    yield "a bug", bug
    with tempfile.TemporaryDirectory() as copies:
        yield from _merged(window, settle, Path(copies))


def _shared(window: Any, settle: Callable[[], None], opened: Callable[[Any], Any]) -> Iterator[tuple[str, Any]]:
    """What is shown of a hub; none is there, so how it stands is set."""
    from datetime import UTC, datetime, timedelta

    from risk_register.domain.errors import Offline
    from risk_register.domain.ids import new_id
    from risk_register.domain.risk import Risk
    from risk_register.hub.background import Standing
    from risk_register.hub.hub import Colleague
    from ui.desk.login import Login
    from ui.sharing.dialogs import JoinDialog, LoginDialog
    from ui.sharing.panel import SharingDialog

    sharing = window.desk.sharing
    yield "join", lambda: opened(JoinDialog(window.desk, window))
    login = Login(server="db.southend.example", database="risks", user="ann.lee")

    def refused() -> Any:
        dialog = LoginDialog(window.desk, "Sign in to the hub", "What you change meanwhile is kept.", "Sign in", login)
        dialog.fail(
            Offline("Nothing takes connections at db.southend.example. Your changes are kept here and sent later.")
        )
        return opened(dialog)

    yield "sign in, refused", refused
    risk = next(item for item in window.desk.book.all(Risk) if item.reference == "R-004")
    colleagues = (Colleague("Ben Okafor", "ben", risk.id), Colleague("Priya Shah", "priya", new_id()))
    sharing.address = str(login.address)
    for name, standing, waiting in (
        ("synchronised", Standing(seq=9, colleagues=colleagues), 0),
        (
            "offline",
            Standing(datetime.now(UTC) - timedelta(hours=2), Offline("db.southend.example can't be found.")),
            3,
        ),
    ):
        sharing.standing, sharing.waiting = standing, waiting
        sharing.changed.emit()
        window.go_to("Register").show_record(risk)
        settle()
        yield f"sharing, {name}", lambda: window
        yield f"sharing, {name}, more", lambda: opened(SharingDialog(window.desk, window))
    sharing.address, sharing.standing, sharing.waiting = "", None, 0
    sharing.changed.emit()


def _plan(window: Any, settle: Callable[[], None]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The plan: an outcome whose status is disputed by its milestones, one of them open; the timeline; narrow."""
    from risk_register.domain.milestone import Milestone
    from risk_register.domain.plan import Outcome, Recommendation

    desk = window.desk
    screen = window.go_to("Plan")
    screen.show_record(next(item for item in desk.book.all(Outcome) if item.number == "1.4"))
    settle()
    yield "plan, milestones disagree", lambda: window
    screen.show_record(next(item for item in desk.book.all(Milestone) if item.title.startswith("Memorandum")))
    settle()
    yield "plan, a milestone", lambda: window
    screen.outcome._area.verticalScrollBar().setValue(5_000)
    settle()
    yield "plan, end", lambda: window
    screen.show_record(next(iter(desk.book.all(Recommendation))))
    settle()
    yield "plan, recommendation", lambda: window
    screen.timeline_view.click()
    screen.timeline.setFocus()
    settle()
    yield "plan, timeline", lambda: window
    window.resize(900, 600)
    settle()
    yield "plan, timeline, small", lambda: window
    screen.outcomes_view.click()
    screen.show_record(next(item for item in desk.book.all(Outcome) if item.number == "1.1"))
    settle()
    yield "plan, small", lambda: window
    window.resize(1400, 900)


def _merged(window: Any, settle: Callable[[], None], folder: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Two copies of the sample that were worked on apart, merged."""
    from risk_register.domain.action import Action
    from risk_register.domain.commands.action import edit_action
    from risk_register.domain.commands.control import edit_control, remove_control
    from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, rescore
    from risk_register.domain.control import Control
    from risk_register.domain.risk import AssessmentKind, Risk
    from risk_register.store.register import Register
    from ui.conflicts.dialog import ConflictsDialog

    desk = window.desk
    mine, theirs = folder / "Our register.riskreg", folder / "Copy of Pat.riskreg"
    shutil.copyfile(desk.path, mine)
    shutil.copyfile(desk.path, theirs)
    window.files.open(mine)
    settle()
    today = desk.today()

    def commands(book: Any, side: int) -> Iterator[Any]:
        risks = {risk.reference: risk for risk in book.all(Risk)}
        action = next(item for item in book.all(Action) if item.reference == "A-003")
        control = next(item for item in book.all(Control) if item.risk == risks["R-005"].id)
        title = risks["R-001"].title
        yield edit_risk(risks["R-001"], title=(f"{title} before April", f"{title} delays the strategy")[side])
        long = " ".join([risks["R-002"].effect] * 8)
        yield edit_risk(
            risks["R-002"], effect=(f"{long} for years", long.replace("children", "children and families"))[side]
        )
        yield rescore(risks["R-003"], kind=AssessmentKind.current, likelihood=(2, 5)[side], impact=4, on=today)
        yield close_risk(risks["R-004"], reason=("The plan was agreed", "Handed over to the ICB")[side], on=today)
        yield (edit_control(control, description="A weekly call"), remove_control(control))[side]
        yield edit_action(action, expected=(today, None)[side])
        yield add_risk(programme=desk.programme, title="Raised on both sides", raised_on=today)

    for command in commands(desk.book, 0):
        desk.run(command)
    settle()
    with Register.open(theirs) as copy:
        for command in commands(copy.book, 1):
            copy.run(command, who="Pat Green")
    window.go_to("Register")
    window.files.merge(theirs)
    settle()
    risks = {risk.reference: risk for risk in desk.book.all(Risk)}
    window.current_screen.show_record(risks["R-001"])
    settle()
    yield "merged, the register", lambda: window
    window._notices.hush()
    window.current_screen.show_record(risks["R-023"])
    settle()
    yield "merged, renumbered", lambda: window
    window.go_to("Actions").show_record(next(item for item in desk.book.all(Action) if item.reference == "A-003"))
    settle()
    yield "merged, the actions", lambda: window
    for place, conflict in enumerate(list(desk.conflicts)):

        def opened(place: int = place, key: Any = conflict.key) -> Any:
            dialog = ConflictsDialog(desk, key, window)
            dialog.open()
            settle()
            if place == 0:
                dialog.card.write.click()
                settle()
            if place == 2:
                dialog._problems[key] = "R-003 was scored on 3 November, so it can't have been raised on 24 November."
                dialog._fill(key)
                settle()
            return dialog

        yield f"conflicts, {conflict.names}", opened
    window.go_to("History")
    settle()
    screen = window.current_screen
    rows = [row for row in range(screen.model.rowCount()) if screen.model.index(row, 1).data() == "Pat Green"]
    screen.table.setCurrentIndex(screen.model.index(rows[-1], 0))
    settle()
    yield "history, a conflict lost", lambda: window


if __name__ == "__main__":
    if len(sys.argv) > 2:
        draw(Path(sys.argv[1]), sys.argv[2])
    else:
        sys.exit(main(Path(sys.argv[1])))
