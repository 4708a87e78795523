"""Going through a page by Tab: in the order in which one sees its parts."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLayout, QScrollArea, QSplitter, QWidget


def chain_tabs(page: QWidget) -> None:
    """Let Tab go through a page as its layouts place its parts: Qt's own order is that in which they were made."""
    for before, after in pairwise(_stops(page)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    if isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
    elif isinstance(widget, QSplitter):
        for place in range(widget.count()):
            yield from _stops(widget.widget(place))
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif (layout := widget.layout()) is not None:
        yield from _stops_in(layout)


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        assert item is not None, "places are counted"
        if (widget := item.widget()) is not None:
            yield from _stops(widget)
        elif (inner := item.layout()) is not None:
            yield from _stops_in(inner)


def one_stop(group: QButtonGroup) -> None:
    """Let Tab stop at the checked button of a group alone; the arrow keys go on to the others."""

    def stop(button: QAbstractButton, checked: bool) -> None:  # noqa: FBT001
        policy = button.focusPolicy()
        stops = Qt.FocusPolicy.TabFocus
        button.setFocusPolicy(policy | stops if checked else Qt.FocusPolicy(policy & ~stops))

    group.buttonToggled.connect(stop)
    for button in group.buttons():
        stop(button, button.isChecked())
