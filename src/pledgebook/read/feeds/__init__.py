"""Bytes of a feed to the links in it.

Takes what a site answered (RSS, Atom, JSON Feed, a sitemap, a list of URLs), gives a Listing of links with what is
told of each. Fetches nothing and opens no file: what the bytes name is only ever told.
"""

from pledgebook.read.feeds.kinds import FEED, KINDS, SITEMAP, URLS, kind_of, read_listing
from pledgebook.read.feeds.links import read_links
from pledgebook.read.feeds.listing import Link, Listing
from pledgebook.read.feeds.urls import find_urls, is_url_list

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
