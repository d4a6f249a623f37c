"""What a feed lists."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html import unescape

_TAG = re.compile(r"<[^<>]{0,500}>")
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a feed names, and what it tells of it: None where it tells nothing.

    `published` is when it came out, `changed` when it was last touched, which need not have been news.
    `content` is the text of the page itself, as HTML or with `is_plain` as text, where the feed carries it.
    """

    url: str
    title: str | None = None
    published: date | None = None
    changed: date | None = None
    language: str | None = None
    content: str | None = None
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """All links of a feed in its order, and with `listings` the further sitemaps that a sitemap names."""

    links: tuple[Link, ...]
    listings: tuple[Link, ...] = ()
    title: str | None = None


def plain_title(words: object) -> str | None:
    """A title without markup, on one line; None where there is none.

    >>> plain_title(" Acme &amp; <b>Co</b> ")
    'Acme & Co'
    """
    if not isinstance(words, str):
        return None
    return " ".join(unescape(_TAG.sub("", words)).split())[:_LONGEST_TITLE] or None


def stamped_day(words: object) -> date | None:
    """The day of a stamp in RFC 822 or ISO 8601, on the clock of whoever wrote it.

    >>> stamped_day("Mon, 13 May 2024 23:30:00 -0500"), stamped_day("2024-05-13T23:30:00-05:00")
    (datetime.date(2024, 5, 13), datetime.date(2024, 5, 13))
    """
    if not isinstance(words, str) or not words.strip():
        return None
    words = words.strip()
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError):
        pass
    try:
        return datetime.strptime(words[:11].strip(), "%d %b %Y").date()  # noqa: DTZ007 - only the day is taken
    except ValueError:
        return None
