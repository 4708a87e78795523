"""How everything looks: colours, type and icons, light and dark."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one appearance, as `#rrggbb`. Text on its ground has a contrast of at least 4.5:1."""

    ground: str
    surface: str
    raised: str
    side: str
    side_text: str
    side_on: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    chosen: str
    warn: str
    warn_ground: str
    good: str
    bad: str
    tick: str


LIGHT = Colours(
    ground="#f4f6f9",
    surface="#ffffff",
    raised="#f9fafc",
    side="#1d2a3f",
    side_text="#c3cede",
    side_on="#2f4261",
    text="#182230",
    muted="#566276",
    line="#dbe0e8",
    accent="#2457c5",
    on_accent="#ffffff",
    chosen="#e4ecfc",
    warn="#8a4b00",
    warn_ground="#fdf1dc",
    good="#1d6b3a",
    bad="#b3261e",
    tick="#2457c5",
)
DARK = Colours(
    ground="#12161d",
    surface="#1a2029",
    raised="#212834",
    side="#0d1118",
    side_text="#a9b5c8",
    side_on="#24304a",
    text="#e7ebf2",
    muted="#9aa6ba",
    line="#2d3644",
    accent="#86aaff",
    on_accent="#0c1424",
    chosen="#263653",
    warn="#f0b866",
    warn_ground="#3a2d17",
    good="#7fcf9b",
    bad="#ff8f87",
    tick="#3f6fd8",
)

FAMILIES = (
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    ".AppleSystemUIFont",
    "Inter",
    "Noto Sans",
    "DejaVu Sans",
)
RESOURCES = Path(__file__).parents[1] / "resources"
SPACE = 8
"""The unit of every distance, in pixels."""


class Theme(QObject):
    """The appearance in force. It follows the system unless the person has chosen one."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.colours = LIGHT
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(max(10.0, app.font().pointSizeF()))
        app.setFont(font)
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._on_scheme_changed()

    def choose(self, scheme: Qt.ColorScheme) -> None:
        """Light, dark, or (Unknown) whatever the system says."""
        QGuiApplication.styleHints().setColorScheme(scheme)
        self._apply(scheme if scheme is not Qt.ColorScheme.Unknown else QGuiApplication.styleHints().colorScheme())

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self.colours is DARK

    def _on_scheme_changed(self) -> None:
        self._apply(QGuiApplication.styleHints().colorScheme())

    def _apply(self, scheme: Qt.ColorScheme) -> None:
        self.colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(_style_sheet(self.colours))
        self.changed.emit()


_theme: Theme | None = None


def start(app: QApplication) -> Theme:
    """Give the application its looks, once."""
    global _theme  # noqa: PLW0603  one application, one appearance
    _theme = Theme(app)
    return _theme


def theme() -> Theme:
    """The appearance in force."""
    assert _theme is not None, "the application has begun"
    return _theme


def colours() -> Colours:
    """The colours in force."""
    return theme().colours


def icon(name: str, colour: str = "") -> QIcon:
    """A Phosphor icon: `icon("house")`. The font costs a fifth of a second, so ask only after the first paint."""
    import os  # noqa: PLC0415

    os.environ.setdefault("QT_API", "pyside6")
    import qtawesome  # noqa: PLC0415

    tint = colour or colours().muted
    found: QIcon = qtawesome.icon(
        f"ph.{name}", color=tint, color_active=colour or colours().text, color_disabled=colours().muted
    )
    return found


def lock() -> QIcon:
    """The sign that goes with the word `Restricted`."""
    path = str(RESOURCES / "icons" / "lock.svg")
    found = QIcon(path)
    found.addFile(path, QSize(), QIcon.Mode.Selected)  # Qt would dye it in a chosen row
    return found


def program_icon(side: int) -> QLabel:
    """The program's icon as a picture, `side` pixels wide and high."""
    label = QLabel()
    label.setPixmap(QGuiApplication.windowIcon().pixmap(side, side))
    return label


def as_title(widget: QWidget, *, larger: float = 6, weight: QFont.Weight = QFont.Weight.DemiBold) -> None:
    """Set a widget in larger, heavier type."""
    font = QFont(widget.font())
    font.setPointSizeF(QApplication.font().pointSizeF() + larger)
    font.setWeight(weight)
    widget.setFont(font)


def muted(widget: QWidget) -> None:
    """Set a widget's text in the colour of what matters less."""
    widget.setProperty("muted", True)


def primary(button: QPushButton | QToolButton) -> None:
    """Make a button the one that the eye should meet first."""
    button.setProperty("primary", True)


def quiet(button: QPushButton | QToolButton) -> None:
    """Make a button stand back: no frame until the pointer is on it."""
    button.setProperty("quiet", True)


def mark_wrong(field: QWidget, *, wrong: bool) -> None:
    """Frame a field in red, or no more."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, c.ground),
        (QPalette.ColorRole.WindowText, c.text),
        (QPalette.ColorRole.Base, c.surface),
        (QPalette.ColorRole.AlternateBase, c.raised),
        (QPalette.ColorRole.Text, c.text),
        (QPalette.ColorRole.PlaceholderText, c.muted),
        (QPalette.ColorRole.Button, c.surface),
        (QPalette.ColorRole.ButtonText, c.text),
        (QPalette.ColorRole.Highlight, c.accent),
        (QPalette.ColorRole.HighlightedText, c.on_accent),
        (QPalette.ColorRole.ToolTipBase, c.raised),
        (QPalette.ColorRole.ToolTipText, c.text),
        (QPalette.ColorRole.Link, c.accent),
        (QPalette.ColorRole.Light, c.raised),
        (QPalette.ColorRole.Mid, c.line),
        (QPalette.ColorRole.Dark, c.line),
        (QPalette.ColorRole.Accent, c.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return palette


def _style_sheet(c: Colours) -> str:
    icons = (RESOURCES / "icons").as_posix()
    return f"""
    QWidget[muted="true"] {{ color: {c.muted}; }}
    QWidget[card="true"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 8px; }}
    QWidget[strip="true"] {{ background: {c.warn_ground}; border-top: 1px solid {c.line}; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px 6px; }}
    QMenuBar {{ background: {c.surface}; border-bottom: 1px solid {c.line}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.chosen}; }}
    QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 28px 6px 24px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {c.chosen}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    QPushButton {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px; padding: 6px 14px; }}
    QPushButton, QToolButton, QCheckBox, QRadioButton, QTabBar {{ outline: none; }}
    QPushButton:hover {{ background: {c.raised}; border-color: {c.muted}; }}
    QPushButton:pressed {{ background: {c.chosen}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
    QPushButton:checked {{ background: {c.chosen}; border-color: {c.accent}; color: {c.text}; }}
    QPushButton:disabled {{ color: {c.muted}; background: {c.ground}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{ background: {c.line}; color: {c.muted}; border-color: {c.line}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[quiet="true"], QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px;
        padding: 4px 8px; }}
    QPushButton[quiet="true"]:hover, QToolButton:hover {{ background: {c.chosen}; }}
    QPushButton[quiet="true"]:focus, QToolButton:focus {{ border: 1px solid {c.accent}; }}
    QToolButton:checked {{ background: {c.chosen}; border: 1px solid {c.accent}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{ background: {c.surface}; color: {c.text};
        border: 1px solid {c.line}; border-radius: 6px; padding: 5px 8px; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; placeholder-text-color: {c.muted}; }}
    QPlainTextEdit[reading="true"], QPlainTextEdit[reading="true"]:read-only {{ background: transparent;
        border-color: transparent; padding-left: 0; padding-right: 0; }}
    QPlainTextEdit[reading="true"]:focus, QPlainTextEdit[reading="true"][wrong="true"] {{ padding-left: 0; padding-right: 0; }}
    QLineEdit:hover, QPlainTextEdit:hover, QSpinBox:hover, QComboBox:hover {{ border-color: {c.muted}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
        border: 2px solid {c.accent}; padding: 4px 7px; }}
    QComboBox QLineEdit, QComboBox QLineEdit:hover, QComboBox QLineEdit:focus, QSpinBox QLineEdit {{
        border: none; padding: 0; background: transparent; }}
    QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {c.bad}; padding: 4px 7px; }}
    QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.raised}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {{ background: {c.raised}; color: {c.muted}; }}
    QComboBox::drop-down {{ border: none; width: 22px; subcontrol-position: center right; }}
    QComboBox::down-arrow {{ image: url({icons}/down.svg); width: 12px; height: 12px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 20px; subcontrol-origin: border; }}
    QSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-arrow {{ image: url({icons}/up.svg); width: 10px; height: 10px; }}
    QSpinBox::down-arrow {{ image: url({icons}/down.svg); width: 10px; height: 10px; }}
    QPushButton::menu-indicator {{ image: url({icons}/down.svg); width: 12px; height: 12px; right: 6px;
        subcontrol-position: center right; subcontrol-origin: padding; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {c.muted}; border-radius: 4px; background: {c.surface}; }}
    QCheckBox::indicator:hover {{ border-color: {c.accent}; }}
    QCheckBox::indicator:checked {{ background: {c.tick}; border-color: {c.tick}; image: url({icons}/tick.svg); }}
    QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {c.muted}; border-radius: 8px; background: {c.surface}; }}
    QRadioButton::indicator:hover {{ border-color: {c.accent}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {c.tick}; background: #ffffff; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line}; selection-background-color: {c.chosen};
        selection-color: {c.text}; outline: 0; padding: 4px; }}
    QCheckBox {{ spacing: 8px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QTableView, QListView, QTreeView {{ background: {c.surface}; border: none; gridline-color: {c.line}; outline: 0;
        selection-background-color: {c.chosen}; selection-color: {c.text}; alternate-background-color: {c.raised}; }}
    QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {c.line}; }}
    QListView::item {{ padding: 6px 2px; border-radius: 6px; }}
    QListView::item:hover {{ background: {c.raised}; }}
    QTreeView::item {{ padding: 7px 2px; border: none; }}
    QTreeView::item:hover {{ background: {c.raised}; }}
    QTreeView::branch:selected {{ background: {c.chosen}; }}
    QTreeView::branch:has-children:closed {{ image: url({icons}/right.svg); }}
    QTreeView::branch:has-children:open {{ image: url({icons}/down.svg); }}
    QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{ background: {c.chosen}; color: {c.text}; }}
    QCalendarWidget QWidget {{ background: {c.surface}; alternate-background-color: {c.surface}; }}
    QCalendarWidget QTableView::item {{ padding: 0; border: none; }}
    QCalendarWidget QAbstractItemView {{ color: {c.text}; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; }}
    QCalendarWidget QAbstractItemView:disabled {{ color: {c.line}; }}
    QCalendarWidget QToolButton {{ color: {c.text}; padding: 4px 8px; }}
    QToolButton#qt_calendar_prevmonth {{ qproperty-icon: url({icons}/left.svg); }}
    QToolButton#qt_calendar_nextmonth {{ qproperty-icon: url({icons}/right.svg); }}
    QCalendarWidget QTableView::item:selected {{ background: {c.accent}; color: {c.on_accent}; border-radius: 4px; }}
    QCalendarWidget QSpinBox {{ padding: 2px 6px; }}
    QHeaderView {{ background: {c.surface}; }}
    QTableCornerButton::section {{ background: {c.surface}; border: none; }}
    QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
        padding: 7px 11px; font-weight: 600; }}
    QHeaderView::up-arrow {{ image: url({icons}/up.svg); width: 12px; height: 12px; }}
    QHeaderView::down-arrow {{ image: url({icons}/down.svg); width: 12px; height: 12px; }}
    QHeaderView::section:hover {{ color: {c.text}; background: {c.raised}; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget[page="true"] {{ background: {c.surface}; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {c.line}; border-radius: 4px; min-height: 32px; min-width: 32px; margin: 2px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: {c.line}; }}
    QStatusBar {{ background: {c.surface}; border-top: 1px solid {c.line}; color: {c.muted}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {c.muted}; padding: 3px 12px; }}
    QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 8px 14px; border: none;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; font-weight: 600; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
    QProgressBar {{ border: none; background: {c.line}; border-radius: 3px; height: 6px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QWidget#sidebar {{ background: {c.side}; }}
    QWidget#sidebar QLabel {{ color: {c.side_text}; background: transparent; }}
    QWidget#sidebar QToolButton {{ color: {c.side_text}; background: transparent; border: 2px solid transparent; border-radius: 8px;
        padding: 8px 12px; text-align: left; }}
    QWidget#sidebar QToolButton:hover {{ background: {c.side_on}; color: #ffffff; }}
    QWidget#sidebar QToolButton:checked {{ background: {c.side_on}; color: #ffffff; font-weight: 600; }}
    QWidget#sidebar QToolButton:disabled {{ color: {c.muted}; }}
    QWidget#sidebar QToolButton:focus {{ border-color: {c.side_text}; }}
    """
