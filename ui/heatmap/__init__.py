"""The heat map: every open risk in its cell, and where it came from."""

from ui.heatmap.screen import HeatMapScreen

__all__ = ["HeatMapScreen"]
