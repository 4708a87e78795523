"""Where a hub is: its hosts, its database and whom to reach it as. Never a password.

The form is that of libpq's manual, "Connection URIs" (section 34.1.1.2), less the options that are not a person's to set.
"""

import ipaddress
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

from risk_register.domain.errors import Refused

PORT = 5432
SAFE = "verify-full"
SYSTEM = "system"
_MODES = ("disable", "allow", "prefer", "require", "verify-ca", SAFE)
_LOCAL = ("localhost", "127.0.0.1", "::1")
_OPTIONS = ("host", "port", "sslmode", "sslrootcert", "password")
_EXAMPLE = "postgresql://ann@db.example.org/risks"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a hub is. Raises Refused, with a sentence and the field, where it could not be one.

    `hosts` are (name, port), asked in turn; a name that begins with / is the directory of a Unix socket. `sslrootcert`
    is the file of the authorities to trust, or `system` for those that the computer trusts.

    Anything below verify-full lets an impostor in (libpq's manual, "SSL Support", table 34.1), so it is refused for
    every host but this computer.
    """

    hosts: tuple[tuple[str, int], ...]
    database: str
    user: str
    sslmode: str = SAFE
    sslrootcert: str = SYSTEM

    # No sentence quotes what was given: a password with a / or @ in it may have strayed into any part.
    def __post_init__(self) -> None:
        if not self.hosts:
            raise Refused(f"The address names no host. Write it as in {_EXAMPLE}.", field="hosts")
        for host, port in self.hosts:
            if not _is_host(host):
                raise Refused(
                    "The address names a host that can't be one. A host is a name such as db.example.org, a number such "
                    "as 192.0.2.1 or [2001:db8::1], or ?host= with the folder of a socket.",
                    field="hosts",
                )
            if not 1 <= port <= 65535:  # noqa: PLR2004  sixteen bits, RFC 9293
                raise Refused(_BAD_PORT, field="hosts")
        for field, value in (("user", self.user), ("database", self.database)):
            if not value:
                raise Refused(f"The address names no {field}. Write it as in {_EXAMPLE}.", field=field)
            if not value.isprintable():
                raise Refused(
                    f"The name of the {field} in the address has a character that can't be seen.", field=field
                )
        if self.sslmode not in _MODES:
            raise Refused(f"The address has an sslmode that is none of {', '.join(_MODES)}.", field="sslmode")
        if self.sslmode != SAFE and not self.is_local:
            raise Refused(
                f"sslmode={self.sslmode} would let an impostor pass for the hub. Leave it out, or write {SAFE}; less is "
                "taken only for a hub on this computer.",
                field="sslmode",
            )
        if self.sslrootcert != SYSTEM and not (self.sslrootcert.isprintable() and Path(self.sslrootcert).is_absolute()):
            raise Refused(
                "The address must name the file of the authority (sslrootcert) by its whole path, or be without it to "
                "trust those that this computer trusts.",
                field="sslrootcert",
            )

    @classmethod
    def read(cls, text: str) -> tuple["Address", str]:
        """The address that a URL gives, and apart from it the password in the URL ("" if none).

        Raises Refused for whatever is wrong with it, in a sentence that holds nothing of the password.
        """
        scheme, _, rest = text.strip().partition("://")
        if scheme not in ("postgresql", "postgres"):
            raise Refused(f"An address begins with postgresql://, as in {_EXAMPLE}.", field="scheme")
        rest, _, query = rest.partition("?")
        authority, _, database = rest.partition("/")
        person, at, places = authority.rpartition("@")
        user, _, password = person.partition(":")
        if not at:
            raise Refused(
                f"The address names no user. Write it as in {_EXAMPLE}; a / in a password is written %2F, a ? %3F.",
                field="user",
            )
        options = _read_options(query)
        if places and "host" in options:
            raise Refused("The address names its hosts twice: before the database and as ?host=.", field="hosts")
        address = cls(
            _read_places(places) if places else _read_lists(options.get("host", ""), options.get("port", "")),
            _decoded(database, "database"),
            _decoded(user, "user"),
            options.get("sslmode", SAFE),
            options.get("sslrootcert", SYSTEM),
        )
        return address, _decoded(password, "password") or options.get("password", "")

    @classmethod
    def given(
        cls, server: str, database: str, user: str, *, sslmode: str = SAFE, sslrootcert: str = SYSTEM
    ) -> "Address":
        """The address that a form gives: the server as it stands in a URL, or the directory of a socket.

        Raises Refused, with the field that is wrong.
        """
        server, database, user = server.strip(), database.strip(), user.strip()
        if not server:
            raise Refused("Name the server that the hub is on, as in db.example.org.", field="hosts")
        if not database:
            raise Refused("Name the hub's database.", field="database")
        if not user:
            raise Refused("Give the name that the server knows you by.", field="user")
        places = [part.strip() for part in server.split(",")]
        hosts = tuple((place, PORT) for place in places) if server.startswith("/") else _read_places(",".join(places))
        return cls(hosts, database, user, sslmode, sslrootcert)

    @property
    def server(self) -> str:
        """The hosts as `given` takes them."""
        return ",".join(
            host if host.startswith("/") else _bracketed(host) + (f":{port}" if port != PORT else "")
            for host, port in self.hosts
        )

    @property
    def is_local(self) -> bool:
        """Whether every host is this computer, so that nobody is on the way."""
        return all(host.startswith("/") or host.lower() in _LOCAL for host, _ in self.hosts)

    @property
    def place(self) -> str:
        """The hosts, as a sentence names them."""
        return " or ".join(host for host, _ in self.hosts)

    @property
    def login(self) -> str:
        """What a password belongs to: user, hosts and database, however they are reached."""
        return str(replace(self, sslmode=SAFE, sslrootcert=SYSTEM))

    def __str__(self) -> str:
        """The URL, which `read` reads back."""
        options: list[tuple[str, str]] = []
        places = ""
        if any(host.startswith("/") for host, _ in self.hosts):
            options.append(("host", ",".join(host for host, _ in self.hosts)))
            options.append(("port", ",".join(str(port) for _, port in self.hosts)))
        else:
            places = ",".join(f"{_bracketed(host)}:{port}" for host, port in self.hosts)
        if self.sslmode != SAFE:
            options.append(("sslmode", self.sslmode))
        if self.sslrootcert != SYSTEM:
            options.append(("sslrootcert", self.sslrootcert))
        query = "&".join(f"{name}={quote(value, safe='/,')}" for name, value in options)
        url = f"postgresql://{quote(self.user, safe='')}@{places}/{quote(self.database, safe='')}"
        return f"{url}?{query}" if query else url


_BAD_PORT = f"The address has a port that is no number from 1 to 65535. Leave it out for the usual {PORT}."


def _read_options(query: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        if name not in _OPTIONS:
            raise Refused(
                f"The address has an option that is none of {', '.join(_OPTIONS[:-1])}. Leave it out; the program sets "
                "the others itself.",
                field="options",
            )
        if name in options:
            raise Refused(f"The address gives {name} twice.", field=name)
        options[name] = _decoded(value, name)
    return options


def _read_places(text: str) -> tuple[tuple[str, int], ...]:
    """The hosts between @ and /: name:port, separated by commas, IPv6 in brackets (RFC 3986, section 3.2.2)."""
    hosts: list[tuple[str, int]] = []
    for place in text.split(","):
        found = re.fullmatch(r"(\[(?P<six>[^\]]*:[^\]]*)\]|(?P<name>[^:\[\]]*))(:(?P<port>.*))?", place)
        if not found:
            raise Refused("The address has a host that can't be read. An IPv6 address stands in [ ].", field="hosts")
        hosts.append((_decoded(found["six"] or found["name"] or "", "host"), _read_port(found["port"] or "")))
    return tuple(hosts)


def _read_lists(hosts: str, ports: str) -> tuple[tuple[str, int], ...]:
    """The hosts of ?host=a,b&port=1,2, where one port may stand for all."""
    names = hosts.split(",") if hosts else []
    numbers = [_read_port(port) for port in ports.split(",")]
    if len(numbers) == 1:
        numbers *= len(names)
    if len(numbers) != len(names):
        raise Refused("The address has not as many ports as hosts.", field="hosts")
    return tuple(zip(names, numbers, strict=True))


def _read_port(text: str) -> int:
    if not text:
        return PORT
    if not re.fullmatch(r"[0-9]{1,5}", text):
        raise Refused(_BAD_PORT, field="hosts")
    return int(text)


def _decoded(text: str, field: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        pass
    # Outside of the handler: the error that is being handled holds the text.
    raise Refused(f"The {field} in the address has a %-code that is no UTF-8.", field=field)


def _is_host(host: str) -> bool:
    if host.startswith("/"):
        return host.isprintable() and "," not in host  # where libpq would see the next host
    if ":" in host:
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            return False
        return host.isprintable() and "," not in host
    return len(host) <= 253 and re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?", host) is not None  # noqa: PLR2004  RFC 1035


def _bracketed(host: str) -> str:
    return f"[{quote(host, safe=':')}]" if ":" in host else host
