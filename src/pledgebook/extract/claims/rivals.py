"""Who else may play a part in a pledge, and where each of them is named."""

from collections import defaultdict
from collections.abc import Iterable

from pledgebook.extract.claims.actors import Actor, Anchor
from pledgebook.extract.mentions.organisations_context import CAPITALS


class Rivals:
    """Actors by the sentences that name them: made once for all figures of a pledge.

    The actor that is asked for is never its own rival.
    """

    __slots__ = ("_actors", "_keys", "_standing")

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = tuple(actors)
        standing: dict[int, list[tuple[Actor, Anchor]]] = defaultdict(list)
        keys: dict[int, set[str]] = defaultdict(set)
        for actor in self._actors:
            for anchor in actor.anchors:
                standing[anchor.sentence].append((actor, anchor))
                if anchor.kind != "adjective":
                    keys[anchor.sentence].add(actor.key)
        self._standing, self._keys = dict(standing), dict(keys)

    def is_alone(self, actor: Actor) -> bool:
        """Whether an actor has no rival."""
        return all(other is actor for other in self._actors[:2])

    def stand(self, actor: Actor, sentence: int) -> bool:
        """Whether a rival is named in a sentence, by whatever word."""
        return any(other is not actor for other, _ in self._standing.get(sentence, ()))

    def named(self, actor: Actor, first: int, last: int) -> set[str]:
        """The keys of the rivals in the sentences from `first` up to `last`, adjectives ("French") left out."""
        keys = self._keys
        return {key for n in range(first, last) for key in keys.get(n, ()) if key != actor.key}

    def count(self, actor: Actor, first: int, last: int) -> int:
        """How many rivals the sentences from `first` up to `last` name, adjectives left out."""
        keys = self._keys
        if last - first == 1:
            here = keys.get(first, ())
            return len(here) - (actor.key in here)
        return len(self.named(actor, first, last))

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


def rivals_of(actors: Iterable[Actor]) -> Rivals:
    """The rivals among some actors: those of whom only a capital letter tells stand in nobody's way."""
    return Rivals(actor for actor in actors if actor.reason != CAPITALS)
