"""The lines of the ledger as a book keeps them, and how they are asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

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
UNNAMED = ("telling", "document", "relation")
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

    @classmethod
    def of(cls, parts: Sequence[Any]) -> Self:
        """The line of `line_parts`, as JSON gives them back."""
        said = dict(zip(_LINE_PARTS, parts, strict=True))
        said |= {"traits": tuple(map(tuple, said["traits"])), "events": tuple(Event(*it) for it in said["events"])}
        return cls(**said)

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

    @classmethod
    def of(cls, parts: Sequence[Any]) -> Self:
        """The document of `paper_parts`, as JSON gives them back."""
        name, source, sources, *others = parts
        return cls(name, source, tuple(sources), *others)

    @property
    def key(self) -> str:
        """The hash of all of it."""
        words = (self.id, self.source, packed(list(self.sources)), self.title, self.language, self.earliest)
        return key_of(*words, self.latest, self.basis, str(self.claims))


def line_parts(line: Line) -> list[Any]:
    """A line as JSON can hold it."""
    parts = [getattr(line, name) for name in _LINE_PARTS]
    parts[-1] = [[it.day, it.pledge, it.kind, it.other, it.note] for it in line.events]
    return parts


def paper_parts(paper: Paper) -> list[Any]:
    """A document as JSON can hold it."""
    return [getattr(paper, name) for name in _PAPER_PARTS]


_LINE_PARTS = tuple(field.name for field in fields(Line))
_PAPER_PARTS = tuple(field.name for field in fields(Paper))


@dataclass(frozen=True, slots=True)
class Among:
    """Which lines and documents may change, by their ids; all others stay as they are: those with the stamp `since`."""

    lines: Collection[str]
    papers: Collection[str]
    since: str


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


class Digest:
    """One value for a set of keys, in whatever order they come and go.

    >>> some = Digest(digest_of(["a1", "b2"]))
    >>> some.take("b2"), some.add("c3"), some.value == digest_of(["c3", "a1"])
    (None, None, True)
    """

    def __init__(self, value: str = "0") -> None:
        self._sum = int(value, 16)

    def add(self, key: str) -> None:
        """Adds a key."""
        self._sum += int(key, 16)

    def take(self, key: str) -> None:
        """Takes one away."""
        self._sum -= int(key, 16)

    @property
    def value(self) -> str:
        """The value."""
        return f"{self._sum % 2**256:064x}"


def digest_of(keys: Iterable[str]) -> str:
    """The value of a digest of these keys."""
    found = Digest()
    for key in keys:
        found.add(key)
    return found.value
