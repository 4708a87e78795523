"""Where things live on this computer."""

import hashlib
import os
import re
import shutil
from pathlib import Path

import platformdirs

from risk_register.domain.errors import Refused
from risk_register.domain.text import shortened

_LONGEST = 200
"""The longest name a file may be given, in bytes: file systems take 255, and copies put a moment to it."""


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
    copy = free_path(f"Restored {backup.stem}")
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(backup, copy)
    return copy


def free_path(stem: str) -> Path:
    """A file in the registers' folder that isn't there yet: of that name, or with a number after it."""
    path, number = registers_folder() / f"{stem}.riskreg", 2
    while path.exists():
        path, number = registers_folder() / f"{stem} ({number}).riskreg", number + 1
    return path


def sample_register() -> Path:
    """The sample programme's register."""
    return registers_folder() / "Sample programme.riskreg"


def typed_path(typed: str, folder: Path, suffix: str) -> Path:
    """The file that somebody means: from `folder` where they give no other, with `suffix`; `~` is their home.

    Raises Refused where there can be no such file.
    """
    typed = typed.strip()
    if not typed:
        raise Refused("Give the file a name.")
    if re.search(r"[\0-\x1f\x7f]", typed):
        raise Refused("The name of the file holds a sign that no name can hold, such as a line break. Type it anew.")
    try:
        path = folder / Path(typed).expanduser()
    except RuntimeError:
        raise Refused(
            f"“{Path(typed).parts[0]}” is nobody's home on this computer. Write the folder in full."
        ) from None
    try:
        if len(os.fsencode(path.name)) > _LONGEST:
            raise Refused("The name of the file is too long. Give a shorter one.")
        if Path(typed).name in ("", "..") or typed.endswith(("/", os.sep)) or path.is_dir():
            raise Refused(f"{path} is a folder. Add the name of the file.")
        if not path.name.lower().endswith(suffix):
            path = path.with_name(path.name + suffix)
        if path.is_dir():
            raise Refused(f"{path} is a folder. Give the file another name.")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no name"
        raise Refused(f"“{shortened(typed, 60)}” can't be used: {reason}. Give another name or folder.") from error
    return path
