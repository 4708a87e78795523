"""What PostgreSQL and libpq say against it, in a sentence each: what is wrong, and what to do.

A statement's error has a code (PostgreSQL's manual, appendix A). What goes wrong while connecting has none, only a
text, so that is searched; of several hosts the text holds what each of them said.
"""

import re

import psycopg

from risk_register.domain.errors import Cancelled, Forbidden, Offline, StoreError, WrongPassword
from risk_register.hub.address import Address

KEPT = "Your changes are kept here and sent later."
"""How a sentence ends where the same will work later."""

# In this order, as with several hosts more than one may match: first what the person can mend, last what may pass.
_CONNECTING: tuple[tuple[str, type[StoreError], str], ...] = (
    (
        r"no password supplied",
        WrongPassword,
        "The hub at {place} asks for a password for {user}. Enter it.",
    ),
    (
        r"(Peer|Ident|GSSAPI|SSPI|certificate) authentication failed for user",
        Forbidden,
        "The hub at {place} does not take you for {user}. Ask whoever runs it how you should sign in.",
    ),
    (
        r"authentication failed for user",
        WrongPassword,
        "The hub at {place} does not know {user} with that password. Enter it again, and look at the name too.",
    ),
    (
        r'role ".*" does not exist|role ".*" is not permitted to log in',
        Forbidden,
        "The hub at {place} knows no {user} who may sign in. Look at the name, or ask whoever runs it.",
    ),
    (
        r"pg_hba\.conf .*, (SSL|GSS) encryption",
        Forbidden,
        "The hub at {place} does not let {user} into {database} from this computer. Ask whoever runs it.",
    ),
    (
        r"pg_hba\.conf .*, no encryption",
        StoreError,
        "The hub at {place} does not let {user} in without encryption. Leave sslmode out of its address.",
    ),
    (
        r"no pg_hba\.conf entry|pg_hba\.conf rejects",
        Forbidden,
        "The hub at {place} does not let {user} into {database} from this computer. Ask whoever runs it.",
    ),
    (
        r"permission denied for database",
        Forbidden,
        "You may not use {database} at the hub at {place} as {user}. Ask whoever runs it for the role that you need.",
    ),
    (
        r'database ".*" does not exist',
        StoreError,
        "The hub at {place} has no database {database}. Look at its name in the address.",
    ),
    (
        r'server certificate for "(?P<other>[^"]*)".* does not match host name "(?P<host>[^"]*)"',
        StoreError,
        (
            "{host} shows the certificate of {other}, so nothing was sent to it: it may be an impostor. Write the hub's name "
            "as its certificate has it, or tell whoever runs it."
        ),
    ),
    (
        r"root certificate file",
        StoreError,
        "The file of the authority, {sslrootcert}, can't be read. Ask IT for it, or leave sslrootcert out of the address.",
    ),
    (
        r"does not support SSL",
        StoreError,
        "The hub at {place} offers no encryption, so nothing was sent to it. Ask whoever runs it to turn TLS on.",
    ),
    (
        r"SSL error",
        StoreError,
        "No encrypted connection to the hub at {place} could be agreed upon. Show this to whoever runs it: {words}",
    ),
    (
        r"session is read-only|server is in hot standby mode",
        Offline,
        f"The hub at {{place}} can only be read at the moment. {KEPT}",
    ),
    (
        r"too many (clients|connections)|remaining connection slots",
        Offline,
        f"The hub at {{place}} has no place left for another connection. {KEPT}",
    ),
    (
        r"the database system is|not (currently|yet) accepting connections|terminating connection",
        Offline,
        f"The hub at {{place}} is starting or stopping. {KEPT}",
    ),
    (
        r"closed the connection|onnection reset|SYSCALL error|could not (send|receive)",
        Offline,
        f"The hub at {{place}} broke the connection off. {KEPT}",
    ),
    (
        r"timeout expired|timed out",
        Offline,
        f"The hub at {{place}} does not answer. {KEPT} If it lasts, look at the address and at the VPN.",
    ),
    (
        r"onnection refused|No such file or directory|nreachable|No route to host",
        Offline,
        f"Nothing takes connections at {{place}}. {KEPT} If it lasts, look at the address, or ask whoever runs the hub.",
    ),
    (
        r"failed to resolve host|could not translate host name",
        Offline,
        f"{{place}} can't be found. {KEPT} If this computer is online, look at the host's name in the address.",
    ),
)

# By code or its first two characters, the longer first.
_DOING: dict[str, tuple[type[StoreError], str]] = {
    "08": (Offline, f"The connection to the hub at {{place}} was lost. {KEPT}"),
    "22": (
        Forbidden,
        "The hub at {place} does not take that: {words} Program and hub may be of different versions.",
    ),
    "23": (Forbidden, "The hub at {place} does not take that: {words} Report this, please."),
    "25006": (Offline, f"The hub at {{place}} can only be read at the moment. {KEPT}"),
    "25": (Offline, f"The hub at {{place}} ended what was begun, as it took too long. {KEPT}"),
    "28": (Forbidden, "The hub at {place} no longer lets {user} in. Ask whoever runs it."),
    "28P01": (WrongPassword, "The hub at {place} does not know {user} with that password. Enter it again."),
    "3D": (StoreError, "The hub at {place} has no database {database}. Look at its name in the address."),
    "3F": (StoreError, "{database} at {place} is no hub, or one of another version: {words} Ask whoever runs it."),
    "40": (Offline, f"The hub at {{place}} was changed by somebody else at the same moment. {KEPT}"),
    "42": (StoreError, "{database} at {place} is no hub, or one of another version: {words} Ask whoever runs it."),
    "42501": (
        Forbidden,
        "You may not do that at the hub at {place}: {words} Ask whoever runs it for the role you need.",
    ),
    "53": (Offline, f"The hub at {{place}} is short of memory or room. {KEPT}"),
    "53100": (Offline, f"The disk of the hub at {{place}} is full. {KEPT} Tell whoever runs it."),
    "53300": (Offline, f"The hub at {{place}} has no place left for another connection. {KEPT}"),
    "55": (Offline, f"The hub at {{place}} is busy with somebody else's changes. {KEPT}"),
    "57": (Offline, f"The hub at {{place}} is starting or stopping. {KEPT}"),
    "57014": (Cancelled, "What was asked of the hub at {place} was called off. Nothing of it was kept there."),
    "58": (StoreError, "The hub at {place} can't read or write its own disk: {words} Tell whoever runs it."),
    "P0": (StoreError, "The hub at {place} refused it: {words} Nothing of it was kept there."),
    "XX": (StoreError, "The hub at {place} is damaged: {words} Tell whoever runs it."),
}
_TOO_LONG = f"The hub at {{place}} took too long over it and stopped. {KEPT}"
_POLICY = (
    "You may not do that at the hub at {place}: its rules leave this programme to others. Ask whoever runs it for the role "
    "you need."
)
_OTHERWISE = "The hub at {place} refused it (code {code}): {words} Nothing of it was kept there. Report this, please."


def of_connecting(address: Address, text: str, password: str) -> StoreError:
    """Why there is no connection. `text` is libpq's; the password is taken out of what is quoted from it."""
    words = _sentence(_last_words(text))
    if password:
        words = words.replace(password, "…")
    for pattern, kind, sentence in _CONNECTING:
        found = re.search(pattern, text)
        if found:
            return kind(sentence.format(**_of(address), words=words, **found.groupdict()))
    return StoreError(f"There is no connection to the hub at {address.place}: {words}")


def of_statement(address: Address, error: psycopg.Error) -> StoreError:
    """Why what was asked of a hub was not done."""
    code = error.sqlstate or ""
    words = _sentence(error.diag.message_primary or _last_words(str(error)))
    if not code and isinstance(error, psycopg.OperationalError):
        code = "08"
    kind, sentence = _DOING.get(code) or _DOING.get(code[:2]) or (StoreError, _OTHERWISE)
    if code == "57014" and "timeout" in words:
        kind, sentence = Offline, _TOO_LONG
    if code == "42501" and "row-level security" in words:
        sentence = _POLICY
    return kind(sentence.format(**_of(address), words=words, code=code or type(error).__name__))


def _of(address: Address) -> dict[str, str]:
    return {
        "place": address.place,
        "user": address.user,
        "database": address.database,
        "sslrootcert": address.sslrootcert,
    }


def _last_words(text: str) -> str:
    """What the server or libpq said last, without where it was said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return re.sub(r"^.* failed: ", "", lines[-1] if lines else "it gave no reason")


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
