"""Where things live on this computer."""

import hashlib
from pathlib import Path

import platformdirs


def registers_folder() -> Path:
    """Where registers go unless the person says otherwise.

    Local, and not Documents: those are silently synchronised on many computers, which harms an open database.
    """
    return Path(platformdirs.user_data_dir("Risk Register", appauthor=False)) / "Registers"


def backups_folder(register: Path) -> Path:
    """Where the copies of a register go; two registers of one name in different folders keep theirs apart."""
    path = register.expanduser().absolute()
    mark = hashlib.sha256(str(path.parent).encode()).hexdigest()[:8]
    return Path(platformdirs.user_data_dir("Risk Register", appauthor=False)) / "Backups" / f"{path.stem} {mark}"


def sample_register() -> Path:
    """The sample programme's register."""
    return registers_folder() / "Sample programme.riskreg"
