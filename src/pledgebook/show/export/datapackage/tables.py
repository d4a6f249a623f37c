"""The tables of a data package: what each row holds, which key it has, and which other rows it names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pledgebook.domain import Claim, Decision, Entry, Evidence, Party, ReadDocument
from pledgebook.rows import PLEDGE_FIELDS, Field, Type
from pledgebook.show.export.selection import Selection
from pledgebook.wire import Json, amount_json, claim_json, dumps, party_json

T = TypeVar("T")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values are keys of a row of another table."""

    columns: Key
    table: str
    keys: Key


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table: its name, what it holds, its columns, and what tells its rows apart."""

    name: str
    meaning: str
    fields: tuple[Field[T], ...]
    key: Key
    rows: Callable[[Selection], Iterable[T]]
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Involved:
    """A party of a pledge."""

    pledge: str
    party: Party
    role: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with its document and the line of the ledger that it is told in, None where a reviewer rejected it."""

    document: str
    claim: Claim
    pledge: str | None

    def json(self, name: str) -> str | None:
        """A field of the claim as JSON, None where it is empty."""
        value = claim_json(self.claim)[name]
        return dumps(value) if value else None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words behind a field of a claim; `number` counts those of one field."""

    document: str
    claim: str
    number: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Related:
    """A pledge and the other one that it is part of, replaces or adds to."""

    pledge: str
    type: str
    other: str


def _involved(selection: Selection) -> Iterator[Involved]:
    for entry in selection.entries:
        for party in _unique(entry.pledge.investors):
            yield Involved(entry.id, party, "investor")
        if entry.pledge.recipient is not None:
            yield Involved(entry.id, entry.pledge.recipient, "recipient")


def _unique(parties: Iterable[Party]) -> Iterable[Party]:
    return {party.name: party for party in parties}.values()


def _documents(selection: Selection) -> Iterator[ReadDocument]:
    wanted = {telling.document for entry in selection.entries for telling in entry.pledge.tellings}
    for name in sorted(selection.documents):
        # Of a whole book all documents come along, also those that claim nothing: a filter leaves out what it leaves.
        if name in wanted or not selection.documents[name].claims:
            yield selection.documents[name]


def _claims(selection: Selection) -> Iterator[Claimed]:
    pledges = {telling.key: entry.id for entry in selection.pledges for telling in entry.pledge.tellings}
    for item in _documents(selection):
        for claim in item.claims:
            yield Claimed(item.document.id, claim, pledges.get((item.document.id, claim.id)))


def _quoted(selection: Selection) -> Iterator[Quoted]:
    for item in _claims(selection):
        seen: dict[str, int] = {}
        for evidence in item.claim.evidence:
            seen[evidence.field] = number = seen.get(evidence.field, 0) + 1
            yield Quoted(item.document, item.claim.id, number, evidence)


def _related(selection: Selection) -> Iterator[Related]:
    known = {entry.id for entry in selection.entries}
    for entry in selection.pledges:
        for relation in sorted(set(entry.pledge.relations)):
            if relation.claim in known:
                yield Related(entry.id, relation.type.value, relation.claim)


def _spans(item: ReadDocument) -> str:
    return dumps([[span.start, span.end] for span in item.document.noise])


def _sentences(item: ReadDocument) -> str:
    return dumps([[s.span.start, s.span.end, s.paragraph, int(s.is_heading)] for s in item.document.sentences])


def _captures(item: ReadDocument) -> str | None:
    found = [
        {
            "url": capture.url,
            "at": capture.at.isoformat(),
            "status": capture.status,
            "sha256": capture.sha256,
            "size": capture.size,
            "headers": [list(header) for header in capture.headers],
        }
        for capture in item.captures
    ]
    return dumps(found) if found else None


def _findings(item: ReadDocument) -> str:
    return dumps(
        [
            {
                "name": finding.name,
                "message": finding.message,
                "span": None if finding.span is None else [finding.span.start, finding.span.end],
                "severity": finding.severity.value,
            }
            for finding in item.findings
        ]
    )


def _claimed_amount(name: str) -> Callable[[Claimed], Any]:
    return lambda item: None if item.claim.amount is None else getattr(item.claim.amount, name)


def _recipient(item: Claimed) -> str | None:
    return None if item.claim.recipient is None else dumps(party_json(item.claim.recipient))


def _also(item: Claimed) -> str | None:
    amount: Json | None = amount_json(item.claim.amount)
    return dumps(amount["also"]) if amount and amount["also"] else None


def _subjects(decision: Decision) -> str:
    return dumps([list(subject) for subject in decision.subjects])


def _marks(decision: Decision) -> str | None:
    found = [
        [mark.side, mark.source, [list(item) for item in mark.words], [list(item) for item in mark.values]]
        for mark in decision.marks
    ]
    return dumps(found) if found else None


_PLEDGE = Reference(("pledge",), "pledges", ("id",))
_DOCUMENT = Reference(("document",), "documents", ("id",))

PLEDGES: Table[Entry] = Table(
    "pledges", "Lines of the ledger: pledges and the unnamed rests of totals.", PLEDGE_FIELDS, ("id",),
    lambda selection: selection.entries,
)  # fmt: skip
PARTIES: Table[Party] = Table(
    "parties", "Who pledges and who receives.",
    (
        Field("name", Type.TEXT, "canonical English name", lambda p: p.name),
        Field("kind", Type.TEXT, "company, government, fund, organisation or unknown", lambda p: p.kind.value),
        Field("wikidata", Type.TEXT, "Wikidata item", lambda p: p.id),
    ),
    ("name",), lambda selection: selection.parties(),
)  # fmt: skip
PLEDGE_PARTIES: Table[Involved] = Table(
    "pledge_parties", "Which party has which part in which pledge.",
    (
        Field("pledge", Type.TEXT, "the pledge's id", lambda i: i.pledge),
        Field("party", Type.TEXT, "the party's name", lambda i: i.party.name),
        Field("role", Type.TEXT, "investor or recipient", lambda i: i.role),
    ),
    ("pledge", "party", "role"), _involved, (_PLEDGE, Reference(("party",), "parties", ("name",))),
)  # fmt: skip
RELATIONS: Table[Related] = Table(
    "relations", "How pledges bear on each other, where both are in this package.",
    (
        Field("pledge", Type.TEXT, "the pledge's id", lambda r: r.pledge),
        Field("type", Type.TEXT, "part_of, total_of, adds_to or replaces", lambda r: r.type),
        Field("other", Type.TEXT, "the other pledge's id", lambda r: r.other),
    ),
    ("pledge", "type", "other"), _related, (_PLEDGE, Reference(("other",), "pledges", ("id",))),
)  # fmt: skip
DOCUMENTS: Table[ReadDocument] = Table(
    "documents", "Documents as they were kept: the text that offsets point into.",
    (
        Field("id", Type.TEXT, "the document's id", lambda d: d.document.id),
        Field("source", Type.TEXT, "where it came from", lambda d: d.document.source),
        Field("sources", Type.TEXTS, "every place where it was met", lambda d: d.sources),
        Field("title", Type.TEXT, "its headline", lambda d: d.document.title),
        Field("language", Type.TEXT, "BCP 47 code", lambda d: d.document.language),
        Field("published_earliest", Type.DAY, "the first day on which it can have come out",
              lambda d: None if d.document.published is None else d.document.published.earliest),
        Field("published_latest", Type.DAY, "the last such day",
              lambda d: None if d.document.published is None else d.document.published.latest),
        Field("published_basis", Type.TEXT, "metadata, byline, inferred or unknown",
              lambda d: d.document.published_basis.value),
        Field("text", Type.TEXT, "the kept text", lambda d: d.document.text),
        Field("noise", Type.JSON, "spans that belong to the page and not to the article", _spans),
        Field("sentences", Type.JSON, "start, end, paragraph, whether a heading", _sentences),
        Field("findings", Type.JSON, "what was odd", _findings),
        Field("captures", Type.JSON, "how its pages were fetched: proof of what stood there, and when", _captures),
        Field("reader", Type.TEXT, "who found the claims", lambda d: d.reader),
        Field("version", Type.TEXT, "the version of the reader", lambda d: d.version),
    ),
    ("id",), _documents,
)  # fmt: skip
CLAIMS: Table[Claimed] = Table(
    "claims", "What each document asserts about each commitment.",
    (
        Field("document", Type.TEXT, "the document's id", lambda c: c.document),
        Field("id", Type.TEXT, "the claim's id, unique in its document", lambda c: c.claim.id),
        Field("pledge", Type.TEXT, "the pledge that it tells of; empty where it is not in this package",
              lambda c: c.pledge),
        Field("investors", Type.JSON, "who commits: name, id, kind", lambda c: c.json("investors")),
        Field("recipient", Type.JSON, "who receives: name, id, kind", _recipient),
        Field("destinations", Type.TEXTS, "ISO 3166-1 or UN M49 codes", lambda c: c.claim.destinations),
        Field("places", Type.TEXTS, "sites", lambda c: c.claim.places),
        Field("amount_value", Type.FIGURE, "the sum in whole currency units", _claimed_amount("value")),
        Field("amount_value_max", Type.FIGURE, "the upper end of a range", _claimed_amount("value_max")),
        Field("amount_currency", Type.TEXT, "ISO 4217 code", _claimed_amount("currency")),
        Field("amount_qualifier", Type.TEXT, "exact, about, at_least, up_to or range", _claimed_amount("qualifier")),
        Field("amount_basis", Type.TEXT, "stated, repaired or implied", _claimed_amount("basis")),
        Field("amount_also", Type.JSON, "the same sum restated in other currencies", _also),
        Field("deliverables", Type.JSON, "what is countable", lambda c: c.json("deliverables")),
        Field("purposes", Type.TEXTS, "what it is for", lambda c: tuple(item.value for item in c.claim.purposes)),
        Field("announced_earliest", Type.DAY, "the first day of its announcement",
              lambda c: None if c.claim.announced is None else c.claim.announced.earliest),
        Field("announced_latest", Type.DAY, "the last such day",
              lambda c: None if c.claim.announced is None else c.claim.announced.latest),
        Field("term_start", Type.DAY, "when the spending or building begins", lambda c: c.claim.term.start),
        Field("term_end", Type.DAY, "when it ends", lambda c: c.claim.term.end),
        Field("stage", Type.TEXT, "as this document tells it", lambda c: c.claim.stage.value),
        Field("role", Type.TEXT, "new, earlier or total", lambda c: c.claim.role.value),
        Field("relations", Type.JSON, "to other claims of the document", lambda c: c.json("relations")),
        Field("score", Type.TEXT, "how sure the reader is, from 0 to 1", lambda c: repr(c.claim.score)),
        Field("reasons", Type.TEXTS, "why it decided so", lambda c: c.claim.reasons),
    ),
    ("document", "id"), _claims, (_DOCUMENT, _PLEDGE),
)  # fmt: skip
EVIDENCE: Table[Quoted] = Table(
    "evidence", "The exact words behind each field of each claim: text[start:end], counted in code points.",
    (
        Field("document", Type.TEXT, "the document's id", lambda q: q.document),
        Field("claim", Type.TEXT, "the claim's id", lambda q: q.claim),
        Field("field", Type.TEXT, "the field", lambda q: q.evidence.field),
        Field("number", Type.WHOLE, "of several passages for one field the how manieth", lambda q: q.number),
        Field("start", Type.WHOLE, "where the words begin", lambda q: q.evidence.span.start),
        Field("end", Type.WHOLE, "where they end", lambda q: q.evidence.span.end),
        Field("text", Type.TEXT, "the words", lambda q: q.evidence.text),
    ),
    ("document", "claim", "field", "number"), _quoted,
    (_DOCUMENT, Reference(("document", "claim"), "claims", ("document", "id"))),
)  # fmt: skip
DECISIONS: Table[Decision] = Table(
    "decisions", "What reviewers decided.",
    (
        Field("id", Type.TEXT, "the decision's id", lambda d: d.id),
        Field("kind", Type.TEXT, "same, different, set, reject or undo", lambda d: d.kind.value),
        Field("subjects", Type.JSON, "claims, as document and claim id", _subjects),
        Field("by", Type.TEXT, "who", lambda d: d.by),
        Field("at", Type.TEXT, "when, ISO 8601", lambda d: d.at.isoformat()),
        Field("why", Type.TEXT, "why", lambda d: d.why),
        Field("field", Type.TEXT, "which field a `set` sets", lambda d: d.field),
        Field("value", Type.TEXT, "to what", lambda d: d.value),
        Field("marks", Type.JSON, "by what its claims are known again: side, source, words, values", _marks),
        Field("undoes", Type.TEXT, "the decision that an `undo` takes back", lambda d: d.undoes),
    ),
    ("id",), lambda selection: selection.decisions,
)  # fmt: skip

TABLES: tuple[Table[Any], ...] = (
    PLEDGES, PARTIES, PLEDGE_PARTIES, RELATIONS, DOCUMENTS, CLAIMS, EVIDENCE, DECISIONS,
)  # fmt: skip
