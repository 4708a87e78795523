"""The register: a table of risks, and the editor of one beside it."""

from ui.register.screen import RegisterScreen

__all__ = ["RegisterScreen"]
