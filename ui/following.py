"""A register that is read because somebody else writes to it: kept in step with them, and offered once they are done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from risk_register.domain.errors import Busy, Cancelled, Refused, StoreError
from ui.desk import Desk
from ui.notices import Notice

_EVERY = 1_000
"""How often it is looked what has been written (ms)."""


class Following(QObject):
    """Looks every second while the open register is only read. Nobody begins to write without asking for it."""

    told = Signal(object)
    """A Notice: who writes, or that nobody does any more."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said = ""
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._on_time)
        desk.writing_began.connect(self._timer.stop)

    def begin(self) -> None:
        """Another register was opened: say why it is only read, if it is, and follow it from now on."""
        self._said = ""
        if self._desk.writable:
            self._timer.stop()
        else:
            self._say(self._desk.read_only_reason)
            self._timer.start()

    def _say(self, sentence: str, offer: tuple[str, Callable[[], None]] | None = None) -> None:
        """Say a sentence, once: whoever has closed it is not told again until it is another."""
        if sentence != self._said:
            self._said = sentence
            self.told.emit(Notice(sentence, lasting=True, good=offer is not None, offer=offer))

    def _on_time(self) -> None:
        self._desk.look(self._on_looked, self._on_failed)

    def _on_looked(self, writer: str) -> None:
        if writer or not self._desk.waits:
            self._say(writer or self._desk.read_only_reason)
        else:
            assert self._desk.path, "it was looked at"
            sentence = f"{self._desk.path.name} is free: nobody else has it open for writing now."
            self._say(sentence, ("Start writing", self._on_writing_wanted))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, (StoreError, Refused)):
            self._timer.stop()  # or it would be told every second
            self._desk.broken.emit(error)
        elif not isinstance(error, (Busy, Cancelled)):  # those pass: the writer is keeping something just now
            self._say(str(error))

    def _on_writing_wanted(self) -> None:
        self._desk.start_writing(self._on_not_started)

    def _on_not_started(self, error: Exception) -> None:
        if isinstance(error, Busy):
            self._say(str(error))  # somebody was quicker
        else:
            self._desk.tell(error)
