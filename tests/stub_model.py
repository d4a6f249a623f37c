"""A language model for tests: it answers on loopback, well or badly, as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str], "str | bytes | int"]


@dataclass
class Stub:
    """The questions that came, and how they are answered: with words, raw bytes, or a status.

    `slow` is how many seconds pass between two bytes of an answer.
    """

    answer: Answer
    slow: float = 0.0
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["content-length"])))
        self.bodies.append(body)
        self.keys.append(handler.headers.get("authorization"))
        told = self.answer(body["messages"][-1]["content"])
        status = told if isinstance(told, int) else 200
        content = told if isinstance(told, bytes) else b"{}" if isinstance(told, int) else completion(told)
        handler.send_response(status)
        handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        pieces = [content] if not self.slow else [content[n : n + 1] for n in range(len(content))]
        for piece in pieces:
            time.sleep(self.slow)
            try:
                handler.wfile.write(piece)
                handler.wfile.flush()
            except OSError:
                return


def completion(words: str) -> bytes:
    return json.dumps(
        {
            "choices": [{"message": {"role": "assistant", "content": words}}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 100},
        }
    ).encode()


@contextmanager
def model(answer: Answer, *, slow: float = 0.0) -> Iterator[Stub]:
    stub = Stub(answer, slow)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stub.reply(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def said(**fields: Any) -> dict[str, Any]:
    """A commitment as the schema has it, from what is given."""
    empty: dict[str, Any] = {
        "investors": [], "recipient": None, "destinations": [], "amount": None, "deliverables": [], "purposes": [],
        "stage": None, "announced": None, "term_end": None,
    }  # fmt: skip
    return empty | fields


def sum_of(value: float, currency: str, quote: str) -> dict[str, Any]:
    return {"value": value, "currency": currency, "quote": quote}


def named(name: str, quote: str | None = None) -> dict[str, Any]:
    return {"name": name, "quote": name if quote is None else quote}


def answer_of(*commitments: dict[str, Any]) -> str:
    return json.dumps({"commitments": list(commitments)})
