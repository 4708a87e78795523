"""Passwords of hubs, in the keyring of the system or nowhere.

Where there is no keyring the person is asked each time: a password that lies about in a file is worse than none kept.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from risk_register.hub.address import Address

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Risk Register"
# fail and null keep nothing; keyrings.alt keeps it in a file, in plain text or behind a question on a terminal.
_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


def kept(address: Address) -> str | None:
    """The password kept for an address. None if there is none, or no keyring, or it is locked."""
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        return keyring.get_password(SERVICE, address.login)
    except Exception:  # noqa: BLE001  each keyring raises what its system does; the person is asked instead
        return None


def keep(address: Address, password: str) -> bool:
    """Keep a password in the keyring. Returns whether it is kept; if not, the person is asked each time."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, address.login, password)
    except Exception:  # noqa: BLE001  as above
        return False
    return True


def forget(address: Address) -> None:
    """Let the keyring hold no password for an address (any more)."""
    keyring = _keyring()
    if keyring is None:
        return
    with suppress(Exception):  # as above; most often there was none
        keyring.delete_password(SERVICE, address.login)


def _keyring() -> "KeyringBackend | None":
    """The first keyring that keeps passwords safe. One that is a chain of others is not asked itself: it may end in a file."""
    import keyring  # noqa: PLC0415  a tenth of a second

    try:
        chosen = keyring.get_keyring()
        backends = list(getattr(chosen, "backends", [chosen]))
    except Exception:  # noqa: BLE001  a keyring chosen in a settings file that isn't there
        return None
    return next((backend for backend in backends if _is_safe(type(backend))), None)


def _is_safe(kind: type) -> bool:
    return not kind.__module__.startswith(_REFUSED) and "plaintext" not in kind.__name__.lower()
