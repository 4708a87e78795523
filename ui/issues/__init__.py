"""The issues' screen: issues, assumptions, and dependencies between partners."""

from ui.issues.screen import IssuesScreen

__all__ = ["IssuesScreen"]
