"""The command line's part on sharing: making a hub, who takes part, and bringing a register and its hub together."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from risk_register.cli import DONE, FOUND
from risk_register.domain.errors import Refused, TooNew, WrongPassword
from risk_register.domain.risk import Risk
from risk_register.domain.text import listed, plural
from risk_register.hub import schema, upgrade
from risk_register.hub.address import Address
from risk_register.hub.connection import connect, plainly
from risk_register.hub.hub import Hub
from risk_register.hub.password import keep, kept
from risk_register.hub.synchronise import Synchronised, begin, join, synchronise
from risk_register.store import sharing
from risk_register.store.register import Register

Act = Callable[[argparse.Namespace], int]
Command = Callable[[str, Act, str, str], argparse.ArgumentParser]

ROLES = {
    "reader": "reads all that is not restricted",
    "contributor": "also says how the actions go that they own (give --person), and adds notes to them",
    "editor": "reads and changes everything",
    "administrator": "also admits others, but no administrators: whoever made the hub does that",
}
_TEACHING = """\
A hub is a PostgreSQL database (16 or newer) through which several people work on one register; each has a copy of
their own and works on without a connection.

Whoever runs the server makes the database, and a login for each who takes part. Then, in this order:
  python -m risk_register hub init postgresql://dba@db.example.org/risks
  python -m risk_register hub admit postgresql://dba@db.example.org/risks ann editor
After an update of the program, type the first line again: it brings the hub up to date.
The one who has the register shares it, and the others join:
  python -m risk_register share send.riskreg postgresql://ann@db.example.org/risks
  python -m risk_register join postgresql://ben@db.example.org/risks send.riskreg
From then on each synchronises:
  python -m risk_register sync send.riskreg

Roles:
{roles}

A password is taken from --password-file, PGPASSWORD or the keyring of the system; else it is asked for. None is ever
kept in a register."""


# -- the hub itself


def _init(wanted: argparse.Namespace) -> int:
    if wanted.dry_run:
        Address.read(wanted.url)
        print(";\n\n".join(schema.statements()) + ";")
        return DONE
    with _connected(wanted, wanted.url) as hub, plainly(hub.address):
        there = schema.version_of(hub.connection)
        if there == schema.VERSION:
            raise Refused(schema.ALREADY)
        if there is not None and there > schema.VERSION:
            raise TooNew("This hub is of a newer version of Risk Register. Update this program.")
        print(_told(hub.address) if there is None else _told_of_news(hub.address, upgrade.news(hub.connection)))
        if not wanted.yes:
            _ask_yes()
        if there is None:
            schema.make(hub.connection)
            print("Done. Admit those who take part: python -m risk_register hub admit URL LOGIN ROLE.")
        else:
            upgrade.bring_up_to_date(hub.connection)
            print("Done. Who takes part needs this version of the program from now on. To examine it: hub check URL.")
    return DONE


def _told(address: Address) -> str:
    """What making a hub does, in plain words."""
    statements = list(schema.statements())

    def count(what: str) -> int:
        return sum(statement.lstrip().startswith(f"CREATE {what} ") for statement in statements)

    roles = listed([f"riskreg_{role}" for role in (*schema.ROLES, "owner")])
    return (
        f"This makes a hub in the database {address.database} at {address.place}, as {address.user}:\n"
        "- The schema riskreg. Nothing outside of it is changed.\n"
        f"- In it {count('TABLE')} tables and {count('VIEW')} views: what a register holds, a table for each kind of record; "
        "the journal of every change; who takes part, and who is here.\n"
        f"- {count('FUNCTION')} functions, through which alone anything is written.\n"
        f"- The roles {roles}, as far as the server has them not yet. Nobody can sign in as one; they hold for every hub on "
        "the server.\n"
        f"- {address.user} becomes an administrator of the hub.\n"
        "All of it or nothing. To read the SQL, say --dry-run."
    )


def _told_of_news(address: Address, added: list[str]) -> str:
    """What bringing a hub up to date does, in plain words."""
    lines = [f"- Adds {what}.\n" for what in added] or ["- No table and no column is added.\n"]
    return (
        f"The database {address.database} at {address.place} is a hub of an older version. This brings it up to date:\n"
        f"{''.join(lines)}"
        "- Makes its functions, views and rights anew. All that it holds is kept, and those who take part stay.\n"
        "- Meanwhile nobody can synchronise, and it needs as much room again as the hub has. Rights on its tables that "
        "were given otherwise than by hub admit are to be given again.\n"
        "- Programs of the older version then say that they are to be updated. What was done there is kept, and sent.\n"
        "All of it or nothing. Make a copy of the database first, as before any change of it."
    )


def _ask_yes() -> None:
    if not sys.stdin.isatty():
        raise Refused("Nothing was done. To do it without being asked, say --yes.")
    try:
        answer = input("Type yes to do it: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise Refused("Nothing was done.")


def _admit(wanted: argparse.Namespace) -> int:
    with _connected(wanted, wanted.url) as hub:
        hub.hello(0)
        with plainly(hub.address):
            person = schema.person_called(hub.connection, wanted.person) if wanted.person else None
            schema.admit(hub.connection, wanted.login, wanted.role, person)
    print(f"{wanted.login} takes part as {wanted.role}{f', and is {wanted.person}' if wanted.person else ''}.")
    if wanted.role == "contributor" and not wanted.person:
        print(
            "A contributor changes the actions of one person: say who they are with --person once a register is shared."
        )
    return DONE


def _members(wanted: argparse.Namespace) -> int:
    with _connected(wanted, wanted.url) as hub:
        hub.hello(0)
        with plainly(hub.address):
            found = schema.members(hub.connection)
    rows = [("Login", "Role", "Person"), *((member.login, member.role, member.person or "-") for member in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return DONE


def _check(wanted: argparse.Namespace) -> int:
    with _connected(wanted, wanted.url) as hub:
        hello, problems = hub.hello(0), hub.problems()
    for problem in problems:
        print(problem)
    if problems:
        print(
            f"{plural(len(problems), 'problem').capitalize()} found. Tell whoever runs the server, and change nothing."
        )
        return FOUND
    print(
        f"Sound: the chain of {plural(hello.seq, 'entry', 'entries')} of the journal, the tables against it, and what "
        "readers see."
    )
    print(f"Fingerprint of the last entry: {hello.hash.hex()}")
    return DONE


# -- a register and its hub


def _share(wanted: argparse.Namespace) -> int:
    with Register.open(wanted.file) as register, _connected(wanted, wanted.url) as hub:
        begin(hub, lambda work: work(register), str(hub.address))
        done = synchronise(hub, lambda work: work(register), getpass.getuser())
        print(f"{wanted.file.name} is shared through {hub.address.database} at {hub.address.place}.")
        return _tell(register, done)


def _join(wanted: argparse.Namespace) -> int:
    path = wanted.file if wanted.file.suffix else wanted.file.with_name(f"{wanted.file.name}.riskreg")
    with (
        _connected(wanted, wanted.url) as hub,
        join(hub, path, str(hub.address), getpass.getuser()) as register,
    ):
        print(f"Made {path}: {plural(register.book.count(Risk), 'risk')}. To bring it up to date: sync {path.name}.")
    return DONE


def _sync(wanted: argparse.Namespace) -> int:
    with Register.open(wanted.file) as register:
        shared = sharing.hub(register)
        if shared is None:
            raise Refused(f"{wanted.file.name} is not shared. Share it: python -m risk_register share FILE URL.")
        with _connected(wanted, shared.address) as hub:
            done = synchronise(hub, lambda work: work(register), getpass.getuser())
        return _tell(register, done)


def _tell(register: Register, done: Synchronised) -> int:
    """What synchronising has brought, sent and left."""
    if done.restored:
        print("The hub was put back to an older copy. What it had lost of yours was given to it again.")
    for edit in done.edits:
        print(f"{edit.news}.")
    print(f"Sent {plural(done.sent, 'edit')}." if done.sent else "Nothing was to be sent.")
    for item in done.refused:
        print(f"Not taken, and kept here: {item.edit.label}. {item.why}")
    conflicts = register.conflicts()
    for conflict in conflicts:
        print(f"Conflict: {conflict.sentence}")
    if conflicts:
        print("Settle them in the window.")
    return FOUND if conflicts or done.refused else DONE


# -- passwords


@contextmanager
def _connected(wanted: argparse.Namespace, url: str) -> Iterator[Hub]:
    """The hub at an address, with the password that is given, kept or asked for."""
    address, password = Address.read(url)
    if password:
        print(
            "risk_register: a password in an address can be read by others on this computer, and stays in the history of "
            "the shell. Leave it out and be asked for it.",
            file=sys.stderr,
        )
    if wanted.password_file:
        password = _from_file(wanted.password_file)
    password = password or os.environ.get("PGPASSWORD", "")
    given = bool(password)
    try:
        connection = connect(address, password or kept(address) or "")
    except WrongPassword:
        if given or not sys.stdin.isatty():
            raise
        password = _asked(address)
        connection = connect(address, password)
    if wanted.remember and password and not keep(address, password):
        print("risk_register: there is no keyring on this computer, so the password was not kept.", file=sys.stderr)
    with connection:
        yield Hub(connection, address)


def _from_file(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise Refused(f"The file of the password, {path}, can't be read: {why}.") from None
    if not lines or not lines[0]:
        raise Refused(f"The file of the password, {path}, holds none in its first line.")
    return lines[0]


def _asked(address: Address) -> str:
    try:
        password = getpass.getpass(f"Password of {address.user} at {address.place}: ")
    except EOFError:
        password = ""
    if not password:
        raise Refused("No password was given, so nothing was done.")
    return password


# -- what can be typed


def add_commands(command: Command) -> None:
    """Add `hub`, `share`, `join` and `sync` to the command line."""
    roles = "\n".join(f"  {role.ljust(13)}  {words}" for role, words in ROLES.items())
    made = command("hub", _init, "make a hub for sharing a register, admit people, examine it", "hub init --help")
    made.epilog = _TEACHING.format(roles=roles)
    below = made.add_subparsers(required=True, metavar="WHAT")

    def part(name: str, act: Act, words: str, example: str) -> argparse.ArgumentParser:
        own = below.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}.",
            epilog=f"Example:\n  python -m risk_register hub {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        own.set_defaults(act=act)
        _add_url(own)
        _add_password(own)
        return own

    place = "postgresql://dba@db.example.org/risks"
    own = part(
        "init",
        _init,
        "say what making a hub does, or bringing one up to date, ask, and do it",
        f"init {place} --dry-run",
    )
    own.add_argument("--dry-run", action="store_true", help="print the SQL that makes a hub, and do nothing")
    own.add_argument("--yes", action="store_true", help="do it without asking")
    own = part("admit", _admit, "let a login take part", f"admit {place} sam contributor --person 'Head of SEND'")
    own.add_argument("login", metavar="LOGIN", help="a login that the server knows")
    own.add_argument("role", metavar="ROLE", choices=schema.ROLES, help=f"one of {', '.join(schema.ROLES)}")
    own.add_argument("--person", metavar="NAME", help="who they are in the register: a person's name or role")
    own.epilog = f"{own.epilog}\n\nRoles:\n{roles}"
    part("members", _members, "list who takes part", f"members {place}")
    part("check", _check, "examine a hub: chain of the journal, tables against it, what readers see", f"check {place}")

    made = command("share", _share, "share a register through an empty hub", f"share send.riskreg {_URL}")
    made.add_argument("file", type=Path, help="the register")
    _add_url(made)
    _add_password(made)
    made = command("join", _join, "make a copy of the register that a hub holds", f"join {_URL} send.riskreg")
    _add_url(made)
    made.add_argument("file", type=Path, help="the file to make")
    _add_password(made)
    made = command("sync", _sync, "bring a shared register and its hub together", "sync send.riskreg")
    made.add_argument("file", type=Path, help="the register")
    _add_password(made)


_URL = "postgresql://ann@db.example.org/risks"


def _add_url(made: argparse.ArgumentParser) -> None:
    made.add_argument("url", metavar="URL", help=f"where the hub is, and your login there: {_URL}")


def _add_password(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--password-file", type=Path, metavar="FILE", help="a file with the password in its first line (see hub --help)"
    )
    made.add_argument("--remember", action="store_true", help="keep the password in the keyring of the system")
