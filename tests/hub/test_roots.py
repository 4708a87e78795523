"""The authorities that the computer trusts are found as a file."""

import os
import ssl
import sys
from pathlib import Path

import pytest

from risk_register.hub import roots
from tests.hub.certificates import Certificates


def test_the_file_that_the_environment_names_comes_first(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    assert roots.system_roots() == str(certificates.authority)


def test_the_computer_trusts_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    found = roots.system_roots()
    if found == "system":
        pytest.skip("this computer has no authorities: on Debian, apt-get install ca-certificates")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(found)
    assert context.cert_store_stats()["x509_ca"] > 0


def test_what_is_written_from_the_system_s_store_is_nobody_else_s(certificates: Certificates) -> None:
    path = Path(roots._written(certificates.authority.read_text()))
    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    if sys.platform != "win32":
        assert path.parent.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_uid == os.geteuid()
    assert roots._written("") == ""
