"""Measures: the performance monitoring programme."""

from ui.measures.screen import MeasuresScreen

__all__ = ["MeasuresScreen"]
