"""History: who changed what, when and why."""

from ui.history.screen import HistoryScreen

__all__ = ["HistoryScreen"]
