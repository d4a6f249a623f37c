"""Words that mean something: a span and what it reads as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pledgebook.domain.claim import Deliverable, Party
from pledgebook.domain.interval import Interval
from pledgebook.domain.money import Amount
from pledgebook.domain.span import Span


class MentionKind(StrEnum):
    """What sort of thing the words name."""

    MONEY = "money"
    QUANTITY = "quantity"
    DATE = "date"
    PLACE = "place"
    ORGANISATION = "organisation"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date or period in the text means.

    `interval` is the day or days that the words name. `edge` tells how: "on" (in, on, during), "by" (until, before,
    at the latest), "from" (since, starting), "within" (over the next, in the coming). `start` of a "within" is None.
    """

    interval: Interval
    edge: str = "on"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span and what it reads as.

    Exactly one reading is set, according to `kind`: `amount`, `deliverable`, `reading` (a date), `place` (an ISO
    3166-1 or UN M49 code, with `name` in English and the GeoNames id where there is one), `party`, or `cue` (the
    name of a group of action words, such as "invest" or "cancel"). `score` between 0 and 1 says how sure the finder
    is, `reason` why, in words. `damaged` marks a figure that lost digits on its way. `parts` are the spans of words
    that belong to the reading and may stand outside `span`: "edge" of a date, "qualifier" of a sum.
    """

    kind: MentionKind
    span: Span
    amount: Amount | None = None
    deliverable: Deliverable | None = None
    reading: Reading | None = None
    place: str | None = None
    name: str | None = None
    geonames: int | None = None
    party: Party | None = None
    cue: str | None = None
    score: float = 1.0
    reason: str = ""
    damaged: bool = False
    parts: Mapping[str, Span] = field(default_factory=dict)
