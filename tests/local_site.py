"""A small site on loopback for tests: pages by path, and a record of what was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pledgebook.read.web import Fetcher, Visitor, read_networks


@dataclass(frozen=True)
class Answer:
    """What the site says: a body given whole, or `pieces` with a pause before each."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()
    pause: float = 0.0


Page = Answer | Callable[["Asked"], Answer]


@dataclass(frozen=True)
class Asked:
    """A request: its path and headers (names in lower case), and when it came."""

    path: str
    headers: dict[str, str]
    at: float


class Site:
    """Pages by path; what is not there is a 404. `asked` are all requests in their order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        self.url = ""

    def put(self, path: str, body: str | bytes, type_: str = "text/html; charset=utf-8", **headers: str) -> None:
        """A page with its type; headers with `_` for `-`."""
        data = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(data, headers={"Content-Type": type_, **told})

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [one.path for one in self.asked]


@contextmanager
def served(site: Site, *, host: str = "127.0.0.1") -> Iterator[Site]:
    """The site on a free port of loopback, for as long as it takes."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
            site.asked.append(asked)
            page = site.pages.get(self.path, Answer(b"nothing here", 404))
            answer = page if isinstance(page, Answer) else page(asked)
            with suppress(OSError):  # whoever asked may have had enough
                self._answer(answer)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.do_GET()

        def _answer(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not answer.pieces:
                self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body)
            for piece in answer.pieces:
                time.sleep(answer.pause)
                self.wfile.write(piece)
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://{host}:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class RealClock:
    """The time of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - tests of fetching run against a real server

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def fetcher(*, deadline: float = 5.0, max_bytes: int = 1_000_000, networks: str = "127.0.0.1") -> Fetcher:
    """A fetcher that may reach the site."""
    return Fetcher(clock=RealClock(), networks=read_networks(networks), max_bytes=max_bytes, deadline=deadline)


def visitor(*, pause: float = 0.0, heeds_robots: bool = True, networks: str = "127.0.0.1") -> Visitor:
    """A visitor that may reach the site."""
    return Visitor(fetcher(networks=networks), pause=pause, heeds_robots=heeds_robots)
