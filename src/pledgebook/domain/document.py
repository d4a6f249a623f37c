"""Pages as they came, and the documents that are kept of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from pledgebook.domain.identity import content_id
from pledgebook.domain.interval import Interval
from pledgebook.domain.span import Span

PAGE_BREAK = "\f"


class PublishedBasis(StrEnum):
    """How the day of publication is known."""

    METADATA = "metadata"
    BYLINE = "byline"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Capture:
    """How a page was got from the web: proof of what stood there, and when.

    `url` is the address that answered, after all redirects; `sha256` and `size` are those of the body as it was read
    (unpacked); `headers` are those that tell of the page, their names in lower case, in order of their names.
    """

    url: str
    at: datetime
    status: int
    sha256: str
    size: int
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes from outside, with where they came from and what came with them.

    `source` is a path, a URL or a record's name. `media_type` is "text/plain" or "text/html" ("application/pdf" until
    its text is taken out), `charset` is what the
    sender said, `language` and `published` are what came with the bytes (a JSONL line's fields), None where nothing
    did. `name` is the id that the sender gives the document, None where it gives none. `capture` tells how it was
    fetched, None where it was not.
    """

    source: str
    content: bytes
    media_type: str = "text/plain"
    charset: str | None = None
    language: str | None = None
    title: str | None = None
    published: date | None = None
    name: str | None = None
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document: where it stands and which paragraph (counted from 0) it belongs to."""

    span: Span
    paragraph: int
    is_heading: bool = False


@dataclass(frozen=True)
class Document:
    """The kept text of one page: what all offsets point into. A form feed parts the pages of one that has pages.

    `noise` are the spans of `text` that belong to the page and not to the article (menus, banners, teasers); nothing
    is found in them. `sentences` cover the rest, in order. `day` is unset where the day is not known to the day.
    """

    source: str
    text: str
    language: str
    title: str | None = None
    published: Interval | None = None
    published_basis: PublishedBasis = PublishedBasis.UNKNOWN
    sentences: tuple[Sentence, ...] = ()
    noise: tuple[Span, ...] = ()
    name: str | None = None

    @cached_property
    def id(self) -> str:
        """The name that the sender gave, else one that follows from source and text."""
        return self.name if self.name is not None else content_id("doc", self.source, self.text)

    @property
    def day(self) -> date | None:
        """The day of publication where it is known to the day."""
        return self.published.earliest if self.published is not None and self.published.is_day else None

    def page_of(self, span: Span) -> int | None:
        r"""The number of the page on which `span` begins, counted from 1; None where the document has no pages.

        >>> Document("a.pdf", "One.\fTwo.", "en").page_of(Span(5, 8))
        2
        """
        return self.text.count(PAGE_BREAK, 0, span.start) + 1 if PAGE_BREAK in self.text else None
