"""The lines of the ledger as a book keeps them, and how they are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pledgebook.store.engine import Engine
from pledgebook.store.rows import key_of, packed

SORTS = {
    "id": "id", "announced": "earliest", "amount": "cents", "investor": "who", "country": "country", "stage": "stage",
    "sources": "voices",
}  # fmt: skip
UNKNOWN_CENTS = -1
# What a column holds where nothing is known.
UNKNOWN: Mapping[str, str | int] = {"earliest": "", "cents": UNKNOWN_CENTS, "who": "", "country": ""}
LINE_COLUMNS = (
    "no", "id", "key", "pledge", "counted", "stage", "earliest", "latest", "voices", "documents", "cents", "conflicts",
    "who", "country", "ends", "heard", "flags",
)  # fmt: skip
# By these a line is found, and there are too many of them to list.
UNNAMED = ("telling", "relation")
PARTS = ("body", "claims", "record", "converted")
_TABLES = (
    "traits", "line_bodies", "line_figures", "line_words", "events", "lines", "names", "tallies", "papers", "ledger",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """What became known of a pledge: the day in ISO 8601, the pledge, the sort of change, another pledge, a note."""

    day: str
    pledge: str
    kind: str
    other: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as a book keeps it.

    `body` is the line, in which claims stand by their ids, `claims` are these in full, `record` is the JSON that
    people get, without the parts that depend on a currency (`converted`) or a day (`flags`, in JSON, to which those of
    its age come). Days are ISO 8601, "" where none is known; its age is counted from `ends` and `heard`. `cents` is
    what the line stands for in hundredths of one currency, -1 where that is not known. `figure` is what totals need of
    it, `words` are those that are searched, `traits` are (kind, value): what the line is found by.
    """

    id: str
    pledge: str
    counted: bool
    stage: str
    earliest: str
    latest: str
    voices: int
    documents: int
    cents: int
    conflicts: int
    who: str
    country: str
    ends: str
    heard: str
    flags: str
    body: str
    claims: str
    record: str
    converted: str
    figure: str
    words: str
    traits: tuple[tuple[str, str], ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def key(self) -> str:
        """The hash of all of it."""
        figures = map(str, (int(self.counted), self.voices, self.documents, self.cents, self.conflicts))
        events = (part for it in sorted(self.events) for part in (it.day, it.pledge, it.kind, it.other, it.note))
        return key_of(
            self.id, self.pledge, self.stage, self.earliest, self.latest, self.who, self.country, self.ends, self.heard,
            self.flags, *figures, self.body, self.claims, self.record, self.converted, self.figure, self.words,
            *(part for trait in sorted(set(self.traits)) for part in trait), "events", *events,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A document without its text and its claims. Days are ISO 8601, "" where none is known."""

    id: str
    source: str
    sources: tuple[str, ...]
    title: str
    language: str
    earliest: str
    latest: str
    basis: str
    claims: int

    @property
    def key(self) -> str:
        """The hash of all of it."""
        words = (self.id, self.source, packed(list(self.sources)), self.title, self.language, self.earliest)
        return key_of(*words, self.latest, self.basis, str(self.claims))


@dataclass(frozen=True, slots=True)
class LineQuery:
    """Which lines, in which order. What is None or empty lets every line pass.

    `traits` are (kind, values): a line must have one of the values of every kind. `since` and `until` are days in ISO
    8601, both included: what was, or may have been, announced in them. `words` must all stand in what is searched.
    `conflicting` asks for lines whose tellings disagree, `whole` for none that stands for the rest of a total. `sort`
    is one of SORTS; what is not known comes last. `after` is where the page before ended: what its last line is
    sorted by, and its id.
    """

    traits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ids: tuple[str, ...] | None = None
    prefix: str = ""
    pledges: tuple[str, ...] | None = None
    stage: str | None = None
    since: str | None = None
    until: str | None = None
    min_sources: int = 0
    counted: bool = False
    words: tuple[str, ...] = ()
    conflicting: bool = False
    whole: bool = False
    sort: str = "id"
    descending: bool = False
    after: tuple[str | int, str] | None = None
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that was found; of PARTS only those that were asked for. `at` is what it is sorted by."""

    id: str
    counted: bool
    flags: str
    ends: str
    heard: str
    at: str | int
    body: str = ""
    claims: str = ""
    record: str = ""
    converted: str = ""


@dataclass(frozen=True, slots=True)
class PaperQuery:
    """Which documents, the latest first: in a language, with `source` somewhere in their source, with claims."""

    language: str | None = None
    source: str | None = None
    with_claims: bool = False
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Lines at one stage that count or don't, whose term has ended or hasn't: how many, and their money in cents."""

    stage: str
    counted: bool
    ended: bool
    cents: int
    lines: int


def forget(engine: Engine) -> None:
    """Drops the lines and all that goes with them, within a transaction."""
    for table in _TABLES:
        engine.run(f"DELETE FROM {table}")  # noqa: S608 - our own names


def digest_of(keys: Iterable[str]) -> str:
    """One value for all keys, in whatever order."""
    return f"{sum(int(key, 16) for key in keys) % 2**256:064x}"


def digest_changed(digest: str, *, gone: Iterable[str], come: Iterable[str]) -> str:
    """The digest of a set of keys of which some have gone and some have come.

    >>> both = digest_of(["a1", "b2"])
    >>> digest_changed(both, gone=["b2"], come=["c3"]) == digest_of(["a1", "c3"])
    True
    """
    change = sum(int(key, 16) for key in come) - sum(int(key, 16) for key in gone)
    return f"{(int(digest, 16) + change) % 2**256:064x}"
