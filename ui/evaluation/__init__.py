"""The self-evaluation, and the forward work programme that follows from it."""

from ui.evaluation.screen import EvaluationScreen

__all__ = ["EvaluationScreen"]
