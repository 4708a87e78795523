"""What the Help menu shows."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from risk_register import __version__
from ui.dialog import Dialog
from ui.theme import RESOURCES, SPACE, as_title, program_icon

_GUIDE = RESOURCES / "guide"
_WIDTH = 800
"""The width of a picture, in pixels."""


class _Pages(QTextBrowser):
    """The guide's text, with room around its headings and pictures no wider than the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet("QTextBrowser { border: none; }")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(4 * SPACE)
        self.setMarkdown((_GUIDE / "guide.md").read_text(encoding="utf-8"))
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            if level := block.blockFormat().headingLevel():
                room = block.blockFormat()
                room.setTopMargin(0 if level == 1 else 3 * SPACE)
                room.setBottomMargin(SPACE)
                cursor.setPosition(block.position())
                cursor.setBlockFormat(room)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401  an image, or what Qt gives
        """A picture of the guide, scaled to the page."""
        path = _GUIDE / QUrl(name).fileName()
        if kind != QTextDocument.ResourceType.ImageResource.value or not path.is_file():
            return super().loadResource(kind, name)
        picture = QImage(str(path))
        return picture.scaledToWidth(_WIDTH, Qt.TransformationMode.SmoothTransformation)


class GuideDialog(Dialog):
    """The user guide; it can stay open beside the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("User guide", parent)
        self.resize(_WIDTH + 100, 760)
        self.text = _Pages()
        self.text.anchorClicked.connect(lambda link: self.go_to(link.fragment().replace("-", " ")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(0, 0, 2 * SPACE, 2 * SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)

    def go_to(self, section: str) -> None:
        """Bring a section's heading to the top."""
        block = self.text.document().begin()
        while block.isValid():
            heading = block.text().casefold().replace("'", "").replace(",", "").replace("-", " ")
            if block.blockFormat().headingLevel() and heading == section.casefold():
                self.text.setTextCursor(QTextCursor(block))
                top = self.text.document().documentLayout().blockBoundingRect(block).top()
                self.text.verticalScrollBar().setValue(int(top) - SPACE)
                return
            block = block.next()


class AboutDialog(Dialog):
    """What this is, and which version."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("About Risk Register", parent)
        heading = QLabel("Risk Register")
        as_title(heading, larger=4)
        text = QLabel(
            f"<p>Version {__version__}</p><p>Keeps the risks of a change programme: offline, with heat maps for meetings"
            "<br>and Word reports for boards.</p><p>Free software under the MIT licence. Made with Qt for Python (LGPL).</p>"
        )
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        for widget in (program_icon(56), heading, text, buttons):
            column.addWidget(widget)
