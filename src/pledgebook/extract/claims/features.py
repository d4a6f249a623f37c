"""What a figure's surroundings say, as named features that mean the same in every language."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pledgebook.domain import Mention, Qualifier, Span
from pledgebook.extract.claims.actors import Actor, Anchor
from pledgebook.extract.claims.home import newsrooms
from pledgebook.extract.claims.scene import Scene, paragraph_of
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.magnitudes import rough_dollars

_NEAR, _FAR = 5.0, 14.0
_FUNCTION = frozenset(("with_it", "by_it", "into_it", "of_it"))


def bucket(words: float) -> str:
    """A distance in words as the least of a few limits that it keeps, "far" beyond them."""
    for limit in (1, 3, 6, 10, 16, 25):
        if words <= limit:
            return str(limit)
    return "far"


def _context(scene: Scene, span: Span, sentence: int) -> Iterator[str]:
    """The cues around a span: near, in its sentence, just before and behind it."""
    bounds = scene.sentences[sentence].span
    left: list[tuple[float, str]] = []
    right: list[tuple[float, str]] = []
    for cue in scene.cues_in(bounds.start, bounds.end):
        if cue.label in _FUNCTION or cue.span.overlaps(span):
            continue
        if cue.span.end <= span.start:
            left.append((scene.words_between(cue.span.end, span.start), cue.label))
        else:
            right.append((scene.words_between(span.end, cue.span.start), cue.label))
    for side, cues in (("L", left), ("R", right)):
        for distance, label in cues:
            yield f"S:{label}"
            if distance <= _NEAR:
                yield f"{side}5:{label}"
            if distance <= _FAR:
                yield f"{side}14:{label}"
        strong = [item for item in cues if item[1] not in ("company", "companies", "earlier", "plan", "government")]
        if strong:
            yield f"{side}1:{min(strong)[1]}"
        else:
            yield f"{side}1:none"


def figure_features(scene: Scene, mention: Mention) -> list[str]:
    """What tells whether a figure belongs to a pledge."""
    sentence = scene.sentence_at(mention.span.start)
    features = list(_context(scene, mention.span, sentence))
    bounds = scene.sentences[sentence].span
    info = scene.sentences[sentence]
    if info.is_heading:
        features.append("heading")
    if sentence == scene.title:
        features.append("title")
    features.append(f"pos:{min(4, 5 * sentence // max(1, len(scene.sentences)))}")
    orgs = sum(bounds.start <= m.span.start < bounds.end for m in scene.organisations)
    places = sum(bounds.start <= m.span.start < bounds.end for m in scene.places)
    figures = sum(bounds.start <= m.span.start < bounds.end for m in scene.money)
    features += [f"orgs:{min(orgs, 2)}", f"places:{min(places, 1)}", f"figures:{min(figures, 3)}"]
    labels = {match.label for match in scene.purposes_in(bounds.start, bounds.end)}
    features += [f"P:{label}" for label in sorted(labels)] or ["P:none"]
    around = list(paragraph_of(scene, sentence))
    wide = {c.label for c in scene.cues_in(scene.sentences[around[0]].span.start, scene.sentences[around[-1]].span.end)}
    features += [f"para:{label}" for label in sorted(wide - _FUNCTION)]
    if sentence > 0:
        before = scene.sentences[sentence - 1].span
        features += [f"prev:{c.label}" for c in scene.cues_in(before.start, before.end) if c.label not in _FUNCTION]
    if mention.amount is not None:
        features += list(_amount_features(scene, mention))
    if mention.deliverable is not None:
        kind = mention.deliverable.kind.value
        features += [f"kind:{kind}", f"q:{mention.deliverable.qualifier.value}"]
        features.append(f"count:{_magnitude(mention.deliverable.count)}")
        if mention.deliverable.count == 1:
            features.append(f"one:{kind}")
        features += [f"{kind}&{feature}" for feature in features if feature.startswith(("L1:", "R1:", "L5:", "R5:"))]
    if scene.title >= 0:
        title = scene.sentences[scene.title].span
        features += [f"T:{cue.label}" for cue in scene.cues_in(title.start, title.end) if cue.label not in _FUNCTION]
    features += scene.drift
    features += list(_neighbours(scene, mention.span, bounds))
    invests = sum(cue.label in ("invest", "build") for cue in scene.cues)
    features.append(f"doc-invest:{min(invests // 2, 4)}")
    topical = len(
        {match.label for match in scene.purposes if match.label in ("data_centres", "cloud", "ai", "semiconductors")}
    )
    features.append(f"doc-topic:{topical}")
    return sorted(set(features))


def _neighbours(scene: Scene, span: Span, bounds: Span) -> Iterator[str]:
    """Who stands next to a figure on either side, and by what words they are tied to it."""
    parties = [m for m in scene.organisations if bounds.start <= m.span.start < bounds.end]
    left = max((m.span.end for m in parties if m.span.end <= span.start), default=None)
    right = min((m.span.start for m in parties if m.span.start >= span.end), default=None)
    for side, start, end in (("l", left, span.start), ("r", span.end, right)):
        if start is None or end is None:
            yield f"nobody-{side}"
            continue
        tied = tie(scene, start, end)
        yield f"next-{side}:{tied}"
        yield f"next-{side}:{tied}&{bucket(scene.words_between(start, end))}"


def tie(scene: Scene, start: int, end: int) -> str:
    """The last two sorts of words between two places, "place" for a country or a town among them."""
    found = [(cue.span.start, cue.label) for cue in scene.cues_in(start, end)]
    found += [(place.span.start, "place") for place in scene.places if start <= place.span.start < end]
    labels = [label for _, label in sorted(found)]
    return "+".join(labels[-2:]) or "none"


_OF_PEOPLE = frozenset(("train", "hire", "support"))


def _magnitude(value: Decimal) -> int:
    return max(0, value.adjusted())


def _amount_features(scene: Scene, mention: Mention) -> Iterator[str]:
    amount = mention.amount
    if amount is None:
        return
    yield f"size:{_magnitude(rough_dollars(amount.value, amount.currency))}"
    yield f"q:{amount.qualifier.value}"
    if amount.qualifier is not Qualifier.EXACT:
        yield "qualified"
    same = [m for m in scene.money if m.amount is not None and m.amount.money == amount.money and m is not mention]
    if same:
        yield "repeated"
    if scene.title >= 0 and any(scene.sentence_at(m.span.start) == scene.title for m in same):
        yield "in-title-too"
    if amount.also:
        yield "restated"
    if mention.damaged:
        yield "damaged"
    if "currency" in mention.parts and not mention.span.overlaps(mention.parts["currency"]):
        # The currency is that of another sum: what tells of people weighs more here.
        yield "bare"
        bounds = scene.sentences[scene.sentence_at(mention.span.start)].span
        labels = {cue.label for cue in scene.cues_in(bounds.start, bounds.end)}
        yield from (f"bare&S:{label}" for label in sorted(labels & _OF_PEOPLE))
    yield from _share(scene, mention)


def _share(scene: Scene, mention: Mention) -> Iterator[str]:
    """Whether a sum is called a part of a bigger one before it, and whether anybody is named for that part."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    start = scene.sentences[max(0, sentence - 1)].span.start
    before = [m for m in scene.money if start <= m.span.start < mention.span.start and _is_bigger(m, mention)]
    if not before:
        return
    whole = before[-1]
    parts = [cue for cue in scene.cues_in(whole.span.end, bounds.end) if cue.label in ("part", "rest", "half")]
    if not parts:
        return
    following = min((m.span.start for m in scene.money if m.span.start > mention.span.start), default=bounds.end)
    first = min(parts[0].span.start, mention.span.start)
    named = any(first <= m.span.start < min(following, bounds.end) for m in (*scene.organisations, *scene.places))
    told = "here" if whole.span.start >= bounds.start else "before"
    yield f"share:{told}:{'own' if named else 'bare'}"
    yield f"share:{told}:{'own' if named else 'bare'}:{parts[-1].label}"


def _is_bigger(one: Mention, other: Mention) -> bool:
    a, b = one.amount, other.amount
    return a is not None and b is not None and a.currency == b.currency and a.value > b.value


def link_features(
    scene: Scene, span: Span, actor: Actor, rivals: Sequence[Actor], *, homes: Sequence[str] = ()
) -> list[str]:
    """What tells whether the figure at `span` is an actor's: its investor, recipient or destination.

    `homes` are, for a destination, the countries that the investors are from, "" for one whose home is not known.
    """
    sentence = scene.sentence_at(span.start)
    rivals = [rival for rival in rivals if rival.reason != CAPITALS or rival is actor]
    features: list[str] = []
    order = min(actor.order, 3)
    features.append(f"rank:{order}")
    if len(rivals) == 1:
        features.append("only")
    in_title = any(anchor.sentence == scene.title for anchor in actor.anchors) and scene.title >= 0
    if in_title:
        features.append("titled")
    features.append(f"count:{min(len(actor.names), 4)}")
    if actor.party is not None:
        features += [f"kind:{actor.party.kind.value}", f"why:{actor.reason}"]
    if all(anchor.kind == "adjective" for anchor in actor.anchors):
        features.append("adjective-only")
    if actor.party is None:
        features += list(reach(actor, rivals, sentence))
        native = _native(scene, actor)
        features += [native, *(f"{native}&{kind}" for kind in sorted({a.kind for a in actor.anchors}))]
    bounds = scene.sentences[sentence].span
    features += [feature for feature in scene.drift if feature.endswith((":stake", ":grant"))]
    telling = sorted({cue.label for cue in scene.cues_in(bounds.start, bounds.end) if cue.label in _TELLING})
    here = [anchor for anchor in actor.anchors if anchor.sentence == sentence]
    others_here = {
        r.key
        for r in rivals
        if r is not actor and any(a.sentence == sentence and a.kind != "adjective" for a in r.anchors)
    }
    features.append(f"rivals:{min(len(others_here), 3)}")
    if here:
        features += _same_sentence(scene, span, here, rivals, actor, sentence)
    else:
        features += _elsewhere(scene, sentence, actor, rivals, has_rivals=bool(others_here))
    features += [
        f"{feature}&{f2}"
        for feature in features
        if feature.startswith(("where:",))
        for f2 in (
            f"rank:{order}",
            *(["titled"] if in_title else []),
            *([f"kind:{actor.party.kind.value}"] if actor.party else [native]),
        )
    ]
    parts = section(scene, sentence, actor, rivals)
    features += parts
    features += [
        f"{one}&{two}" for one in parts[1:] for two in features if two.startswith(("where:", "rank:", "titled"))
    ]
    basis = [f for f in features if f.startswith(("where:", "side:", "left-nth:", "right-nth:"))]
    features += [f"{one}&S:{label}" for one in basis for label in telling]
    if scene.sentences[sentence].is_heading:
        features += ["in-heading", *(f"{one}&heading" for one in basis)]
    if homes:
        home = "home" if actor.key in homes else "home-unknown" if "" in homes else "abroad"
        features += [home, *(f"{home}&{one}" for one in features if one.startswith(_BY_HOME) and "&" not in one)]
    return sorted(set(features))


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
_TELLING = frozenset(
    ("total", "summit", "stake", "grant", "capex", "with_it", "by_it", "into_it", "part", "cancel", "announce", "rest")
)


def _same_sentence(
    scene: Scene, span: Span, here: Sequence[Anchor], rivals: Sequence[Actor], actor: Actor, sentence: int
) -> list[str]:
    features = ["where:here"]
    before = [anchor for anchor in here if anchor.span.end <= span.start]
    after = [anchor for anchor in here if anchor.span.start >= span.end]
    if before:
        anchor = before[-1]
        closer = {
            r.key for r in rivals for a in r.anchors
            if r is not actor and a.sentence == sentence
            and anchor.span.end <= a.span.start and a.span.end <= span.start
        }  # fmt: skip
        features += [
            f"left:{bucket(scene.words_between(anchor.span.end, span.start))}",
            f"left-nth:{min(len(closer), 2)}",
            f"left-kind:{anchor.kind}",
        ]
        features.append(f"listed-l:{min(len(anchor.mates), 2)}")
        features += [f"btw-l:{c.label}" for c in scene.cues_in(anchor.span.end, span.start) if c.label not in _FUNCTION]
        if not closer:
            features.append(f"tie-l:{tie(scene, anchor.span.end, span.start)}")
        features += list(adjacent(scene, anchor, "l"))
        if anchor.rank == 0:
            features.append("left-first")
        features += list(separators(scene, anchor.span.end, span.start, "l"))
    if after:
        anchor = after[0]
        closer = {
            r.key for r in rivals for a in r.anchors
            if r is not actor and a.sentence == sentence
            and span.end <= a.span.start and a.span.end <= anchor.span.start
        }  # fmt: skip
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


def reach(actor: Actor, rivals: Sequence[Actor], sentence: int) -> Iterator[str]:
    """Whether a place is a country or a part of the world, and whether one of the other sort stands beside it."""
    sort = "region" if actor.key in _REGIONS else "country"
    yield sort
    for rival in rivals:
        if (rival.key in _REGIONS) != (actor.key in _REGIONS):
            kinds = {anchor.kind for anchor in rival.anchors if anchor.sentence == sentence}
            if kinds - {"adjective"}:
                yield f"{sort}&other-sort-here"


def _native(scene: Scene, actor: Actor) -> str:
    """Whether a country is the one, or one of those, whose newsrooms write in the document's language."""
    homes = newsrooms(scene.document, scene.language)
    if actor.key not in homes:
        return "abroad-of-one" if len(homes) == 1 else "abroad-of-many"
    return "native" if len(homes) == 1 else "native-main" if actor.key == homes[0] else "native-too"


_REGIONS = frozenset(("EU", "150", "142", "002", "019", "001"))


def section(scene: Scene, sentence: int, actor: Actor, rivals: Sequence[Actor]) -> list[str]:
    """Whether a heading or the section under it names the actor, where a document has sections."""
    own = scene.sections[sentence]
    if own < 0 or own == scene.title or scene.sentences[sentence].is_heading:
        return []
    if any(anchor.sentence == own for anchor in actor.anchors):
        shared = any(anchor.sentence == own for rival in rivals if rival is not actor for anchor in rival.anchors)
        return ["sectioned", "shared-heading" if shared else "section-heading"]
    headed = any(anchor.sentence == own for rival in rivals if rival is not actor for anchor in rival.anchors)
    inside = any(scene.sections[anchor.sentence] == own for anchor in actor.anchors if anchor.sentence >= 0)
    return ["sectioned", "other-heading" if headed else "no-heading", "in-section" if inside else "out-of-section"]


def _elsewhere(scene: Scene, sentence: int, actor: Actor, rivals: Sequence[Actor], *, has_rivals: bool) -> list[str]:
    features = []
    paragraph = scene.sentences[sentence].paragraph
    before = [anchor for anchor in actor.anchors if anchor.sentence < sentence]
    nearest = before[-1] if before else None
    if nearest is None:
        features.append("where:later")
        if actor.anchors[0].sentence == sentence + 1:
            features.append("next-sentence")
    else:
        gap = sentence - nearest.sentence
        same = scene.sentences[nearest.sentence].paragraph == paragraph
        features.append("where:prev" if gap == 1 else "where:para" if same else "where:before")
        closer = {
            r.key
            for r in rivals
            if r is not actor
            and any(nearest.sentence < a.sentence < sentence and a.kind != "adjective" for a in r.anchors)
        }
        features.append(f"closer:{min(len(closer), 2)}")
        last = {
            r.key
            for r in rivals
            if r is not actor and any(a.sentence == nearest.sentence and a.kind != "adjective" for a in r.anchors)
        }
        features += [
            f"shared:{min(len(last), 2)}",
            f"prev-kind:{nearest.kind}",
            f"listed-p:{min(len(nearest.mates), 2)}",
        ]
        if nearest.rank == 0:
            features.append("prev-first")
        if scene.sentences[nearest.sentence].is_heading and gap <= 2:
            features.append("under-heading")
        if gap == 1 and not same:
            features.append("prev-paragraph")
    features.append("alone" if not has_rivals else "contested")
    return features + [f"{f}&{'contested' if has_rivals else 'alone'}" for f in features if f.startswith("where:")]
