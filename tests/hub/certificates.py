"""Certificates for tests: of an authority that the tests trust, and of an impostor."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Certificates:
    """Files. `authority` is what a client trusts, the others are a server's: its key and its certificate in one."""

    authority: Path
    good: Path
    elsewhere: Path
    expired: Path
    early: Path
    self_signed: Path


def make(folder: Path) -> Certificates:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("The tests' authority")
    authority = (
        _builder(name, name, key, NOW - timedelta(days=30), NOW + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "authority.pem"
    path.write_bytes(authority.public_bytes(serialization.Encoding.PEM))

    def server(file: str, host: str, begins: int = -10, ends: int = 10, *, own: bool = False) -> Path:
        its_key = ec.generate_private_key(ec.SECP256R1())
        names: list[x509.GeneralName] = [x509.DNSName(host)]
        if host == "localhost":
            names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        certificate = (
            _builder(
                _name(host), _name(host) if own else name, its_key,
                NOW + timedelta(days=begins), NOW + timedelta(days=ends),
            )
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(its_key if own else key, hashes.SHA256())
        )  # fmt: skip
        made = folder / file
        made.write_bytes(
            its_key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        return made

    return Certificates(
        authority=path,
        good=server("good.pem", "localhost"),
        elsewhere=server("elsewhere.pem", "other.example"),
        expired=server("expired.pem", "localhost", -20, -1),
        early=server("early.pem", "localhost", 1, 20),
        self_signed=server("self_signed.pem", "localhost", own=True),
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
