import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.errors import Refused
from risk_register.hub.address import Address

printable = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
labels = st.text(string.ascii_letters + string.digits, min_size=1, max_size=20)
names = st.lists(labels, min_size=1, max_size=4).map(".".join) | st.ip_addresses().map(str)
folders = printable.filter(lambda text: "," not in text).map("/run/{}".format)
ports = st.integers(1, 65535)
local = st.sampled_from(["localhost", "127.0.0.1", "::1"])


def lists_of(hosts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[tuple[str, int], ...]]:
    return st.lists(st.tuples(hosts, ports), min_size=1, max_size=3).map(tuple)


addresses = st.builds(
    Address,
    hosts=lists_of(names | folders),
    database=printable,
    user=printable,
    sslrootcert=st.just("system") | printable.map("/etc/{}".format),
) | st.builds(
    Address,
    hosts=lists_of(local | folders),
    database=printable,
    user=printable,
    sslmode=st.sampled_from(["disable", "allow", "prefer", "require", "verify-ca"]),
)


@given(addresses)
def test_an_address_is_read_back_as_it_was_written(address: Address) -> None:
    assert Address.read(str(address)) == (address, "")


@given(addresses, printable)
def test_a_password_is_returned_apart_and_left_out_of_the_address(address: Address, password: str) -> None:
    from urllib.parse import quote

    text = str(address).replace("@", f":{quote(password, safe='')}@", 1)
    assert Address.read(text) == (address, password)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for start in ("", "postgresql://", "postgresql://ann@", "postgresql://ann@h/db?"):
        try:
            address, _ = Address.read(start + text)
        except Refused as refused:
            assert str(refused).endswith(".")
        else:
            assert Address.read(str(address)) == (address, "")


def test_the_url_of_the_manual() -> None:
    address, password = Address.read(
        "postgresql://ann@db1.example:5432,db2.example:5433/risks?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    )
    assert address == Address(
        (("db1.example", 5432), ("db2.example", 5433)), "risks", "ann", "verify-full", "/etc/ca.pem"
    )
    assert password == ""
    assert address.place == "db1.example or db2.example"


def test_what_is_left_out_is_the_safe_usual() -> None:
    address, _ = Address.read("postgresql://ann@db.example/risks")
    assert address == Address((("db.example", 5432),), "risks", "ann", "verify-full", "system")
    assert str(address) == "postgresql://ann@db.example:5432/risks"


def test_a_socket_and_an_ipv6_address() -> None:
    assert Address.read("postgresql://ann@/risks?host=/run/postgresql")[0].hosts == (("/run/postgresql", 5432),)
    assert Address.read("postgresql://ann@[2001:db8::1]:6543/risks")[0].hosts == (("2001:db8::1", 6543),)
    assert Address.read("postgresql://ann@/risks?host=/a,/b&port=1,2")[0].hosts == (("/a", 1), ("/b", 2))


def test_a_password_may_stand_in_the_options_too() -> None:
    assert Address.read("postgresql://ann@h/db?password=s%20x")[1] == "s x"


def test_the_login_of_a_password_does_not_depend_on_how_the_hub_is_reached() -> None:
    plain, _ = Address.read("postgresql://ann@localhost/db?sslmode=disable")
    safe, _ = Address.read("postgresql://ann@localhost/db?sslrootcert=/etc/ca.pem")
    assert plain.login == safe.login == "postgresql://ann@localhost:5432/db"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "scheme"),
        ("db.example", "scheme"),
        ("mysql://ann@h/db", "scheme"),
        ("postgresql+psycopg://ann@h/db", "scheme"),
        ("postgresql://h/db", "user"),
        ("postgresql://@h/db", "user"),
        ("postgresql://a%00n@h/db", "user"),
        ("postgresql://a%ffn@h/db", "user"),
        ("postgresql://ann@h", "database"),
        ("postgresql://ann@h/", "database"),
        ("postgresql://ann@/db", "hosts"),
        ("postgresql://ann@h,,i/db", "hosts"),
        ("postgresql://ann@h:0/db", "hosts"),
        ("postgresql://ann@h:65536/db", "hosts"),
        ("postgresql://ann@h:x/db", "hosts"),
        ("postgresql://ann@h:-1/db", "hosts"),
        ("postgresql://ann@2001:db8::1/db", "hosts"),
        ("postgresql://ann@[h]/db", "hosts"),
        ("postgresql://ann@[h/db", "hosts"),
        ("postgresql://ann@a b/db", "hosts"),
        ("postgresql://ann@h/db?host=/run", "hosts"),
        ("postgresql://ann@/db?host=/a,/b&port=1,2,3", "hosts"),
        ("postgresql://ann@h/db?connect_timeout=1", "options"),
        ("postgresql://ann@h/db?sslmode", "sslmode"),
        ("postgresql://ann@h/db?sslmode=on", "sslmode"),
        ("postgresql://ann@h/db?sslmode=verify-full&sslmode=verify-full", "sslmode"),
        ("postgresql://ann@h/db?sslrootcert=ca.pem", "sslrootcert"),
        ("postgresql://ann@h/db?sslrootcert=", "sslrootcert"),
    ],
)
def test_what_is_wrong_is_said(text: str, field: str) -> None:
    with pytest.raises(Refused, match=r"^[A-Z].*\.$") as refused:
        Address.read(text)
    assert refused.value.field == field


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
@pytest.mark.parametrize("host", ["db.example", "localhost.example", "localhost,db.example", "127.0.0.1.example"])
def test_less_than_the_whole_check_is_refused_for_another_computer(mode: str, host: str) -> None:
    with pytest.raises(Refused, match="impostor"):
        Address.read(f"postgresql://ann@{host}/db?sslmode={mode}")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann:CANARY/7@h/db",
        "postgresql://ann:x@CANARY@h h/db",
        "postgresql://ann:x/CANARY@h/db",
        "postgresql://ann:x?CANARY=1@h/db",
        "postgresql://ann:CANARY%ff@h/db",
        "postgresql://ann:CANARY@h",
        "postgresql://ann:CANARY@h/db?x=1",
        "mysql://ann:CANARY@h/db",
        "postgresql://ann:[CANARY@[h/db",
        "postgresql://ann@h/db?password=CANARY&sslmode=x",
    ],
)
def test_no_refusal_holds_the_password(text: str) -> None:
    import traceback

    with pytest.raises(Refused) as refused:
        Address.read(text)
    told: list[Any] = [str(refused.value), repr(refused.value), vars(refused.value), refused.value.__context__]
    told += traceback.format_exception_only(refused.value)
    assert "CANARY" not in str(told)
