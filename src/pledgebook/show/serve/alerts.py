"""Telling webhooks what is new, while the server runs."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pledgebook.domain import UsageError
from pledgebook.show.desk.news import News

if TYPE_CHECKING:
    from pledgebook.read.web import Fetcher

LOOK_SECONDS = 15.0
_DEADLINE = 20.0
_log = logging.getLogger("pledgebook.serve")


@dataclass(frozen=True, slots=True)
class _Time:
    clock: Callable[[], datetime]

    def now(self) -> datetime:
        """The time of day."""
        return self.clock()

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Comes back after `seconds`."""
        time.sleep(seconds)


class Hooks:
    """Sends to addresses on the public internet only, and to networks that were opened by name."""

    def __init__(self, *, clock: Callable[[], datetime], networks: str = "") -> None:
        self._clock, self._networks = clock, networks

    @cached_property
    def _fetcher(self) -> "Fetcher":
        from pledgebook.read.web import Fetcher, read_networks  # noqa: PLC0415 - belongs to the extra [feeds]

        return Fetcher(clock=_Time(self._clock), networks=read_networks(self._networks), deadline=_DEADLINE)

    def check(self, url: str) -> None:
        """Raises UsageError for an address that is never sent anything."""
        from pledgebook.read.web import FetchError, check_url  # noqa: PLC0415 - belongs to the extra [feeds]

        try:
            check_url(url, self._fetcher.networks)
        except FetchError as error:
            raise UsageError("hook", error.seen, error.help) from error

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The status that the address answers. Raises one of read.web's errors."""
        return self._fetcher.post(url, body, headers=headers)


async def watch(news: News, *, seconds: float = LOOK_SECONDS) -> None:
    """Looks again and again until it is cancelled; what goes wrong is logged and tried again."""
    while True:
        try:
            await asyncio.to_thread(news.look)
        except Exception:  # noqa: BLE001 - alerts must not end with the first fault of a book or a disk
            _log.exception("looking for news failed")
        await asyncio.sleep(seconds)
