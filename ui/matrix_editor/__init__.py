"""The matrix as one changes it: its size, words, bands, colours, and the band of every cell."""

from ui.matrix_editor.dialog import MatrixDialog

__all__ = ["MatrixDialog"]
