"""The boards: the tree at the left, the chosen one at the right."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout

from risk_register.domain.change import Edit
from risk_register.domain.commands.edits import unused_name
from risk_register.domain.commands.governance import add_board, edit_board
from risk_register.domain.governance import Board
from risk_register.domain.record import Record
from risk_register.domain.text import plural
from ui import settings
from ui.desk import Desk
from ui.governance.board import BoardEditor
from ui.governance.tree import BoardTree
from ui.screen import Head, Screen
from ui.theme import primary


class Boards(Screen):
    """Who reports to whom."""

    title = "Boards"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tree, self.editor = BoardTree(desk), BoardEditor(desk)
        self._head = Head(self.title)
        self._head.show_name(shown=False)
        self.add_button = QPushButton("New board")
        self.add_button.setToolTip("Below the board that is chosen")
        primary(self.add_button)
        self._head.tools.addWidget(self.add_button)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.editor)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        settings.keep_splitter("governance/splitter", splitter, [440, 620])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(splitter, 1)
        self.add_button.clicked.connect(self.add)
        self.tree.chosen.connect(self._on_chosen)
        self.tree.moved.connect(self._on_moved)
        self.tree.activated_id.connect(lambda _: self.editor.title.setFocus())
        self.editor.jump.connect(self.jump)
        self.editor.history_wanted.connect(self.history_wanted)
        self.editor.settle_wanted.connect(self.settle_wanted)

    def reload(self) -> None:
        """Show another register or programme."""
        self.editor.reload()
        self._show()
        self.editor.show_id(self.tree.current_id)

    def take(self, edit: Edit) -> None:
        """Show what an edit changed."""
        self._show()
        self.editor.take(edit)

    def _show(self) -> None:
        self.add_button.setEnabled(self.desk.writable and self.desk.programme is not None)
        self.tree.show_boards()
        number = len(self.desk.book.where(Board, "programme", self.desk.programme))
        drag = ". Drag one to another to let it report to that" if self.desk.writable and number > 1 else ""
        self._head.tell(f"{plural(number, 'board')}{drag}")

    def show_record(self, record: Record) -> None:
        """Choose a board."""
        self.tree.choose(record.id)
        self.editor.show_id(record.id)

    def add(self) -> None:
        """Add a board below the chosen one and put the cursor in its name."""
        if self.desk.programme and self.desk.writable:
            self.keep()
            name = unused_name(self.desk.book, self.desk.programme, Board, "New board")
            command = add_board(programme=self.desk.programme, name=name, parent=self.tree.current_id)
            self.desk.run(command, done=self._on_added, once=self)

    def _on_added(self, edit: Edit) -> None:
        self.show_record(edit.changes[0].record)
        self.editor.title.setFocus()
        self.editor.title.selectAll()

    def _on_chosen(self, id: UUID | None) -> None:
        self.editor.show_id(id)

    def _on_moved(self, id: UUID, parent: UUID | None) -> None:
        self.keep()
        self.desk.run(edit_board(self.desk.book.get(Board, id), parent=parent))

    def enter(self) -> None:
        """Put the cursor into the tree."""
        self.tree.setFocus()

    def keep(self) -> None:
        """Keep what is being typed."""
        self.editor.keep()

    def unsaved(self) -> list[str]:
        """What was typed and is not kept."""
        return self.editor.unsaved_words()

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        self._show()
        self.editor.refresh()
