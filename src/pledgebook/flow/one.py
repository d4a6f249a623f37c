"""One page through the rooms."""

from dataclasses import replace

from pledgebook.clean import clean
from pledgebook.domain import DocumentError, Finding, Page, ReadDocument, Severity, UsageError
from pledgebook.extract.mentions import find_dates
from pledgebook.flow.readers import Reader
from pledgebook.read import Told, read_pdf

TOLD = "told"


def read_page(page: Page, reader: Reader) -> ReadDocument | Finding:
    """What clean and the reader make of one page. A page that breaks them is a Finding: the others go on.

    >>> class Broken:
    ...     name, version = "broken", "1"
    ...     def read(self, document): raise ZeroDivisionError("oh")
    >>> read_page(Page("a.txt", b"Words enough to be a text."), Broken()).name
    'failed-document'
    """
    try:
        opened = read_pdf(page) if page.media_type == "application/pdf" else (page, ())
        if isinstance(opened, Finding):
            return opened
        page, seen_outside = opened
        document, odd = clean(page, find_dates=find_dates)
        found = reader.read(document)
    except UsageError:
        raise  # an extra that is not installed is nothing that is wrong with the page
    except DocumentError as error:
        return Finding("unreadable-document", page.source, str(error), severity=Severity.WARNING)
    except Exception as error:  # noqa: BLE001 - one page must not stop a corpus, whatever is wrong with it or with us
        seen = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"{page.source}: the reader failed ({seen}). Please report it, with the document."
        return Finding("failed-document", page.source, message, severity=Severity.WARNING)
    return ReadDocument(
        document,
        tuple(found.claims),
        (*(replace(item, document=document.id) for item in seen_outside), *odd, *found.findings),
        reader=reader.name,
        version=reader.version,
        captures=() if page.capture is None else (page.capture,),
    )


def passed(item: Told | Finding) -> ReadDocument | Finding:
    """What needs no reading: claims that came with their document, and a Finding."""
    if isinstance(item, Told):
        return ReadDocument(item.document, item.claims, reader=TOLD, version="1")
    return item
