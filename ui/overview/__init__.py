"""Overview: what needs me today."""

from ui.overview.screen import Overview

__all__ = ["Overview"]
