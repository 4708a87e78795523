"""Where things live on this computer."""

import hashlib
import shutil
from pathlib import Path

import platformdirs


def registers_folder() -> Path:
    """Where registers go unless the person says otherwise.

    Local, and not Documents: those are silently synchronised on many computers, which harms an open database.
    """
    return Path(platformdirs.user_data_dir("Risk Register", appauthor=False)) / "Registers"


def backups_root() -> Path:
    """The folder that holds the copies of all registers."""
    return Path(platformdirs.user_data_dir("Risk Register", appauthor=False)) / "Backups"


def backups_folder(register: Path) -> Path:
    """Where the copies of a register go; two registers of one name in different folders keep theirs apart."""
    path = register.expanduser().absolute()
    mark = hashlib.sha256(str(path.parent).encode()).hexdigest()[:8]
    return backups_root() / f"{path.stem} {mark}"


def newest_backup(register: Path) -> Path | None:
    """The newest copy of a register; None where there is none."""
    return max(backups_folder(register).glob("*.riskreg"), default=None, key=lambda path: path.name)


def copy_to_work_on(backup: Path) -> Path:
    """Copy a backup into the registers' folder under a name that isn't taken, and return where. Raises OSError."""
    folder = registers_folder()
    folder.mkdir(parents=True, exist_ok=True)
    copy, number = folder / f"Restored {backup.stem}.riskreg", 2
    while copy.exists():
        copy, number = folder / f"Restored {backup.stem} ({number}).riskreg", number + 1
    shutil.copyfile(backup, copy)
    return copy


def sample_register() -> Path:
    """The sample programme's register."""
    return registers_folder() / "Sample programme.riskreg"
