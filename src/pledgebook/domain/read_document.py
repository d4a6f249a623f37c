"""A document together with what a reader found in it."""

from dataclasses import dataclass

from pledgebook.domain.claim import Claim
from pledgebook.domain.document import Capture, Document
from pledgebook.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What one reader made of one document.

    `reader` and `version` name who found the claims: the same pair finds the same claims in the same document,
    always. `sources` are all places where the book has met the document, in order of their names; empty before it is
    kept. `captures` tell how its pages were fetched, the oldest first; empty where none was.
    """

    document: Document
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...] = ()
    reader: str = "rules"
    version: str = "0"
    sources: tuple[str, ...] = ()
    captures: tuple[Capture, ...] = ()
