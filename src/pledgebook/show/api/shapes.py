"""The shapes of what the API says, for its description. What is said is written by `wire` and `wire_book`."""

from typing import Any

from pydantic import BaseModel, Field


class FaultSaid(BaseModel):
    """What went wrong: where, what was seen, what would help."""

    status: int
    name: str
    where: str
    seen: str
    help: str


class FaultShape(BaseModel):
    """Every error of the API."""

    error: FaultSaid


class PartyShape(BaseModel):
    """A company, government, fund or other body."""

    name: str
    id: str | None
    kind: str


class MoneyShape(BaseModel):
    """A sum in whole units of a currency."""

    value: float
    currency: str


class BoundsShape(BaseModel):
    """A sum at least, as quoted, at most."""

    currency: str | None
    low: float
    central: float
    high: float


class ConvertedShape(BoundsShape):
    """A sum in another currency, with the rate, who published it and for which day."""

    rate: float
    source: str
    day: str


class AmountShape(BaseModel):
    """A sum as it was told."""

    value: float
    value_max: float | None
    currency: str
    qualifier: str
    basis: str
    also: list[MoneyShape]


class PledgeAmountShape(AmountShape):
    """A sum as it was told, with its bounds."""

    low: float
    central: float
    high: float


class DeliverableShape(BaseModel):
    """Something countable."""

    kind: str
    count: float
    count_max: float | None
    qualifier: str
    due: str | None


class IntervalShape(BaseModel):
    """The first and the last day on which it can have been."""

    earliest: str
    latest: str


class TermShape(BaseModel):
    """When spending or building begins and ends."""

    start: str | None
    end: str | None


class SourcesShape(BaseModel):
    """How many documents tell of it, and how many independent ones."""

    all: int
    independent: int


class PledgeShape(BaseModel):
    """A line of the ledger, as `pledgebook list --format jsonl` has it."""

    id: str
    investors: list[PartyShape]
    recipient: PartyShape | None
    destinations: list[str]
    places: list[str]
    amount: PledgeAmountShape | None
    adds: BoundsShape | None
    in_: ConvertedShape | None = Field(alias="in")
    deliverables: list[DeliverableShape]
    purposes: list[str]
    announced: IntervalShape | None
    term: TermShape
    stage: str
    role: str
    relations: list[dict[str, str]]
    counted: bool
    reason: str
    flags: list[str]
    sources: SourcesShape
    conflicts: list[dict[str, Any]]
    claims: list[dict[str, str]]
    rest_of: str | None
    as_of: str | None


class EvidenceShape(BaseModel):
    """The exact words behind a field: code points of the document's text."""

    field: str
    start: int
    end: int
    text: str


class ClaimShape(BaseModel):
    """What one document asserts, as `claim.schema.json` has it."""

    id: str
    investors: list[PartyShape]
    recipient: PartyShape | None
    destinations: list[str]
    places: list[str]
    amount: AmountShape | None
    deliverables: list[DeliverableShape]
    purposes: list[str]
    announced: IntervalShape | None
    term: TermShape
    stage: str
    role: str
    relations: list[dict[str, str]]
    evidence: list[EvidenceShape]


class ClaimRow(ClaimShape):
    """A claim with its document and the pledge that it tells of."""

    document: str
    source: str
    pledge: str
    score: float


class TellingShape(BaseModel):
    """A claim as one of those that tell of a pledge."""

    document: str
    source: str
    language: str
    published: IntervalShape | None
    voice: str
    claim: ClaimShape


class PledgeInFull(PledgeShape):
    """A pledge with every telling and the pledges that name it."""

    tellings: list[TellingShape]
    named_by: list[dict[str, str]]


class Moment(BaseModel):
    """Which state of the book an answer follows from: the last hash of its log, the day, the currency.

    `snapshot` names the frozen version that was asked for.
    """

    book: str
    as_of: str | None
    snapshot: str | None
    currency: str


class PledgePage(Moment):
    """A page of pledges; `next` is the cursor of the page after, null on the last."""

    total: int
    next: str | None
    rows: list[PledgeShape]


class ClaimPage(Moment):
    """A page of claims."""

    total: int
    rows: list[ClaimRow]


class DocumentShape(BaseModel):
    """A document without its text."""

    id: str
    source: str
    title: str | None
    language: str
    published: IntervalShape | None
    published_basis: str
    claims: int
    pledges: list[str]


class FindingShape(BaseModel):
    """Something odd; `name` has a page in docs/findings/."""

    name: str
    message: str
    severity: str
    start: int | None
    end: int | None


class DocumentInFull(BaseModel):
    """A document with its text, its claims with their evidence, and what was odd."""

    id: str
    source: str
    sources: list[str]
    title: str | None
    language: str
    text: str
    published: IntervalShape | None
    published_basis: str
    reader: str
    version: str
    claims: list[ClaimShape]
    pledges: list[str]
    findings: list[FindingShape]


class DocumentPage(BaseModel):
    """A page of documents."""

    book: str
    total: int
    rows: list[DocumentShape]


class TallyShape(BaseModel):
    """A row of totals, as `pledgebook total --format jsonl` has it."""

    key: str | None
    currency: str
    low: float
    central: float
    high: float
    naive: float
    pledges: int
    left_out: dict[str, int]
    unconverted: list[MoneyShape]
    unallocated: float
    unnamed: float
    overlapping: bool
    included: list[dict[str, str]] | None = None
    excluded: list[dict[str, str]] | None = None


class Tallies(Moment):
    """Rows of totals; the last, whose key is null, is the whole."""

    by: str | None
    rows: list[TallyShape]


class ChangeShape(BaseModel):
    """One change: when it became known, to which pledge, of what sort."""

    day: str
    pledge: str
    kind: str
    note: str


class ChangePage(Moment):
    """A page of changes, the latest first."""

    total: int
    rows: list[ChangeShape]


class ConflictShape(BaseModel):
    """Tellings that disagree about a field of a pledge, and what became of it."""

    pledge: str
    name: str
    field: str
    kept: str
    deprecated: list[str]
    reason: str
    claims: list[dict[str, str]]


class ConflictPage(Moment):
    """A page of conflicts."""

    total: int
    rows: list[ConflictShape]


class RegisterRow(BaseModel):
    """An investor or a country: how many of its pledges count, and what they come to."""

    key: str
    name: str
    pledges: int
    low: float
    central: float
    high: float
    naive: float


class Register(Moment):
    """All investors, or all countries."""

    rows: list[RegisterRow]


class SourceRow(BaseModel):
    """Who publishes: a host, or the name of a file."""

    source: str
    documents: int
    claims: int
    languages: list[str]
    latest: str | None


class SourceRows(BaseModel):
    """All sources."""

    book: str
    rows: list[SourceRow]


class SnapshotRow(BaseModel):
    """A frozen version of the book."""

    name: str
    at: str
    book: str
    note: str
    documents: int
    lines: int
    counted: int


class SnapshotRows(BaseModel):
    """All snapshots."""

    rows: list[SnapshotRow]


class DecisionShape(BaseModel):
    """What a person decided, when and why."""

    id: str
    kind: str
    claims: list[dict[str, str]]
    by: str
    at: str
    why: str
    field: str | None
    value: str | None
    undoes: str | None
    undone: bool


class DecisionPage(BaseModel):
    """A page of decisions, the latest first."""

    book: str
    total: int
    rows: list[DecisionShape]


class HitShape(BaseModel):
    """A document that has the words, and the sentence that fits best."""

    document: str
    source: str
    title: str | None
    language: str
    words: str


class Found(Moment):
    """What was found: pledges and documents, the best first."""

    pledges: list[PledgeShape]
    documents: list[HitShape]


class Kept(BaseModel):
    """A document that was posted: its id, whether it was new, and what was read in it."""

    id: str
    new: bool
    claims: list[ClaimShape]
    pledges: list[str]
    findings: list[FindingShape]


class Me(BaseModel):
    """Who asks."""

    name: str | None
    role: str
    via: str


class BookSaid(BaseModel):
    """The book that is served."""

    version: str
    book: str
    currency: str
    documents: int
    claims: int
    pledges: int
    decisions: int


class QueueItem(BaseModel):
    """Something for a reviewer to look at: why, about which pledges and claims, and which field."""

    kind: str
    pledges: list[str]
    claims: list[dict[str, str]]
    field: str | None
    why: str
    score: float | None


class Queue(BaseModel):
    """What waits for a reviewer, the most urgent first."""

    book: str
    total: int
    rows: list[QueueItem]


class ViewShape(BaseModel):
    """A saved view: a question to the ledger under a name."""

    id: str
    name: str
    path: str
    owner: str
    hook: str | None


class ViewRows(BaseModel):
    """Saved views."""

    rows: list[ViewShape]


class NewView(ViewShape):
    """A view just saved; `secret` signs what its webhook is sent, and is shown this once."""

    secret: str | None


class Done(BaseModel):
    """It is done."""

    done: bool
