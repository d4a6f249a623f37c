"""Who pays a sum by the particle of whoever acts in its clause: "アクメは市に3億円、ボルトは県に2億円を投じる"."""

from collections.abc import Sequence

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import giving, leading, taking
from pledgebook.extract.claims.particles import (
    has_particles,
    listed_with,
    only_attracts,
    only_takes,
    particle_of,
    pays_part_alone,
)
from pledgebook.extract.claims.scene import Scene

_DOING = frozenset(("invest", "build", "pay", "give"))
_ENDED = frozenset(("build", "complete", "announce", "plan", "under_way", "cancel"))
_BUILT, _COMMAS, _BOTH = frozenset(("build", "under_way", "complete")), "、,，", 2
_TURNING = frozenset(("part", "rest", "half", "grant", "company", "government", "companies"))
_QUOTED = ("「", "『", "“", '"')
_NOT_PAYING = frozenset(("purchase", "stake", "takeover", "earnings", "fine", "receive"))


def paying_as_subject(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever is named last before a sum as acting, with a verb of giving, investing or building behind the sum."""
    sentence = scene.sentence_at(mention.span.start)
    is_shared = any(cue.label == "with_it" for cue in scene.cues_of(sentence)) or leading(scene, sentence)
    if not has_particles(scene) or is_shared or not _is_done(scene, sentence, mention.span):
        return []
    ends = [one.end for one in sums_of(scene, sentence) if one.end <= mention.span.start]
    low = max([scene.sentences[sentence].span.start, *ends])
    acting = sorted(
        (
            (anchor, actor)
            for actor in actors
            for anchor in actor.anchors
            if anchor.kind in ("name", "pronoun", "plural") and low <= anchor.span.start
            if anchor.span.end <= mention.span.start and particle_of(scene, anchor)[0] == "acting"
        ),
        key=lambda item: item[0].span,
    )
    if not acting and ends:
        return _going_on(scene, mention, actors)
    if not acting or acting[-1][0].kind != "name":
        return []
    last, payer = acting[-1]
    if len({anchor.span for anchor, _ in acting}) > 1 and _is_closed(scene, last, mention.span):
        # "アクメは、ボルトが建てた工場に3億円を投じる": whoever acts around a clause of another's pays
        first, payer = acting[0]
        is_inside = _is_built(scene, last, mention.span) and first.kind == "name" and payer is not acting[-1][1]
        return [payer] if is_inside and len({one.key for _, one in acting}) == _BOTH else []
    if any(is_no_payer(scene, mention, payer) for is_no_payer in (only_attracts, only_takes, pays_part_alone)):
        return []
    return [payer, *listed_with(scene, actors, low, last, payer)]


def paying_as_speaker(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """The company whose head is named right behind a quote: "「3億円を投資する」。アクメの青木社長はこう語った"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds, behind = scene.sentences[sentence].span, sentence + 1
    if not has_particles(scene) or not bounds.of(scene.text).lstrip().startswith(_QUOTED):
        return []
    if behind >= len(scene.sentences) or scene.sentences[behind].paragraph != scene.sentences[sentence].paragraph:
        return []
    named = [actor for actor in actors if any(anchor.sentence == behind for anchor in actor.names)]
    is_told = any(cue.label == "announce" for cue in scene.cues_of(behind))
    is_open = not any(anchor.sentence == sentence for actor in actors for anchor in actor.names)
    return named if len(named) == 1 and not named[0].is_public and is_told and is_open else []


def _going_on(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Who pays the sum before, where nobody is named between nor behind: "イタリアに3億、タイに2億"."""
    bounds = scene.sentences[scene.sentence_at(mention.span.start)].span
    before = next((m for m in reversed(scene.money) if bounds.start <= m.span.start < mention.span.start), None)
    if before is None or before.amount is None or mention.amount is None or "rest" in mention.parts:
        return []
    others = (m.span.start for m in scene.organisations if bounds.contains(m.span))
    cues = scene.cues_in(before.span.end, mention.span.start)
    if any(start >= before.span.end for start in others) or not _TURNING.isdisjoint(cue.label for cue in cues):
        return []
    return paying_as_subject(scene, before, actors)


def _is_done(scene: Scene, sentence: int, money: Span) -> bool:
    """Whether the first verb behind a sum is one of giving, investing or building, and none takes or buys."""
    bounds = scene.sentences[sentence].span
    takes = [verb for verb in taking(scene, sentence) if verb.start >= money.end]
    verbs = [verb for verb in giving(scene, sentence) if verb.start >= money.end]
    cues = scene.cues_in(money.end, bounds.end)
    verbs += [cue.span for cue in cues if cue.label in _DOING]
    if not verbs:
        return False
    first = min(verbs)
    is_other = any(cue.label in _NOT_PAYING and cue.span.start <= first.start for cue in cues)
    return not is_other and not any(verb.start <= first.end for verb in takes)


def _is_built(scene: Scene, anchor: Anchor, money: Span) -> bool:
    """Whether what somebody builds is told in one clause up to a sum: "ボルトが建てる工場に3億円"."""
    labels = {cue.label for cue in scene.cues_in(anchor.span.end, money.start)}
    return labels & _ENDED <= _BUILT and not any(char in _COMMAS for char in scene.text[anchor.span.end : money.start])


def _is_closed(scene: Scene, anchor: Anchor, money: Span) -> bool:
    """Whether a verb ends what somebody does before a sum begins."""
    return any(cue.label in _ENDED for cue in scene.cues_in(anchor.span.end, money.start))
