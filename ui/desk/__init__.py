"""The one object between the screens and the register, with the thread that has the register."""

from ui.desk.desk import Desk

__all__ = ["Desk"]
