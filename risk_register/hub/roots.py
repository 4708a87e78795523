"""The authorities that this computer trusts, as a file that libpq can read.

libpq's own `sslrootcert=system` asks the OpenSSL that it was built with. That of psycopg's wheels looks in a folder
that exists on no computer, and on Windows and macOS none looks where IT puts the organisation's own authority.
"""

import functools
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

# Where Go looks too (crypto/x509/root_linux.go): Debian, Fedora, openSUSE, RHEL, Alpine.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_SERVER = "1.3.6.1.5.5.7.3.1"
"""What a certificate is trusted for: to show who a server is (RFC 5280, section 4.2.1.12)."""


def system_roots() -> str:
    """The file with the authorities that the computer trusts, or `system` where none is found."""
    # Says also what the environment's SSL_CERT_FILE names.
    named = ssl.get_default_verify_paths().cafile
    return named or _found() or "system"


@functools.cache
def _found() -> str:
    """Kept for as long as the program runs: a new authority is seen at the next start."""
    if sys.platform == "win32":
        return _written(
            "".join(
                ssl.DER_cert_to_PEM_cert(certificate)
                for certificate, encoding, uses in ssl.enum_certificates("ROOT")
                if encoding == "x509_asn" and (uses is True or _SERVER in uses)
            )
        )
    if sys.platform == "darwin":
        chains = ("/System/Library/Keychains/SystemRootCertificates.keychain", "/Library/Keychains/System.keychain")
        words = ["/usr/bin/security", "find-certificate", "-a", "-p", *chains]
        return _written(subprocess.run(words, capture_output=True, text=True, check=False).stdout)  # noqa: S603
    return next((path for path in _BUNDLES if Path(path).is_file()), "")


def _written(certificates: str) -> str:
    """A file of this program's own: nobody else can write to it, and it goes when the program ends."""
    if not certificates:
        return ""
    folder = _folder()
    path = Path(folder.name) / "roots.pem"
    path.write_text(certificates, encoding="ascii")
    return str(path)


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="risk-register-", ignore_cleanup_errors=True)
