"""One question to an endpoint that speaks OpenAI's protocol."""

import ipaddress
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from pledgebook.domain import PledgebookError, UsageError

_TRIES = 3
_PAUSE = 1.0
_MOST_BYTES = 4_000_000
_BUSY = (408, 409, 425, 429, 500, 502, 503, 504)
Json = dict[str, Any]


class EndpointError(PledgebookError):
    """The model did not answer: the document waits for another time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the words, and how many tokens were read and written for them."""

    words: str
    read: int
    written: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers: the address up to `/chat/completions`, its name, and the key that opens it.

    The key goes nowhere else, is never shown, and never leaves over an unencrypted line, unless to this machine.
    `deadline` is how many seconds one answer may take as a whole.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    deadline: float = 120.0
    pause: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("--llm-url", repr(self.url), "Give an address such as https://host/v1.")
        if parts.scheme == "http" and not _is_here(parts.hostname):
            raise UsageError("--llm-url", f"{self.url}, an unencrypted line", "Use https, or a model on this machine.")
        if not self.model:
            raise UsageError("--llm-model", "no name", "Name the model that answers there.")

    def ask(self, body: Json) -> Reply:
        """The answer to a question; asked again a few times where the endpoint is busy or breaks off.

        Raises EndpointError where there is none.
        """
        import httpx  # noqa: PLC0415 - comes with an extra

        seen = ""
        for attempt in range(_TRIES):
            if attempt:
                self.pause(_PAUSE * 2 ** (attempt - 1))
            try:
                status, content = self._post(body)
            except httpx.HTTPError as error:
                seen = f"{type(error).__name__}: {error}".rstrip(": ")
                continue
            if status == httpx.codes.OK:
                try:
                    return _reply(content)
                except (ValueError, KeyError, IndexError, TypeError):
                    seen = "an answer that is no chat completion"
                    continue
            seen = f"status {status}"
            if status not in _BUSY:
                break
        raise EndpointError(f"{self.model} at {self._place}", seen, "Look at --llm-url and --llm-model, or try later.")

    def _post(self, body: Json) -> tuple[int, bytes]:
        import httpx  # noqa: PLC0415 - see above

        headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
        until, content = time.monotonic() + self.deadline, bytearray()
        # Neither proxies nor redirects: the text and the key go where the user said, and nowhere else.
        with (
            httpx.Client(
                timeout=self.deadline, trust_env=False, follow_redirects=False, verify=_trust(self.url)
            ) as client,
            client.stream("POST", f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers) as response,
        ):
            for piece in response.iter_bytes():
                content += piece
                if time.monotonic() > until:
                    raise httpx.ReadTimeout(f"more than {self.deadline:g} seconds for one answer")
                if len(content) > _MOST_BYTES:
                    raise httpx.ReadError(f"more than {_MOST_BYTES:,} bytes")
            return response.status_code, bytes(content)

    @property
    def _place(self) -> str:
        return urlsplit(self.url).netloc.rpartition("@")[2]


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()  # reading them takes longer than asking a model on this machine


def _trust(url: str) -> ssl.SSLContext | bool:
    """Whose certificates are trusted; on an unencrypted line, which only leads to this machine, nobody shows one."""
    return _certificates() if url.startswith("https:") else False


def _reply(content: bytes) -> Reply:
    found = json.loads(content)
    words = found["choices"][0]["message"]["content"]
    if not isinstance(words, str):
        raise TypeError("no words")
    usage = found.get("usage")
    return Reply(words, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(usage: object, name: str) -> int:
    value = usage.get(name) if isinstance(usage, Mapping) else None
    return value if isinstance(value, int) and value > 0 else 0


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
