"""Passwords are kept by a keyring of the system, or not at all."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from risk_register.hub import password
from risk_register.hub.address import Address

ADDRESS, _ = Address.read("postgresql://ann@db.example/risks")
OTHER, _ = Address.read("postgresql://ann@db.example/other")


class Memory(KeyringBackend):
    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


class PlaintextKeyring(Memory):
    """As keyrings.alt names its own."""


class Locked(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked(service, username)


class Chain(chainer.ChainerBackend):
    """A chain of what a test gives it."""

    backends: list[KeyringBackend] = []  # noqa: RUF012


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_kept_for_its_address_alone_and_forgotten() -> None:
    memory = Memory()
    keyring.set_keyring(memory)
    assert password.kept(ADDRESS) is None
    assert password.keep(ADDRESS, "CANARY")
    assert password.kept(ADDRESS) == "CANARY"
    assert password.kept(OTHER) is None
    assert memory.held == {("Risk Register", "postgresql://ann@db.example:5432/risks"): "CANARY"}
    password.forget(ADDRESS)
    password.forget(ADDRESS)
    assert memory.held == {}


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring, PlaintextKeyring, Locked])
def test_where_no_keyring_keeps_it_safe_it_is_not_kept(kind: type[KeyringBackend]) -> None:
    backend = kind()
    keyring.set_keyring(backend)
    assert not password.keep(ADDRESS, "CANARY")
    assert password.kept(ADDRESS) is None
    password.forget(ADDRESS)
    assert not getattr(backend, "held", {})


def test_a_chain_is_followed_to_the_first_that_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, memory = PlaintextKeyring(), Memory()
    monkeypatch.setattr(Chain, "backends", [plain, memory])
    keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]
    assert password.keep(ADDRESS, "CANARY")
    assert (len(plain.held), len(memory.held)) == (0, 1)
    monkeypatch.setattr(Chain, "backends", [plain])
    assert not password.keep(ADDRESS, "CANARY")
    assert not plain.held


def test_a_keyring_of_keyrings_alt_is_refused_by_its_name() -> None:
    kind = type("EncryptedKeyring", (Memory,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(kind())
    assert not password.keep(ADDRESS, "CANARY")
