"""Connections to checked addresses only, within one deadline."""

import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from threading import Thread
from typing import Any

import httpcore

from pledgebook.read.web.address import HELP
from pledgebook.read.web.errors import ForbiddenError, PostponedError
from pledgebook.read.web.networks import Networks
from pledgebook.read.web.ports import Clock

_PORTS = (80, 443)
_CONNECT_TIMEOUT = 20.0


class Deadline:
    """When all of a fetch has to be over: name, connection, every redirect, every byte."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds
        self._end = clock.monotonic() + seconds

    def left(self, where: str) -> float:
        """The seconds that are left. Raises PostponedError where there are none."""
        left = self._end - self._clock.monotonic()
        if left <= 0:
            seen = f"not read after {self._seconds:g} seconds"
            raise PostponedError(where, seen, "It is tried again; raise --fetch-deadline if it is always so slow.")
        return left

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Time that does not count: waiting for a site's turn is ours, not its."""
        since = self._clock.monotonic()
        yield
        self._end += self._clock.monotonic() - since


class CheckedBackend(httpcore.NetworkBackend):
    """Looks a name up once, refuses every address that is not allowed, and connects to the one that it checked.

    The name is not looked up again for the connection, so that a second answer (DNS rebinding) has no effect, and
    the address at the other end is read back from the socket before a byte is sent.
    """

    def __init__(self, networks: Networks, deadline: Deadline) -> None:
        self._networks, self._deadline = networks, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address of `host` that answers. Raises ForbiddenError where none is allowed."""
        addresses = resolved(host, port, self._deadline.left(host))
        allowed = [address for address in addresses if self._allows(address, port)]
        if not allowed:
            if any(self._networks.allow(ip_address(address)) for address in addresses):
                raise ForbiddenError(host, f"the port {port}", "Only 80 and 443 are asked, outside of opened networks.")
            raise ForbiddenError(host, f"leads to {' and '.join(addresses)}, not on the public internet", HELP)
        error: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in allowed:
            left = min(self._deadline.left(host), timeout or _CONNECT_TIMEOUT)
            try:
                sock = connected(address, port, left, socket_options or ())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
                continue
            peer = str(sock.getpeername()[0])
            if not self._allows(peer, port):
                sock.close()
                raise ForbiddenError(host, f"answers from {peer}, not on the public internet", HELP)
            return CheckedStream(sock, self._deadline, host)
        raise error or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - likewise
    ) -> httpcore.NetworkStream:
        """Never: raises ForbiddenError."""
        raise ForbiddenError(path, "a socket of this machine", "Name a URL.")

    def _allows(self, address: str, port: int) -> bool:
        known = ip_address(address)
        return self._networks.opens(known) or (port in _PORTS and self._networks.allow(known))


class CheckedStream(httpcore.NetworkStream):
    """A connection whose every step takes no longer than what is left of the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline, host: str) -> None:
        self._sock, self._deadline, self._host = sock, deadline, host

    def _within(self, timeout: float | None) -> None:
        left = self._deadline.left(self._host)
        self._sock.settimeout(left if timeout is None else min(left, timeout))

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, at most `max_bytes`; none at the end."""
        self._within(timeout)
        with _told(httpcore.ReadTimeout, httpcore.ReadError):
            return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of `buffer`."""
        while buffer:
            self._within(timeout)
            with _told(httpcore.WriteTimeout, httpcore.WriteError):
                buffer = buffer[self._sock.send(buffer) :]

    def close(self) -> None:
        """Ends the connection."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted; the certificate is for the name, whatever address answers."""
        try:
            self._within(timeout)
            with _told(httpcore.ConnectTimeout, httpcore.ConnectError):
                secured = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except BaseException:
            self.close()
            raise
        return CheckedStream(secured, self._deadline, self._host)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """What httpcore asks of a connection: whether it is encrypted. It is never used twice."""
        if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock
        return self._sock if info == "socket" else None


@contextmanager
def _told(timeout: type[Exception], failure: type[Exception]) -> Iterator[None]:
    """Names what the system says as httpcore does."""
    try:
        yield
    except TimeoutError as error:
        raise timeout(str(error)) from error
    except OSError as error:
        raise failure(str(error)) from error


def connected(address: str, port: int, seconds: float, options: Iterable[Any]) -> socket.socket:
    """A socket connected to an address in figures: nothing is looked up on the way."""
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        for option in (*options, (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)):
            sock.setsockopt(*option)
        with _told(httpcore.ConnectTimeout, httpcore.ConnectError):
            sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock


def resolved(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of `host`, in the order in which they should be tried; its own where it is one.

    Raises PostponedError where it has none, or where nobody says so in time.
    """
    found: list[str] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        except (OSError, UnicodeError) as error:
            failed.append(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    # The C library's look-up takes no time limit: past ours it is left to end by itself.
    asking = Thread(target=ask, daemon=True, name=f"resolve {host}")
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise PostponedError(host, "no answer to its name in time", "It is tried again.")
    if not found:
        reason = failed[0].strerror or str(failed[0]) if failed else "no address"
        raise PostponedError(host, f"a name that leads nowhere ({reason})", "Look whether it is spelled right.")
    return found
