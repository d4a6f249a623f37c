"""What a server is started with."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pledgebook.domain import UsageError
from pledgebook.show.export import Reporter

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Serving:
    """A book, and how it is served.

    `clock` tells the time. `origin` is the address that people type where a proxy stands before the server
    ("https://ledger.example"). `accounts` is the file of the accounts, `state` that of saved views. `owner` is the
    name under which the decisions of this machine's owner are kept, `guests` whether anybody may read without an
    account. `max_bytes` is the largest document that may be posted, `read_seconds` how long reading one may take.
    `networks` are private networks that webhooks may be in, as 10.1.2.0/24. `reporter` is who publishes IATI
    activities.
    """

    db: str
    clock: Callable[[], datetime]
    host: str = "127.0.0.1"
    port: int = 8000
    currency: str = "USD"
    reader: str = "rules"
    origin: str | None = None
    accounts: Path | None = None
    state: Path | None = None
    owner: str = "owner"
    guests: bool = False
    max_bytes: int = 20_000_000
    read_seconds: float = 60.0
    networks: str = ""
    reporter: Reporter = field(default_factory=Reporter)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def is_local(self) -> bool:
        """Whether it is for the owner of this machine alone: bound to loopback, and behind no proxy."""
        return self.is_loopback and self.origin is None

    @property
    def is_secure(self) -> bool:
        """Whether people reach it by https."""
        return self.origin is not None and self.origin.startswith("https://")

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names by which it may be called, without ports; None where any will do.

        A page elsewhere can make its own name point to 127.0.0.1 and then ask us as if it were ours: the name in the
        request gives it away.
        """
        if self.origin is not None:
            return frozenset({host_of(urlsplit(self.origin).netloc)}) | (LOOPBACK_NAMES if self.is_loopback else set())
        return LOOPBACK_NAMES if self.is_loopback else None

    def checked(self, *, has_accounts: bool) -> "Serving":
        """Itself. Raises UsageError where strangers could reach a book that nobody guards."""
        if self.origin is not None and not _is_origin(self.origin):
            raise UsageError("--origin", repr(self.origin), "Write https://name, without a path.")
        if self.is_local or has_accounts:
            return self
        seen = f"a server on {self.host} that others can reach" if not self.is_loopback else "a server behind a proxy"
        raise UsageError(
            "serve",
            f"{seen}, and no account",
            "Make one with `pledgebook accounts add NAME --role admin`, or leave --host and --origin out.",
        )


def is_loopback(host: str) -> bool:
    """Whether an address leads to this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, False, True)
    """
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_of(netloc: str) -> str:
    """The name in a Host header or an origin, in lower case and without the port.

    >>> host_of("Ledger.Example:8000"), host_of("[::1]:8000")
    ('ledger.example', '[::1]')
    """
    name = netloc.casefold()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def _is_origin(words: str) -> bool:
    parts = urlsplit(words)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and parts.path in ("", "/") and "@" not in words
