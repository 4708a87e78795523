"""The hub as a copy of a register meets it: what it has that the copy has not, and the other way round."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg.errors import InvalidSchemaName, UndefinedFunction
from psycopg.types.json import Jsonb

from risk_register.domain.change import Edit
from risk_register.domain.errors import NotARegister, Offline, StoreError, TooNew
from risk_register.domain.kinds import KINDS
from risk_register.domain.merge import Entry, Ground, judged
from risk_register.domain.record import Record, references
from risk_register.hub.address import Address
from risk_register.hub.connection import plainly
from risk_register.hub.reasons import KEPT
from risk_register.hub.schema import VERSION
from risk_register.store.replica import Received
from risk_register.store.sharing import Shared
from risk_register.store.tables import TABLES

Answer = psycopg.Cursor[Any]

START = b"\0" * 32
"""The hub's hash before its first entry."""
PAGE = 2_000
"""About so many entries are read at a time."""
_ENTRIES = """
WITH page AS MATERIALIZED (
    SELECT coalesce(max(seq), 9223372036854775807) AS until FROM riskreg.journal WHERE batch =
        (SELECT batch FROM riskreg.journal WHERE seq > %(after)s ORDER BY seq OFFSET %(page)s LIMIT 1)
)
SELECT j.seq, j.id, j.edit, j.kind, j.record, j.field, j.value, j.parents, j.holds, j.hash
FROM page JOIN riskreg.journal j ON j.seq > %(after)s AND j.seq <= page.until
ORDER BY j.seq
"""
_EDITS = """
WITH page AS MATERIALIZED (
    SELECT coalesce(max(seq), 9223372036854775807) AS until FROM riskreg.journal WHERE batch =
        (SELECT batch FROM riskreg.journal WHERE seq > %(after)s ORDER BY seq OFFSET %(page)s LIMIT 1)
)
SELECT * FROM riskreg.say(ARRAY(
    SELECT DISTINCT j.edit FROM page JOIN riskreg.journal j ON j.seq > %(after)s AND j.seq <= page.until))
"""
"""What came after a number, whole pushes of it, and the edits of that.

Its end is joined: compared with a subquery it would be looked for behind the policies, in all that is left.
"""


_ONE_MOMENT: LiteralString = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
"""All that is asked is of one moment: else an entry could be hidden between two questions, and missed."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What a hub says of itself: which one it is, its last number and hash, and the hash at the number asked for.

    `roles` is what this login may be (`reader`, `contributor` ...). `turned` is the last number at which something was
    hidden from readers, or shown to them again; `visible` how many entries up to the number asked for this login may see.
    """

    epoch: UUID
    seq: int
    hash: bytes
    there: bytes | None
    login: str
    roles: tuple[str, ...]
    turned: int
    visible: int


class OtherHub(StoreError):
    """The address leads to another hub than the one that the register is shared through."""


class TooOld(StoreError):
    """The hub is of an older version of the program."""


class PutBack(Offline):
    """The hub was put back to an older copy since it was read last."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a copy has of the hub's: how many entries, and where it is asked the ids of all, with the edit of each."""

    count: int
    entries: Callable[[], Mapping[UUID, UUID]]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a hub says of itself, and what it has that a copy has not: entries in order, and what their edits say.

    `gone` are entries of the copy that it may see no longer; where that leaves some of an edit, `edits` tells that too.
    `seq` and `hash` are how far that goes.
    """

    hello: Hello
    page: list[Received]
    edits: dict[UUID, Edit]
    gone: frozenset[UUID]
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is connected, and the record they are looking at."""

    who: str
    login: str
    record: UUID | None


class Hub:
    """A connection to a hub. Every question is a transaction of its own. What goes wrong comes out as `plainly` says.

    Statements go out together wherever none waits for another's answer, BEGIN and COMMIT too: over a VPN each journey
    there and back takes longer than all the rest, and everybody waits for who has the lock. So an answer is looked at
    only after its transaction wherever nothing is asked that depends on it. `connection` commits by itself.
    """

    def __init__(self, connection: psycopg.Connection[Any], address: Address) -> None:
        self.connection = connection
        self.address = address

    @contextmanager
    def _transaction(self, begin: LiteralString = "BEGIN") -> Iterator[None]:
        # Not psycopg's own, which waits for the answer to BEGIN and to COMMIT.
        with plainly(self.address):
            try:
                with self.connection.pipeline():
                    self.connection.execute(begin)
                    yield
                    self.connection.execute("COMMIT")
            finally:
                with suppress(psycopg.Error):  # of a connection that is lost, which has kept nothing
                    self.connection.rollback()  # which does nothing where COMMIT was answered

    def hello(self, known: int) -> Hello:
        """Ask who is there.

        Raises NotARegister where the database is no hub, TooNew or TooOld where it is of another version than the program.
        """
        try:
            with self._transaction():
                answer = self._greet(known)
            return _hello(answer)
        except StoreError as error:
            if not isinstance(error.__context__, (UndefinedFunction, InvalidSchemaName)):
                raise
        raise NotARegister(
            "This database is no hub of Risk Register. Ask its administrator for the address, or make a hub there: "
            "python -m risk_register hub init URL."
        )

    def _greet(self, known: int) -> Answer:
        return self.connection.execute(
            "SELECT version, epoch, seq, hash, there, login, roles, turned, visible FROM riskreg.hello(%s)", (known,)
        )

    # -- reading

    def pull(self, shared: Shared, held: Held | None = None) -> Pulled:
        """What came after the number in `shared`: whole pushes, at least `PAGE` entries where there are so many.

        Who sees what changes: by a mark, or because somebody has another role now. So where something turned since, or
        the copy holds more or fewer entries than it may see, what it holds is compared with all that it may see.

        Raises OtherHub, PutBack, and what `hello` raises.
        """
        try:
            with self._transaction(_ONE_MOMENT):
                answers = self._ask_news(shared.seq)
            told = self._told(shared, *answers)
            if not held or (told.hello.turned <= shared.seq and told.hello.visible == held.count):
                return told
            have = held.entries()
            with self._transaction(_ONE_MOMENT):
                answers = self._ask_news(shared.seq)
                shown, gone = self._compared(shared.seq, have)
                edits = list({row[2] for row in shown} | set(gone.values()))
                more = self.connection.execute("SELECT * FROM riskreg.say(%s)", (edits,))
            told = self._told(shared, *answers)
            return replace(
                told,
                page=[*_received(shown), *told.page],
                edits=told.edits | _edits(more.fetchall()),
                gone=frozenset(gone),
            )
        except StoreError as error:
            if isinstance(error.__context__, psycopg.ProgrammingError):
                self.hello(0)  # which says so where this is no hub, or one of another version, that answers otherwise
            raise

    def _ask_news(self, after: int) -> tuple[Answer, Answer, Answer]:
        asked = {"after": after, "page": PAGE - 1}
        greeted = self._greet(after)
        return greeted, self.connection.execute(_ENTRIES, asked), self.connection.execute(_EDITS, asked)

    def _told(self, shared: Shared, greeted: Answer, entries: Answer, edits: Answer) -> Pulled:
        hello = _hello(greeted)
        if hello.epoch != shared.epoch:
            raise OtherHub(
                "The address leads to another hub than the one this register is shared through, so nothing was sent or "
                "taken. Was the hub made anew? Then share the register there again (File > Share)."
            )
        if hello.there != (shared.hash or START):
            raise PutBack(f"The hub at {self.address.place} was put back just now. {KEPT}")
        rows = entries.fetchall()
        there_may_be_more = len(rows) >= PAGE
        seq, last = (rows[-1][0], rows[-1][9]) if there_may_be_more else (hello.seq, hello.hash)
        return Pulled(hello, _received(rows), _edits(edits.fetchall()), frozenset(), seq, last)

    def _compared(self, upto: int, have: Mapping[UUID, UUID]) -> tuple[list[Any], dict[UUID, UUID]]:
        """Up to a number, the rows of the entries that a copy may see and has not; and what it has and may not see."""
        there = {
            row[0]
            for row in self.connection.execute("SELECT id FROM riskreg.journal WHERE seq <= %s", (upto,)).fetchall()
        }
        shown = self.connection.execute(
            "SELECT seq, id, edit, kind, record, field, value, parents, holds, hash FROM riskreg.journal "
            "WHERE id = ANY (%s) ORDER BY seq",
            (list(there - have.keys()),),
        )
        # What the hub does not know it can't hide: it was put back, or the copy's own has not come there yet.
        gone = self.connection.execute("SELECT riskreg.unseen(%s)", (list(have.keys() - there),))
        return shown.fetchall(), {row[0]: have[row[0]] for row in gone.fetchall()}

    def numbers(self) -> Iterator[tuple[int, UUID]]:
        """Every entry's number and id, in order."""
        # Psycopg's transaction here: a cursor that gives its rows bit by bit can't be within a pipeline.
        with plainly(self.address), self.connection.transaction(), self.connection.cursor("numbers") as cursor:
            yield from cursor.execute("SELECT seq, id FROM riskreg.journal ORDER BY seq")

    def hash_at(self, seq: int) -> bytes:
        """The hub's hash at a number that it has."""
        return self.hello(seq).there or START

    def problems(self) -> list[str]:
        """What an examination of the hub finds wrong, a sentence each. Raises Forbidden for those who don't see all."""
        with self._transaction():
            answer = self.connection.execute("SELECT riskreg.problems()")
        return [row[0] for row in answer.fetchall()]

    # -- writing

    def push(self, entries: Sequence[Entry], edits: Mapping[UUID, Edit], *, cursor: int) -> int:
        """Judge entries on what the hub holds, and give them to it, in one transaction. Returns the hub's last number.

        What it has already it passes over. `cursor` is how far its author had read: a record that others have changed
        since is told as merged.
        """
        ids = [entry.id for entry in entries]
        records = {entry.record for entry in entries}
        named = {record for entry in entries for _, record in entry.named}
        with self._transaction():
            self.connection.execute("SELECT riskreg.lock()")
            there = self.connection.execute("SELECT id FROM riskreg.journal WHERE id = ANY (%s)", (ids,))
            later = self.connection.execute(
                "SELECT DISTINCT record FROM riskreg.journal WHERE record = ANY (%s) AND seq > %s",
                (list(records), cursor),
            )
            heads = self._heads(records | named)
            known = {row[0] for row in there.fetchall()}
            touched = {row[0] for row in later.fetchall()}
            fresh = [entry for entry in entries if entry.id not in known]
            verdicts = judged(fresh, self._ground(fresh, records | named, heads))
            merged = {verdict.entry.edit for verdict in verdicts if verdict.holds and verdict.entry.record in touched}
            told = [_plain_edit(edits[id], merged=id in merged) for id in dict.fromkeys(entry.edit for entry in fresh)]
            given = [_plain(verdict.entry, holds=verdict.holds) for verdict in verdicts]
            answer = self.connection.execute("SELECT riskreg.push(%s, %s)", (Jsonb(told), Jsonb(given)))
        row = answer.fetchone()
        assert row, "it always answers"
        return int(row[0])

    def _heads(self, records: Collection[UUID]) -> Answer:
        return self.connection.execute(
            "SELECT j.id, j.edit, j.kind, j.record, j.field, j.value, j.parents FROM riskreg.head h "
            "JOIN riskreg.journal j ON j.id = h.entry WHERE h.record = ANY (%s) ORDER BY h.field <> '+', j.seq",
            (list(records),),
        )

    def _ground(self, entries: Sequence[Entry], asked: Collection[UUID], heads: Answer) -> Ground:
        """What stands, of which `heads` are those of the records `asked` for already."""

        def standing(records: Collection[UUID]) -> Iterator[Entry]:
            yield from map(_entry, heads.fetchall())
            if rest := set(records) - set(asked):
                yield from map(_entry, self._heads(rest).fetchall())

        return Ground.under(entries, standing, self._users)

    def _users(self, removed: Mapping[UUID, type[Record]]) -> set[UUID]:
        answers: list[Answer] = []
        for kind in KINDS.values():
            for name, target in references(kind).items():
                wanted = [record for record, of in removed.items() if of is KINDS[target]]
                if wanted:
                    column, table = psycopg.sql.Identifier(name), psycopg.sql.Identifier("riskreg", TABLES[kind].name)
                    asked = psycopg.sql.SQL("SELECT id FROM {} WHERE {} = ANY (%s)").format(table, column)
                    answers.append(self.connection.execute(asked, (wanted,)))
        return {row[0] for answer in answers for row in answer.fetchall()}

    # -- who is here

    def be_here(self, who: str, record: UUID | None, *, connected: bool = True) -> None:
        """Say who one is and what one is looking at; or that one goes."""
        with self._transaction():
            self.connection.execute("SELECT riskreg.here(%s, %s, %s)", (who, record, connected))

    def colleagues(self) -> list[Colleague]:
        """Who else is connected, and was heard of within the last minute and a half."""
        with self._transaction():
            answer = self.connection.execute(
                "SELECT who, login, record FROM riskreg.presence WHERE session <> pg_backend_pid() "
                "AND session IN (SELECT pid FROM pg_stat_activity) AND seen > now() - interval '90 seconds' ORDER BY who"
            )
        return [Colleague(*row) for row in answer.fetchall()]


def _hello(answer: Answer) -> Hello:
    """What a hub answers. Raises TooNew and TooOld."""
    row = answer.fetchone()
    assert row, "it always answers"
    version, epoch, seq, last, there, login, roles, turned, visible = row
    if version > VERSION:
        raise TooNew(
            "The hub is of a newer version of Risk Register. Update this program to synchronise; what you change "
            "meanwhile is kept here and nothing is lost."
        )
    if version < VERSION:
        raise TooOld(
            "The hub is of an older version of Risk Register. Ask whoever made it to bring it up to date (python -m "
            "risk_register hub init URL); what you change meanwhile is kept here and sent then."
        )
    return Hello(epoch, seq, last, there, login, tuple(roles), turned, visible)


def _received(rows: Sequence[Sequence[Any]]) -> list[Received]:
    return [Received(row[0], _entry(row[1:8]), row[8]) for row in rows]


def _edits(rows: Sequence[Sequence[Any]]) -> dict[UUID, Edit]:
    return {
        id: Edit(label, (), place, why, undoes, who=who, when=said_at, id=id, by=by, merged=merged)
        for id, label, who, said_at, place, why, undoes, by, merged in rows
    }


def _entry(row: Sequence[Any]) -> Entry:
    id, edit, kind, record, field, value, parents = row
    return Entry(id, edit, kind, record, field, json.loads(value), tuple(parents))


def _plain(entry: Entry, *, holds: bool) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "edit": str(entry.edit),
        "kind": entry.kind,
        "record": str(entry.record),
        "field": entry.field,
        "value": json.dumps(entry.value, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "parents": [str(parent) for parent in entry.parents],
        "holds": holds,
    }


def _plain_edit(edit: Edit, *, merged: bool) -> dict[str, Any]:
    return {
        "id": str(edit.id),
        "label": edit.label,
        "who": edit.who,
        "said_at": edit.when.isoformat(),
        "place": edit.where,
        "why": edit.why,
        "undoes": str(edit.undoes) if edit.undoes else None,
        "merged": merged or edit.merged,
    }
