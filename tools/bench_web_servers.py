"""The servers that tools/bench_web.py measures, each in a process of its own, and what they use of the machine."""

import json
import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pledgebook.show.serve import Serving, create_app


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: where it listens, and the number of its process."""

    port: int
    pid: int


@contextmanager
def running(serve: Callable[..., None], *args: object) -> Iterator[Server]:
    """A server in a process of its own, for as long as the `with` lasts."""
    listening = listen()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(*args, listening), daemon=True)
    process.start()
    try:
        yield Server(listening.getsockname()[1], int(process.pid or 0))
    finally:
        process.terminate()
        process.join(10)


def serve_book(path: str, listening: socket.socket) -> None:
    """Serves a book until somebody ends the process."""
    app = create_app(Serving(path, clock=lambda: datetime.now(UTC)))  # noqa: TID251 - a script may read the clock
    _serve(app, listening)


def serve_bare(content: bytes, listening: socket.socket) -> None:
    """Serves the same rows by two bare Starlette routes."""
    said = json.loads(content)

    async def rendered(_: Request) -> Response:
        return JSONResponse(said)

    async def ready(_: Request) -> Response:
        return Response(content, media_type="application/json")

    _serve(Starlette(routes=[Route("/json", rendered), Route("/bytes", ready)]), listening)


def _serve(app: object, listening: socket.socket) -> None:
    config = uvicorn.Config(app, log_level="error", access_log=False, http="httptools", ws="none", lifespan="on")  # type: ignore[arg-type]
    uvicorn.Server(config).run(sockets=[listening])


def listen() -> socket.socket:
    """A free port on this machine, as `pledgebook serve` opens it."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    return listening


def spent(server: int | None) -> float:
    """How many seconds of processor time a process has used."""
    return sum(map(int, Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()[11:13])) / os.sysconf(
        "SC_CLK_TCK"
    )


def memory(server: int) -> int:
    """How many megabytes of memory a process holds."""
    return int(Path(f"/proc/{server}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20


def idle(server: int) -> float:
    """How much processor time a process has used until it rests."""
    before = -1.0
    while (now := spent(server)) - before > 0.05:
        before = now
        time.sleep(1)
    return now
