"""One request over a checked connection, for httpx."""

import ssl
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from pledgebook.read.web.address import check_url
from pledgebook.read.web.connect import CheckedBackend, Deadline
from pledgebook.read.web.errors import PostponedError
from pledgebook.read.web.networks import Networks

_TIMEOUT = 20.0


class CheckedTransport(httpx.BaseTransport):
    """Sends requests to where fetching may reach and nowhere else; every hop of a redirect is checked like the first.

    A connection serves one request and is closed behind it: nothing that was checked a while ago is used again.
    """

    def __init__(self, networks: Networks, deadline: Deadline, context: ssl.SSLContext) -> None:
        self._networks, self._deadline = networks, deadline
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_keepalive_connections=0,
            network_backend=CheckedBackend(networks, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not read yet. Raises ForbiddenError, or PostponedError where the network fails."""
        url = str(request.url)
        check_url(url, self._networks)
        body = request.stream
        if not isinstance(body, httpx.SyncByteStream):
            raise TypeError("a request of an asynchronous client")
        with told_failures(url, self._deadline):
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=body,
                    extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), _TIMEOUT)},
                )
            )
        stream = response.stream
        if not isinstance(stream, Iterable):
            raise TypeError("a response of an asynchronous pool")
        return httpx.Response(response.status, headers=response.headers, stream=_Body(stream, url, self._deadline))

    def close(self) -> None:
        """Ends what is still connected."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of a response, piece by piece."""

    def __init__(self, stream: Iterable[bytes], url: str, deadline: Deadline) -> None:
        self._stream, self._url, self._deadline = stream, url, deadline

    def __iter__(self) -> Iterator[bytes]:
        with told_failures(self._url, self._deadline):
            yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class told_failures:  # noqa: N801 - reads as a statement
    """Turns what httpcore raises into PostponedError."""

    def __init__(self, url: str, deadline: Deadline) -> None:
        self._url, self._deadline = url, deadline

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpcore.TimeoutException):
            self._deadline.left(self._url)  # raises where all of the time is over, not only this step's
            raise PostponedError(self._url, f"silent for {_TIMEOUT:g} seconds", "It is tried again.") from error
        if isinstance(error, httpcore.NetworkError | httpcore.ProtocolError | ssl.SSLError | OSError):
            seen = f"the connection failed ({str(error) or type(error).__name__})"
            raise PostponedError(self._url, seen, "It is tried again.") from error
