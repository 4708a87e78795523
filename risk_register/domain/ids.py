"""Identities of records, edits and journal entries."""

import os
import time
from threading import Lock
from uuid import UUID

_lock = Lock()
_last = 0


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits.

    Made by the program, never by the database, so that copies that are offline can add records. Each is greater than
    the one made before it, so that what was added later sorts later (RFC 9562, 6.2).
    """
    global _last  # noqa: PLW0603  one process, one order
    millis = time.time_ns() // 1_000_000
    value = (millis & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    with _lock:
        _last = max(value, _last + 1)
        return UUID(int=_last)
