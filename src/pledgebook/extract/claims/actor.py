"""Who or where a document speaks of, with every place that names it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pledgebook.domain import Party, PartyKind, Span

# The sorts of words that stand for a party which was named elsewhere.
PRONOUNS = frozenset(("company", "government", "companies", "commission"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place where an actor is named: `rank` counts the actors before it in its sentence.

    `mates` are the keys of the actors that it is listed with ("A, B and C"), `head` that of the one it goes along with
    ("A, together with B"). `kind` is "name", "pronoun" ("the company"), "plural" ("the companies"),
    "adjective", "city", "officeholder" or "state" (a country that may stand for its government).
    """

    span: Span
    sentence: int
    kind: str
    rank: int = 0
    mates: tuple[str, ...] = ()
    head: str | None = None


@dataclass(slots=True)
class Actor:
    """A party or a country (`key` is its code) and where it is named, in the order of the text."""

    key: str
    party: Party | None = None
    anchors: list[Anchor] = field(default_factory=list)
    score: float = 1.0
    reason: str = ""
    order: int = 0

    @property
    def is_public(self) -> bool:
        """Whether it is a government, or the body of a region or town."""
        return self.party is not None and self.party.kind is PartyKind.GOVERNMENT

    @property
    def names(self) -> list[Anchor]:
        """The anchors that are no pronouns."""
        return [anchor for anchor in self.anchors if anchor.kind not in ("pronoun", "plural", "state")]


def named_between(actors: Iterable[Actor], start: int, end: int) -> list[tuple[Anchor, Actor]]:
    """Those whom a stretch of the text names, with where."""
    return [
        (anchor, actor)
        for actor in actors
        for anchor in actor.names
        if start <= anchor.span.start and anchor.span.end <= end
    ]
