"""A document together with what a reader found in it."""

from dataclasses import dataclass, field

from pledgebook.domain.claim import Claim
from pledgebook.domain.document import Capture, Document
from pledgebook.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What one reader made of one document.

    `reader` and `version` name who found the claims: the same pair finds the same claims in the same document,
    always. `sources` are all places where the book has met the document, in order of their names; empty before it is
    kept. `captures` tell how its pages were fetched, the oldest first; empty where none was.
    `page` names the page as it came together with who read it, empty where that is not known: whoever has read that
    page need not read it again.
    """

    document: Document
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...] = ()
    reader: str = "rules"
    version: str = "0"
    sources: tuple[str, ...] = ()
    captures: tuple[Capture, ...] = ()
    page: str = field(default="", compare=False)
