"""The ways in which a register comes to be opened. Each is done on the register's thread, after the first paint."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from risk_register.domain.change import Command
from risk_register.domain.errors import Busy, StoreError, Unreachable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from risk_register.hub.hub import Hub
    from risk_register.store.register import Register

Opening = Callable[[], tuple["Register", StoreError | None]]
"""Opens a register; and says why only for reading, where that is so."""


def existing(path: Path, who: str, backups: Path | None, called_off: Event) -> Opening:
    """One that is there; for reading where somebody else writes to it or the folder can't be written to."""

    def work() -> tuple["Register", StoreError | None]:
        from risk_register.store.register import Register  # noqa: PLC0415  after the first paint

        try:
            return Register.open(path, who=who, backups=backups, called_off=called_off), None
        except (Busy, Unreachable) as reason:
            return Register.open(path, write=False, called_off=called_off), reason

    return work


def fresh(path: Path, first: Command, who: str, called_off: Event) -> Opening:
    """A new one, with what a first command puts into it."""
    return _made(path, lambda register: register.run(first, who=who), who, called_off)


def sample(path: Path, who: str, called_off: Event) -> Opening:
    """A new one that holds the sample programme."""

    def fill(register: "Register") -> None:
        from risk_register.exchange.sample import load_sample  # noqa: PLC0415

        load_sample(register, datetime.now(UTC))

    return _made(path, fill, who, called_off)


def joined(
    path: Path,
    sign_in: Callable[[], "AbstractContextManager[Hub]"],
    address: str,
    who: str,
    called_off: Event,
    told: Callable[[str], object],
) -> Opening:
    """A copy of what a hub holds; `told` is called with how far it has come."""

    def work() -> tuple["Register", None]:
        from risk_register.hub.synchronise import join  # noqa: PLC0415

        _make_folder_of(path)
        with sign_in() as hub:
            register = join(
                hub,
                path,
                address,
                who,
                called_off=called_off,
                told=lambda taken, of: told(f"Making your copy: {taken:,} of {of:,} entries …"),
            )
            return register, None

    return work


def _made(path: Path, fill: Callable[["Register"], object], who: str, called_off: Event) -> Opening:
    def work() -> tuple["Register", None]:
        from risk_register.store.register import Register  # noqa: PLC0415

        _make_folder_of(path)
        return Register.create(path, fill=fill, who=who, called_off=called_off), None

    return work


def _make_folder_of(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(
            f"The folder {path.parent} can't be made: {error.strerror or error}. Choose another."
        ) from error
