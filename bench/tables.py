"""Typing to filter."""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.made import filled
from bench.measure import Result, by_turns


def keystroke(folder: Path) -> Iterator[Result]:
    """From a key to the table painted again. The yardstick is Qt's own filter over the same rows and columns."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSortFilterProxyModel, Qt
    from PySide6.QtWidgets import QTableView

    from risk_register.domain.programme import Programme
    from risk_register.store.register import Register
    from ui.app import application
    from ui.desk import Desk
    from ui.register import RegisterScreen

    app = application()
    for risks in (1_000, 10_000):
        with Register.open(filled(folder / f"{risks}.riskreg", risks), write=False) as register:
            desk = Desk("me")
            desk.book = register.book
            desk.programme = next(iter(desk.book.all(Programme))).id
            mine, plain = RegisterScreen(desk).model, RegisterScreen(desk).model
            mine.load(desk.book)
            plain.load(desk.book)
            proxy = QSortFilterProxyModel()
            proxy.setSourceModel(plain)
            proxy.setFilterKeyColumn(-1)
            proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            views = []
            for shown in (mine, proxy):
                view = QTableView()
                view.setModel(shown)
                view.resize(1000, 700)
                view.show()
                views.append(view)
            app.processEvents()

            def ours(mine: object = mine, view: QTableView = views[0]) -> None:
                for words in ("s", "su", "sup", "supp"):
                    mine.set_filter(words, lambda _book, _record: True)  # type: ignore[attr-defined]
                    view.repaint()

            def theirs(proxy: QSortFilterProxyModel = proxy, view: QTableView = views[1]) -> None:
                for words in ("s", "su", "sup", "supp"):
                    proxy.setFilterFixedString(words)
                    view.repaint()

            yours, qts = by_turns(ours, theirs, 3)
            for view in views:
                view.close()
            desk.close()
        yield Result(f"A key typed to filter {risks:,} risks", "QSortFilterProxyModel", yours / 4, qts / 4, 0.5)
