"""URL to page.

Takes addresses, gives what stands there, or one of the errors in errors.py that says why not. Nothing on any way
(feeds, sitemaps, redirects, robots.txt, pages, messages sent out) connects to an address that is not on the public
internet, unless its network was opened by name. Needs the extra `pledgebook[feeds]`.
"""

try:
    import httpx as _httpx  # noqa: F401 - the extra is there or it is not
    import protego as _protego  # noqa: F401
except ImportError as error:  # pragma: no cover - the tests have every extra
    from pledgebook.domain import UsageError

    raise UsageError(
        "fetching from the web", f"no {error.name} installed", "Run `pip install 'pledgebook[feeds]'`."
    ) from error

from pledgebook.read.web.address import check_url, joined, same_page
from pledgebook.read.web.errors import FetchError, ForbiddenError, PostponedError, RefusedError, UnwelcomeError
from pledgebook.read.web.fetch import ACCEPT, ACCEPT_FEED, DEADLINE, Fetched, Fetcher
from pledgebook.read.web.networks import Networks, read_networks
from pledgebook.read.web.ports import Clock
from pledgebook.read.web.visit import PAUSE, Visitor

__all__ = [
    "ACCEPT",
    "ACCEPT_FEED",
    "DEADLINE",
    "PAUSE",
    "Clock",
    "FetchError",
    "Fetched",
    "Fetcher",
    "ForbiddenError",
    "Networks",
    "PostponedError",
    "RefusedError",
    "UnwelcomeError",
    "Visitor",
    "check_url",
    "joined",
    "read_networks",
    "same_page",
]
