"""People's own words where Qt would read something into them: `R&D` in a menu, `<b>` in a label."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget


def as_item(text: str) -> str:
    """Text for a menu's item or a button, where a single & would underline the next letter and vanish."""
    return text.replace("&", "&&")


def as_html(text: str) -> str:
    """Text for a place that shows HTML."""
    return escape(text).replace("\n", "<br>")


def as_tip(text: str) -> str:
    """Text for a tooltip: as it is, and wrapped where it is long."""
    return f"<qt>{as_html(text)}</qt>" if text else ""


class Words(QLabel):
    """A label that shows text as it is; Qt's own takes what looks like HTML for HTML."""

    def __init__(self, text: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be where it wraps: a long address must not widen the page beyond what is seen of it."""
        size = super().minimumSizeHint()
        return QSize(0, size.height()) if self.wordWrap() else size
