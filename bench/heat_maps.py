"""The heat map on screen."""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.made import filled
from bench.measure import Result, by_turns


def paint(folder: Path) -> Iterator[Result]:
    """Placing and painting every marker. The yardstick is drawing the same by matplotlib, as documents have it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from risk_register.charts.heatmap import heat_map
    from risk_register.domain import views
    from risk_register.domain.programme import Programme
    from risk_register.domain.risk import AssessmentKind
    from risk_register.store.register import Register
    from ui.app import application
    from ui.heatmap.map import HeatMap

    app = application()
    for risks in (50, 500):
        with Register.open(filled(folder / f"{risks}.riskreg", risks), write=False) as register:
            book = register.book
        programme = next(iter(book.all(Programme))).id
        shown = HeatMap()
        shown.resize(800, 600)
        shown.show_matrix(views.matrix_of(book, programme))
        shown.show()
        app.processEvents()

        def ours(shown: HeatMap = shown, book: object = book, programme: object = programme) -> None:
            live = views.live_risks(book, programme)  # type: ignore[arg-type]
            shown.show_risks(dict(views.by_cell(book, live, AssessmentKind.current)), {}, str)  # type: ignore[arg-type]
            shown.repaint()

        def theirs(book: object = book, programme: object = programme) -> None:
            heat_map(book, None, programme)  # type: ignore[arg-type]

        mine, slow = by_turns(ours, theirs, 5)
        shown.close()
        yield Result(f"Heat map of {risks} risks on screen", "matplotlib", mine, slow, 1 / 15)
