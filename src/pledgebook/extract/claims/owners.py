"""Who pays a sum of which a bank lends a part: "Acme builds it for 3 million. Bolt lends 2, the owner puts in 1"."""

from collections.abc import Sequence
from typing import NamedTuple

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import is_parted, sums_of
from pledgebook.extract.claims.flow import flow_words
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_context import CAPITALS

_BACK, _PARTS = 2, 2
_LENT = frozenset(("grant", "debt"))


class _Split(NamedTuple):
    """A sum, the two parts of it that one sentence tells behind it, and whether words for a loan or a grant do."""

    whole: Span
    lent: Span
    rest: Span
    sentence: int
    is_lent: bool


def paying_as_owner(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever builds something, as who pays its price and what others leave of it to the owner.

    The two sums of a sentence have to make up the last one before them, and the second to be told of a word for the
    owner or for own means, or of the builder's name, and of nobody else. The price is only the builder's where the
    first is a loan or a grant. The builder is the only one whom the sentence of the price names, or the one before it.
    """
    split, builder = _built(scene, mention, actors)
    is_own = split is not None and mention.span in (split.rest, split.whole if split.is_lent else split.rest)
    return [builder] if is_own and builder is not None else []


def lent_to_owner(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> Actor | None:
    """Whoever builds something, as who is lent or given a part of its price that leaves the owner the rest."""
    split, builder = _built(scene, mention, actors)
    return builder if split is not None and split.is_lent and mention.span == split.lent else None


def _built(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> tuple[_Split | None, Actor | None]:
    """The split of a price that a sum belongs to, and who builds what it is the price of."""
    sentence = scene.sentence_at(mention.span.start)
    for n in range(sentence, min(sentence + _BACK, len(scene.sentences) - 1) + 1):
        split = _split(scene, n)
        if split is not None and mention.span in (split.whole, split.lent, split.rest):
            builder = _builder(scene, split, actors)
            if builder is not None and _is_left_to(scene, split, builder, actors):
                return split, builder
    return None, None


@once
def _split(scene: Scene, sentence: int) -> _Split | None:
    """The two last sums of a sentence that make up the one before them, in the same paragraph."""
    sums = sums_of(scene, sentence)
    if len(sums) not in (_PARTS, _PARTS + 1):
        return None
    first = scene.paragraph_start(sentence)
    before = [span for n in range(max(first, sentence - _BACK), sentence + 1) for span in sums_of(scene, n)]
    if len(before) <= _PARTS:
        return None
    whole, lent, rest = before[-_PARTS - 1 :]
    amounts = {one.span: one.amount for one in scene.money}
    told = [amounts[span] for span in (whole, lent, rest)]
    if any(one is None or one.value_max is not None for one in told):
        return None
    values = [(one.value, one.currency) for one in told if one is not None]
    if values[0][0] != values[1][0] + values[2][0] or len({currency for _, currency in values}) > 1:
        return None
    start = scene.sentences[sentence].span.start
    cues = scene.cues_in(max(whole.end, start), rest.start)
    return _Split(whole, lent, rest, sentence, any(cue.label in _LENT for cue in cues))


def _named(actors: Sequence[Actor], sentence: int) -> list[tuple[Anchor, Actor]]:
    """Those whom a sentence names."""
    return [(a, actor) for actor in actors for a in actor.anchors if a.sentence == sentence and a.kind == "name"]


def _builder(scene: Scene, split: _Split, actors: Sequence[Actor]) -> Actor | None:
    """The only company whom the sentence of a price names before what is lent, or the sentence before that.

    A name that only looks like one counts where there are no others.
    """
    told = scene.sentence_at(split.whole.start)
    for sentence in (told, told - 1) if told > scene.paragraph_start(told) else (told,):
        end = split.whole.end if told == split.sentence == sentence else split.lent.start
        named = [actor for a, actor in _named(actors, sentence) if a.span.end <= end]
        named = [actor for actor in named if actor.reason != CAPITALS] or named
        if named:
            builder = named[0]
            is_company = builder.party is not None and builder.party.kind is not PartyKind.GOVERNMENT
            return builder if is_company and all(actor is builder for actor in named) else None
    return None


def _is_left_to(scene: Scene, split: _Split, builder: Actor, actors: Sequence[Actor]) -> bool:
    """Whether the second part is told of the owner, or of the builder by name, and of nobody else.

    Who lends the first part is named before it, or behind it before a mark.
    """
    end = scene.sentences[split.sentence].span.end
    named = _named(actors, split.sentence)
    others = [a.span for a, actor in named if actor is not builder and a.span.start >= split.whole.end]
    behind = [span for span in others if span.start >= split.lent.end]
    start = max([split.lent.end, *(span.end for span in behind)])
    if start > split.rest.start or (behind and not is_parted(scene.text[start : split.rest.start])):
        return False
    if behind and len(behind) < len(others):
        return False
    if any(start <= a.span.start < end for a, actor in named if actor is builder):
        return True
    matcher = flow_words(scene.language.code, "owner")
    return matcher is not None and next(matcher.find(scene.text[start:end]), None) is not None
