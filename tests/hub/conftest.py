"""The hub's world: a PostgreSQL for all tests of a worker, and certificates.

Two groups share the tests, so that with two workers each has a server of its own: roles are a server's, not a database's.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub import certificates as made
from tests.hub.certificates import Certificates
from tests.hub.hubs import World, make_master, world_of
from tests.hub.server import Server, running


@pytest.fixture(scope="session")
def one_server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(one_server: Server) -> Iterator[Server]:
    """The server, running; a test may stop it."""
    yield one_server
    if not one_server.is_running:
        one_server.start()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return made.make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def hub_master(one_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file that is shared through the hub in the database hub_master, with people of every role."""
    folder = tmp_path_factory.mktemp("hub_master")
    make_master(one_server, "hub_master", folder)
    yield folder / "shared.riskreg"
    one_server.psql("DROP DATABASE hub_master", database="postgres")


@pytest.fixture
def shared(one_server: Server, hub_master: Path, tmp_path: Path) -> Iterator[World]:
    """A hub of one's own, and the editor's copy."""
    with world_of(one_server, "hub_master", hub_master, "hub_world", tmp_path) as world:
        yield world


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory, where there is such a place: what is proven here is not the disk."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as made:
        yield Path(made)
