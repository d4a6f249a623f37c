"""The links of a web page, for sites that have no feed."""

from lxml import etree

from pledgebook.domain import DocumentError
from pledgebook.read.feeds.listing import Link, Listing, plain_title

_MOST = 5_000


def read_links(content: bytes, *, url: str) -> Listing:
    """What an HTML page links to, in its order, once each. Raises DocumentError where there is no HTML.

    >>> read_links(b'<html><a href="/news/1">A new campus</a></html>', url="https://a.example/").links[0].url
    '/news/1'
    """
    try:
        root = etree.fromstring(content, etree.HTMLParser(no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(url, f"no HTML ({error})", "Look at it in a browser.") from error
    if root is None:
        raise DocumentError(url, "no HTML", "Look at it in a browser.")
    found: dict[str, Link] = {}
    for node in root.iter("a"):
        target = (node.get("href") or "").strip()
        if target and not target.startswith(("#", "javascript:", "mailto:", "tel:")) and len(found) < _MOST:
            found.setdefault(target, Link(target, title=plain_title(" ".join(map(str, node.itertext())))))
    return Listing(tuple(found.values()))
