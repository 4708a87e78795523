"""What tests share: a world of their own, a register on disk, the sample programme."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import platformdirs
import pytest
from hypothesis import HealthCheck, settings

from risk_register.exchange.sample import load_sample
from risk_register.store.register import Register
from tests.making import Made, made_in
from tests.other import Other

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile(
    "project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("project")


@pytest.fixture(autouse=True)
def world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, so that none meets another's files, nor the person's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(home / "data"))
    return home


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "programme.riskreg", who="me") as made:
        yield made


@pytest.fixture
def made(register: Register) -> Made:
    """A programme with an owner, a board and two risks, the first of them scored."""
    return made_in(register)


@pytest.fixture(scope="session")
def sample_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.riskreg"
    with Register.create(path) as register:
        load_sample(register, datetime.now(UTC))
    return path


@pytest.fixture
def sample_file(sample_master: Path, tmp_path: Path) -> Path:
    """A copy of the sample programme's register, made through the same commands a person uses."""
    path = tmp_path / "sample.riskreg"
    copyfile(sample_master, path)
    return path


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Register]:
    with Register.open(sample_file, who="me") as register:
        yield register


@pytest.fixture(scope="session")
def other_process() -> Iterator[Other]:
    process = Other()
    yield process
    process.end()


@pytest.fixture
def other(other_process: Other) -> Iterator[Other]:
    """Pat Lee, who works in a process of their own and has closed whatever they opened once the test is over."""
    yield other_process
    other_process.close()
