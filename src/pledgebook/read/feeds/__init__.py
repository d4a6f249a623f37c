"""Bytes of a feed to the links in it.

Takes what a site answered (RSS, Atom, JSON Feed, a sitemap, a list of URLs), gives a Listing of links with what is
told of each. Fetches nothing and opens no file: what the bytes name is only ever told.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from pledgebook.read.feeds.urls import find_urls, is_url_list

if TYPE_CHECKING:
    from pledgebook.read.feeds.kinds import FEED, KINDS, SITEMAP, URLS, kind_of, read_listing
    from pledgebook.read.feeds.links import read_links
    from pledgebook.read.feeds.listing import Link, Listing

__all__ = [
    "FEED",
    "KINDS",
    "SITEMAP",
    "URLS",
    "Link",
    "Listing",
    "find_urls",
    "is_url_list",
    "kind_of",
    "read_links",
    "read_listing",
]

# Every file is asked whether it is a list of URLs; the parsers of feeds are loaded when a feed is met.
_LATER = {
    "FEED": "kinds",
    "KINDS": "kinds",
    "SITEMAP": "kinds",
    "URLS": "kinds",
    "Link": "listing",
    "Listing": "listing",
    "kind_of": "kinds",
    "read_links": "links",
    "read_listing": "kinds",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
