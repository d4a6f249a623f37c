"""Sitemaps, sitemap indexes and the news in them."""

import io
from collections.abc import Iterator

from lxml import etree

from pledgebook.domain import DocumentError
from pledgebook.read.feeds.listing import Link, Listing, plain_title, stamped_day

_MOST = 50_000
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read_sitemap(content: bytes, *, url: str) -> Listing:
    """What a sitemap lists, or with an index the sitemaps that it names; at most 50,000, as the protocol has it.

    Entities are not replaced and nothing outside is loaded. Raises DocumentError where there is no XML at all.

    >>> read_sitemap(b"<urlset><url><loc>https://a.example/1</loc></url></urlset>", url="sitemap.xml").links[0].url
    'https://a.example/1'
    """
    links: list[Link] = []
    listings: list[Link] = []
    try:
        for link, is_listing in _links(content):
            (listings if is_listing else links).append(link)
            if len(links) + len(listings) >= _MOST:
                break
    except etree.XMLSyntaxError as error:
        if not links and not listings:
            raise DocumentError(url, f"no XML ({error.msg})", "Look at it in a browser.") from error
    return Listing(tuple(links), tuple(listings))


def _links(content: bytes) -> Iterator[tuple[Link, bool]]:
    # A parser of its own: no entities, no network, no trees beyond the library's limits; damage is read around.
    events = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    for _, node in events:
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name not in {"url", "sitemap"}:
            continue
        told = {_name(child): (child.text or "").strip() for child in node.iter() if isinstance(child.tag, str)}
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]
        if told.get("loc"):
            link = Link(
                told["loc"],
                title=plain_title(told.get("news:title")),
                published=stamped_day(told.get("news:publication_date")),
                changed=stamped_day(told.get("lastmod")),
                language=told.get("news:language") or None,
            )
            yield link, name == "sitemap"


def _name(node: etree._Element) -> str:
    """The name of an element; that of a picture's or a video's address is not `loc`."""
    # By hand: a damaged name is one that the library would not let us ask for.
    tag = str(node.tag)
    if tag.startswith(_NEWS):
        return "news:" + tag.removeprefix(_NEWS)
    namespace, _, name = tag.rpartition("}")
    is_foreign = "sitemap" in namespace and "0.9" not in namespace
    return tag if is_foreign else name
