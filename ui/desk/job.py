"""Something to do away from the window's thread, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do away from the window's thread, and whom to tell."""

    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    aside: bool = False
    """Whether a thread of its own does it."""
    once: object = None
    """Of what is asked for the same, one is under way at a time."""
    quiet: bool = False
    """Whether nobody asked for it and nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job."""

    job: Job
    value: Any
    error: Exception | None


def answered(job: Job) -> Answer:
    """Do a job, on whatever thread this is."""
    try:
        return Answer(job, job.work(), None)
    except Exception as error:  # noqa: BLE001  told on the window's thread
        return Answer(job, None, error)


def is_there(callback: Callable[..., Any]) -> bool:
    """Whether the widget that is to be told still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
