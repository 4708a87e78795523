"""Writing a document: whole or not at all, and never over one that is open in Word."""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from risk_register.domain.errors import Unreachable
from risk_register.domain.text import one_line

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
LONGEST = 120
"""The longest file name proposed, in bytes."""


class OpenElsewhere(Unreachable):
    """The document is open in Word. `free` is a name beside it that isn't taken."""

    def __init__(self, path: Path) -> None:
        self.free = free_name(path)
        super().__init__(
            f"{path.name} is open in Word, so it was left as it is. Close it there and try again, or save this one as "
            f"{self.free.name}."
        )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole, or the earlier one is.

    Raises OpenElsewhere where it is open in Word, Unreachable where it can't be written.
    """
    if path.with_name(f"~${path.name}").exists() or path.with_name(f"~${path.name[2:]}").exists():
        raise OpenElsewhere(path)
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
            part = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix":
            umask = os.umask(0)
            os.umask(umask)
            part.chmod(0o666 & ~umask)
        part.replace(path)
    except PermissionError as error:
        if part and path.exists():
            raise OpenElsewhere(path) from error
        raise Unreachable(f"{path.parent} can't be written to. Choose another folder.") from error
    except OSError as error:
        raise Unreachable(f"{path} can't be written: {error.strerror or error}. Choose another folder.") from error
    finally:
        if part:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """The first of `name (2).docx`, `name (3).docx` ... that isn't taken."""
    number = 2
    while (free := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return free


def safe_name(title: str, suffix: str, called: str = "Report") -> str:
    """A file name made of a title, or of what the file is `called`: no separators, no reserved names, not too long."""
    name = re.sub(r'[\\/:*?"<>|]+', " ", one_line(title))
    name = " ".join(name.split()).strip(". ").encode()[: LONGEST - len(suffix)].decode(errors="ignore").rstrip()
    if not name or name.split(".", maxsplit=1)[0].lower() in _RESERVED:
        name = f"{called} {name}".rstrip()
    return name + suffix
