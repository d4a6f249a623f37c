"""Lines of the ledger, and what people decided about them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pledgebook.domain.money import Converted, Money
from pledgebook.domain.pledge import Pledge


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger as of a day: a pledge, or the unnamed rest of a total, and whether it counts.

    `low`, `central` and `high` are what the line adds to a sum in the pledge's own currency: less than the pledge's
    amount where its parts count for themselves, None where no sum is told. `reason` says why it counts or not.
    """

    id: str
    pledge: Pledge
    as_of: date | None
    counted: bool
    reason: str
    flags: tuple[str, ...] = ()
    currency: str | None = None
    low: Decimal | None = None
    central: Decimal | None = None
    high: Decimal | None = None
    converted: Converted | None = None
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of totals: what was added up, and what was left out and why.

    `key` is the value of what was grouped by, None for the whole. `naive` adds up every report. `left_out` counts
    entries by reason, `included` and `excluded` name them (id and reason). `unnamed` is how much of `central` is the
    unnamed part of a total, `joint` how much several investors pledge together, `allotted` how much was shared out by a
    rule and told by nobody. `new` and `outstanding` are what a period added and what stood at its end, None where no
    period was asked for. `overlapping` marks rows that share pledges with other rows and are not to be added.
    """

    key: str | None
    currency: str
    low: Decimal
    central: Decimal
    high: Decimal
    naive: Decimal
    pledges: int
    left_out: tuple[tuple[str, int], ...] = ()
    unconverted: tuple[Money, ...] = ()
    unallocated: Decimal = Decimal(0)
    included: tuple[tuple[str, str], ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    unnamed: Decimal = Decimal(0)
    overlapping: bool = False
    joint: Decimal = Decimal(0)
    allotted: Decimal = Decimal(0)
    new: Decimal | None = None
    outstanding: Decimal | None = None


class DecisionKind(StrEnum):
    """What a reviewer can decide."""

    SAME = "same"
    DIFFERENT = "different"
    SET = "set"
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version of a book that can be cited: its name, when it was taken and what it held.

    `records` and `head` are the length and the last hash of the log, which name all that came before. `ledger` is the
    SHA-256 of the lines that followed from it by the rules called `rules`: whoever works them out again can tell
    whether they are the same.
    """

    name: str
    at: datetime
    records: int
    head: str
    documents: int
    claims: int
    decisions: int
    lines: int
    counted: int
    rules: str
    ledger: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a claim is known again when a newer reader has read its document, or the document came again.

    It holds no word of the document, so that erasing one leaves nothing behind: `source` is a digest of where it came
    from, `words` are (field, start, end, digest of the words) for each piece of evidence, `values` (field, digest of
    the value). `side` tells which of the things that a reviewer named the claim belongs to.
    """

    side: int = 0
    source: str = ""
    words: tuple[tuple[str, int, int, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, when and why; it wins over every rule and survives every later run.

    `subjects` are claims as (document id, claim id); a decision about a pledge names all its claims. `marks` go with
    them, one for each, or none where every claim stands for itself. `field` and `value` belong to a "set"; `undoes`
    names the decision that an "undo" takes back.
    """

    id: str
    kind: DecisionKind
    subjects: tuple[tuple[str, str], ...]
    by: str
    at: datetime
    why: str
    field: str | None = None
    value: str | None = None
    undoes: str | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def sides(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The subjects by what the reviewer named: the claims of one pledge together."""
        if len(self.marks) != len(self.subjects):
            return tuple((subject,) for subject in self.subjects)
        found: dict[int, list[tuple[str, str]]] = {}
        for subject, mark in zip(self.subjects, self.marks, strict=True):
            found.setdefault(mark.side, []).append(subject)
        return tuple(tuple(found[side]) for side in sorted(found))
