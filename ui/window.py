"""The main window: sidebar, screens, menus, notices and the status bar."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from risk_register import places
from risk_register.domain.action import Action
from risk_register.domain.category import Category
from risk_register.domain.change import Edit
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Damaged, Refused, StoreError
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record
from risk_register.domain.risk import Risk
from risk_register.domain.text import one_line
from ui import settings
from ui.desk import Desk
from ui.notices import Notices, show_bug
from ui.screen import Screen
from ui.sidebar import Sidebar
from ui.theme import theme
from ui.words import Words, as_item, as_tip
from ui.working import Working

if TYPE_CHECKING:
    from ui.start import NewRegister

SUFFIX = "Risk registers (*.riskreg)"
_NARROW = 1120
"""Below this width (pixels) the sidebar shows icons alone."""
_UNLIMITED = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX."""


class Window(QMainWindow):
    """Everything one sees. Screens are built when first shown, so that the first paint is quick."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 560)
        self._screens: dict[str, Screen] = {}
        self._may_lose = False
        self._makers = self._built_makers()
        self._stack = QStackedWidget()
        self._notices = Notices()
        self._sidebar = Sidebar(self._makers)
        self._sidebar.wanted.connect(self.go_to)
        self._build()
        self._build_menus()
        desk.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)
        desk.refused.connect(self._on_refused)
        desk.stale.connect(self._on_stale)
        desk.broken.connect(self._on_broken)
        desk.undo_changed.connect(self._on_undo_changed)
        desk.began.connect(self._on_began)
        desk.rested.connect(self._on_rested)
        self._show_start()
        self._on_undo_changed()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # it runs: this is a widget

    # -- what it is made of

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notices)
        column.addWidget(self._stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        row.addWidget(right, 1)
        self.setCentralWidget(whole)
        self._place, self._saved = Words(), Words()
        self._working, self._doing = Working(), ""
        self._working.cancelled.connect(self.desk.cancel)
        self.statusBar().addWidget(self._place, 1)
        self.statusBar().addPermanentWidget(self._working)
        self.statusBar().addPermanentWidget(self._saved)
        self.statusBar().setSizeGripEnabled(False)

    def _build_menus(self) -> None:
        file = self.menuBar().addMenu("&File")
        self._add(file, "&New register…", self.new, QKeySequence.StandardKey.New)
        self._add(file, "&Open…", self.ask_and_open, QKeySequence.StandardKey.Open)
        self._recent = file.addMenu("Open &recent")
        self._recent.aboutToShow.connect(self._on_recent_shown)
        self._add(file, "Open the &sample programme", self.open_sample)
        file.addSeparator()
        self._import = self._add(file, "&Import a workbook…", self.ask_and_import, "Ctrl+I")
        self._report = self._add(file, "&Board summary in Word…", self.report, "Ctrl+P")
        file.addSeparator()
        self._backup = self._add(file, "&Back up to…", self.back_up)
        self._add(file, "Open a back&up…", self.open_backup)
        file.addSeparator()
        self._add(file, "&Your name…", self._on_name_asked)
        file.addSeparator()
        self._add(file, "&Quit", self.close, QKeySequence.StandardKey.Quit)

        edit = self.menuBar().addMenu("&Edit")
        self._undo = self._add(edit, "&Undo", self._on_undo_asked, QKeySequence.StandardKey.Undo)
        self._redo = self._add(edit, "&Redo", self._on_redo_asked)
        self._redo.setShortcuts(
            [QKeySequence(keys) for keys in ("Ctrl+Shift+Z", "Ctrl+Y")]
        )  # what each system's people know
        edit.addSeparator()
        self._add_risk = self._add(edit, "New &risk", self._on_new_risk_asked, "Ctrl+Shift+R")
        self._add_action = self._add(edit, "New &action", self._on_new_action_asked, "Ctrl+Shift+A")
        edit.addSeparator()
        self._filter = self._add(edit, "&Filter this screen", self._on_filter_asked, QKeySequence.StandardKey.Find)
        self._search = self._add(edit, "&Search everything…", self.search, "Ctrl+K")

        view = self.menuBar().addMenu("&View")
        for number, name in enumerate(self._makers, start=1):
            self._add(view, f"&{number}  {name}", self._opener(name), f"Ctrl+{number}")
        view.addSeparator()
        looks = view.addMenu("&Appearance")
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
            item.triggered.connect(lambda _on, scheme=scheme: self._on_appearance_chosen(scheme))
            looks.addAction(item)
        self._full = self._add(view, "&Full screen", self._on_full_screen_toggled, QKeySequence.StandardKey.FullScreen)
        self._full.setCheckable(True)
        self._programmes = self.menuBar().addMenu("&Programme")
        self._programmes.aboutToShow.connect(self._on_programmes_shown)
        helps = self.menuBar().addMenu("&Help")
        self._add(helps, "User &guide", self._on_guide_asked, QKeySequence.StandardKey.HelpContents)
        self._add(helps, "Keyboard &shortcuts", self._on_shortcuts_asked)
        self._add(helps, "&About Risk Register", self._on_about_asked)

    def _add(
        self, menu: QMenu, words: str, act: Callable[[], object], key: QKeySequence.StandardKey | str | None = None
    ) -> QAction:
        action = menu.addAction(words)
        action.triggered.connect(act)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        return action

    def _opener(self, name: str) -> Callable[[], object]:
        return lambda: self.go_to(name)

    def ready(self) -> None:
        """Add what the first paint could do without: icons."""
        self._sidebar.add_icons()
        theme().changed.connect(self._sidebar.add_icons)

    # -- screens

    def _built_makers(self) -> dict[str, Callable[[Desk], Screen]]:
        """How each screen is made, in the order of the sidebar. Each module is imported when its screen is first shown."""

        def overview(desk: Desk) -> Screen:
            from ui.overview import Overview  # noqa: PLC0415

            screen = Overview(desk)
            screen.band_wanted.connect(self._on_band_wanted)
            return screen

        def register(desk: Desk) -> Screen:
            from ui.register import RegisterScreen  # noqa: PLC0415

            return RegisterScreen(desk)

        def heatmap(desk: Desk) -> Screen:
            from ui.heatmap import HeatMapScreen  # noqa: PLC0415

            return HeatMapScreen(desk)

        def actions(desk: Desk) -> Screen:
            from ui.actions import ActionsScreen  # noqa: PLC0415

            return ActionsScreen(desk)

        def history(desk: Desk) -> Screen:
            from ui.history import HistoryScreen  # noqa: PLC0415

            return HistoryScreen(desk)

        return {"Overview": overview, "Register": register, "Heat map": heatmap, "Actions": actions, "History": history}

    def go_to(self, name: str) -> Screen | None:
        """Show a screen, building it the first time."""
        if self.desk.path is None:
            return None
        screen = self._screen(name)
        current = self._stack.currentWidget()
        if isinstance(current, Screen) and current is not screen:
            current.keep()
        self._stack.setCurrentWidget(screen)
        self._sidebar.mark(name)
        if current is not screen:
            screen.setFocus()
        settings.remember("screen", name)
        return screen

    def _screen(self, name: str) -> Screen:
        if name not in self._screens:
            screen = self._makers[name](self.desk)
            screen.jump.connect(self.show_record)
            screen.history_wanted.connect(self._on_history_wanted)
            screen.alone_wanted.connect(self._on_alone_wanted)
            self._stack.addWidget(screen)
            self._screens[name] = screen
            screen.reload()
        return self._screens[name]

    @property
    def current_screen(self) -> Screen | None:
        """The screen that is shown."""
        current = self._stack.currentWidget()
        return current if isinstance(current, Screen) else None

    def show_record(self, record: Record) -> None:
        """Bring a record into view where it is edited, or read."""
        match record:
            case Action():
                screen = self.go_to("Actions")
            case Risk():
                screen = self.go_to("Register")
            case _:
                self._show_aside(record)
                return
        if screen:
            screen.show_record(record)

    def _show_aside(self, record: Record) -> None:
        """Open the dialog that shows a record which has no screen of its own."""
        from ui.decision import DecisionDialog  # noqa: PLC0415
        from ui.outcome import OutcomeDialog  # noqa: PLC0415

        match record:
            case Decision():
                DecisionDialog(self.desk, record, self).open()
            case Recommendation():
                for outcome in self.desk.book.where(Outcome, "recommendation", record.id)[:1]:
                    self._show_aside(outcome)
            case Outcome():
                dialog = OutcomeDialog(self.desk, record, self)
                dialog.jump.connect(self.show_record)
                dialog.open()
            case Person() | Board() | Organisation() | Category():
                self._show_people(record)

    def _show_people(self, record: Record | None = None) -> None:
        from ui.people import PeopleDialog  # noqa: PLC0415

        PeopleDialog(self.desk, record, self).open()

    def _on_history_wanted(self, record: Record) -> None:
        screen = self.go_to("History")
        if screen:
            screen.show_record(record)

    def _on_band_wanted(self, name: str) -> None:
        screen = self.go_to("Register")
        if screen:
            screen.narrow("band", [name])  # type: ignore[attr-defined]  # the register's screen has filters

    def _show_start(self) -> None:
        from ui.start import Start  # noqa: PLC0415  needed only where nothing is open

        start = Start()
        start.sample_wanted.connect(self.open_sample)
        start.new_wanted.connect(self.new)
        start.open_wanted.connect(self.ask_and_open)
        start.import_wanted.connect(self.ask_and_import)
        self._stack.addWidget(start)
        self._sidebar.setEnabled(False)
        self.setWindowTitle("Risk Register")
        for action in self._needing_register():
            action.setEnabled(False)

    def _needing_register(self) -> list[QAction]:
        return [self._report, self._backup, self._add_risk, self._add_action, self._filter, self._search]

    # -- registers

    def open(self, path: Path) -> None:
        """Open a register."""
        self._keep_all()
        self._doing = f"Opening {path.name} …"

        def failed(error: Exception) -> None:
            if isinstance(error, Damaged):
                self._offer_backup(path, error)
            else:
                self._on_failed(error)

        self.desk.open(path, backups=places.backups_folder(path), failed=failed)

    def open_sample(self) -> None:
        """Open the sample programme, making it the first time."""
        path = places.sample_register()
        if path.exists():
            self.open(path)
        else:
            self._keep_all()
            self._doing = "Making the sample programme …"
            self.desk.create_sample(path, failed=self._on_failed)

    def new(self) -> "NewRegister":
        """Ask for a name and make a new register."""
        from ui.start import NewRegister  # noqa: PLC0415

        dialog = NewRegister(self)
        dialog.accepted.connect(lambda: self._create(dialog))
        dialog.open()
        return dialog

    def _create(self, dialog: "NewRegister") -> None:
        self._keep_all()
        self._doing = "Making the register …"
        self.desk.create(
            dialog.path, dialog.command, backups=places.backups_folder(dialog.path), failed=self._on_failed
        )

    def ask_and_open(self) -> None:
        """Ask for a register and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a register", str(places.registers_folder()), f"{SUFFIX};;All files (*)"
        )
        if name:
            self.open(Path(name))

    def open_backup(self) -> None:
        """Ask for a backup of the open register and open a copy of it."""
        folder = places.backups_folder(self.desk.path) if self.desk.path else places.backups_root()
        name, _ = QFileDialog.getOpenFileName(self, "Open a backup", str(folder), f"{SUFFIX};;All files (*)")
        if name:
            self.open_copy_of(Path(name))

    def open_copy_of(self, backup: Path) -> None:
        """Open a copy of a backup, made among the registers: the backup itself stays as it is, to go back to again."""
        try:
            copy = places.copy_to_work_on(backup)
        except OSError as error:
            self._notices.tell(f"No copy of {backup.name} could be made: {error.strerror or error}.")
            return
        self.open(copy)

    def _offer_backup(self, path: Path, error: Exception) -> None:
        newest = places.newest_backup(path)
        if newest is None:
            self._notices.tell(f"{error} No copy of it was found on this computer.", lasting=True)
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Risk Register")
        box.setText(f"{path.name} is damaged. It was left as it is.")
        box.setInformativeText(
            f"The newest copy was made {newest.stem[-17:-7]} at {newest.stem[-6:-4]}:{newest.stem[-4:-2]}."
        )
        copy = box.addButton("Open that copy", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy.clicked.connect(lambda: self.open_copy_of(newest))
        box.open()

    def back_up(self) -> None:
        """Ask where to, and copy the register there."""
        assert self.desk.path, "the menu item is off without a register"
        proposed = Path.home() / f"{self.desk.path.stem} {self.desk.today():%Y-%m-%d}.riskreg"
        name, _ = QFileDialog.getSaveFileName(self, "Back up to", str(proposed), SUFFIX)
        if name:
            self.desk.back_up(Path(name), lambda _: self._notices.tell(f"A checked copy was made: {name}"))

    def ask_and_import(self) -> None:
        """Ask for a workbook and import risks from it."""
        name, _ = QFileDialog.getOpenFileName(
            self, "Import a workbook", str(Path.home()), "Workbooks (*.xlsx *.xlsm *.csv);;All files (*)"
        )
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Import risks from a workbook; where no register is open, into a new one."""
        from ui.importing import ImportDialog  # noqa: PLC0415

        if self.desk.path is not None:
            self._keep_all()
            ImportDialog.begin(self, self.desk, path)
            return

        def import_into_it() -> None:
            ImportDialog.begin(self, self.desk, path)

        dialog = self.new()
        dialog.name.setText(path.stem)
        dialog.accepted.connect(
            lambda: self.desk.opened.connect(import_into_it, Qt.ConnectionType.SingleShotConnection)
        )

    def report(self) -> None:
        """Make the board's Word report."""
        from ui.report import ReportDialog  # noqa: PLC0415

        self._keep_all()
        ReportDialog(self.desk, self).open()

    def search(self) -> None:
        """Search everything."""
        from ui.search import Finder, everything  # noqa: PLC0415

        self._keep_all()
        finder = Finder("Search everything", everything(self.desk), self)
        finder.found.connect(self.show_record)
        finder.open()

    def _on_opened(self) -> None:
        path = self.desk.path
        assert path, "something was opened"
        programme = self.desk.book.find(Programme, self.desk.programme)
        name = programme.name if programme else path.stem
        self.setWindowTitle(f"{name} – Risk Register" + ("" if self.desk.writable else " (read only)"))
        self._sidebar.setEnabled(True)
        self._sidebar.tell(name)
        for action in self._needing_register():
            action.setEnabled(True)
        self._add_risk.setEnabled(self.desk.writable)
        self._add_action.setEnabled(self.desk.writable)
        settings.remember("last register", str(path))
        recent = [str(path), *(item for item in settings.remembered_words("recent") if item != str(path))]
        settings.remember_words("recent", recent[:8])
        self._place.setText(path.name)
        self._place.setToolTip(as_tip(str(path)))
        self._saved.setText("Every change is saved as you make it" if self.desk.writable else "Read only")
        if self.desk.writable:
            self._notices.hush()
        else:
            self._notices.tell(self.desk.read_only_reason or "This register is open for reading only.", lasting=True)
        wanted = settings.remembered("screen", "Overview")
        self.go_to(wanted if wanted in self._makers else "Overview")

    def _on_recent_shown(self) -> None:
        self._recent.clear()
        for name in settings.remembered_words("recent"):
            self._recent.addAction(as_item(name)).triggered.connect(lambda _on=False, name=name: self.open(Path(name)))
        if self._recent.isEmpty():
            self._recent.addAction("None yet").setEnabled(False)

    def _on_programmes_shown(self) -> None:
        self._programmes.clear()
        for programme in self.desk.book.all(Programme):
            action = self._programmes.addAction(as_item(programme.name))
            action.setCheckable(True)
            action.setChecked(programme.id == self.desk.programme)
            action.triggered.connect(lambda _on=False, id=programme.id: self._on_programme_chosen(id))
        if self.desk.path is None:
            self._programmes.addAction("No register is open").setEnabled(False)
            return
        self._programmes.addSeparator()
        self._add(self._programmes, "&People, boards and categories…", self._show_people)

    def _on_programme_chosen(self, id: UUID) -> None:
        self._keep_all()
        self.desk.choose(id)

    # -- edits

    def _on_undo_asked(self) -> None:
        self._keep_all()
        self.desk.undo()

    def _on_redo_asked(self) -> None:
        self._keep_all()
        self.desk.redo()

    def _on_undo_changed(self) -> None:
        for action, verb, label in (
            (self._undo, "&Undo", self.desk.undo_label),
            (self._redo, "&Redo", self.desk.redo_label),
        ):
            action.setText(f"{verb}  {as_item(label)}" if label else verb)
            action.setEnabled(bool(label))

    def _on_changed(self, edit: Edit) -> None:
        self._saved.setText(f"Saved: {edit.label}")
        if any(isinstance(change.record, Programme) for change in edit.changes):
            programme = self.desk.book.find(Programme, self.desk.programme)
            if programme:
                self._sidebar.tell(programme.name)

    def _on_refused(self, error: Exception) -> None:
        self._notices.tell(str(error))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreError)):
            self._notices.tell(str(error))
        else:
            self._on_broken(error)

    def _on_stale(self, edit: Edit) -> None:
        first = edit.stale[0]
        by = f" by {first.who}" if first.who else ""
        self._notices.tell(f"Part of this was not kept: the {first.field.replace('_', ' ')} was changed{by} meanwhile.")

    def _on_broken(self, error: Exception) -> None:
        show_bug(self, error)

    def _on_new_risk_asked(self) -> None:
        screen = self.go_to("Register")
        if screen:
            QTimer.singleShot(0, screen, screen.add)  # type: ignore[attr-defined]  # the two screens that hold records

    def _on_new_action_asked(self) -> None:
        screen = self.go_to("Actions")
        if screen:
            QTimer.singleShot(0, screen, screen.add)  # type: ignore[attr-defined]

    def _on_filter_asked(self) -> None:
        if self.current_screen:
            self.current_screen.focus_search()

    # -- the window itself

    def _on_began(self) -> None:
        self._working.begin(self._doing or "Working …")

    def _on_rested(self) -> None:
        self._working.end()
        self._doing = ""

    def _keep_all(self) -> None:
        for screen in self._screens.values():
            screen.keep()

    def _on_appearance_chosen(self, scheme: Qt.ColorScheme) -> None:
        settings.remember("appearance", scheme.name)
        theme().choose(scheme)

    def _on_full_screen_toggled(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _on_alone_wanted(self, alone: bool) -> None:  # noqa: FBT001
        """Let the screen shown fill the display, for a projector; or give it its surroundings back."""
        self._sidebar.setVisible(not alone)
        self.statusBar().setVisible(not alone)
        # Not hidden: Undo and the other shortcuts would stop working with the menus that hold them.
        self.menuBar().setMaximumHeight(0 if alone else _UNLIMITED)
        if self.isFullScreen() != alone:
            self._on_full_screen_toggled()

    def _on_name_asked(self) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Your name")
        dialog.setLabelText("How History and reports name you from now on:")
        dialog.setTextValue(self.desk.who)
        dialog.textValueSelected.connect(self._on_name_given)
        dialog.open()

    def _on_name_given(self, name: str) -> None:
        if one_line(name):
            self.desk.who = one_line(name)
            settings.remember("who", self.desk.who)

    def _on_guide_asked(self) -> None:
        self._show_guide()

    def _on_shortcuts_asked(self) -> None:
        self._show_guide("Keyboard")

    def _show_guide(self, section: str = "") -> None:
        from ui.help import GuideDialog  # noqa: PLC0415

        guide = GuideDialog(self)
        guide.show()
        guide.go_to(section)

    def _on_about_asked(self) -> None:
        from ui.help import AboutDialog  # noqa: PLC0415

        AboutDialog(self).open()

    def restore(self) -> None:
        """Stand where the window stood last time, looking as chosen."""
        chosen = settings.remembered("appearance", "Unknown")
        if chosen != "Unknown":
            theme().choose(Qt.ColorScheme[chosen])
        if not self.restoreGeometry(settings.remembered_state("window")):
            self.resize(1320, 820)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the screens the room where the window is narrow."""
        super().resizeEvent(event)
        self._sidebar.set_compact(self.width() < _NARROW)

    def changeEvent(self, event: QEvent) -> None:
        """Keep what is being typed when the window is left for another program; follow it out of full screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._keep_all()
        if event.type() == QEvent.Type.WindowStateChange:
            self._full.setChecked(self.isFullScreen())
            if self.current_screen and not self.isFullScreen():
                self.current_screen.come_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and Redo reach the register where a field has nothing of its own to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            for action, question in ((self._undo, "isUndoAvailable"), (self._redo, "isRedoAvailable")):
                if pressed in action.shortcuts() and not _has_own(watched, question):
                    event.ignore()
                    return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a register that was dropped, import a workbook."""
        path = next(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if path.suffix.lower() in (".xlsx", ".xlsm", ".csv"):
            self.import_from(path)
        else:
            self.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed, and remember where the window stood. What was refused is asked about first."""
        self._keep_all()
        if not self.desk.is_idle:
            # What was typed is on its way to the file; how that ends decides whether there is something to ask.
            event.ignore()
            self.desk.idle.connect(self.close, Qt.ConnectionType.SingleShotConnection)
            return
        if self._unsaved() and not self._may_lose:
            event.ignore()
            self._ask_to_lose()
            return
        settings.remember_state("window", self.saveGeometry())
        super().closeEvent(event)

    def _unsaved(self) -> list[str]:
        return [words for screen in self._screens.values() for words in screen.unsaved()]

    def _ask_to_lose(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Risk Register")
        box.setText("Something you typed could not be kept.")
        box.setInformativeText("\n".join(self._unsaved()[:6]))
        back = box.addButton("Go back to it", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("Close without it", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(back)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave.clicked.connect(self._on_loss_accepted)
        box.open()

    def _on_loss_accepted(self) -> None:
        self._may_lose = True
        QTimer.singleShot(0, self, self.close)


def _has_own(field: QObject, question: str) -> bool:
    """Whether a field has typing of its own to undo or redo."""
    if isinstance(field, QPlainTextEdit):
        return bool(getattr(field.document(), question)())
    return isinstance(field, QLineEdit) and bool(getattr(field, question)())
