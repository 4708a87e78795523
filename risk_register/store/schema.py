"""What makes a file a register, and one of which version: read before SQLite opens it."""

from pathlib import Path
from typing import TYPE_CHECKING

from risk_register.domain.errors import NotARegister, TooNew, Unreachable

if TYPE_CHECKING:
    import sqlalchemy as sa

APPLICATION_ID = 0x52524547
"""`RREG`, at byte 68 of the file."""
VERSION = 9
"""The newest migration, kept at byte 60 of the file (SQLite's user_version)."""

SUFFIX = ".riskreg"


def read_version(path: Path) -> int:
    """The version of a register file, from its first 100 bytes, which change nothing.

    Raises Unreachable, NotARegister or TooNew.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise Unreachable(f"There is no file {path}. Was it moved or renamed?") from error
    except IsADirectoryError as error:
        raise NotARegister(f"{path.name} is a folder. Choose a register file ({SUFFIX}).") from error
    except OSError as error:
        raise Unreachable(f"{path} can't be read: {error.strerror or error}.") from error
    if not header.startswith(b"SQLite format 3\0") or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotARegister(f"{path.name} is not a risk register, and nothing in it was changed. {_instead(path)}")
    version = int.from_bytes(header[60:64], "big")
    check_version(path, version)
    return version


def check_version(path: Path, version: int) -> None:
    """Raise TooNew where this program does not know that version of the file yet."""
    if version > VERSION:
        raise TooNew(
            f"{path.name} was saved by a newer version of Risk Register. Update this program to open it; "
            "nothing in the file was changed."
        )


def _instead(path: Path) -> str:
    """What to do with a file that is no register."""
    match path.suffix.lower():
        case ".xlsx" | ".xlsm" | ".csv":
            return "To take risks from a workbook, import it."
        case suffix if suffix == SUFFIX:
            return "Choose another, or a copy of it (File > Open a backup)."
        case _:
            return f"Choose a file that ends in {SUFFIX}."


def is_register(path: Path) -> bool:
    """Whether a file is a register, of whatever version."""
    try:
        read_version(path)
    except TooNew:
        return True
    except (NotARegister, Unreachable):
        return False
    return True


def migrate(connection: "sa.Connection") -> None:
    """Bring a register, in one transaction, to the newest version."""
    # Alembic costs a third of a second to import: only a new or an older file needs it.
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    scripts = ScriptDirectory(str(Path(__file__).with_name("migrations")))

    def upgrade(revision: str | tuple[str, ...], _context: MigrationContext) -> object:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001  as Alembic's docs do

    context = MigrationContext.configure(connection, opts={"fn": upgrade, "render_as_batch": True})
    with Operations.context(context):
        context.run_migrations()
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
