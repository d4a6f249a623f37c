"""What ties a figure to an actor, as named features that mean the same in every language."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.features import FUNCTION, bucket, tie
from pledgebook.extract.claims.flow_features import flow_elsewhere, flow_features
from pledgebook.extract.claims.lands import Payment, land_features
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.rivals import Rivals
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.turns import turn_features

_NEAR = 5.0


class Told(NamedTuple):
    """What tells whether a figure is an actor's, nothing twice.

    `alone` holds wherever the figure stands, `near` is told of this figure alone; `made` and `joined` are made of both.
    """

    alone: tuple[str, ...]
    near: tuple[str, ...]
    made: tuple[str, ...]
    joined: tuple[str, ...]


def link_features(
    scene: Scene, mention: Mention, actor: Actor, rivals: Rivals, *, payment: Payment | None = None
) -> list[str]:
    """What tells whether a figure is an actor's: its investor, recipient or destination.

    `payment` is, for a destination, what is known of who pays and who is paid.
    """
    sentence = scene.sentence_at(mention.span.start)
    turn = turn_features(scene, mention.span, actor, rivals, sentence)
    return [feature for part in tell(scene, mention, sentence, actor, rivals, turn, payment) for feature in part]


def tell(
    scene: Scene,
    mention: Mention,
    sentence: int,
    actor: Actor,
    rivals: Rivals,
    turn: tuple[str, ...],
    payment: Payment | None,
) -> Told:
    """The same in parts; `turn` is what turn_features tells of the figure.

    Where it stands in its sentence only matters to an actor that is named there as well.
    """
    traits, others_here = traits_of(scene, actor), rivals.count(actor, sentence, sentence + 1, most=3)
    told = ["only"] if rivals.is_alone(actor) else []
    if actor.party is None:
        told += reach(actor, rivals, sentence)
    told.append(f"rivals:{others_here}")
    here = traits.here.get(sentence)
    if here is not None:
        told += _same_sentence(scene, mention.span, here, rivals, actor, sentence)
        if actor.party is not None:
            told += flow_features(scene, mention.span, here, actor, rivals, sentence)
    else:
        told += _elsewhere(scene, sentence, traits, rivals, has_rivals=others_here > 0)
        if actor.party is not None:
            told += flow_elsewhere(scene, sentence, actor)
    parts, place = section(scene, sentence, actor, rivals), _place(scene, sentence)
    near = tuple(dict.fromkeys((*told, *parts, *turn)))
    joined: list[str] = []
    if place.is_row:
        joined += ("row", *_joined("row", (*traits.in_row, *_plain(near, _IN_ROW))))
    if payment is not None:
        joined += _of_payment(scene, mention, actor, payment, (*traits.by_home, *_plain(near, _BY_HOME)))
    where = tuple([one for one in told if one.startswith(_WHERE)])
    return Told(traits.alone, near, _crossed(where, traits.beside, tuple(parts[1:]), place), tuple(joined))


def _of_payment(
    scene: Scene, mention: Mention, actor: Actor, payment: Payment, others: tuple[str, ...]
) -> Iterator[str]:
    """What is told of a land by who pays and who is paid, by itself and together with the rest."""
    homes = payment.homes
    if homes:
        home = "home" if actor.key in homes else "home-unknown" if "" in homes else "abroad"
        yield home
        yield from _joined(home, others)
    places = tuple(one for one in others if one.startswith("where:"))
    for one in land_features(scene, mention, actor, payment):
        yield one
        yield from _joined(one, places)


def _plain(features: Sequence[str], beginnings: tuple[str, ...]) -> tuple[str, ...]:
    """The features that begin in one of several ways and are not made of two."""
    return tuple([one for one in features if one.startswith(beginnings) and "&" not in one])


@dataclass(frozen=True, slots=True)
class Traits:
    """What is told of an actor wherever the figure stands.

    `alone` are the features that hold by themselves, `beside` those that make others together with where it is named,
    `in_row` and `by_home` those that do with a row and with where the investors are from, `here` its anchors by
    sentence, `sentences` those of all its anchors in order.
    """

    actor: Actor
    alone: tuple[str, ...]
    beside: tuple[str, ...]
    in_row: tuple[str, ...]
    by_home: tuple[str, ...]
    here: Mapping[int, Sequence[Anchor]]
    sentences: tuple[int, ...]


@once
def traits_of(scene: Scene, actor: Actor) -> Traits:
    """What is told of an actor wherever the figure stands."""
    beside = [f"rank:{min(actor.order, 3)}"]
    if scene.title >= 0 and any(anchor.sentence == scene.title for anchor in actor.anchors):
        beside.append("titled")
    alone = [f"count:{min(len(actor.names), 4)}"]
    if actor.party is not None:
        beside.append(f"kind:{actor.party.kind.value}")
        alone.append(f"why:{actor.reason}")
    else:
        native = _native(scene, actor)
        beside.append(native)
        alone += [f"{native}&{kind}" for kind in sorted({a.kind for a in actor.anchors})]
    if all(anchor.kind == "adjective" for anchor in actor.anchors):
        alone.append("adjective-only")
    alone += [feature for feature in scene.drift if feature.endswith((":stake", ":grant"))]
    here: dict[int, list[Anchor]] = defaultdict(list)
    for anchor in actor.anchors:
        here[anchor.sentence].append(anchor)
    sentences = tuple(anchor.sentence for anchor in actor.anchors)
    whole = tuple(dict.fromkeys((*beside, *alone)))
    return Traits(actor, whole, tuple(beside), _plain(whole, _IN_ROW), _plain(whole, _BY_HOME), dict(here), sentences)


class _Place(NamedTuple):
    """What is told of a figure's sentence, whoever is asked about: its words that tell of shares, and what it is."""

    telling: tuple[str, ...]
    is_heading: bool
    is_row: bool


@once
def _place(scene: Scene, sentence: int) -> _Place:
    info = scene.sentences[sentence]
    telling = {cue.label for cue in scene.cues_of(sentence)} & _TELLING
    return _Place(tuple(sorted(telling)), info.is_heading, "|" in info.span.of(scene.text))


# The same few hundred crossings come again and again: made once, their hashes are at hand for the models as well.
@lru_cache(maxsize=4096)
def _crossed(where: tuple[str, ...], beside: tuple[str, ...], parts: tuple[str, ...], place: _Place) -> tuple[str, ...]:
    """The features that where an actor is named makes together with who it is, and both with the rest."""
    places = [one for one in where if one.startswith("where:")]
    named = [f"{one}&{two}" for one in places for two in beside]
    ranked = [one for one in beside if one.startswith(("rank:", "titled"))]
    basis = (*where, *named)
    made = [*named, *(f"{one}&{two}" for one in parts for two in (*places, *named, *ranked))]
    made += [f"{one}&S:{label}" for one in basis for label in place.telling]
    if place.is_heading:
        made += ["in-heading", *(f"{one}&heading" for one in basis)]
    return tuple(made)


@lru_cache(maxsize=4096)
def _joined(one: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """One feature together with each of several."""
    return tuple(f"{one}&{other}" for other in others)


_WHERE = ("where:", "side:", "left-nth:", "right-nth:")
_BY_HOME = (
    "where:",
    "rank:",
    "titled",
    "adjective-only",
    "left-kind:",
    "right-kind:",
    "only",
    "rivals:",
    "pre-",
    "payer:",
)
_IN_ROW = ("where:", "kind:", "titled", "rank:", "left-kind:", "right-kind:", "left-first", "left-nth:")
_TELLING = frozenset(
    ("total", "summit", "stake", "grant", "capex", "with_it", "by_it", "into_it", "part", "cancel", "announce", "rest")
)


def _same_sentence(
    scene: Scene, span: Span, here: Sequence[Anchor], rivals: Rivals, actor: Actor, sentence: int
) -> list[str]:
    features = ["where:here"]
    before = [anchor for anchor in here if anchor.span.end <= span.start]
    after = [anchor for anchor in here if anchor.span.start >= span.end]
    if before:
        anchor = before[-1]
        closer = rivals.between(actor, sentence, anchor.span.end, span.start)
        features += [
            f"left:{bucket(scene.words_between(anchor.span.end, span.start))}",
            f"left-nth:{min(len(closer), 2)}",
            f"left-kind:{anchor.kind}",
        ]
        features.append(f"listed-l:{min(len(anchor.mates), 2)}")
        features += [f"btw-l:{c.label}" for c in scene.cues_in(anchor.span.end, span.start) if c.label not in FUNCTION]
        if not closer:
            features.append(f"tie-l:{tie(scene, anchor.span.end, span.start)}")
        else:
            features += _outdone(scene, span, anchor, rivals.nearest(actor, sentence, anchor.span.end, span.start))
        features += list(adjacent(scene, anchor, "l"))
        if anchor.rank == 0:
            features.append("left-first")
        features += list(separators(scene, anchor.span.end, span.start, "l"))
    if after:
        anchor = after[0]
        closer = rivals.between(actor, sentence, span.end, anchor.span.start)
        features += [
            f"right:{bucket(scene.words_between(span.end, anchor.span.start))}",
            f"right-nth:{min(len(closer), 2)}",
            f"right-kind:{anchor.kind}",
        ]
        features.append(f"listed-r:{min(len(anchor.mates), 2)}")
        features += [f"btw-r:{c.label}" for c in scene.cues_in(span.end, anchor.span.start)]
        if not closer:
            tied = tie(scene, span.end, anchor.span.start)
            near = scene.words_between(span.end, anchor.span.start) <= _NEAR
            features += [f"tie-r:{tied}", *([f"tie-r:{tied}&near"] if near else [])]
        features += list(adjacent(scene, anchor, "r"))
        features += list(separators(scene, span.end, anchor.span.start, "r"))
    if before and not after:
        features.append("side:left")
    if after and not before:
        features.append("side:right")
    return features


def _outdone(scene: Scene, span: Span, anchor: Anchor, rival: Anchor | None) -> Iterator[str]:
    """What ties the figure to the rival that stands between it and an actor, and the rival to the actor."""
    if rival is None:
        return
    yield f"rival-l:{bucket(scene.words_between(rival.span.end, span.start))}"
    yield f"rival-tie:{tie(scene, rival.span.end, span.start)}"
    yield f"rival-after:{tie(scene, anchor.span.end, rival.span.start)}"
    yield f"rival-kind:{rival.kind}&{anchor.kind}"
    yield from (f"rival-{feature}" for feature in adjacent(scene, rival, "l"))
    yield from (f"rival-{feature}" for feature in separators(scene, anchor.span.end, rival.span.start, "l"))


def separators(scene: Scene, start: int, end: int, side: str) -> Iterator[str]:
    """The marks and sums that part two places of a text."""
    words = scene.text[start:end]
    if ";" in words or "；" in words:
        yield f"semicolon-{side}"
    if "," in words or "、" in words or "，" in words:
        yield f"comma-{side}"
    if ":" in words or "：" in words:
        yield f"colon-{side}"
    if any(start <= other.span.start < end for other in scene.money):
        yield f"money-btw-{side}"
    if "(" in words or "（" in words:
        yield f"bracket-{side}"


def adjacent(scene: Scene, anchor: Anchor, side: str) -> Iterator[str]:
    """The function and action words that touch an anchor."""
    for cue in scene.cues_in(max(0, anchor.span.start - 24), anchor.span.start):
        if 0 <= anchor.span.start - cue.span.end <= 2:
            yield f"pre-{side}:{cue.label}"
    for cue in scene.cues_in(anchor.span.end, anchor.span.end + int(4 * scene.unit)):
        yield f"post-{side}:{cue.label}"


def reach(actor: Actor, rivals: Rivals, sentence: int) -> Iterator[str]:
    """Whether a place is a country or a part of the world, and whether one of the other sort stands beside it."""
    sort = "region" if actor.key in PARTS_OF_THE_WORLD else "country"
    yield sort
    is_region = actor.key in PARTS_OF_THE_WORLD
    if any((other in PARTS_OF_THE_WORLD) is not is_region for other in rivals.named(actor, sentence, sentence + 1)):
        yield f"{sort}&other-sort-here"


def _native(scene: Scene, actor: Actor) -> str:
    """Whether a country is the one, or one of those, whose newsrooms write in the document's language."""
    homes = scene.newsrooms
    if actor.key not in homes:
        return "abroad-of-one" if len(homes) == 1 else "abroad-of-many"
    return "native" if len(homes) == 1 else "native-main" if actor.key == homes[0] else "native-too"


PARTS_OF_THE_WORLD = frozenset(("EU", "150", "142", "002", "019", "001"))


def section(scene: Scene, sentence: int, actor: Actor, rivals: Rivals) -> list[str]:
    """Whether a heading or the section under it names the actor, where a document has sections.

    A land in a heading rather tells where than who.
    """
    own = scene.sections[sentence]
    if own < 0 or own == scene.title or scene.sentences[sentence].is_heading:
        return []
    kinds = {anchor.kind for anchor in actor.anchors if anchor.sentence == own}
    if kinds - {"state"}:
        return ["sectioned", "shared-heading" if rivals.stand(actor, own) else "section-heading"]
    if kinds:
        return ["sectioned", "section-state"]
    inside = any(scene.sections[anchor.sentence] == own for anchor in actor.anchors if anchor.sentence >= 0)
    return [
        "sectioned",
        "other-heading" if rivals.stand(actor, own) else "no-heading",
        "in-section" if inside else "out-of-section",
    ]


def _elsewhere(scene: Scene, sentence: int, traits: Traits, rivals: Rivals, *, has_rivals: bool) -> list[str]:
    actor, before = traits.actor, bisect_left(traits.sentences, sentence)
    features, contested = [], "contested" if has_rivals else "alone"
    if not before:
        where = "where:later"
        if traits.sentences[0] == sentence + 1:
            features.append("next-sentence")
    else:
        nearest = actor.anchors[before - 1]
        gap, last = sentence - nearest.sentence, scene.sentences[nearest.sentence]
        same = last.paragraph == scene.sentences[sentence].paragraph
        where = "where:prev" if gap == 1 else "where:para" if same else "where:before"
        features += [
            f"closer:{rivals.count(actor, nearest.sentence + 1, sentence, most=2)}",
            f"shared:{rivals.count(actor, nearest.sentence, nearest.sentence + 1, most=2)}",
            f"prev-kind:{nearest.kind}",
            f"listed-p:{min(len(nearest.mates), 2)}",
        ]
        if nearest.rank == 0:
            features.append("prev-first")
        if last.is_heading and gap <= 2:
            features.append("under-heading")
        if gap == 1 and not same:
            features.append("prev-paragraph")
    return [where, *features, contested, f"{where}&{contested}"]
