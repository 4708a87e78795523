"""Evidence: opened in the program that reads it, and never run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.errors import Refused
from risk_register.domain.evidence import Evidence
from tests.ui.conftest import settle
from tests.ui.hands import replace_text
from tests.ui.plans import outcome, plan_screen
from ui.plan.opening import target
from ui.window import Window

CLICK = Qt.MouseButton.LeftButton


class Handler(QObject):
    """Stands where the computer's browser and viewers stand."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def handler() -> Iterator[Handler]:
    found = Handler()
    for scheme in ("https", "file"):
        QDesktopServices.setUrlHandler(scheme, found, "take")  # type: ignore[arg-type]  # the stub asks for bytes
    yield found
    for scheme in ("https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


def evidence_row(screen: Any, window: Window, shows: str) -> Any:
    found = next(item for item in window.desk.book.all(Evidence) if item.shows.startswith(shows))
    return screen.outcome.evidence.made[found.id]


def test_evidence_is_opened_in_the_program_that_reads_it_and_never_run(
    window: Window, qtbot: QtBot, handler: Handler, tmp_path: Path
) -> None:
    screen = plan_screen(window, qtbot, "1.7")
    row = evidence_row(screen, window, "Minutes from June")
    qtbot.mouseClick(row.open, CLICK)
    settle(qtbot, window)
    assert handler.opened == ["https://democracy.example.org/send-operations-group"]
    paper, program = tmp_path / "Paper.pdf", tmp_path / "paper.exe"
    for path in (paper, program):
        path.write_bytes(b"x")
    for path in (paper, program):
        replace_text(qtbot, row.link, str(path))
        qtbot.mouseClick(row.open, CLICK)
        settle(qtbot, window)
    assert handler.opened[1:] == [QUrl.fromLocalFile(str(paper)).toString()]
    assert "could run as a program" in screen.outcome.evidence.problem.text()


@pytest.mark.parametrize("name", ["a.exe", "a.desktop", "a.pdf.lnk", "a.app", "a", "a.docm", "a.html"])
def test_what_could_run_is_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir() if name.endswith(".app") else (tmp_path / name).write_text("x")
    with pytest.raises(Refused, match="could run as a program"):
        target(str(tmp_path / name))


def test_a_paper_that_is_a_link_to_a_program_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_text("x")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "run.sh")
    with pytest.raises(Refused, match="could run as a program"):
        target(str(tmp_path / "a.pdf"))


@pytest.mark.parametrize(
    ("link", "says"),
    [("Minutes.docx", "Give the whole path"), ("/nowhere/a.pdf", "is not there"), ("https://", "no address")],
)
def test_a_link_that_leads_nowhere_says_so(link: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        target(link)


def test_folders_and_papers_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.PDF").write_text("x")
    assert target(str(tmp_path / "a.PDF")).isLocalFile()
    assert target(str(tmp_path)).isLocalFile()


def test_a_link_of_another_kind_is_refused_as_it_is_typed(window: Window, qtbot: QtBot, handler: Handler) -> None:
    screen = plan_screen(window, qtbot, "1.7")
    row = evidence_row(screen, window, "Minutes from June")
    replace_text(qtbot, row.link, "javascript:alert(1)")
    qtbot.mouseClick(row.open, CLICK)
    settle(qtbot, window)
    assert handler.opened == []
    assert "can't be opened from here" in screen.outcome.evidence.problem.text()


def test_the_last_evidence_of_a_blue_outcome_says_why_it_stays(window: Window, qtbot: QtBot) -> None:
    screen = plan_screen(window, qtbot, "1.7")
    for _ in range(2):
        row = next(iter(screen.outcome.evidence.made.values()))
        qtbot.mouseClick(button_named(row, "Remove this evidence"), CLICK)
        settle(qtbot, window)
    assert len(window.desk.book.where(Evidence, "outcome", outcome(window, "1.7").id)) == 1
    assert "Outcome 1.7 is blue because of this evidence" in screen.outcome.evidence.problem.text()


def button_named(widget: QWidget, name: str) -> QWidget:
    return next(item for item in widget.findChildren(QWidget) if item.accessibleName() == name)
