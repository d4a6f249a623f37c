"""What sites ask of robots."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from pledgebook.read.web.address import Target
from pledgebook.read.web.errors import PostponedError, RefusedError, UnwelcomeError
from pledgebook.read.web.fetch import Fetcher, no_hop

_LONGEST = 512_000
_REMEMBERED = 86_400.0
_REMEMBERED_FAILURE = 600.0
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin asks: None for `parsed` where everything, or with `closed` nothing, is welcome."""

    until: float
    parsed: Protego | None = None
    closed: str | None = None


class Robots:
    """Reads each origin's robots.txt once a day, as RFC 9309 has it.

    None there (4xx) welcomes everybody. A server in trouble (5xx, no answer) closes the site until it can say.
    """

    def __init__(self, fetcher: Fetcher, *, on_hop: Callable[[Target], None] = no_hop) -> None:
        self._fetcher, self._on_hop = fetcher, on_hop
        self._known: dict[str, Rules] = {}
        self._lock = Lock()

    def check(self, target: Target) -> float | None:
        """The seconds that the site asks to leave between two visits. Raises UnwelcomeError or PostponedError."""
        rules = self._rules(target.origin)
        if rules.closed is not None:
            raise PostponedError(target.url, f"its robots.txt can't be read ({rules.closed})", "It is tried again.")
        if rules.parsed is None:
            return None
        agent = self._fetcher.user_agent
        if not rules.parsed.can_fetch(target.url, agent):
            raise UnwelcomeError(target.url, "its robots.txt asks us to stay away", "Ask the site, or leave it out.")
        delay = rules.parsed.crawl_delay(agent)
        return None if delay is None else min(float(delay), _LONGEST_DELAY)

    def _rules(self, origin: str) -> Rules:
        now = self._fetcher.clock.monotonic()
        with self._lock:
            known = self._known.get(origin)
        if known is None or known.until <= now:
            known = self._read(origin, now)
            with self._lock:
                self._known[origin] = known
        return known

    def _read(self, origin: str, now: float) -> Rules:
        try:
            fetched = self._fetcher.fetch(origin + "/robots.txt", accept="text/plain, */*;q=0.5", on_hop=self._on_hop)
        except RefusedError as error:
            if error.status == 0:
                return Rules(now + _REMEMBERED_FAILURE, closed=error.seen)
            return Rules(now + _REMEMBERED)
        except PostponedError as error:
            return Rules(now + _REMEMBERED_FAILURE, closed=error.seen)
        content = (fetched.content or b"")[:_LONGEST]
        return Rules(now + _REMEMBERED, parsed=Protego.parse(content.decode("utf-8-sig", "replace")))
