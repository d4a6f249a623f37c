"""Which date of the text is a draft's announcement, the end or beginning of its term, or a count's due day."""

from datetime import date

from pledgebook.domain import Interval, Mention, Role, Term
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.territory import Territory
from pledgebook.extract.claims.verdicts import when

_ANNOUNCED, _TERM, _DUE = 0.3, 0.2, 0.4
_NEAR = 5.0
_AHEAD = frozenset(("by", "before", "within"))
_FAR = 12.0


def find_announced(
    scene: Scene, draft: Draft, territory: Territory, *, role: Role, is_news: bool
) -> tuple[Interval | None, Mention | None]:
    """When the commitment was made public and the words that say so; the day of the document where the news is new."""
    published = scene.document.published
    best = _best(scene, draft, territory, "announced", role, _ANNOUNCED)
    if published is None and best is not None and best.reading is not None and best.reading.edge in _AHEAD:
        best = None  # "by 2030" was no day of news
    if best is not None and best.reading is not None:
        interval = best.reading.interval
        if published is not None and interval.latest > published.latest:
            interval = Interval(min(interval.earliest, published.latest), published.latest)
        return interval, best
    return (published, None) if is_news and role is not Role.EARLIER else (None, None)


def find_term(scene: Scene, draft: Draft, territory: Territory, *, role: Role) -> tuple[Term, dict[str, Mention]]:
    """Start and end of the spending or building, with the words that say so."""
    words: dict[str, Mention] = {}
    start: date | None = None
    end: date | None = None
    first = _best(scene, draft, territory, "term-start", role, _TERM)
    last = _best(scene, draft, territory, "term-end", role, _TERM)
    if first is not None and first is last:
        # "Since 2018" is no end: where both take one day for theirs, its own words tell which it is.
        first, last = (first, None) if first.reading is not None and first.reading.edge == "from" else (None, last)
    if last is not None and last.reading is not None:
        end, words["term.end"] = last.reading.interval.latest, last
    if first is not None and first.reading is not None:
        start, words["term.start"] = first.reading.interval.earliest, first
    if start is not None and end is not None and start > end:
        start = None
        words.pop("term.start")
    return Term(start, end), words


def find_due(scene: Scene, quantity: Mention) -> Mention | None:
    """The date that the words give a count, None where they give none."""
    sentence = scene.sentence_at(quantity.span.start)
    model = load_model("due")
    scored = [
        (
            model.probability(due_features(scene, quantity, mention)),
            -abs(mention.span.start - quantity.span.start),
            mention,
        )
        for mention in scene.dates
        if mention.reading is not None and scene.sentence_at(mention.span.start) == sentence
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= _DUE else None


def candidates(scene: Scene, territory: Territory) -> list[Mention]:
    """The dates that stand in a draft's sentences."""
    mine = {*territory.core, *territory.near, *territory.far}
    return [m for m in scene.dates if m.reading is not None and scene.sentence_at(m.span.start) in mine]


def _best(scene: Scene, draft: Draft, territory: Territory, model: str, role: Role, least: float) -> Mention | None:
    chosen = load_model(model)
    scored = [
        (chosen.probability(day_features(scene, draft, territory, mention, role=role)), -n, mention)
        for n, mention in enumerate(candidates(scene, territory))
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= least else None


def _precision(interval: Interval) -> str:
    days = interval.days
    return (
        "day"
        if days == 1
        else "week"
        if days <= 10
        else "month"
        if days <= 31
        else "quarter"
        if days <= 93
        else "year"
        if days <= 366
        else "years"
    )


def day_features(scene: Scene, draft: Draft, territory: Territory, mention: Mention, *, role: Role) -> list[str]:
    """What tells how a date bears on a draft."""
    reading = mention.reading
    if reading is None:
        return []
    sentence = scene.sentence_at(mention.span.start)
    where = "core" if sentence in territory.core else "near" if sentence in territory.near else "far"
    published = scene.document.published
    time = when(reading.interval, published) if published is not None else "unknown"
    precision = _precision(reading.interval)
    features = [where, f"edge:{reading.edge}", f"time:{time}", f"precision:{precision}", f"role:{role.value}"]
    if published is not None and time == "recent":
        features.append("within-week" if (published.latest - reading.interval.latest).days <= 7 else "older")
    features += _around(scene, mention.span.start, mention.span.end, sentence)
    here = [f for f in draft.anchors if scene.sentence_at(f.span.start) == sentence]
    if here:
        distance = min(scene.words_between(f.span.start, mention.span.start) for f in here)
        features.append("close" if distance <= _NEAR else "closer" if distance <= _FAR else "apart")
        features.append("after-figure" if mention.span.start > here[0].span.start else "before-figure")
        low, high = sorted((here[0].span.start, mention.span.start))
        if any(low < other.span.start < high for other in scene.money if other not in draft.figures):
            features.append("money-between")
        if any(low < other.span.start < high for other in scene.dates if other is not mention):
            features.append("date-between")
        if any(low < other.span.start < high for other in scene.quantities):
            features.append("count-between")
    counts = [q for q in scene.quantities if scene.sentence_at(q.span.start) == sentence]
    if counts:
        features.append("count-here")
    if sentence <= 3:
        features.append("early")
    if scene.sentences[sentence].is_heading:
        features.append("heading")
    key = [f"edge:{reading.edge}", f"time:{time}", where, f"role:{role.value}", f"precision:{precision}"]
    crossed = [f"{one}&{two}" for n, one in enumerate(key) for two in key[n + 1 :]]
    crossed += [f"edge:{reading.edge}&time:{time}&{where}", f"role:{role.value}&time:{time}&{where}"]
    crossed += [f"time:{time}&{f}" for f in features if f.startswith(("A:", "close", "apart", "after", "before"))]
    return sorted({*features, *crossed})


def _around(scene: Scene, start: int, end: int, sentence: int) -> list[str]:
    features = []
    for cue in scene.cues_of(sentence):
        if cue.span.end <= start and scene.words_between(cue.span.end, start) <= _FAR:
            features.append(f"A:L:{cue.label}")
        elif cue.span.start >= end and scene.words_between(end, cue.span.start) <= _FAR:
            features.append(f"A:R:{cue.label}")
    return features


def due_features(scene: Scene, quantity: Mention, mention: Mention) -> list[str]:
    """What tells whether a date of the same sentence dates a count."""
    reading = mention.reading
    if reading is None:
        return []
    published = scene.document.published
    time = when(reading.interval, published) if published is not None else "unknown"
    low, high = sorted((quantity.span.start, mention.span.start))
    distance = scene.words_between(quantity.span.start, mention.span.start)
    features = [
        f"edge:{reading.edge}",
        f"time:{time}",
        "after" if mention.span.start > quantity.span.start else "before",
    ]
    features.append("close" if distance <= _NEAR else "closer" if distance <= _FAR else "apart")
    between = [q for q in scene.quantities if low < q.span.start < high and q is not quantity]
    features.append(f"counts-between:{min(len(between), 2)}")
    sentence = scene.sentence_at(quantity.span.start)
    money = [m for m in scene.money if scene.sentence_at(m.span.start) == sentence]
    features.append("money-here" if money else "no-money")
    if any(low < m.span.start < high for m in money):
        features.append("money-between")
    if any(low < d.span.start < high for d in scene.dates if d is not mention):
        features.append("date-between")
    if quantity.deliverable is not None:
        features += [f"kind:{quantity.deliverable.kind.value}", f"kind:{quantity.deliverable.kind.value}&{features[2]}"]
        if quantity.deliverable.count == 1:
            features.append("one")
    features.append(f"precision:{_precision(reading.interval)}")
    features += [
        f"S:{cue.label}"
        for cue in scene.cues_of(sentence)
        if cue.label in ("train", "hire", "build", "support", "plan", "invest", "complete", "earlier")
    ]
    return sorted({*features, *(f"{features[0]}&{f}" for f in features[1:])})
