"""A story with two programs and a real server, in pictures: `python -m tests.story build/story`.

Ann shares her register, Ben joins. They work on it at once, then each without a connection, and settle what they both
changed. Each is a process of its own with a window of its own, which is typed into and clicked as people do.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from tests.hub.server import running
from tests.hub.sharing import admitted, make_hub

SOON = 20.0
"""Seconds within which all that is waited for must have come."""


class Program:
    """Somebody's program, in another process. What is asked of it is a method of `_Played` and its arguments."""

    def __init__(self, name: str, home: Path, pictures: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._requests, theirs = context.Pipe()
        self._process = context.Process(target=_play, args=(theirs, name, home, pictures))
        self._process.start()

    def __getattr__(self, what: str) -> Callable[..., Any]:
        def ask(*told: Any) -> Any:
            self._requests.send((what, told))
            answer = self._requests.recv()
            if isinstance(answer, Exception):
                raise answer
            return answer

        return ask

    def end(self) -> None:
        self._requests.send(None)
        self._process.join()


def main(pictures: Path) -> int:
    """Play it. Returns the exit code: 0 where everything came as it should."""
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as home, running() as server:
        make_hub(server)
        addresses = [admitted(server, name) for name in ("ann", "ben")]
        ann, ben = (Program(name, Path(home) / name, pictures) for name in ("Ann Lee", "Ben Okafor"))
        try:
            _tell(ann, ben, addresses, server)
        finally:
            ann.end()
            ben.end()
        lost = server.psql("SELECT count(*) FROM riskreg.edit")
    _say(f"The hub holds {lost[0][0]} edits. {len(list(pictures.glob('*.png')))} pictures in {pictures}")
    return 0


def _tell(ann: Program, ben: Program, addresses: list[str], server: Any) -> None:
    ann.open_sample()
    ann.share(addresses[0])
    ann.picture("01 Ann has shared her register")
    ben.join(addresses[1])
    for who in (ann, ben):
        who.show("R-004")
    ben.until_company("Ann Lee")
    ben.picture("02 Ben has joined, and sees who else is at the risk")

    ben.begin_typing("cause", "the boards' functions overlap, as Ben is just writing")
    began = monotonic()
    ann.type("title", "Lack of pace, in Ann's words")
    ben.until("R-004", "title", "Lack of pace, in Ann's words")
    _say(f"Ann's title stood in Ben's window after {monotonic() - began:.2f} s, while he was typing.")
    ben.picture("03 Ann's title has come while Ben types")
    ben.keep()
    ann.until("R-004", "cause", "the boards' functions overlap, as Ben is just writing")

    server.stop("immediate")
    for who, title in (
        (ann, "The ICB's reorganisation delays the strategy"),
        (ben, "The ICB loses the children's agenda"),
    ):
        who.until_status("Working offline since")
        who.show("R-001")
        who.type("title", title)
        who.raise_risk(f"Raised by {'Ann' if who is ann else 'Ben'} on the train")
        who.until_status("edits waiting")
    ann.picture("04 Ann works on without a connection")
    ann.close_for_the_night()
    ann.open_again()
    server.start()
    ann.sign_in(addresses[0])
    ben.until_status("Synchronised")
    for who in (ann, ben):
        who.until_conflicts(1)
    ben.show("R-001")
    ben.picture("05 Both have said what the title is")
    ben.picture_of_settling("06 Both values, who and when")
    ben.write_third("The ICB's reorganisation costs the children's agenda its sponsor")
    ann.until("R-001", "title", "The ICB's reorganisation costs the children's agenda its sponsor")
    ann.until_conflicts(0)
    ann.show("R-001")
    ann.picture("07 Settled by Ben, and so at Ann's")
    ann.show("R-023")
    ann.picture("08 Two new risks had one number, the later has another now")
    ann.show_history()
    ann.picture("09 All of it is in History")


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


# -- in the other process


def _play(requests: Connection, name: str, home: Path, pictures: Path) -> None:
    os.environ.update(
        QT_QPA_PLATFORM="offscreen", XDG_DATA_HOME=str(home), XDG_CONFIG_HOME=str(home), LOCALAPPDATA=str(home)
    )
    played = _Played(name, pictures)
    while (request := requests.recv()) is not None:
        what, told = request
        try:
            requests.send(getattr(played, what)(*told))
        except Exception as error:  # noqa: BLE001  raised where it was asked for
            requests.send(error)
    played.window.desk.close()


class _Played:
    """A window, and what its person does in it."""

    def __init__(self, name: str, pictures: Path) -> None:
        from ui.app import application

        self._app, self._name, self._pictures = application(), name, pictures
        self.window = self._opened()

    def _opened(self) -> Any:
        from ui.desk import Desk
        from ui.window import Window

        window = Window(Desk(self._name))
        window.resize(1400, 900)
        window.show()
        window.activateWindow()
        window.ready()
        return window

    def _wait(self, holds: Callable[[], object]) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        ends = monotonic() + SOON
        while not (self.window.desk.is_idle and holds()):
            if monotonic() > ends:
                raise TimeoutError(f"{self._name}: {self.window._standing.text()}, {self.window._notices.text}")
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()

    def _risk(self, reference: str) -> Any:
        from risk_register.domain.risk import Risk

        return next(risk for risk in self.window.desk.book.all(Risk) if risk.reference == reference)

    # -- opening

    def open_sample(self) -> None:
        self.window.files.open_sample()
        self._wait(lambda: self.window.desk.path)

    def share(self, address: str) -> None:
        from ui.sharing.dialogs import LoginDialog

        self.window.menus.share.trigger()
        self._sign_in(self.window.findChild(LoginDialog), address)

    def join(self, address: str) -> None:
        from ui.sharing.dialogs import JoinDialog

        self.window.menus.join.trigger()
        self._sign_in(self.window.findChild(JoinDialog), address)

    def sign_in(self, address: str) -> None:
        from ui.sharing.dialogs import LoginDialog

        self._wait(lambda: "Sign in" in self.window._standing.text())
        self.window._standing.click()
        self._sign_in(self.window.findChild(LoginDialog), address)

    def _sign_in(self, dialog: Any, address: str) -> None:
        self._app.clipboard().setText(address)
        dialog.form.server.selectAll()
        dialog.form.server.paste()
        dialog.form.remember.setChecked(False)
        dialog.button.click()
        self._wait(lambda: "Synchronised" in self.window._standing.text())

    def close_for_the_night(self) -> None:
        self.window.close()
        self._wait(lambda: not self.window.isVisible())
        self.window.desk.close()

    def open_again(self) -> None:
        path = self.window.desk.path
        self.window = self._opened()
        self.window.files.open(path)
        self._wait(lambda: self.window.desk.path)

    # -- working

    def show(self, reference: str) -> None:
        self.window.go_to("Register")
        self.window.show_record(self._risk(reference))
        self._wait(lambda: True)

    def begin_typing(self, field: str, text: str) -> None:
        from PySide6.QtTest import QTest

        editor = self.window.current_screen.editor
        widget = editor.title if field == "title" else getattr(editor, f"{field}_field")
        widget.setFocus()
        widget.selectAll()
        QTest.keyClicks(widget, text)

    def type(self, field: str, text: str) -> None:
        self.begin_typing(field, text)
        self.keep()

    def keep(self) -> None:
        self.window.current_screen.keep()
        self._wait(lambda: True)

    def raise_risk(self, title: str) -> None:
        before = self.window.desk.book
        self.window.menus.add_risk.trigger()
        self._wait(lambda: self.window.desk.book is not before)
        self.type("title", title)

    def write_third(self, title: str) -> None:
        self.window.menus.settle_wanted.emit()
        dialog = self._settling()
        dialog.card.write.click()
        dialog.card._field.set_value(title)
        dialog.card.keep_third.click()
        self._wait(lambda: not self.window.desk.conflicts)

    def _settling(self) -> Any:
        from ui.conflicts.dialog import ConflictsDialog

        return self.window.findChildren(ConflictsDialog)[-1]

    # -- looking

    def until(self, reference: str, field: str, text: str) -> None:
        self._wait(lambda: getattr(self._risk(reference), field) == text)

    def until_status(self, words: str) -> None:
        self._wait(lambda: words in self.window._standing.text())

    def until_conflicts(self, number: int) -> None:
        self._wait(lambda: len(self.window.desk.conflicts) == number)

    def until_company(self, name: str) -> None:
        self._wait(lambda: name in self.window.current_screen.editor.company.text())

    def show_history(self) -> None:
        self.window.go_to("History")
        self._wait(lambda: True)

    def picture(self, name: str) -> None:
        self._wait(lambda: True)
        self.window.grab().save(str(self._pictures / f"{name}.png"))

    def picture_of_settling(self, name: str) -> None:
        self.window.menus.settle_wanted.emit()
        self._wait(lambda: True)
        dialog = self._settling()
        dialog.grab().save(str(self._pictures / f"{name}.png"))
        dialog.reject()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/story")))
