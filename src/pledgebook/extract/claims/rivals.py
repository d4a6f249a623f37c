"""Who else may play a part in a pledge, and where each of them is named."""

from collections import defaultdict
from collections.abc import Iterable

from pledgebook.extract.claims.actors import Actor, Anchor
from pledgebook.extract.mentions.organisations_context import CAPITALS


class Rivals:
    """Actors by the sentences that name them: made once for all figures of a pledge.

    The actor that is asked for is never its own rival.
    """

    __slots__ = ("_actors", "_standing")

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = tuple(actors)
        standing: dict[int, list[tuple[Actor, Anchor]]] = defaultdict(list)
        for actor in self._actors:
            for anchor in actor.anchors:
                standing[anchor.sentence].append((actor, anchor))
        self._standing = dict(standing)

    def is_alone(self, actor: Actor) -> bool:
        """Whether an actor has no rival."""
        return all(other is actor for other in self._actors)

    def stand(self, actor: Actor, sentence: int) -> bool:
        """Whether a rival is named in a sentence, by whatever word."""
        return any(other is not actor for other, _ in self._standing.get(sentence, ()))

    def named(self, actor: Actor, first: int, last: int) -> set[str]:
        """The keys of the rivals in the sentences from `first` up to `last`, adjectives ("French") left out."""
        return {
            other.key
            for sentence in range(first, last)
            for other, anchor in self._standing.get(sentence, ())
            if other is not actor and anchor.kind != "adjective"
        }

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
