"""What the Help menu shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from risk_register import __version__
from ui.theme import SPACE, as_title, program_icon

_KEYS = (
    ("Ctrl+K", "Search everything and go there"),
    ("Ctrl+F", "Filter the list that is shown"),
    ("Ctrl+1 … Ctrl+5", "Overview, Register, Heat map, Actions, History"),
    ("Ctrl+Shift+R", "New risk"),
    ("Ctrl+Shift+A", "New action"),
    ("Ctrl+Z, Ctrl+Y", "Undo and redo, however long ago"),
    ("Ctrl+C", "Copy the chosen rows, to paste in Excel or Word"),
    ("Enter in a table", "Edit the chosen record"),
    ("Arrow keys, Enter on the matrix", "Go to a cell and choose it"),
    ("Ctrl+Enter", "Keep a score, add a note"),
    ("Escape", "Give up what is being set; leave the full screen"),
    ("Ctrl+I, Ctrl+P", "Import a workbook, write the board's report"),
)


class ShortcutsDialog(QDialog):
    """The keys worth knowing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = "".join(
            f"<tr><td style='padding: 3px 24px 3px 0'><b>{key}</b></td><td>{words}</td></tr>" for key, words in _KEYS
        )
        _build(self, "Keyboard shortcuts", f"<table>{rows}</table>")


class AboutDialog(QDialog):
    """What this is, and which version."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = (
            f"<p>Version {__version__}</p><p>Keeps the risks of a change programme: offline, with heat maps for meetings"
            "<br>and Word reports for boards.</p><p>Free software under the MIT licence. Made with Qt for Python (LGPL).</p>"
        )
        _build(self, "Risk Register", text, program_icon(56))


def _build(dialog: QDialog, title: str, text: str, *above: QWidget) -> None:
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    heading, body = QLabel(title), QLabel(text)
    as_title(heading, larger=4)
    body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
    column.setSpacing(2 * SPACE)
    for widget in (*above, heading, body, buttons):
        column.addWidget(widget)
