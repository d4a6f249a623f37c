"""One page through the rooms."""

import hashlib
from dataclasses import dataclass, replace

from pledgebook.clean import clean
from pledgebook.domain import DocumentError, Finding, Page, ReadDocument, Severity, UsageError
from pledgebook.extract.mentions import find_dates
from pledgebook.flow.paged import with_pages
from pledgebook.flow.readers import Reader
from pledgebook.read import Told

TOLD = "told"
_LONGEST_ID = 1000
_WARM_UP = Page(
    "warm-up",
    b"MADRID, May 13, 2024 - A company will invest 2 billion dollars in data centres in Spain.",
    language="en",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A page that was read before, by the same version of the same reader."""

    source: str


def page_key(page: Page, reader: Reader) -> str:
    """The name of a page as it came, together with who reads it: the same name, the same outcome."""
    digest = hashlib.sha256(page.content)
    said = (
        reader.name, reader.version, page.source, page.media_type, page.charset, page.language, page.title, page.name,
        page.published,
    )  # fmt: skip
    for part in said:
        digest.update(f"\0{part!r}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_page(page: Page, reader: Reader) -> ReadDocument | Finding:
    """What clean and the reader make of one page. A page that breaks them is a Finding: the others go on.

    >>> class Broken:
    ...     name, version = "broken", "1"
    ...     def read(self, document): raise ZeroDivisionError("oh")
    >>> read_page(Page("a.txt", b"Words enough to be a text."), Broken()).name
    'failed-document'
    """
    key = page_key(page, reader)
    try:
        opened = _opened_pdf(page) if page.media_type == "application/pdf" else (page, ())
        if isinstance(opened, Finding):
            return opened
        page, seen_outside = opened
        document, odd = clean(page, find_dates=find_dates)
        found = reader.read(document)
    except (UsageError, MemoryError):
        raise  # an extra that is not installed, or memory that is gone, is nothing that is wrong with the page
    except DocumentError as error:
        return Finding("unreadable-document", page.source, str(error), severity=Severity.WARNING)
    except Exception as error:  # noqa: BLE001 - one page must not stop a corpus, whatever is wrong with it or with us
        seen = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"{page.source}: the reader failed ({seen}). Please report it, with the document."
        return Finding("failed-document", page.source, message, severity=Severity.WARNING)
    return ReadDocument(
        document,
        with_pages(found.claims, document),
        (*(replace(item, document=document.id) for item in seen_outside), *odd, *found.findings),
        reader=reader.name,
        version=reader.version,
        captures=() if page.capture is None else (page.capture,),
        page=key,
    )


def _opened_pdf(page: Page) -> tuple[Page, tuple[Finding, ...]] | Finding:
    from pledgebook.read import read_pdf  # noqa: PLC0415 - few pages are PDF

    return read_pdf(page)


def warm_up(reader: Reader) -> None:
    """Has the words and models loaded that are loaded when they are first needed: not on the time of the first page."""
    read_page(_WARM_UP, reader)


def passed(item: Told | Finding) -> ReadDocument | Finding:
    """What needs no reading: claims that came with their document, and a Finding."""
    if isinstance(item, Told):
        if len(item.document.id) > _LONGEST_ID:
            message = f"{item.document.source}: an id of {len(item.document.id):,} characters. Give a shorter one."
            return Finding("unreadable-document", item.document.source, message, severity=Severity.WARNING)
        return ReadDocument(item.document, item.claims, reader=TOLD, version="1")
    return item
