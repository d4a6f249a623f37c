"""Who else may play a part in a pledge, and where each of them is named."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.mentions.organisations_context import CAPITALS


class Rivals:
    """Actors by the sentences that name them: made once for all figures of a pledge.

    The actor that is asked for is never its own rival.
    """

    __slots__ = ("_actors", "_ids", "_keys", "_standing")

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = tuple(actors)
        self._ids = frozenset(map(id, self._actors))
        standing: dict[int, list[tuple[Actor, Anchor]]] = defaultdict(list)
        for actor in self._actors:
            for anchor in actor.anchors:
                standing[anchor.sentence].append((actor, anchor))
        self._standing = dict(standing)
        self._keys: dict[int, frozenset[str]] = {}

    def knows(self, actor: Actor) -> bool:
        """Whether an actor is one of them."""
        return id(actor) in self._ids

    def is_alone(self, actor: Actor) -> bool:
        """Whether an actor has no rival."""
        return not self._actors or (len(self._actors) == 1 and self._actors[0] is actor)

    def stand(self, actor: Actor, sentence: int) -> bool:
        """Whether a sentence names a rival, one that it only names as a land left out."""
        return any(other is not actor and anchor.kind != "state" for other, anchor in self._standing.get(sentence, ()))

    def standing(self, actor: Actor | None, sentence: int) -> list[tuple[str, Anchor]]:
        """All that are named in a sentence, and the actor, in the order of the text."""
        found = [(other.key, anchor) for other, anchor in self._standing.get(sentence, ()) if other is not actor]
        if actor is not None:
            found += [(actor.key, anchor) for anchor in actor.anchors if anchor.sentence == sentence]
        return sorted(found, key=lambda item: (item[1].span, item[0]))

    def named(self, actor: Actor, first: int, last: int) -> set[str]:
        """The keys of the rivals in the sentences from `first` up to `last`, adjectives ("French") left out."""
        return {key for sentence in range(first, last) for key in self._named_in(sentence) if key != actor.key}

    def count(self, actor: Actor, first: int, last: int, *, most: int) -> int:
        """How many rivals the sentences from `first` up to `last` name, adjectives left out; `most` is enough."""
        if last - first == 1:
            here = self._named_in(first)
            return min(len(here) - (actor.key in here), most)
        found: set[str] = set()
        for sentence in range(first, last):
            found |= self._named_in(sentence)
            if len(found) > most:
                return most  # one of them may be the actor itself
        return min(len(found - {actor.key}), most)

    def _named_in(self, sentence: int) -> frozenset[str]:
        """The keys of all actors in a sentence, adjectives left out."""
        found = self._keys.get(sentence)
        if found is None:
            standing = self._standing.get(sentence, ())
            found = self._keys[sentence] = frozenset(
                o.key for o, anchor in standing if anchor.kind not in ("adjective", "government")
            )
        return found

    def between(self, actor: Actor, sentence: int, start: int, end: int) -> set[str]:
        """The keys of the rivals that stand between two offsets of a sentence."""
        return {
            other.key
            for other, anchor in self._standing.get(sentence, ())
            if other is not actor and start <= anchor.span.start and anchor.span.end <= end
        }

    def nearest(self, actor: Actor, sentence: int, start: int, end: int) -> Anchor | None:
        """Where a rival stands last between two offsets of a sentence, None where none does."""
        found = [
            anchor
            for other, anchor in self._standing.get(sentence, ())
            if anchor.kind != "adjective" and other is not actor
            if start <= anchor.span.start and anchor.span.end <= end
        ]
        return max(found, key=lambda anchor: anchor.span, default=None)


class Pool(NamedTuple):
    """Actors that may play a part, and the rivals among them."""

    actors: tuple[Actor, ...]
    rivals: Rivals


def pool_of(actors: Iterable[Actor]) -> Pool:
    """The pool of some actors."""
    several = tuple(actors)
    return Pool(several, rivals_of(several))


def rivals_of(actors: Iterable[Actor]) -> Rivals:
    """The rivals among some actors: those of whom only a capital letter tells stand in nobody's way."""
    return Rivals(actor for actor in actors if actor.reason != CAPITALS)
