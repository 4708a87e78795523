"""From starting the program to its first painted window."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Result, by_turns

_OURS = """
import os
from PySide6.QtCore import QEvent, QObject
from ui.app import application
from ui.desk import Desk
from ui.window import Window
app = application()
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            os._exit(0)
        return False
painted = Painted()
window = Window(Desk("me"))
window.restore()
window.installEventFilter(painted)
window.show()
app.exec()
"""


def first_paint(_folder: Path) -> Iterator[Result]:
    """A whole process each time. The yardstick does nothing but import the widgets."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}

        def run(script: str) -> None:
            subprocess.run([sys.executable, "-c", script], env=environment, check=True, stderr=subprocess.DEVNULL)

        ours, theirs = by_turns(lambda: run(_OURS), lambda: run("import PySide6.QtWidgets"), 9)
    yield Result("Start to first painted window", "importing PySide6.QtWidgets alone", ours, theirs, 3.0)
