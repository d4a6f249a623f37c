"""Fetching with manners: robots.txt asked first, hosts left in peace between two requests."""

from pledgebook.read.web.address import Target
from pledgebook.read.web.fetch import ACCEPT, Fetched, Fetcher
from pledgebook.read.web.manners import Manners
from pledgebook.read.web.robots import Robots

PAUSE = 2.0


class Visitor:
    """Fetches pages as a guest: with `heeds_robots` only where the site's robots.txt lets us in.

    May be used by several threads.
    """

    def __init__(self, fetcher: Fetcher, *, pause: float = PAUSE, heeds_robots: bool = True) -> None:
        self._fetcher = fetcher
        self._manners = Manners(fetcher.clock, pause=pause)
        self._robots = Robots(fetcher, on_hop=self._wait) if heeds_robots else None

    def visit(
        self, url: str, *, accept: str = ACCEPT, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """The page at `url`, as `Fetcher.fetch` gives it. Raises FetchError, one of them UnwelcomeError."""
        return self._fetcher.fetch(url, accept=accept, etag=etag, last_modified=last_modified, on_hop=self._enter)

    def _wait(self, target: Target) -> None:
        self._manners.wait(target.host)

    def _enter(self, target: Target) -> None:
        asked = None if self._robots is None else self._robots.check(target)
        self._manners.wait(target.host, asked=asked)
