"""A thread that does one thing after another, and answers on the window's thread."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.errors import Refused, StoreError
from ui.desk.job import Answer, Job, answered, is_there

T = TypeVar("T")


class Worker(QObject):
    """Does what it is asked on the register's thread. The window never waits: `done` is called later, on its thread."""

    refused = Signal(object)
    """An exception whose text is a sentence for the person, where nobody asked to be told."""
    broken = Signal(object)
    """An exception that is a bug."""
    began = Signal()
    """The register's thread has something to do."""
    progressed = Signal(str)
    """How far what the register's thread does has come, in words."""
    rested = Signal()
    """The register's thread has done everything it was asked."""
    idle = Signal()
    """Nothing is waiting to be done, on any thread."""
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = self._asked = 0
        self._under_way: set[object] = set()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._called_off = threading.Event()
        self._lending = threading.Lock()
        self._ended = False
        self._answered.connect(self._on_answered)
        self._thread = threading.Thread(target=self._work, name="register", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._called_off.clear()
            self._answered.emit(answered(job))

    def _ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        once: object = None,
        *,
        quiet: bool = False,
    ) -> None:
        if once is not None and once in self._under_way:
            return
        self._under_way.add(once)
        self._jobs.put(Job(work, done, failed, once=once, quiet=quiet))
        if quiet:
            return
        self._waiting += 1
        self._asked += 1
        if self._asked == 1:
            self.began.emit()

    def _lend(self, work: Callable[[], T], done: Callable[[T], None], ended: Exception) -> T:
        """Do something on the register's thread for another one, which waits for it. Raises `ended` where that has ended.

        `done` is called on the window's thread, in turn with all other answers.
        """
        answer: Future[T] = Future()

        def told() -> T:
            try:
                value = work()
            except BaseException as error:
                answer.set_exception(error)
                raise
            answer.set_result(value)
            return value

        with self._lending:
            if self._ended:
                raise ended
            # What goes wrong is told to who asked.
            self._jobs.put(Job(told, done, lambda _error: None, quiet=True))
        return answer.result()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        job, error = answer.job, answer.error
        self._waiting -= not job.quiet
        if not job.aside:
            self._asked -= not job.quiet
            self._under_way.discard(job.once)
        if error is None:
            if job.done and is_there(job.done):
                job.done(answer.value)
        elif job.failed and is_there(job.failed):
            job.failed(error)
        else:
            self.tell(error)
        if job.quiet:
            return
        if not self._asked and not job.aside:
            self.rested.emit()
        if not self._waiting:
            self.idle.emit()

    def tell(self, error: Exception) -> None:
        """Tell the person of what was refused, where nobody asked to be told; what is a bug is told as one."""
        if not isinstance(error, (Refused, StoreError)):
            self.broken.emit(error)
        elif not isinstance(error, Unchanged):
            self.refused.emit(error)

    def cancel(self) -> None:
        """Call off what the register's thread is doing now, and nothing that waits behind it."""
        self._called_off.set()

    @property
    def is_idle(self) -> bool:
        """Whether everything asked so far was answered."""
        return self._waiting == 0

    def work(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Do something slow that needs no register (a report, a chart) on a thread of its own."""
        job = Job(work, done, failed, aside=True)
        self._waiting += 1
        threading.Thread(target=lambda: self._answered.emit(answered(job)), name="work", daemon=True).start()

    def _end(self, last: Callable[[], None]) -> None:
        """Finish what is waiting and a last thing, and end the thread."""
        with self._lending:
            self._ended = True
            self._jobs.put(Job(last, None, None))
            self._jobs.put(None)
        self._thread.join()
