"""URLs that may be asked for, before anything is asked."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from pledgebook.read.web.errors import ForbiddenError
from pledgebook.read.web.networks import Networks, literal

PORTS = {"http": 80, "https": 443}
_LONGEST = 4096
# Blanks, controls and signs that one reader of URLs skips, another takes for an end: they disagree about the host.
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\\]")
_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*\.?")
# "0x7f.1", "2130706433", "127.0.0.1.": a last label that is a number makes the host an address, in any spelling.
_NUMBER = re.compile(r"(?:.*\.)?(?:0[xX][0-9A-Fa-f]*|[0-9]+)\.?")
_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid|cmpid|ocid)=[^&]*(?:&|$)")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL in parts that passed every check: `host` is a plain name or an address, without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if PORTS[self.scheme] == self.port else f":{self.port}")

    @property
    def url(self) -> str:
        """The URL as it is asked for, without its fragment."""
        return self.origin + self.path


def check_url(url: str, networks: Networks) -> Target:
    """The parts of a URL that may be asked for. Raises ForbiddenError for any other, before any name is looked up.

    Taken are http and https, without a user's name in them, to a host by name or by an address in its usual
    spelling; the ports are 80 and 443, any port in opened networks. Whether a name leads to a public address is seen
    when connecting.

    >>> check_url("https://news.example/a?b=1#c", Networks()).url
    'https://news.example/a?b=1'
    """
    if len(url) > _LONGEST:
        raise ForbiddenError(url[:80] + "...", f"a URL of {len(url):,} characters", "Leave it out.")
    if odd := _ODD.search(url):
        raise ForbiddenError(url, f"a URL with {odd.group()!r} in it", "Write it percent-encoded.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenError(url, f"no URL ({error})", "Write it as https://host/path.") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise ForbiddenError(url, f"the scheme {scheme or 'none'!r}", "Only http and https are fetched.")
    if "@" in parts.netloc:
        raise ForbiddenError(url, "a URL with a user's name in it", "Leave the name and the password out.")
    host = _host(url, parts)
    address = literal(host)
    if address is not None and not networks.allow(address):
        raise ForbiddenError(url, f"{address}, which is not on the public internet", HELP)
    port = PORTS[scheme] if port is None else port
    # A name may lead into an opened network: then any port is fine, and connecting checks again.
    if port not in PORTS.values() and not (networks.opened and (address is None or networks.opens(address))):
        raise ForbiddenError(url, f"the port {port}", "Only 80 and 443 are asked, outside of opened networks.")
    path = urlunsplit(("", "", _quoted(parts.path) or "/", _quoted(parts.query), ""))
    return Target(scheme, host, port, path)


HELP = "Open its network with --allow-networks if you mean it."


def _host(url: str, parts: SplitResult) -> str:
    name = parts.netloc.rpartition("@")[2]
    if name.startswith("["):
        inside = name[1:].partition("]")[0]
        address = literal(inside)
        if address is None or "%" in inside:
            raise ForbiddenError(url, f"the host {name!r}", "Write an IPv6 address without a zone.")
        return str(address)
    host = name.partition(":")[0]
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise ForbiddenError(url, f"the host {host!r}", "Write the name as it is registered.") from error
    if _NUMBER.fullmatch(host) and str(literal(host)) != host:
        raise ForbiddenError(url, f"the host {host!r}, an address in an odd spelling", "Write it as four numbers.")
    if not _NAME.fullmatch(host) or len(host) > 253:
        raise ForbiddenError(url, f"the host {host!r}", "Write https://host/path.")
    return host.lower().removesuffix(".")


def _quoted(path: str) -> str:
    """`path` with what a URL can't have percent-encoded as UTF-8; what is encoded already stays."""
    return quote(path, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def joined(base: str, link: str) -> str:
    """The URL that `link` names on the page `base`, as it was written where it can't be joined.

    >>> joined("https://news.example/feed/", " ../a b#top ")
    'https://news.example/a%20b'
    """
    link = re.sub(r"[\t\r\n]", "", link.strip()).replace(" ", "%20")
    try:
        return urljoin(base, link).partition("#")[0]
    except ValueError:
        return link


def same_page(url: str) -> str:
    """`url` without its fragment and the marks of campaigns: what tells whether a page has been met before.

    >>> same_page("https://News.example/a?utm_source=x&id=3#c")
    'https://news.example/a?id=3'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = _TRACKING.sub("", parts.query).rstrip("&")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))
