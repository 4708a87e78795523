"""Actions across all risks."""

from ui.actions.screen import ActionsScreen

__all__ = ["ActionsScreen"]
