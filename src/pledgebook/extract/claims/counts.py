"""Which commitment a promised count belongs to."""

from collections.abc import Container, Sequence
from functools import cache

from pledgebook.domain import Kind, Mention, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.draft import Cast, Draft, same_actors
from pledgebook.extract.claims.features import figure_features, promise_features
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.links import link
from pledgebook.extract.claims.promises import is_plain
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher

_DELIVERABLE = 0.45
_OWNER = 0.5
_KIN = 0.2
_BYGONE = 0.2
_PAST_DAYS = 60
# How likely a count without a sum has to be a commitment of its own, and how likely, failing that, somebody else's.
_STANDALONE = 0.3
_STRAY = 0.1
_SITES = frozenset((Kind.MEGAWATTS,))
_ONE_SITE, _SEVERAL = frozenset((Kind.SITES, Kind.DATA_CENTRES)), 2
# Amid these nobody promises anything.
_DOUBT = frozenset(("cancel", "deny", "complete", "earlier", "earnings", "forecast", "rumour", "ambition"))
_PLANNED = frozenset(("plan", "build", "under_way", "propose"))


def _covers(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    """Whether everybody of `other`, and there is somebody, is among `one`."""
    return bool(other) and {actor.key for actor in other} <= {actor.key for actor in one}


def attach_counts(scene: Scene, drafts: list[Draft], cast: Cast) -> None:
    """Give every promised count to the draft it belongs to; counts without money make drafts of their own."""
    model, standalone = load_model("deliverable"), load_model("standalone")
    own: list[Draft] = []
    around = document_features(scene)
    for mention in scene.quantities:
        features = promise_features(scene, mention)
        alone = standalone.probability([*figure_features(scene, mention), *around])
        if not drafts and is_plain(scene, mention):
            alone = max(alone, _STANDALONE)
        # What is likely promised without a sum is promised.
        score = max(model.probability(features), alone)
        if score < _DELIVERABLE:
            continue
        lone = Draft(
            quantities=[mention],
            score=score,
            reasons=[f"a deliverable ({score:.2f}): {', '.join(model.reasons(features))}"],
        )
        link(scene, lone, cast)
        owners = [(owner_score(scene, lone, draft, drafts), -n, draft) for n, draft in enumerate(drafts)]
        best = max(owners, key=lambda item: item[:2], default=None)
        # A count of the same investor at the same place rarely stands for a commitment of its own.
        apart = is_set_apart(scene, mention) or is_elsewhere(scene, mention, drafts)
        share = best is not None and _is_share(scene, lone, best[2])
        if (
            best is not None
            and not (apart or share)
            and best[0] >= (_KIN if _covers(lone.investors, best[2].investors) else _OWNER)
        ):
            best[2].quantities.append(mention)
            best[2].reasons.append(f"{mention.span.of(scene.text)!r} belongs to it ({best[0]:.2f})")
            continue
        if not (apart or share) and alone < _STANDALONE and not _is_of_another(scene, mention, lone, drafts):
            if best is not None and best[0] >= _STRAY:
                best[2].quantities.append(mention)
            continue
        if best is not None and not (apart or share) and _is_paid_in_parts(scene, lone, drafts):
            best[2].quantities.append(mention)
            continue
        kin = None if apart else next((draft for draft in own if _same_venture(scene, draft, lone)), None)
        if kin is None:
            own.append(lone)
        else:
            kin.quantities.append(mention)
    drafts += own


def _is_share(scene: Scene, lone: Draft, draft: Draft) -> bool:
    """Whether one of several investors promises a count apart from the sum that it shares with the others."""
    payers = {actor.key for actor in draft.investors}
    sentence = scene.sentence_at(lone.quantities[0].span.start)
    places = {scene.sentence_at(figure.span.start) for figure in draft.figures}
    if len(lone.investors) != 1 or len(payers) < 2 or lone.investors[0].key not in payers or sentence in places:
        return False
    return any(cue.label == "total" for place in places for cue in scene.cues_of(place))


def _is_paid_in_parts(scene: Scene, lone: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the one site that several open is what each pays for: "Acme and Bolt open a lab. Acme pays 3 ..."."""
    told = lone.quantities[0].deliverable
    if told is None or told.kind not in _ONE_SITE or told.count != 1 or not lone.investors:
        return False
    paragraph = scene.sentences[scene.sentence_at(lone.quantities[0].span.start)].paragraph
    near = [
        draft
        for draft in drafts
        if any(abs(_paragraph_of(scene, figure) - paragraph) <= 1 for figure in draft.figures)
        and same_actors(draft.destinations, lone.destinations)
    ]
    payers = {actor.key for draft in near for actor in draft.investors}
    return len(near) >= _SEVERAL and {actor.key for actor in lone.investors} <= payers


def _paragraph_of(scene: Scene, mention: Mention) -> int:
    return scene.sentences[scene.sentence_at(mention.span.start)].paragraph


def _is_of_another(scene: Scene, mention: Mention, lone: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether somebody who pays no sum of the text trains or takes on people: "And Acme will train 3,000 teachers"."""
    told = mention.deliverable
    sentence = scene.sentence_at(mention.span.start)
    bounds, labels = scene.sentences[sentence].span, {cue.label for cue in scene.cues_of(sentence)}
    if told is None or sums_of(scene, sentence) or labels & _DOUBT:
        return False
    if told.kind is Kind.PEOPLE_TRAINED:
        verbs = [cue.span for cue in scene.cues_of(sentence) if cue.label == "train"]
    elif told.kind is Kind.JOBS:
        hires = _hires(scene.language.code)
        verbs = [match.span for match in hires.find(scene.text[bounds.start : mention.span.start])] if hires else []
        verbs = [Span(span.start + bounds.start, span.end + bounds.start) for span in verbs]
    else:
        return False
    paying = {actor.key for draft in drafts for actor in draft.investors}
    payers = {actor.key for actor in lone.investors}
    named = [a.span.end for actor in lone.investors for a in actor.names if a.sentence == sentence]
    acts = any(end <= verb.start < mention.span.start for end in named for verb in verbs)
    return acts and paying.isdisjoint(payers)


@cache
def _hires(code: str) -> PhraseMatcher | None:
    words = load_language(code).flow.get("hires", ())
    return PhraseMatcher({"hires": words}) if words else None


def document_features(scene: Scene) -> list[str]:
    """What tells whether a document promises counts beside sums: how many sums it has, and its headline's."""
    features = [f"doc-sums:{min(len(scene.money), 4)}"]
    if any(scene.sentence_at(m.span.start) == scene.title for m in scene.money):
        features.append("doc-title-sum")
    if any(scene.sentence_at(m.span.start) == scene.title for m in scene.quantities):
        features.append("doc-title-count")
    return features


def _same_venture(scene: Scene, draft: Draft, lone: Draft) -> bool:
    """Whether two counts without a sum are one commitment: told in one sentence, or by one investor as one news."""
    here = scene.sentence_at(lone.quantities[0].span.start)
    there = {scene.sentence_at(m.span.start) for m in draft.quantities}
    if here in there:
        return True
    if not (same_actors(draft.investors, lone.investors) and same_actors(draft.destinations, lone.destinations)):
        return False
    paragraph = scene.sentences[here].paragraph
    if any(scene.sentences[n].paragraph == paragraph for n in there):
        return True
    return not any(_is_background(scene, n) for n in (here, *there))


def _is_background(scene: Scene, sentence: int) -> bool:
    return any(cue.label in ("earlier", "complete") for cue in scene.cues_of(sentence))


def owner_features(scene: Scene, lone: Draft, draft: Draft, drafts: Sequence[Draft]) -> list[str]:
    """What tells whether a count belongs to a draft with a sum."""
    mention = lone.quantities[0]
    sentence = scene.sentence_at(mention.span.start)
    places = sorted({scene.sentence_at(figure.span.start) for figure in draft.figures})
    before = [place for place in places if place <= sentence]
    gap = sentence - before[-1] if before else -1
    features = [f"gap:{gap if gap <= 3 else 'far'}"]
    paragraph = scene.sentences[sentence].paragraph
    if any(scene.sentences[place].paragraph == paragraph for place in places):
        features.append("paragraph")
    since = before[-1] if before else sentence
    rivals = [
        d
        for d in drafts
        if d is not draft and any(since < scene.sentence_at(figure.span.start) <= sentence for figure in d.figures)
    ]
    features.append(f"between:{min(len(rivals), 2)}")
    same_sentence = [d for d in drafts if any(scene.sentence_at(f.span.start) == sentence for f in d.figures)]
    if same_sentence:
        features.append("sum-here" if draft in same_sentence else "other-sum-here")
    features.append(f"investors:{_agreement(lone.investors, draft.investors)}")
    features.append(f"destinations:{_agreement(lone.destinations, draft.destinations)}")
    if drafts and draft is drafts[0]:
        features.append("first")
    if any(place == scene.title for place in places):
        features.append("titled")
    if len(drafts) == 1:
        features.append("only")
    kind = mention.deliverable.kind.value if mention.deliverable else ""
    features.append(f"kind:{kind}")
    bounds = scene.sentences[sentence].span
    features += [
        f"S:{cue.label}"
        for cue in scene.cues_of(sentence)
        if cue.label in ("add", "earlier", "total", "part", "complete", "under_way")
    ]
    features += [
        feature
        for feature in figure_features(scene, mention)
        if feature[:2] in ("L5", "L1", "R5") and feature.partition(":")[2] in _TIMING
    ]
    published = scene.document.published
    for found in scene.dates:
        if found.reading is not None and bounds.start <= found.span.start < bounds.end and published is not None:
            days = (published.earliest - found.reading.interval.latest).days
            features.append("dated:past" if days > _PAST_DAYS else "dated:other")
    features += [
        f"{features[0]}&{feature}"
        for feature in features
        if feature.startswith(("investors:", "destinations:", "between:", "dated:"))
    ]
    return sorted(set(features))


_TIMING = frozenset(("add", "earlier", "complete", "announce"))


def owner_score(scene: Scene, lone: Draft, draft: Draft, drafts: Sequence[Draft]) -> float:
    """How likely a count belongs to a draft."""
    features = owner_features(scene, lone, draft, drafts)
    score = load_model("owner").probability(features)
    if "gap:0" not in features and "dated:past" in features:
        score *= _BYGONE  # what an earlier year brought is no part of today's sum
    return score


def is_set_apart(scene: Scene, mention: Mention) -> bool:
    """Whether a count comes on top of the news and was told before ("in addition to the 2,000 already announced")."""
    features = figure_features(scene, mention)
    return "L5:add" in features and ("R5:earlier" in features or "R14:earlier" in features)


def is_elsewhere(scene: Scene, mention: Mention, drafts: Sequence[Draft]) -> bool:
    """Whether a site of some size is planned in a town that no sum is told of: "A second one, of 80 MW, in Luleå"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    told = mention.deliverable
    if told is None or told.kind not in _SITES or any(bounds.contains(one.span) for one in scene.money):
        return False
    towns = {one.name for one in scene.places if one.name is not None and bounds.contains(one.span)}
    if not towns or _PLANNED.isdisjoint(cue.label for cue in scene.cues_of(sentence)):
        return False
    spent = {scene.sentence_at(figure.span.start) for draft in drafts for figure in draft.figures}
    if min(spent, default=sentence) >= sentence or _is_priced_next(scene, sentence, spent):
        return False
    around = {one.name for one in scene.places if scene.sentence_at(one.span.start) in spent}
    return bool(around - {None}) and towns.isdisjoint(around)


def _is_priced_next(scene: Scene, sentence: int, spent: Container[int]) -> bool:
    """Whether the next sentence of the paragraph tells a sum: what the site costs."""
    following = sentence + 1
    same = scene.sentences[sentence].paragraph
    return following in spent and scene.sentences[following].paragraph == same


def _agreement(one: Sequence[Actor], other: Sequence[Actor]) -> str:
    a, b = {actor.key for actor in one}, {actor.key for actor in other}
    if not a or not b:
        return "unknown"
    return "same" if a == b else "some" if a & b else "none"
