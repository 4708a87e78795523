"""Connecting to a hub: safely, not for long, and with a sentence where it fails."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from risk_register.domain.errors import StoreError, WrongPassword
from risk_register.hub import certificate, reasons
from risk_register.hub.address import SAFE, SYSTEM, Address
from risk_register.hub.roots import system_roots

TIMEOUT = 3
"""Seconds for each host. With more, one that is switched off would hold up the next; libpq's least is 2."""
APPLICATION = "Risk Register"
# It warns of each question that was waiting behind one that went wrong; that one comes out as an error.
logging.getLogger("psycopg").setLevel(logging.ERROR)


def connect(
    address: Address, password: str, *, application: str = APPLICATION, read_only_ok: bool = False
) -> psycopg.Connection:
    """A connection to the first host that can be written to, or with `read_only_ok` to the first at all.

    Each statement is a transaction unless it is within one that was begun.

    Without a password ("") what the system vouches for is used: a ticket, or a certificate of the person's own.

    Raises WrongPassword, Forbidden, Offline, or for whatever else is wrong StoreError; none of them holds the password,
    nor does an exception that they come with.
    """
    if "\0" in password or any("\ud800" <= letter <= "\udfff" for letter in password):
        # They would cut the password off, or end in an error that quotes it.
        raise WrongPassword("The password has a character that no password can have. Enter it again.")
    roots = _roots(address)
    try:
        return psycopg.connect(
            **_parameters(address, roots), password=password or None, application_name=application,
            target_session_attrs="any" if read_only_ok else "read-write", autocommit=True,
        )  # fmt: skip
    except psycopg.Error as error:
        text = str(error)
    # Not where the error is being handled: it would go along, and its text is libpq's.
    raise _why(address, text, password, roots)


@contextmanager
def plainly(address: Address) -> Iterator[None]:
    """Turn what psycopg says while a hub is being used into a StoreError with a sentence.

    Raises Offline, Forbidden, WrongPassword, Cancelled or StoreError. The error of psycopg is not shown with it: it may
    quote the statement, and that a password.
    """
    try:
        yield
    except psycopg.Error as error:
        raise reasons.of_statement(address, error) from None


def _parameters(address: Address, roots: str) -> dict[str, Any]:
    """What libpq is told (its manual, "Parameter Key Words", section 34.1.2)."""
    parameters = {
        "host": ",".join(host for host, _ in address.hosts),
        "port": ",".join(str(port) for _, port in address.hosts),
        "dbname": address.database,
        "user": address.user,
        "sslmode": address.sslmode,
        # Else a Kerberos ticket would encrypt instead of TLS, and no certificate be looked at. It may still sign in.
        "gssencmode": "disable",
        "client_encoding": "UTF8",
        "connect_timeout": TIMEOUT,
        # A laptop that slept, or a firewall that forgot: within a minute it is known that nobody is there.
        "keepalives": 1,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }
    return parameters | ({"sslrootcert": roots} if roots else {})


def _roots(address: Address) -> str:
    """The file of the authorities to trust; "" where none are asked."""
    if address.sslrootcert != SYSTEM:
        return address.sslrootcert
    return system_roots() if address.sslmode == SAFE else ""


def _why(address: Address, text: str, password: str, roots: str) -> StoreError:
    if "certificate verify failed" not in text or "authentication failed" in text:
        return reasons.of_connecting(address, text, password)
    host, fault = certificate.fault(address, roots, TIMEOUT)
    return StoreError(f"The certificate of the hub at {host} {fault.value}. {_ADVICE[fault]}")


_ADVICE = {
    certificate.Fault.EXPIRED: "Nothing was sent to it. Tell whoever runs the hub, and see that this computer's clock is "
    "right.",
    certificate.Fault.NOT_YET_VALID: "Nothing was sent to it. See that this computer's clock is right.",
    certificate.Fault.UNKNOWN_ISSUER: "Nothing was sent to it, as it may be an impostor. Ask IT for the file of the "
    "authority, and name it in the address as sslrootcert.",
    certificate.Fault.OTHER: "Nothing was sent to it, as it may be an impostor. Tell whoever runs the hub.",
}
