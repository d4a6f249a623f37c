"""Evidence that knows its page."""

from collections.abc import Iterable
from dataclasses import replace

from pledgebook.domain import Claim, Document
from pledgebook.domain.document import PAGE_BREAK


def with_pages(claims: Iterable[Claim], document: Document) -> tuple[Claim, ...]:
    r"""The claims with the page number of each quote, where the document has pages (a PDF).

    >>> from pledgebook.domain import Evidence, Span
    >>> claim = Claim("c", evidence=(Evidence("amount", Span(5, 8), "Two"),))
    >>> with_pages([claim], Document("a.pdf", "One.\fTwo.", "en"))[0].evidence[0].page
    2
    """
    if PAGE_BREAK not in document.text:
        return tuple(claims)
    return tuple(
        replace(claim, evidence=tuple(replace(item, page=document.page_of(item.span)) for item in claim.evidence))
        for claim in claims
    )
