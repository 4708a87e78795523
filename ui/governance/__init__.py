"""The governance's screen: the tree of boards, people and organisations, and who is accountable for what."""

from ui.governance.screen import GovernanceScreen

__all__ = ["GovernanceScreen"]
