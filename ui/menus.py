"""The menus: what they offer, with which keys. What an item does is the window's."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from risk_register.domain.programme import Programme
from ui import settings
from ui.desk import Desk
from ui.words import as_item

Key = QKeySequence.StandardKey


class Menus(QObject):
    """The menu bar. Items are attributes, to be connected; those of changing lists are signals."""

    screen_wanted = Signal(str)
    """The name of a screen."""
    recent_wanted = Signal(str)
    """The path of a register opened before."""
    appearance_wanted = Signal(object)
    """A Qt.ColorScheme; Unknown for the system's."""
    programme_wanted = Signal(object)
    """The id of a programme of the open register."""
    name_wanted = Signal()
    """What the programme is called, and its categories, are to be shown."""
    matrix_wanted = Signal()
    settle_wanted = Signal()
    """The conflicts that wait are to be settled."""

    def __init__(self, bar: QMenuBar, desk: Desk, screens: Iterable[str]) -> None:
        super().__init__(bar)
        self._desk = desk
        self._build_file(bar.addMenu("&File"))
        self._build_edit(bar.addMenu("&Edit"))
        self._build_view(bar.addMenu("&View"), screens)
        self.programmes = bar.addMenu("&Programme")
        self.programmes.aboutToShow.connect(self.show_programmes)
        helps = bar.addMenu("&Help")
        self.guide = _added(helps, "User &guide", Key.HelpContents)
        self.shortcuts = _added(helps, "Keyboard &shortcuts")
        self.about = _added(helps, "&About Risk Register")
        desk.undo_changed.connect(self._tell_undo)
        desk.opened.connect(self.enable)
        desk.writing_began.connect(self.enable)
        self._tell_undo()
        self.enable()

    def _build_file(self, menu: QMenu) -> None:
        self.new = _added(menu, "&New register…", Key.New)
        self.open = _added(menu, "&Open…", Key.Open)
        self._recent = menu.addMenu("Open &recent")
        self._recent.aboutToShow.connect(self._show_recent)
        self.sample = _added(menu, "Open the &sample programme")
        menu.addSeparator()
        self.import_workbook = _added(menu, "&Import a workbook…", "Ctrl+I")
        self.merge = _added(menu, "&Merge a copy…")
        self.share = _added(menu, "S&hare…")
        self.join = _added(menu, "&Join a shared register…")
        menu.addSeparator()
        self.report = _added(menu, "&Board summary in Word…", "Ctrl+P")
        menu.addSeparator()
        self.back_up = _added(menu, "&Back up to…")
        self.open_backup = _added(menu, "Open a back&up…")
        menu.addSeparator()
        self.name = _added(menu, "&Your name…")
        menu.addSeparator()
        self.quit = _added(menu, "&Quit", Key.Quit)

    def _build_edit(self, menu: QMenu) -> None:
        self.undo = _added(menu, "&Undo", Key.Undo)
        self.redo = _added(menu, "&Redo")
        self.redo.setShortcuts(
            [QKeySequence(keys) for keys in ("Ctrl+Shift+Z", "Ctrl+Y")]
        )  # each system's people know one
        menu.addSeparator()
        self.add_risk = _added(menu, "New &risk", "Ctrl+Shift+R")
        self.add_action = _added(menu, "New &action", "Ctrl+Shift+A")
        self.change = _added(menu, "&Change the chosen…", "Ctrl+Shift+E")
        self.reviewed = _added(menu, "Reviewed, &no change", "Ctrl+R")
        menu.addSeparator()
        self.filter = _added(menu, "&Filter this screen", Key.Find)
        self.search = _added(menu, "&Search everything…", "Ctrl+K")

    def _build_view(self, menu: QMenu, screens: Iterable[str]) -> None:
        for number, name in enumerate(screens, start=1):
            digit = number % 10  # the tenth has the key at the end of the row
            item = _added(menu, f"&{digit}  {name}", f"Ctrl+{digit}")
            item.triggered.connect(lambda _on=False, name=name: self.screen_wanted.emit(name))
        menu.addSeparator()
        looks = menu.addMenu("&Appearance")
        group = QActionGroup(self)
        chosen = settings.remembered("appearance", "Unknown")
        for words, scheme in (
            ("As the system", Qt.ColorScheme.Unknown),
            ("Light", Qt.ColorScheme.Light),
            ("Dark", Qt.ColorScheme.Dark),
        ):
            item = group.addAction(words)
            item.setCheckable(True)
            item.setChecked(scheme.name == chosen)
            item.triggered.connect(lambda _on=False, scheme=scheme: self.appearance_wanted.emit(scheme))
            looks.addAction(item)
        self.full_screen = _added(menu, "&Full screen", Key.FullScreen)
        usual = QKeySequence("F11")  # some desktops have no key of their own for it
        self.full_screen.setShortcuts(list(dict.fromkeys([*self.full_screen.shortcuts(), usual])))
        self.full_screen.setCheckable(True)

    def enable(self) -> None:
        """Offer what can be done with the register that is open, or with none."""
        for item in (self.report, self.back_up, self.filter, self.search):
            item.setEnabled(self._desk.path is not None)
        for item in (self.add_risk, self.add_action, self.change, self.reviewed, self.merge, self.share):
            item.setEnabled(self._desk.writable)
        self.import_workbook.setEnabled(self._desk.path is None or self._desk.writable)

    def _tell_undo(self) -> None:
        for item, verb, label in (
            (self.undo, "&Undo", self._desk.undo_label),
            (self.redo, "&Redo", self._desk.redo_label),
        ):
            item.setText(f"{verb}  {as_item(label)}" if label else verb)
            item.setEnabled(bool(label))

    def _show_recent(self) -> None:
        self._recent.clear()
        for name in settings.remembered_words("recent"):
            item = self._recent.addAction(as_item(name))
            item.triggered.connect(lambda _on=False, name=name: self.recent_wanted.emit(name))
        if self._recent.isEmpty():
            self._recent.addAction("None yet").setEnabled(False)

    def show_programmes(self) -> None:
        """List the programmes of the open register."""
        self.programmes.clear()
        if self._desk.path is None:
            self.programmes.addAction("No register is open").setEnabled(False)
            return
        for programme in self._desk.book.all(Programme):
            item = self.programmes.addAction(as_item(programme.name))
            item.setCheckable(True)
            item.setChecked(programme.id == self._desk.programme)
            item.triggered.connect(lambda _on=False, id=programme.id: self.programme_wanted.emit(id))
        self.programmes.addSeparator()
        _added(self.programmes, "&Name, categories and fields…").triggered.connect(self.name_wanted)
        matrix = _added(self.programmes, "&Matrix and bands…")
        matrix.triggered.connect(self.matrix_wanted)
        matrix.setEnabled(self._desk.writable)
        settle = _added(self.programmes, "&Settle conflicts…")
        settle.triggered.connect(self.settle_wanted)
        settle.setEnabled(bool(self._desk.conflicts))


def _added(menu: QMenu, words: str, key: Key | str | None = None) -> QAction:
    item = menu.addAction(words)
    if key is not None:
        item.setShortcut(QKeySequence(key))
    return item
