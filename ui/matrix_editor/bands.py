"""The bands of a matrix: what each is called, its colour, and how often its risks are reviewed."""

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain.colour import contrast, made_readable, readable_on
from risk_register.domain.matrix import Matrix
from ui.fields import LineField, Still
from ui.keys import chain_tabs
from ui.section import remover
from ui.theme import SPACE, muted
from ui.words import Words

T = TypeVar("T")

FEWEST, MOST = 2, 8
"""So many bands a matrix may have."""
_NEW = "#b9c3d3"


class Bands(QWidget):
    """A row for each band, the greatest on top. The one that is checked is the brush."""

    changed = Signal(object)
    """The Matrix as it is now wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self._rows: list[_Row] = []
        self._brushes = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE)
        self._grid.setColumnStretch(1, 1)
        for place, words in enumerate(("Brush", "Band", "Colour", "Reviewed")):
            title = QLabel(words)
            muted(title)
            self._grid.addWidget(title, 0, place)
        self._told = Words(wrap=True)
        muted(self._told)
        self.add = QPushButton("Add a band")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add_clicked)
        hint = Words(
            "The chosen band is the brush: click or drag over cells to paint them. With the keyboard: arrow keys and "
            "Space, or the number of a band.",
            wrap=True,
        )
        muted(hint)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(hint)
        column.addLayout(self._grid)
        column.addWidget(self.add)
        column.addWidget(self._told)
        column.addStretch()

    @property
    def brush(self) -> int:
        """The index of the band that paints."""
        return max(0, self._brushes.checkedId())

    def choose(self, band: int) -> None:
        """Paint with another band."""
        button = self._brushes.button(band)
        if button:
            button.setChecked(True)

    def rows(self) -> list["_Row"]:
        """The rows, from the lowest band up."""
        return self._rows

    def show_matrix(self, matrix: Matrix) -> None:
        """Show the bands of a matrix; a row that is being typed in stays the widget that it is."""
        self.matrix = matrix
        if len(self._rows) != len(matrix.bands):
            self._build(len(matrix.bands))
        for band, row in enumerate(self._rows):
            row.tell(matrix.bands[band], matrix.colours[band], matrix.months[band])
        self.add.setEnabled(len(matrix.bands) < MOST)

    def _build(self, number: int) -> None:
        brush = min(self.brush, number - 1) if self._rows else number - 1
        for row in self._rows:
            self._brushes.removeButton(row.brush)
            row.leave(self._grid)
        self._rows = [_Row(self, band) for band in range(number)]
        for band, row in enumerate(self._rows):
            self._brushes.addButton(row.brush, band)
            row.stand(self._grid, number - band, removable=number > FEWEST)
        self.choose(brush)
        chain_tabs(self)

    # -- what a row asks for

    def rename(self, band: int, name: str) -> None:
        """Call a band otherwise."""
        self._change(bands=_with(self._matrix.bands, band, name))

    def review(self, band: int, months: int) -> None:
        """Review risks of a band after so many months."""
        self._change(cadences=_with(self._matrix.months, band, months))

    def recolour(self, band: int, wanted: str) -> None:
        """Give a band a colour, or the nearest to it on which words can be read."""
        colour = made_readable(wanted)
        self._told.setText(
            ""
            if colour == wanted.lower()
            else "That colour was made a little lighter, so that words on it can be read."
        )
        self._change(colours=_with(self._matrix.colours, band, colour))

    def remove(self, band: int) -> None:
        """Take a band away; its cells fall to the one below, those of the lowest to the one above."""
        matrix = self._matrix
        cells = tuple(place - 1 if place > band or (place == band and band > 0) else place for place in matrix.cells)
        self._change(
            bands=matrix.bands[:band] + matrix.bands[band + 1 :],
            colours=matrix.colours[:band] + matrix.colours[band + 1 :],
            cadences=matrix.months[:band] + matrix.months[band + 1 :],
            cells=cells,
        )

    def _on_add_clicked(self) -> None:
        """Add a band above the chosen one; no cell is of it yet."""
        matrix, place = self._matrix, self.brush + 1
        name = next(
            f"Band {number}" for number in range(len(matrix.bands) + 1, 99) if f"Band {number}" not in matrix.bands
        )
        self._change(
            bands=(*matrix.bands[:place], name, *matrix.bands[place:]),
            colours=(*matrix.colours[:place], _NEW, *matrix.colours[place:]),
            cadences=(*matrix.months[:place], matrix.months[place - 1], *matrix.months[place:]),
            cells=tuple(band + 1 if band >= place else band for band in matrix.cells),
        )
        self.choose(place)
        self._rows[place].name.setFocus()
        self._rows[place].name.selectAll()

    @property
    def _matrix(self) -> Matrix:
        assert self.matrix, "there is one as soon as it is shown"
        return self.matrix

    def _change(self, **fields: object) -> None:
        self.matrix = replace(self._matrix, **fields)  # type: ignore[arg-type]  # fields of a Matrix
        self.changed.emit(self.matrix)


def _with(values: tuple[T, ...], place: int, value: T) -> tuple[T, ...]:
    return (*values[:place], value, *values[place + 1 :])


class _Row:
    """One band: the brush, its name, its colour, its reviews."""

    def __init__(self, bands: Bands, band: int) -> None:
        self._bands, self._band = bands, band
        self.brush = QRadioButton(f"{band + 1}")
        self.brush.setToolTip("Paint with this band")
        self.name = LineField("What the band is called")
        self.name.setAccessibleName(f"Name of band {band + 1}")
        self.colour = QPushButton()
        self.colour.setAutoDefault(False)
        self.colour.setToolTip("Choose its colour. The figure is the contrast of words on it; 4.5 is what text needs.")
        self.months = QSpinBox()
        self.months.setRange(1, 24)
        self.months.setAccessibleName("Months between reviews")
        self.months.setFixedWidth(self.months.fontMetrics().horizontalAdvance("every 24 months") + 50)
        self.name.setMinimumWidth(self.name.fontMetrics().horizontalAdvance("Almost certain") + 24)
        self.months.lineEdit().setTextMargins(6, 0, 0, 0)
        Still(self.months)
        self.remove = remover("Remove this band")
        self.name.textEdited.connect(lambda text: bands.rename(band, text))
        self.months.valueChanged.connect(lambda months: bands.review(band, months))
        self.colour.clicked.connect(self._on_colour_clicked)
        self.remove.clicked.connect(lambda: bands.remove(band))
        self._ground = ""

    def tell(self, name: str, colour: str, months: int) -> None:
        """Show the band."""
        self.name.set_value(name)
        self.brush.setAccessibleName(f"Paint with {name}")
        ink = readable_on(colour)
        self._ground = colour
        self.colour.setText(f"Aa  {contrast(ink, colour):.1f}")
        self.colour.setAccessibleName(f"Colour of {name}, contrast {contrast(ink, colour):.1f}")
        self.colour.setStyleSheet(
            f"QPushButton {{ background: {colour}; color: {ink}; border: 2px solid transparent; }}"
            f"QPushButton:focus {{ border-color: {ink}; }}"
        )
        self.months.blockSignals(True)
        self.months.setValue(months)
        self.months.setSuffix(" month" if months == 1 else " months")
        self.months.setPrefix("every ")
        self.months.blockSignals(False)

    def stand(self, grid: QGridLayout, line: int, *, removable: bool) -> None:
        """Stand in a line of the grid."""
        for place, widget in enumerate((self.brush, self.name, self.colour, self.months, self.remove)):
            grid.addWidget(widget, line, place)
        self.remove.setEnabled(removable)

    def leave(self, grid: QGridLayout) -> None:
        """Go from the grid."""
        for widget in (self.brush, self.name, self.colour, self.months, self.remove):
            grid.removeWidget(widget)
            widget.deleteLater()

    def _on_colour_clicked(self) -> None:
        dialog = QColorDialog(QColor(self._ground), self._bands)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle("Colour of the band")
        dialog.colorSelected.connect(lambda colour: self._bands.recolour(self._band, colour.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
