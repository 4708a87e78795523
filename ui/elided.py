"""One line of text that ends in … where it is too long."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.words import Words, as_item, as_tip

_LEAST = 60
"""Fewer pixels say nothing."""


class ElidedLabel(Words):
    """A label that gives way: its tooltip has the whole text while it is cut."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It may be cut."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: Any) -> None:  # noqa: ANN401  a QResizeEvent
        """Shorten to the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, width)
        self.setText(shown if shown == self._whole or width >= _LEAST else "")
        self.setToolTip(as_tip(self._whole) if shown != self._whole else "")


class ElidedButton(QPushButton):
    """A quiet button with its text at the left, shortened to the width there is."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(as_item(text), parent)
        self._whole = text
        self.setProperty("quiet", True)
        self.setStyleSheet("text-align: left;")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It may be cut."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: Any) -> None:  # noqa: ANN401  a QResizeEvent
        """Shorten to the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - 20)
        self.setText(as_item(shown))
