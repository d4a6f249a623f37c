"""JSON Feed, versions 1 and 1.1."""

from collections.abc import Iterator, Mapping
from typing import Any

from pledgebook.domain import DocumentError, WireError
from pledgebook.read.feeds.listing import Link, Listing, plain_title, stamped_day
from pledgebook.wire import loads


def read_json_feed(content: bytes, *, url: str) -> Listing:
    """What a JSON Feed lists. Raises DocumentError where it is none.

    >>> feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://a.example/1"}]}'
    >>> read_json_feed(feed, url="feed.json").links[0].url
    'https://a.example/1'
    """
    try:
        feed = loads(content.decode("utf-8-sig", "replace"), where=url)
    except WireError as error:
        raise DocumentError(url, error.seen, "Look at it in a browser.") from error
    if not isinstance(feed, Mapping) or not isinstance(feed.get("items"), list):
        raise DocumentError(url, "JSON, but no JSON Feed", "It needs a list of `items`.")
    return Listing(tuple(_links(feed)), title=plain_title(feed.get("title")))


def _links(feed: Mapping[str, Any]) -> Iterator[Link]:
    for item in feed["items"]:
        if not isinstance(item, Mapping):
            continue
        url = next((word for word in _addresses(item) if isinstance(word, str) and word.strip()), None)
        if url is None:
            continue
        markup, text = item.get("content_html"), item.get("content_text")
        language = item.get("language") or feed.get("language")
        yield Link(
            url=url,
            title=plain_title(item.get("title")),
            published=stamped_day(item.get("date_published")),
            changed=stamped_day(item.get("date_modified")),
            language=language if isinstance(language, str) else None,
            content=markup if isinstance(markup, str) else text if isinstance(text, str) else None,
            is_plain=not isinstance(markup, str),
        )


def _addresses(item: Mapping[str, Any]) -> Iterator[object]:
    """Where an item's page may stand, the likeliest first; an id is often its address."""
    yield item.get("url")
    yield item.get("external_url")
    identity = item.get("id")
    if isinstance(identity, str) and identity.startswith(("https://", "http://")):
        yield identity
    attachments = item.get("attachments")
    if isinstance(attachments, list):
        yield from (one.get("url") for one in attachments if isinstance(one, Mapping))
