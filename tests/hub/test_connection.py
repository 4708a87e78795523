"""Connecting to a real PostgreSQL, and what is said of everything that can go wrong with it."""

import logging
import socket
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.pq import TransactionStatus

from risk_register.domain.errors import Cancelled, Forbidden, Offline, StoreError, WrongPassword
from risk_register.hub import connection as connecting
from risk_register.hub.address import Address
from risk_register.hub.connection import connect, plainly
from tests.hub.certificates import Certificates
from tests.hub.front import tls
from tests.hub.server import DATABASE, PASSWORD, Server

pytestmark = [pytest.mark.xdist_group("postgresql"), pytest.mark.usefixtures("ann")]
WRONG = "canary-wrong"


@pytest.fixture
def ann(server: Server) -> str:
    return server.add_user("ann")


@pytest.fixture
def silent() -> Iterator[int]:
    """A port where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def dead() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def why(url: str) -> StoreError:
    """What is said where a connection can't be made: always whole sentences, and never the password."""
    address, password = Address.read(url)
    with pytest.raises(StoreError) as raised:
        connect(address, password)
    error = raised.value
    assert str(error).endswith(".")
    assert str(error)[0].isupper() or str(error).startswith((address.place, "localhost"))
    if password:
        assert password not in all_that_is_told(error)
    return error


def all_that_is_told(error: BaseException) -> str:
    """An error with every error that goes along with it."""
    told = [str(error), repr(error), str(vars(error)), *traceback.format_exception(error)]
    return "\n".join([*told, *(all_that_is_told(other) for other in (error.__cause__, error.__context__) if other)])


# -- connected


def test_a_connection_says_who_asks_and_begins_nothing_by_itself(ann: str) -> None:
    with connect(*Address.read(ann), application="a test") as connection:
        row = connection.execute(
            "SELECT current_setting('application_name'), current_setting('client_encoding'),"
            " current_setting('search_path'), current_user"
        ).fetchone()
        assert row == ("a test", "UTF8", '"$user", public', "ann")
        assert connection.info.transaction_status is TransactionStatus.IDLE


def test_a_password_of_any_letters_is_sent_as_it_is(server: Server) -> None:
    strange = r"ü \'@/:?#%%20 €"
    address, password = Address.read(server.url("odd", password=strange))
    server.add_user("odd")
    with psycopg.connect(server.add_user("postgres_like", "SUPERUSER")) as boss:
        boss.execute(sql.SQL("ALTER ROLE odd PASSWORD {}").format(strange))
    connect(address, password).close()


def test_a_socket_is_taken_too(server: Server, ann: str) -> None:
    _, password = Address.read(ann)
    address, _ = Address.read(f"postgresql://ann@/{DATABASE}?host={server.folder}&port={server.port}")
    with connect(address, password) as connection:
        assert connection.info.host == str(server.folder)


def test_a_dead_first_host_is_passed_over(server: Server, dead: int) -> None:
    url = server.url("ann", hosts=f"127.0.0.1:{dead},127.0.0.1:{server.port}")
    with connect(*Address.read(url)) as connection:
        assert connection.info.port == server.port


def test_a_silent_first_host_is_passed_over(server: Server, silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "TIMEOUT", 1)  # of which libpq makes 2
    url = server.url("ann", hosts=f"127.0.0.1:{silent},127.0.0.1:{server.port}")
    with connect(*Address.read(url)) as connection:
        assert connection.info.port == server.port


# -- TLS


def test_the_whole_check_passes_with_the_right_certificate(server: Server, certificates: Certificates) -> None:
    with tls(certificates.good, server.port) as port:
        url = server.url("ann", hosts=f"localhost:{port}", options=f"sslrootcert={certificates.authority}")
        with connect(*Address.read(url)) as connection:
            assert connection.pgconn.ssl_in_use


def test_the_authorities_of_the_computer_are_trusted_without_being_named(
    server: Server, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with tls(certificates.good, server.port) as port:
        address, password = Address.read(server.url("ann", hosts=f"localhost:{port}", options=""))
        assert address.sslrootcert == "system"
        connection = connect(address, password)
        assert connection.pgconn.ssl_in_use
        connection.close()


@pytest.mark.parametrize(
    ("which", "sentence"),
    [
        ("expired", "certificate of the hub at localhost has expired"),
        ("early", "is not valid yet"),
        ("self_signed", "vouched for by nobody"),
        ("elsewhere", r"localhost shows the certificate of other\.example, .* impostor"),
    ],
)
def test_a_wrong_certificate_is_refused_and_said_which_way(
    server: Server, certificates: Certificates, which: str, sentence: str
) -> None:
    with tls(getattr(certificates, which), server.port) as port:
        error = why(server.url("ann", hosts=f"localhost:{port}", options=f"sslrootcert={certificates.authority}"))
        assert type(error) is StoreError
        with pytest.raises(StoreError, match=sentence):
            raise error


def test_an_authority_that_nobody_knows_is_refused(server: Server, certificates: Certificates) -> None:
    with tls(certificates.good, server.port) as port:
        assert "vouched for by nobody" in str(why(server.url("ann", hosts=f"localhost:{port}", options="")))


def test_a_hub_without_tls_is_sent_nothing(server: Server) -> None:
    assert "offers no encryption" in str(why(server.url("ann", options="")))


def test_a_hub_that_wants_tls_says_so(server: Server) -> None:
    error = why(server.add_user("tls_only"))
    assert "without encryption. Leave sslmode out" in str(error)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_authorities_that_is_none(
    server: Server, certificates: Certificates, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "authority.pem"
    if content:
        path.write_text(content)
    with tls(certificates.good, server.port) as port:
        error = why(server.url("ann", hosts=f"localhost:{port}", options=f"sslrootcert={path}"))
    assert f"{path}, can't be read" in str(error)


# -- refused


def test_a_wrong_password(server: Server) -> None:
    error = why(server.url("ann", password=WRONG))
    assert isinstance(error, WrongPassword)
    assert "does not know ann with that password" in str(error)


def test_no_password(server: Server) -> None:
    error = why(server.url("ann", password=""))
    assert isinstance(error, WrongPassword)
    assert "asks for a password for ann" in str(error)


@pytest.mark.parametrize("password", ["canary\0", "canary\ud800"])
def test_a_password_that_can_be_none_is_not_sent(ann: str, password: str) -> None:
    with pytest.raises(WrongPassword) as raised:
        connect(Address.read(ann)[0], password)
    assert "canary" not in all_that_is_told(raised.value)


def test_an_unknown_user_is_told_no_more_than_a_wrong_password(server: Server) -> None:
    assert isinstance(why(server.url("nobody")), WrongPassword)


def test_a_user_who_may_not_sign_in(server: Server) -> None:
    assert isinstance(why(server.add_user("group", login=False)), Forbidden)


def test_a_database_that_is_not_there(server: Server) -> None:
    error = why(server.url("ann", database="nowhere"))
    assert "has no database nowhere" in str(error)
    assert type(error) is StoreError


def test_a_database_that_is_for_others(server: Server, ann: str) -> None:
    server.psql(f"REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC")
    try:
        error = why(ann)
    finally:
        server.psql(f"GRANT CONNECT ON DATABASE {DATABASE} TO PUBLIC", database="postgres")
    assert isinstance(error, Forbidden)
    assert "You may not use risks" in str(error)


def test_a_host_of_no_such_name(server: Server) -> None:
    error = why(server.url("ann", hosts="nowhere.invalid", options=""))
    assert isinstance(error, Offline)
    assert "nowhere.invalid can't be found" in str(error)


def test_a_host_where_nothing_listens(server: Server, dead: int) -> None:
    error = why(server.url("ann", hosts=f"localhost:{dead}"))
    assert isinstance(error, Offline)
    assert "Nothing takes connections at localhost" in str(error)


def test_a_host_that_does_not_answer(server: Server, silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "TIMEOUT", 1)
    error = why(server.url("ann", hosts=f"127.0.0.1:{silent}"))
    assert isinstance(error, Offline)
    assert "does not answer" in str(error)


def test_of_several_hosts_what_the_person_can_mend_is_said(server: Server, dead: int) -> None:
    hosts = f"127.0.0.1:{server.port},127.0.0.1:{dead}"
    assert isinstance(why(server.url("ann", hosts=hosts, password=WRONG)), WrongPassword)


def test_where_only_a_standby_is_left_it_may_be_read(server: Server, dead: int) -> None:
    reader = server.add_user("reader")
    server.psql("ALTER ROLE reader SET default_transaction_read_only = on")
    url = server.url("reader", hosts=f"127.0.0.1:{dead},127.0.0.1:{server.port}")
    error = why(url)
    assert isinstance(error, Offline)
    assert "can only be read at the moment" in str(error)
    with connect(*Address.read(reader), read_only_ok=True) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_too_many_connections(server: Server) -> None:
    url = server.add_user("busy", "CONNECTION LIMIT 1")
    with connect(*Address.read(url)):
        error = why(url)
    assert isinstance(error, Offline)
    assert "no place left" in str(error)


def test_a_server_that_is_stopped(server: Server, ann: str) -> None:
    server.stop()
    assert isinstance(why(ann), Offline)


# -- while it is used


def test_a_server_that_crashes_meanwhile(server: Server, ann: str) -> None:
    address, password = Address.read(ann)
    connection = connect(address, password)
    connection.execute("SELECT 1")
    server.stop("immediate")
    for _ in range(2):  # as it is lost, and once it is known to be
        with pytest.raises(Offline, match=r"hub at 127\.0\.0\.1"), plainly(address):
            connection.execute("SELECT 1")
    server.start()
    connect(address, password).close()


def test_a_server_that_shuts_down_meanwhile(server: Server, ann: str) -> None:
    address, password = Address.read(ann)
    connection = connect(address, password)
    server.psql("SELECT pg_terminate_backend(%s)", connection.info.backend_pid)
    with pytest.raises(Offline, match=r"starting or stopping|was lost"), plainly(address):
        connection.execute("SELECT 1")


def test_a_statement_that_is_called_off(ann: str) -> None:
    address, password = Address.read(ann)
    with connect(address, password) as connection:
        timer = threading.Timer(0.1, connection.cancel_safe)
        timer.start()
        with pytest.raises(Cancelled, match="called off"), plainly(address):
            connection.execute("SELECT pg_sleep(60)")
        timer.join()
        connection.rollback()
        connection.execute("SET statement_timeout = 1")
        with pytest.raises(Offline, match="took too long"), plainly(address):
            connection.execute("SELECT pg_sleep(60)")
        connection.rollback()


def test_what_the_role_may_not(server: Server, ann: str) -> None:
    server.psql(
        "CREATE TABLE IF NOT EXISTS closed (id int); CREATE TABLE IF NOT EXISTS fenced (id int);"
        "ALTER TABLE fenced ENABLE ROW LEVEL SECURITY; GRANT ALL ON fenced TO ann"
    )
    address, password = Address.read(ann)
    with connect(address, password) as connection:
        with pytest.raises(Forbidden, match=r"You may not .* permission denied for table closed"), plainly(address):
            connection.execute("SELECT * FROM closed")
        connection.rollback()
        with pytest.raises(Forbidden, match=r"You may not .* rules leave this programme to others"), plainly(address):
            connection.execute("INSERT INTO fenced VALUES (1)")
        connection.rollback()


def test_a_transaction_that_may_only_read(ann: str) -> None:
    address, password = Address.read(ann)
    with connect(address, password) as connection:
        connection.execute("BEGIN READ ONLY")
        with pytest.raises(Offline, match="only be read"), plainly(address):
            connection.execute("CREATE TEMP TABLE t (id int); DROP SCHEMA public")
        connection.rollback()


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        ("08006", Offline, "was lost"),
        ("25P03", Offline, "took too long"),
        ("40001", Offline, "same moment"),
        ("40P01", Offline, "same moment"),
        ("53100", Offline, "disk of the hub at 127.0.0.1 is full"),
        ("53200", Offline, "short of memory"),
        ("53300", Offline, "no place left"),
        ("55P03", Offline, "busy"),
        ("57P01", Offline, "starting or stopping"),
        ("57P03", Offline, "starting or stopping"),
        ("58030", StoreError, "Its words"),
        ("42P01", StoreError, "risks at 127.0.0.1 is no hub, or one of another version: Its words"),
        ("P0001", StoreError, "refused it: Its words"),
        ("XX001", StoreError, "damaged"),
        ("23505", Forbidden, "does not take that: Its words"),
        ("22P02", Forbidden, "of different versions"),
        ("0A000", StoreError, "code 0A000"),
        ("28000", Forbidden, "no longer lets ann in"),
        ("28P01", WrongPassword, "Enter it again"),
    ],
)
def test_what_a_server_says_with_a_code(ann: str, code: str, kind: type[StoreError], sentence: str) -> None:
    address, password = Address.read(ann)
    with connect(address, password) as connection:
        with pytest.raises(StoreError, match=sentence) as raised, plainly(address):
            connection.execute(f"DO $$ BEGIN RAISE 'Its words' USING errcode = '{code}'; END $$")
        connection.rollback()
    assert type(raised.value) is kind
    assert str(raised.value).endswith(".")


def test_an_error_of_the_program_itself_is_told_with_its_kind(ann: str) -> None:
    address, password = Address.read(ann)
    with connect(address, password) as connection:
        with pytest.raises(StoreError, match="ProgrammingError"), plainly(address):
            connection.execute("SELECT %s", ())
        connection.rollback()


# -- the password


def test_the_password_is_in_no_log_and_in_no_words(
    server: Server, ann: str, dead: int, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address, password = Address.read(ann)
    assert password == PASSWORD
    with connect(address, password) as connection:
        told = [repr(connection), str(connection), repr(address), str(address), repr(connection.info)]
        with pytest.raises(StoreError) as raised, plainly(address):
            connection.execute("ALTER ROLE ann PASSWORD 'canary-7Qx' NONSENSE")  # which libpq's text quotes
        connection.rollback()
    told += traceback.format_exception(raised.value)
    why(server.url("ann", database="nowhere"))
    why(server.url("ann", hosts=f"127.0.0.1:{dead},localhost:{dead}"))
    with tls(certificates.expired, server.port) as port:
        why(server.url("ann", hosts=f"localhost:{port}", options=f"sslrootcert={certificates.authority}"))
    assert caplog.records
    told += [record.getMessage() + str(vars(record)) for record in caplog.records]
    assert "canary" not in "\n".join(told)
