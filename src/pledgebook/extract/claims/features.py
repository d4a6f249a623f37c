"""What a figure's surroundings say, as named features that mean the same in every language."""

from collections.abc import Iterator
from decimal import Decimal

from pledgebook.domain import Basis, Mention, Qualifier, Span
from pledgebook.extract.claims.clauses import clause_of
from pledgebook.extract.claims.headed import head_of
from pledgebook.extract.claims.offtopic import off_topic_features, words_of_others
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene, paragraph_of
from pledgebook.extract.claims.standing import is_same, standing_features
from pledgebook.lexicon.magnitudes import rough_dollars

_NEAR, _FAR = 5.0, 14.0
FUNCTION = frozenset(("with_it", "by_it", "into_it", "of_it"))


def bucket(words: float) -> str:
    """A distance in words as the least of a few limits that it keeps, "far" beyond them."""
    for limit in (1, 3, 6, 10, 16, 25):
        if words <= limit:
            return str(limit)
    return "far"


def _context(scene: Scene, mention: Mention, sentence: int) -> Iterator[str]:
    """The cues around a figure: near, in its sentence, just before and behind it."""
    span, theirs = mention.span, words_of_others(scene, mention)
    bounds = scene.sentences[sentence].span
    left: list[tuple[float, str]] = []
    right: list[tuple[float, str]] = []
    for cue in scene.cues_in(bounds.start, bounds.end):
        if cue.label in FUNCTION or cue.span.overlaps(span) or cue.span in theirs:
            continue
        if cue.span.end <= span.start:
            left.append((scene.words_between(cue.span.end, span.start), cue.label))
        else:
            right.append((scene.words_between(span.end, cue.span.start), cue.label))
    row = scene.row_at(span.start)
    head = row.head_at(span.start) if row is not None else None
    if head is not None:
        yield from (f"S:{cue.label}" for cue in scene.cues_in(head.start, head.end) if cue.label not in FUNCTION)
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


def _clause_features(scene: Scene, span: Span, bounds: Span) -> Iterator[str]:
    """The cues of a figure's own clause."""
    clause = clause_of(scene, span, bounds)
    labels = {
        cue.label
        for cue in scene.cues_in(clause.start, clause.end)
        if cue.label not in FUNCTION and not cue.span.overlaps(span)
    }
    yield from (f"C:{label}" for label in sorted(labels) or ["none"])


@once
def figure_features(scene: Scene, mention: Mention) -> list[str]:
    """What tells whether a figure belongs to a pledge. The list is shared by all who ask for it."""
    sentence = scene.sentence_at(mention.span.start)
    features = list(_context(scene, mention, sentence))
    features += _sentence_features(scene, sentence)
    if mention.amount is not None:
        features += _amount_features(scene, mention)
    if mention.deliverable is not None:
        kind = mention.deliverable.kind.value
        features += [f"kind:{kind}", f"q:{mention.deliverable.qualifier.value}"]
        features.append(f"count:{_magnitude(mention.deliverable.count)}")
        if mention.deliverable.count == 1:
            features.append(f"one:{kind}")
        features += [f"{kind}&{feature}" for feature in features if feature.startswith(("L1:", "R1:", "L5:", "R5:"))]
    features += _neighbours(scene, mention.span, sentence)
    features += _clause_features(scene, mention.span, scene.sentences[sentence].span)
    features += standing_features(scene, mention)
    return sorted(set(features))


# What tells of who pays, of dates and of purposes, and only misleads about the question itself.
_BESIDE_SUMS = ("doc-", "prev:", "next-", "P:", "L14:", "R14:")
_BESIDE_COUNTS = ("prev:", "next-", "L14:", "R14:", "T:")


@once
def pledge_features(scene: Scene, mention: Mention) -> list[str]:
    """What tells whether a sum is a pledge."""
    told = [feature for feature in figure_features(scene, mention) if not feature.startswith(_BESIDE_SUMS)]
    return [*told, *off_topic_features(scene, mention)]


@once
def promise_features(scene: Scene, mention: Mention) -> list[str]:
    """What tells whether a count is promised."""
    return [feature for feature in figure_features(scene, mention) if not feature.startswith(_BESIDE_COUNTS)]


@once
def _sentence_features(scene: Scene, sentence: int) -> tuple[str, ...]:
    """What is told of every figure of a sentence."""
    info = scene.sentences[sentence]
    bounds = info.span
    features = ["heading"] if info.is_heading else []
    if sentence == scene.title:
        features.append("title")
    features.append(f"pos:{min(4, 5 * sentence // max(1, len(scene.sentences)))}")
    orgs, places, figures = (
        sum(bounds.start <= m.span.start < bounds.end for m in mentions)
        for mentions in (scene.organisations, scene.places, scene.money)
    )
    orgs += head_of(scene, sentence) >= 0
    features += [f"orgs:{min(orgs, 2)}", f"places:{min(places, 1)}", f"figures:{min(figures, 3)}"]
    labels = {match.label for match in scene.purposes_of(sentence)}
    features += [f"P:{label}" for label in sorted(labels)] or ["P:none"]
    around = list(paragraph_of(scene, sentence))
    wide = {c.label for c in scene.cues_in(scene.sentences[around[0]].span.start, scene.sentences[around[-1]].span.end)}
    features += [f"para:{label}" for label in sorted(wide - FUNCTION)]
    if sentence > 0:
        features += [f"prev:{c.label}" for c in scene.cues_of(sentence - 1) if c.label not in FUNCTION]
    return (*features, *_document_features(scene, scene.title))


@once
def _document_features(scene: Scene, title: int) -> tuple[str, ...]:
    """What is told of every figure of a document."""
    features = [f"T:{cue.label}" for cue in scene.cues_of(title) if cue.label not in FUNCTION] if title >= 0 else []
    features += scene.drift
    invests = sum(cue.label in ("invest", "build") for cue in scene.cues)
    features.append(f"doc-invest:{min(invests // 2, 4)}")
    topical = len({match.label for match in scene.purposes} & _TOPICS)
    return (*features, f"doc-topic:{topical}")


_TOPICS = frozenset(("data_centres", "cloud", "ai", "semiconductors"))


def _neighbours(scene: Scene, span: Span, sentence: int) -> Iterator[str]:
    """Who stands next to a figure on either side, and by what words they are tied to it."""
    bounds, is_headed = scene.sentences[sentence].span, head_of(scene, sentence) >= 0
    parties = [m for m in scene.organisations if bounds.start <= m.span.start < bounds.end]
    left = max((m.span.end for m in parties if m.span.end <= span.start), default=None)
    right = min((m.span.start for m in parties if m.span.start >= span.end), default=None)
    for side, start, end in (("l", left, span.start), ("r", span.end, right)):
        if start is None or end is None:
            if not (is_headed and side == "l"):
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
    same = [m for m in scene.money if m is not mention and m.amount is not None and is_same(m.amount, amount)]
    if same:
        yield "repeated"
    if scene.title >= 0 and any(scene.sentence_at(m.span.start) == scene.title for m in same):
        yield "in-title-too"
    if amount.also:
        yield "restated"
    if mention.damaged:
        yield "damaged"
    if amount.basis is Basis.IMPLIED:
        yield "implied"
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
