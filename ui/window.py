"""The main window: sidebar, screens, menus, notices and the status bar."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain.category import Category
from risk_register.domain.change import Edit
from risk_register.domain.decision import Decision
from risk_register.domain.kinds import KINDS
from risk_register.domain.merged import Merged
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record, specs
from risk_register.domain.text import one_line, plural
from ui import settings
from ui.conflicts import ConflictCount
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.files import Files
from ui.following import Following
from ui.keys import chain_tabs
from ui.menus import Menus
from ui.notices import Notice, Notices, show_bug
from ui.screen import Screen
from ui.screens import MAKERS, SHOWN_IN
from ui.sharing.hubs import Hubs
from ui.sharing.standing import StandingButton
from ui.sidebar import Sidebar
from ui.theme import theme
from ui.words import as_tip
from ui.working import Working

_NARROW = 1120
"""Below this width (pixels) the sidebar shows icons alone."""
_WRITING = "Every change is saved as you make it"
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
        self._stack = QStackedWidget()
        self._notices = Notices()
        self._sidebar = Sidebar(MAKERS)
        self._sidebar.wanted.connect(self.go_to)
        self._build()
        self.menus = Menus(self.menuBar(), desk, MAKERS)
        self.files = Files(desk, self)
        self.hubs = Hubs(desk, self)
        self._wire_menus()
        self.hubs.leaving.connect(self._keep_all)
        self.hubs.begun.connect(self._on_files_begun)
        self.hubs.told.connect(self._notices.tell)
        self.hubs.over.connect(self._notices.withdraw)
        self.hubs.jump.connect(self.show_record)
        self._standing.clicked.connect(self.hubs.look_after)
        self.files.leaving.connect(self._keep_all)
        self.files.begun.connect(self._on_files_begun)
        self.files.told.connect(self._notices.tell)
        self.following = Following(desk, self)
        self.following.told.connect(self._notices.tell)
        desk.arrived.connect(self._on_arrived)
        desk.writing_began.connect(self._on_writing_began)
        self.files.merged.connect(self._on_merged)
        desk.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)
        desk.refused.connect(self._on_refused)
        desk.stale.connect(self._on_stale)
        desk.broken.connect(self._on_broken)
        desk.began.connect(self._on_began)
        desk.progressed.connect(self._working.say)
        desk.rested.connect(self._on_rested)
        self._day = desk.today()
        minutes = QTimer(self, interval=60_000)
        minutes.timeout.connect(self._on_minute)
        minutes.start()
        self._show_start()
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
        self._place, self._saved = ElidedLabel(), ElidedLabel()
        self._saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._conflicts = ConflictCount(self.desk)
        self._conflicts.clicked.connect(self._on_settle_asked)
        self._working, self._doing = Working(), ""
        self._working.cancelled.connect(self.desk.cancel)
        self.statusBar().addWidget(self._place, 1)
        self._standing = StandingButton(self.desk)
        self.statusBar().addPermanentWidget(self._standing)
        self.statusBar().addPermanentWidget(self._conflicts)
        self.statusBar().addPermanentWidget(self._working)
        self.statusBar().addPermanentWidget(self._saved, 1)
        self.statusBar().setSizeGripEnabled(False)

    def _wire_menus(self) -> None:
        menus, files = self.menus, self.files
        for item, act in (
            (menus.new, files.new),
            (menus.open, files.ask_and_open),
            (menus.sample, files.open_sample),
            (menus.import_workbook, files.ask_and_import),
            (menus.merge, files.ask_and_merge),
            (menus.share, self.hubs.share),
            (menus.join, self.hubs.join),
            (menus.report, self.report),
            (menus.back_up, files.back_up),
            (menus.open_backup, files.open_backup),
            (menus.name, self._on_name_asked),
            (menus.quit, self.close),
            (menus.undo, self._on_undo_asked),
            (menus.redo, self._on_redo_asked),
            (menus.add_risk, self._on_new_risk_asked),
            (menus.add_action, self._on_new_action_asked),
            (menus.change, self._on_change_asked),
            (menus.reviewed, self._on_reviewed_asked),
            (menus.filter, self._on_filter_asked),
            (menus.search, self.search),
            (menus.full_screen, self._on_full_screen_toggled),
            (menus.guide, self._on_guide_asked),
            (menus.shortcuts, self._on_shortcuts_asked),
            (menus.about, self._on_about_asked),
        ):
            item.triggered.connect(act)
        menus.screen_wanted.connect(self.go_to)
        menus.recent_wanted.connect(lambda name: files.open(Path(name)))
        menus.appearance_wanted.connect(self._on_appearance_chosen)
        menus.programme_wanted.connect(self._on_programme_chosen)
        menus.name_wanted.connect(self._show_programme)
        menus.matrix_wanted.connect(self._show_matrix)
        menus.settle_wanted.connect(self._on_settle_asked)

    def ready(self) -> None:
        """Add what the first paint could do without: icons."""
        self._sidebar.add_icons()
        theme().changed.connect(self._sidebar.add_icons)
        theme().changed.connect(self._restyle)

    # -- screens

    @property
    def names(self) -> list[str]:
        """The names of the screens, in the order of the sidebar."""
        return list(MAKERS)

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
            screen.enter()
        settings.remember("screen", name)
        return screen

    def _screen(self, name: str) -> Screen:
        if name not in self._screens:
            screen = MAKERS[name](self.desk)
            screen.jump.connect(self.show_record)
            screen.history_wanted.connect(self._on_history_wanted)
            screen.settle_wanted.connect(self.settle)
            screen.alone_wanted.connect(self._on_alone_wanted)
            screen.band_wanted.connect(self._on_band_wanted)
            screen.filter_wanted.connect(self._on_filter_wanted)
            self._stack.addWidget(screen)
            self._screens[name] = screen
            chain_tabs(screen)
            screen.reload()
        return self._screens[name]

    @property
    def current_screen(self) -> Screen | None:
        """The screen that is shown."""
        current = self._stack.currentWidget()
        return current if isinstance(current, Screen) else None

    def show_record(self, record: Record) -> None:
        """Bring a record into view where it is edited, or read."""
        name = SHOWN_IN.get(type(record))
        if name is None:
            self._show_aside(record)
        elif screen := self.go_to(name):
            screen.show_record(record)

    def _show_aside(self, record: Record) -> None:
        """Open the dialog that shows a record which has no screen of its own."""
        from ui.decision import DecisionDialog  # noqa: PLC0415

        match record:
            case Decision():
                DecisionDialog(self.desk, record, self).open()
            case Category():
                self._show_programme(record)

    def _show_programme(self, record: Record | None = None) -> None:
        from ui.programme import ProgrammeDialog  # noqa: PLC0415

        ProgrammeDialog(self.desk, record, self).open()

    def _show_matrix(self) -> None:
        from ui.matrix_editor import MatrixDialog  # noqa: PLC0415

        self._keep_all()
        MatrixDialog(self.desk, self).open()

    def _on_history_wanted(self, record: Record) -> None:
        screen = self.go_to("History")
        if screen:
            screen.show_record(record)

    def _on_band_wanted(self, name: str) -> None:
        screen = self.go_to("Register")
        if screen:
            screen.narrow("band", [name])  # type: ignore[attr-defined]  # the register's screen has filters

    def _on_filter_wanted(self, key: str) -> None:
        screen = self.go_to("Register")
        if screen:
            screen.narrow(key, ["on"])  # type: ignore[attr-defined]

    def _show_start(self) -> None:
        from ui.start import Start  # noqa: PLC0415  needed only where nothing is open

        start = Start()
        start.sample_wanted.connect(self.files.open_sample)
        start.new_wanted.connect(self.files.new)
        start.open_wanted.connect(self.files.ask_and_open)
        start.import_wanted.connect(self.files.ask_and_import)
        start.join_wanted.connect(self.hubs.join)
        self._stack.addWidget(start)
        self._sidebar.setEnabled(False)
        self.setWindowTitle("Risk Register")

    # -- registers

    def report(self) -> None:
        """Make the board's Word report."""
        from ui.report import ReportDialog  # noqa: PLC0415

        self._keep_all()
        dialog = ReportDialog(self.desk, self)
        dialog.written.connect(lambda path: self._notices.tell(Notice(f"The report is written: {path}", good=True)))
        dialog.open()

    def settle(self, first: tuple[UUID, str] | None = None) -> None:
        """Settle the conflicts that wait, beginning with one."""
        from ui.conflicts.dialog import ConflictsDialog  # noqa: PLC0415

        self._keep_all()
        if self.desk.conflicts:
            dialog = ConflictsDialog(self.desk, first, self)
            dialog.jump.connect(self.show_record)
            dialog.settled.connect(lambda sentence: self._notices.tell(Notice(sentence, good=True)))
            dialog.open()

    def _on_settle_asked(self) -> None:
        self._notices.hush()
        self.settle()

    def _on_merged(self, merged: Merged) -> None:
        waiting = len(merged.conflicts)
        offer = (f"Look at {plural(waiting, 'conflict')}", self._on_settle_asked) if waiting else None
        self._notices.tell(Notice(merged.sentence, lasting=bool(merged.edits), good=True, offer=offer))

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
        self._sidebar.setEnabled(True)
        self._tell_programme()
        settings.remember("last register", str(path))
        recent = [str(path), *(item for item in settings.remembered_words("recent") if item != str(path))]
        settings.remember_words("recent", recent[:8])
        self._place.say(path.name)
        self._place.setToolTip(as_tip(str(path)))
        self._saved.say(_WRITING if self.desk.writable else "Read only")
        wanted = settings.remembered("screen", "Overview")
        self.go_to(wanted if wanted in MAKERS else "Overview")

    def _on_arrived(self) -> None:
        self._notices.hush()
        self.files.tell_place()
        self.following.begin()

    def _on_writing_began(self) -> None:
        self._tell_programme()
        self._saved.say(_WRITING)
        self._notices.hush()
        self.files.tell_place()

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

    def _on_changed(self, edit: Edit) -> None:
        mine = self.desk.writable and edit.who == self.desk.who
        self._saved.say(f"Saved: {edit.label}" if mine else edit.news)
        if any(isinstance(change.record, Programme) for change in edit.changes):
            self._tell_programme()

    def _tell_programme(self) -> None:
        programme = self.desk.book.find(Programme, self.desk.programme)
        assert self.desk.path, "a register is open"
        name = programme.name if programme else self.desk.path.stem
        self.setWindowTitle(f"{name} – Risk Register" + ("" if self.desk.writable else " (read only)"))
        self._sidebar.tell(name)

    def _on_refused(self, error: Exception) -> None:
        self._notices.tell(Notice(str(error)))

    def _on_stale(self, edit: Edit) -> None:
        first = edit.stale[0]
        by = f" by {first.who}" if first.who else ""
        field = specs(KINDS[first.kind])[first.field].label.lower()
        self._notices.tell(Notice(f"Part of this was not kept: the {field} was changed{by} meanwhile."))

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

    def _on_reviewed_asked(self) -> None:
        if self.current_screen and not self.current_screen.review():
            self._notices.tell(Notice("Choose the risk that was reviewed, in the Register or on the heat map."))

    def _on_change_asked(self) -> None:
        if self.current_screen:
            self.current_screen.change_chosen()

    def _on_filter_asked(self) -> None:
        if self.current_screen and not self.current_screen.focus_search():
            self.search()

    # -- the window itself

    def _on_files_begun(self, words: str) -> None:
        self._doing = words

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

    def _restyle(self) -> None:
        for screen in self._screens.values():
            screen.restyle()

    def _on_minute(self) -> None:
        """Show another day's overdue actions once it has begun."""
        self._standing.tell()
        if self.desk.today() != self._day:
            self._day = self.desk.today()
            self._restyle()

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

        guide = next((item for item in self.findChildren(GuideDialog) if item.isVisible()), None) or GuideDialog(self)
        guide.show()
        guide.raise_()
        guide.activateWindow()
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
            self.resize(QSize(1320, 820).boundedTo(self.screen().availableSize() * 0.94))

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
            self.menus.full_screen.setChecked(self.isFullScreen())
            if self.current_screen and not self.isFullScreen():
                self.current_screen.come_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and Redo reach the register where a field has nothing of its own to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            for action, question in ((self.menus.undo, "isUndoAvailable"), (self.menus.redo, "isRedoAvailable")):
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
        self.files.drop(next(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()))

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
