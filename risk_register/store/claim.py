"""Who writes to a register: one at a time, and the next is told who."""

import contextlib
import getpass
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from risk_register.domain.errors import Busy, Unreachable

_FAR = 1 << 20
"""The byte that is locked: far behind the text, which Windows would otherwise not let others read."""
_TRIES, _PAUSE = 10, 0.02
"""How often, and how long (seconds) apart, a lock is tried: whoever asks who writes can hold it for an instant."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write to a register, held by a lock of the system's, which goes when the process does.

    So a claim left behind by a crash holds nobody up, and there is no "open anyway".
    """

    path: Path
    descriptor: int

    @classmethod
    def take(cls, register: Path, who: str = "") -> "Claim":
        """Claim a register. Raises Busy, naming the holder, or Unreachable where the folder can't be written."""
        path = claim_path(register)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise Unreachable(
                f"The folder {register.parent} can't be written to. Open the register for reading, or copy it elsewhere."
            ) from error
        with contextlib.suppress(OSError, AttributeError):  # whoever may write to the register may claim it
            os.fchmod(descriptor, register.stat().st_mode & 0o666)
        if not _locked(descriptor):
            os.close(descriptor)
            raise Busy(_sentence(register))
        told = {
            "who": who or getpass.getuser(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(told).encode())
        return cls(path, descriptor)

    def release(self) -> None:
        """Let the next one write."""
        # Emptied rather than deleted: deleting a file that another process has just opened would give both the claim.
        with contextlib.suppress(OSError):
            os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def claim_path(register: Path) -> Path:
    """The small file beside a register that says who writes to it."""
    return register.with_name(f".{register.name}.claim")


def writer(register: Path) -> str:
    """Who writes to a register, in the sentence that tells whoever else wants to; "" for nobody.

    Cheap enough to be asked every second: a claim that was given back is empty, so its lock is not touched.
    """
    try:
        descriptor = os.open(claim_path(register), os.O_RDWR)
    except OSError:
        return ""
    try:
        if os.fstat(descriptor).st_size == 0:
            return ""
        if not _lock(descriptor):
            return _sentence(register)
        os.ftruncate(descriptor, 0)  # left behind by a crash
        return ""
    finally:
        os.close(descriptor)


def _sentence(register: Path) -> str:
    return f"{_holder(claim_path(register))} has {register.name} open. You can read it; close it there to write here."


def _locked(descriptor: int) -> bool:
    for again in range(_TRIES):
        if _lock(descriptor):
            return True
        if again + 1 < _TRIES:
            time.sleep(_PAUSE)
    return False


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_bytes())
        since = datetime.fromisoformat(told["since"]).astimezone()
    except (OSError, ValueError, KeyError, TypeError):
        return "Somebody"
    else:
        return f"{told['who']} on {told['host']} (since {since:%H:%M on %d %B})"


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
