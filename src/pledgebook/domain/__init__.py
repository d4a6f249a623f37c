"""What things are.

Takes and gives nothing: this room holds the nouns that all other rooms pass to each other. A Page is bytes with
where and when; a Document is the kept text that offsets point into; a Mention is a span and what it reads as; a
Claim is what one document asserts; a Pledge is the commitment that claims share; an Entry is one line about a
pledge in the book; a Finding is something odd, with its place. Nothing here reads, writes or decides.
"""

from pledgebook.domain.claim import (
    Claim,
    Deliverable,
    Evidence,
    Kind,
    Party,
    PartyKind,
    Purpose,
    Relation,
    RelationType,
    Role,
    Stage,
    Term,
)
from pledgebook.domain.document import PAGE_BREAK, Capture, Document, Page, PublishedBasis, Sentence
from pledgebook.domain.entry import Decision, DecisionKind, Entry, Mark, Snapshot, Tally
from pledgebook.domain.errors import (
    BookError,
    DocumentError,
    LexiconError,
    PledgebookError,
    SettingError,
    UsageError,
    WireError,
)
from pledgebook.domain.finding import Finding, Severity
from pledgebook.domain.identity import TWIN, content_id
from pledgebook.domain.interval import Interval
from pledgebook.domain.mention import Mention, MentionKind, Reading
from pledgebook.domain.money import Amount, Basis, Converted, Money, Qualifier, Rate
from pledgebook.domain.pledge import Conflict, Pledge, Step, Telling, rate_day
from pledgebook.domain.read_document import ReadDocument
from pledgebook.domain.span import Span

__all__ = [
    "PAGE_BREAK",
    "TWIN",
    "Amount",
    "Basis",
    "BookError",
    "Capture",
    "Claim",
    "Conflict",
    "Converted",
    "Decision",
    "DecisionKind",
    "Deliverable",
    "Document",
    "DocumentError",
    "Entry",
    "Evidence",
    "Finding",
    "Interval",
    "Kind",
    "LexiconError",
    "Mark",
    "Mention",
    "MentionKind",
    "Money",
    "Page",
    "Party",
    "PartyKind",
    "Pledge",
    "PledgebookError",
    "PublishedBasis",
    "Purpose",
    "Qualifier",
    "Rate",
    "ReadDocument",
    "Reading",
    "Relation",
    "RelationType",
    "Role",
    "Sentence",
    "SettingError",
    "Severity",
    "Snapshot",
    "Span",
    "Stage",
    "Step",
    "Tally",
    "Telling",
    "Term",
    "UsageError",
    "WireError",
    "content_id",
    "rate_day",
]
