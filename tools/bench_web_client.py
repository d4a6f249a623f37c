"""Who asks the servers of tools/bench_web.py, and how long the answers take."""

import asyncio
import os
import time
import urllib.request

from bench_web_servers import Server, spent

CONNECTIONS = 16
WARMING = 50


async def ask(port: int, paths: list[str], seconds: float, connections: int = CONNECTIONS) -> list[float]:
    """How long each answer took, in seconds, over connections that are kept open."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    following = iter(range(10**9))

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            path = paths[next(following) % len(paths)]
            started = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            times.append(time.perf_counter() - started)
            if status != 200:
                raise SystemExit(f"{path}: {status}")
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return times


def measured(
    name: str, server: Server, paths: list[str], seconds: float, connections: int = CONNECTIONS
) -> dict[str, float]:
    """Rate and percentiles of one way to answer, what an answer costs the server and the asker, and the load beside."""
    asyncio.run(ask(server.port, paths[:WARMING], min(1.0, seconds), connections))
    # What warmed the server up is not asked again, where there is more to ask.
    rest, before = paths[WARMING:] or paths, (spent(server.pid), time.process_time())
    times = sorted(asyncio.run(ask(server.port, rest, seconds, connections)))
    cost, own = (spent(server.pid) - before[0]) / len(times), (time.process_time() - before[1]) / len(times)
    found = {
        "per_second": len(times) / seconds,
        "p50_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[int(len(times) * 0.95)] * 1000,
    }
    print(
        f"{name:<46} {found['per_second']:>6.0f}/s  p50 {found['p50_ms']:6.2f} ms  p95 {found['p95_ms']:6.2f} ms"
        f"  (core: server {cost * 1000:.2f} ms, asker {own * 1000:.2f} ms; load {os.getloadavg()[0]:.1f})"
    )
    return found


def fetch(url: str) -> bytes:
    """What stands there, once the server has started."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=600) as answer:  # noqa: S310 - our own server
                return bytes(answer.read())
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.1)
    raise SystemExit(f"{url}: no answer")
