"""The action plan: recommendations and outcomes, one outcome beside them, and the milestones along the months."""

from ui.plan.screen import PlanScreen

__all__ = ["PlanScreen"]
