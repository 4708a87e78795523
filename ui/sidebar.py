"""The sidebar: the programme's name and the screens, one below the other."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.keys import one_stop
from ui.theme import SPACE, as_title, icon
from ui.words import Words

_ICONS = {
    "Overview": "house-simple",
    "Register": "list-bullets",
    "Heat map": "grid-four",
    "Actions": "check-square-offset",
    "Plan": "path",
    "Measures": "chart-line",
    "Self-evaluation": "clipboard-text",
    "Issues": "warning-circle",
    "Governance": "tree-structure",
    "History": "clock-counter-clockwise",
}

_WIDE, _NARROW = 216, 68


class Sidebar(QWidget):
    """The screens, one below the other."""

    wanted = Signal(str)

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._compact = False
        self.setFixedWidth(_WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE + 4, 2 * SPACE, SPACE + 4, 2 * SPACE)
        column.setSpacing(4)
        self._name = QLabel("Risk Register")
        as_title(self._name, larger=3)
        self._name.setStyleSheet("color: #ffffff;")
        self._name.setContentsMargins(10, 0, 0, 0)
        self._programme = Words(wrap=True)
        self._programme.setContentsMargins(10, 0, 0, 2 * SPACE)
        column.addWidget(self._name)
        column.addWidget(self._programme)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for title in names:
            button = QToolButton()
            button.setText(title)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(20, 20))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, title=title: self.wanted.emit(title))
            self._group.addButton(button)
            self._buttons[title] = button
            column.addWidget(button)
        column.addStretch()
        one_stop(self._group)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001
        """Icons alone, where the window is narrow."""
        if compact == self._compact:
            return
        self._compact = compact
        self.setFixedWidth(_NARROW if compact else _WIDE)
        for label in (self._name, self._programme):
            label.setVisible(not compact)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for name, button in self._buttons.items():
            button.setToolButtonStyle(style)
            button.setToolTip(name if compact else "")

    def tell(self, programme: str) -> None:
        """Name the programme that is shown."""
        self._programme.setText(programme)

    def mark(self, name: str) -> None:
        """Mark the screen that is shown."""
        self._buttons[name].setChecked(True)

    def add_icons(self) -> None:
        """Put an icon beside each name."""
        for name, button in self._buttons.items():
            button.setIcon(icon(_ICONS[name], "#e8eef8"))
