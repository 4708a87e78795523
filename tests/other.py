"""Another process that has a register open, as somebody else on the same drive has."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from risk_register.domain.action import Action
from risk_register.domain.commands.action import note_progress
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.making import RAISED, TODAY


class Other:
    """Opens, edits and closes a register in a process of its own, as Pat Lee, one request after the other."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._requests, theirs = context.Pipe()
        self._process = context.Process(target=_obey, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def _ask(self, *request: Any) -> Any:
        self._requests.send(request)
        answer = self._requests.recv()
        assert not isinstance(answer, Exception), answer
        return answer

    def open(self, path: Path) -> None:
        self._ask("open", path)

    def retitle(self, reference: str, title: str) -> None:
        self._ask("retitle", reference, title)

    def add_risk(self, title: str) -> None:
        self._ask("add", title)

    def note(self, words: str) -> None:
        """Add a note to the first action, which changes no record that a book holds."""
        self._ask("note", words)

    def close(self) -> None:
        self._ask("close")

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def end(self) -> None:
        if self._process.is_alive():
            self._requests.send(("end",))
            self._process.join()


def _obey(requests: Connection) -> None:
    register: Register | None = None
    while (request := requests.recv())[0] != "end":
        try:
            match request:
                case ("open", path):
                    register = Register.open(path, who="Pat Lee")
                case ("close",):
                    if register:
                        register.close()
                        register = None
                case _ if register:
                    _edit(register, *request)
            requests.send(None)
        except Exception as error:  # noqa: BLE001  told to the test
            requests.send(error)
    if register:
        register.close()


def _edit(register: Register, what: str, *told: str) -> None:
    match what, *told:
        case "retitle", reference, title:
            risk = next(item for item in register.book.all(Risk) if item.reference == reference)
            register.run(edit_risk(risk, title=title), who="Pat Lee")
        case "add", title:
            programme = next(register.book.all(Programme)).id
            register.run(add_risk(programme=programme, title=title, raised_on=RAISED), who="Pat Lee")
        case "note", words:
            action = next(register.book.all(Action))
            register.run(note_progress(action, text=words, on=TODAY), who="Pat Lee")
