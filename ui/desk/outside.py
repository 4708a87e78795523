"""Since when risks have been outside appetite: the book holds today's scores alone, so the earlier ones are asked for."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from risk_register.domain import standing
from risk_register.domain.category import Category
from risk_register.domain.change import Edit
from risk_register.domain.matrix import Matrix
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, Risk

if TYPE_CHECKING:
    from ui.desk.desk import Desk


class Outside(QObject):
    """Keeps, of each risk outside appetite, the day since when it has been."""

    changed = Signal(object)
    """The ids of the risks of which another day is known than before."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._past: dict[UUID, list[Assessment]] = {}
        self._since: dict[UUID, date] = {}
        desk.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)

    def since(self, risk: Risk) -> date | None:
        """The day since when a risk has been outside appetite; None where it is not, or the day is not known yet."""
        return self._since.get(risk.id)

    def words(self, risk: Risk) -> str:
        """How a risk stands against its appetite: `Outside, 63 days`; "" where none is set."""
        return standing.standing_words(self._desk.book, risk, self.since(risk), self._desk.today())

    def _on_opened(self) -> None:
        self._past.clear()
        self._since.clear()
        self._ask(self._risks())

    def _on_changed(self, edit: Edit) -> None:
        touched = set()
        for change in edit.changes:
            match change.record:
                case Assessment(risk=id):
                    self._past.pop(id, None)
                    touched.add(id)
                case Risk(id=id):
                    touched.add(id)
        if any(isinstance(change.record, Category | Matrix | Programme) for change in edit.changes):
            self._ask(self._risks())
        elif touched:
            self._ask(risk for id in touched if (risk := self._desk.book.find(Risk, id)))
            self._forget(id for id in touched if self._desk.book.find(Risk, id) is None)

    def _risks(self) -> Iterable[Risk]:
        return self._desk.book.where(Risk, "programme", self._desk.programme)

    def _forget(self, ids: Iterable[UUID]) -> None:
        for id in ids:
            self._since.pop(id, None)

    def _ask(self, risks: Iterable[Risk]) -> None:
        """Look at those risks anew, once the scores that are not known yet have come."""
        looked_at = list(risks)
        outside = [risk.id for risk in looked_at if standing.outside_appetite(self._desk.book, risk)]
        missing = [id for id in outside if id not in self._past]
        ids = [risk.id for risk in looked_at]
        if missing:
            self._desk.fetch_all(Assessment, "risk", missing, lambda found: self._on_fetched(missing, found, ids))
        else:
            self._derive(ids)

    def _on_fetched(self, asked: Iterable[UUID], found: Iterable[Assessment], ids: Iterable[UUID]) -> None:
        self._past |= {id: [] for id in asked}
        for item in found:
            self._past[item.risk].append(item)
        self._derive(ids)

    def _derive(self, ids: Iterable[UUID]) -> None:
        told: set[UUID] = set()
        for id in ids:
            risk = self._desk.book.find(Risk, id)
            since = standing.outside_since(self._desk.book, risk, self._past.get(id, ())) if risk else None
            if since != self._since.get(id):
                told.add(id)
                self._forget([id])
                if since:
                    self._since[id] = since
        if told:
            self.changed.emit(told)
