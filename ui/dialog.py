"""What every dialog has in common."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QPushButton, QWidget

from ui.desk import Desk
from ui.theme import primary, quiet


class Dialog(QDialog):
    """A dialog that is gone once it is closed, and as high as what stands in it: a sentence squeezes nothing."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fitted = 0

    def event(self, event: QEvent) -> bool:
        """Grow when something comes to stand in it, and shrink again when that goes."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as its lines need: how many they are is known once it has a width."""
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._fitted = self.height()  # Qt's guess, for another width
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout, "a dialog is laid out before it is shown"
        needed = layout.heightForWidth(self.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
        if needed < self.height() != self._fitted:
            return  # the person, or its author, has made it higher than it must be
        room = self.screen().availableGeometry()
        self._fitted = min(needed, room.height() - (self.frameGeometry().height() - self.height()))
        self.resize(self.width(), self._fitted)
        below = self.frameGeometry().bottom() - room.bottom()
        if below > 0:
            self.move(self.x(), max(room.top(), self.y() - below))


def foot(dialog: QDialog, button: QPushButton, beside: QWidget | None = None) -> QHBoxLayout:
    """The bottom of a dialog that asks: Cancel, and the button that does it, which Enter presses. Words may stand beside."""
    primary(button)
    button.setDefault(True)
    cancel = QPushButton("Cancel")
    quiet(cancel)
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    if beside is None:
        row.addStretch()
    else:
        row.addWidget(beside, 1)
    row.addWidget(cancel)
    row.addWidget(button)
    return row


class KeepingDialog(Dialog):
    """A dialog whose fields keep themselves: it closes once all that is typed is kept, and stays at what is not."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.desk = desk
        self._is_leaving = False

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        raise NotImplementedError

    def show_unkept(self) -> bool:
        """Put the cursor into what is typed and not kept, where a sentence says why. Returns whether there is such."""
        raise NotImplementedError

    def done(self, result: int) -> None:
        """Close, unless something can't be kept."""
        self.keep()
        if not self.desk.is_idle:
            self.setResult(result)
            if not self._is_leaving:
                self._is_leaving = True
                self.desk.idle.connect(self._on_idle, Qt.ConnectionType.SingleShotConnection)
        elif not self.show_unkept():
            super().done(result)

    def _on_idle(self) -> None:
        self._is_leaving = False
        self.done(self.result())


def ask_to_discard(parent: QWidget, discard: Callable[[], object]) -> None:
    """Ask before what somebody wrote is lost; `discard` is called where they say so."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Risk Register")
    box.setText("Discard what you wrote?")
    back = box.addButton("Go back to it", QMessageBox.ButtonRole.RejectRole)
    box.addButton("Discard it", QMessageBox.ButtonRole.DestructiveRole).clicked.connect(discard)
    box.setDefaultButton(back)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
