"""What is wrong with a hub's certificate.

libpq says no more than "certificate verify failed"; whom to call depends on whether it expired or is an impostor's. So
once it has refused one, the handshake is made again with Python's ssl, which tells. Nothing but the handshake is sent.
"""

import socket
import ssl
import struct
from contextlib import suppress
from enum import Enum

from risk_register.hub.address import Address

_REQUEST = struct.pack("!ii", 8, 80877103)
"""SSLRequest, by which TLS begins (PostgreSQL's manual, "Message Formats")."""
_NOT_YET, _EXPIRED = 9, 10
_UNKNOWN = {2, 18, 19, 20, 21}
"""Self-signed, or by an issuer that isn't known (OpenSSL's X509_V_ERR_…)."""


class Fault(Enum):
    """What is wrong with a certificate."""

    EXPIRED = "has expired"
    NOT_YET_VALID = "is not valid yet"
    UNKNOWN_ISSUER = "is vouched for by nobody that this computer trusts"
    OTHER = "can't be verified"


def fault(address: Address, roots: str, timeout: float) -> tuple[str, Fault]:
    """The first host with a certificate that can't be trusted, and why. Raises nothing: where all is well now, OTHER."""
    for host, port in address.hosts:
        try:
            _shake_hands(host, port, roots, timeout)
        except ssl.SSLCertVerificationError as error:
            if error.verify_code == _EXPIRED:
                return host, Fault.EXPIRED
            if error.verify_code == _NOT_YET:
                return host, Fault.NOT_YET_VALID
            return host, Fault.UNKNOWN_ISSUER if error.verify_code in _UNKNOWN else Fault.OTHER
        except OSError:
            continue
    return address.place, Fault.OTHER


def _shake_hands(host: str, port: int, roots: str, timeout: float) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # libpq names another host's certificate itself
    if roots == "system":
        context.load_default_certs()
    else:
        context.load_verify_locations(roots)
    with socket.create_connection((host, port), timeout) as plain:
        plain.sendall(_REQUEST)
        # One byte and no more: what came with it would have been sent by somebody on the way (CVE-2021-23222).
        if plain.recv(1) == b"S":
            with context.wrap_socket(plain, server_hostname=host) as safe, suppress(OSError):
                safe.unwrap()
