"""Who pays in a round of funding: those who lead it and those who join, told beside the sum or right behind it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import clause_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import leading, leading_behind, mark_of, taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.standing import is_same
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_BEHIND = 2
_PARTING = ",;:，；：（）()\n"
_RIGHT_BEHIND = 4
_INTO = 12
_CLOSES = frozenset(",.;)")
# "Series B", "Serie A": the letter of a round.
_LETTERED = re.compile(r"\S+[\s-][^\W\d_]\+?")


class Round(NamedTuple):
    """A round of funding: who raised it, where that is told, and who put the money in."""

    raised_by: Actor | None
    investors: tuple[Actor, ...]


def round_of(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> Round | None:
    """The round that a draft's sums are, None where the words around them tell of none."""
    told = [(mention, scene.sentence_at(mention.span.start)) for mention in draft.figures]
    led = next((found for mention, sentence in told if (found := _led(scene, mention, sentence, actors))), None)
    if led is not None:
        return led
    raised = (_raised_by(scene, sentence, actors) for _, sentence in told)
    raised_by = next((actor for actor in raised if actor is not None), None) or draft.recipient
    raised_by = raised_by or next((a for _, sentence in told if (a := _headed_by(scene, sentence, actors))), None)
    investors: dict[str, Actor] = {}
    for mention, sentence in told:
        if (raised_by is None and "stake" not in _labels(scene, sentence)) or not _is_raised(scene, mention, sentence):
            continue
        investors |= {actor.key: actor for actor in _named(scene, mention, sentence, actors, raised_by)}
    return Round(raised_by, tuple(investors.values())) if investors else None


def _led(scene: Scene, mention: Mention, sentence: int, actors: Sequence[Actor]) -> Round | None:
    """The round whose leader is named first: "Acme led a 3 million round in Bolt, with Cora taking part"."""
    words, at = leading(scene, sentence), mention.span.start
    verb = next((word for word in words if 0 <= at - word.end <= _RIGHT_BEHIND), None)
    if verb is None or taking(scene, sentence):
        return None
    named = sorted(
        ((anchor, actor) for actor in actors for anchor in actor.names if anchor.sentence == sentence),
        key=lambda item: item[0].span,
    )
    leaders = [(anchor, actor) for anchor, actor in named if anchor.span.end <= verb.start and anchor.kind == "name"]
    if not leaders:
        return None
    last, leader = leaders[-1]
    if _is_into(scene, last, leader) or any(
        anchor.kind == "pronoun" and last.span.end <= anchor.span.start and anchor.span.end <= verb.start
        for actor in actors
        if actor is not leader
        for anchor in actor.anchors
    ):
        # "Into the firm Acme the fund Bolt put 3 million",
        return None  # "Acme talks with the fund Bolt about a plant in which the company would put 3 million"
    leading_it = [actor for _, actor in leaders if actor is leader or actor.key in last.mates]
    behind = [(anchor, actor) for anchor, actor in named if anchor.span.start >= mention.span.end]
    paid = behind[0][1] if behind and _is_into(scene, *behind[0]) else None
    joins = any(word.start >= mention.span.end for word in words)
    joining = [actor for anchor, actor in behind if joins and actor is not paid and anchor.kind == "name"]
    return Round(paid, tuple({actor.key: actor for actor in (*leading_it, *joining)}.values()))


def _is_into(scene: Scene, anchor: Anchor, actor: Actor) -> bool:
    """Whether a word before a name says that money goes there: "a round in Bolt", "for Bolt"."""
    before = (cue for cue in scene.cues_in(anchor.span.start - _INTO, anchor.span.start) if cue.label == "into_it")
    is_into = any(cue.span.end <= anchor.span.start <= cue.span.end + 1 for cue in before)
    return is_into or mark_of(scene, anchor, actor.key) == "to"


def _is_raised(scene: Scene, mention: Mention, sentence: int) -> bool:
    """Whether no other sum of the sentence stands nearer to its verb of taking: a part is no round of its own."""
    verbs = taking(scene, sentence)
    bounds = scene.sentences[sentence].span
    sums = [one.span.start for one in scene.money if bounds.start <= one.span.start < bounds.end]
    return not verbs or any(min(sums, key=lambda at: abs(at - verb.start)) == mention.span.start for verb in verbs)


def _labels(scene: Scene, sentence: int) -> set[str]:
    return {cue.label for cue in scene.cues_of(sentence)} if sentence >= 0 else set()


def _raised_by(scene: Scene, sentence: int, actors: Sequence[Actor]) -> Actor | None:
    """The company named before a verb of taking in a sum's sentence, the nearest to it."""
    verbs = [verb.start for verb in taking(scene, sentence)]
    if not verbs:
        return None
    bounds = scene.sentences[sentence].span
    named = [
        (anchor.span.end, actor)
        for actor in actors
        if actor.party is not None and actor.party.kind is not PartyKind.GOVERNMENT
        for anchor in actor.anchors
        if bounds.start <= anchor.span.start and anchor.span.end <= max(verbs) and anchor.kind != "state"
    ]
    leads = leading(scene, sentence) if "to_behind" in scene.language.flow else []
    ahead = _ahead_of_words(scene, sentence)
    free = [
        (end, actor)
        for end, actor in named
        if not _opens_words(end, leads) and not any(span.start < end <= span.end for span in ahead)
    ]
    return max(free or named, key=lambda item: item[0], default=(0, None))[1]


def _headed_by(scene: Scene, sentence: int, actors: Sequence[Actor]) -> Actor | None:
    """The only company that the heading over a sentence names, where that tells of money taken without its name."""
    heading = scene.sections[sentence]
    if heading < 0 or heading == scene.title or not taking(scene, sentence):
        return None
    named = [actor for actor in actors if any(anchor.sentence == heading for anchor in actor.names)]
    return named[0] if len(named) == 1 and named[0].party is not None else None


def _opens_words(end: int, leads: Sequence[Span]) -> bool:
    """Whether words for leading or joining stand right behind a name: "एक्मे के नेतृत्व में"."""
    return any(word.start - end == 1 for word in leads)


def _is_behind(scene: Scene, word: Span, actors: Sequence[Actor]) -> bool:
    """Whether somebody is named right before a word for leading or joining, where such words stand behind names."""
    return "to_behind" in scene.language.flow and any(
        _opens_words(anchor.span.end, [word]) for actor in actors for anchor in actor.names
    )


@once
def _ahead_of_words(scene: Scene, sentence: int) -> tuple[Span, ...]:
    """Where those are named who lead or join a round by words behind them: "由阿里巴巴领投，红杉中国跟投"."""
    found: list[Span] = []
    low, takes = scene.sentences[sentence].span.start, taking(scene, sentence)
    for word in leading_behind(scene, sentence):
        marks = (scene.text.rfind(mark, low, word.start) + 1 for mark in _PARTING)
        start = max(low, *marks, *(verb.end for verb in takes if verb.end <= word.start))
        found.append(Span(start, word.start))
        low = word.end
    return tuple(found)


def _is_paid_alone(scene: Scene, mention: Mention, sentence: int, actors: Sequence[Actor]) -> bool:
    """Whether somebody invests a sum in its own clause: "Acme投资9000万元，Bolt也参与"."""
    start = clause_of(scene, mention.span, scene.sentences[sentence].span).start
    named = [anchor.span.end for actor in actors for anchor in actor.names]
    ends = [end for end in named if start < end <= mention.span.start]
    return bool(ends) and any(cue.label == "invest" for cue in scene.cues_in(max(ends), mention.span.start))


def _is_another(scene: Scene, sentence: int, at: int) -> bool:
    """Whether the sentence at `at`, in another paragraph than a sum's, tells of a round of its own."""
    bounds = scene.sentences[at].span
    is_apart = scene.sentences[at].paragraph != scene.sentences[sentence].paragraph
    has_sums = any(bounds.start <= other.span.start < bounds.end for other in scene.money)
    return is_apart and has_sums and (bool(taking(scene, at)) or "stake" in _labels(scene, at))


def _tells_again(scene: Scene, mention: Mention, at: int) -> bool:
    """Whether the sentence at `at` tells a sum again."""
    bounds = scene.sentences[at].span
    told = (one.amount for one in scene.money if bounds.contains(one.span))
    return any(amount and mention.amount and is_same(amount, mention.amount) for amount in told)


def _opens_a_sum(scene: Scene, word: Span) -> bool:
    """Whether a sum stands right behind words for leading, which then name nobody: "backed by a $45m loan"."""
    ahead = (other.span.start - word.end for other in scene.money if other.span.start >= word.end)
    return any(gap <= _RIGHT_BEHIND for gap in ahead)


def _tells_of_round(scene: Scene, at: int) -> bool:
    """Whether a sentence without a sum tells who leads the round before: "3 million for Bolt. Acme led it"."""
    bounds = scene.sentences[at].span
    return "stake" in _labels(scene, at) and not any(bounds.contains(one.span) for one in scene.money)


def _is_past(scene: Scene, sentence: int) -> bool:
    """Whether a sentence tells of what was before."""
    return "earlier" in _labels(scene, sentence)


def _named(
    scene: Scene, mention: Mention, sentence: int, actors: Sequence[Actor], raised_by: Actor | None
) -> Iterator[Actor]:
    """All who are named with words for leading and joining: behind these in the sum's sentence, anywhere behind it."""
    is_heading = scene.sentences[sentence].is_heading
    is_raised = bool(taking(scene, sentence)) or "stake" in _labels(scene, sentence)
    for at in range(sentence, min(sentence + _BEHIND + 1, len(scene.sentences))):
        if at > sentence and not is_heading and _is_another(scene, sentence, at - 1):
            return
        if (
            at > sentence
            and not is_heading
            and _is_another(scene, sentence, at)
            and not _tells_again(scene, mention, at)
        ):
            return
        words = [
            word for word in leading(scene, at) if not _opens_a_sum(scene, word) or _is_behind(scene, word, actors)
        ]
        if at > sentence and len(words) < len(leading(scene, at)):
            return  # who leads a round of another sum
        is_told = is_raised or (at == sentence + 1 and _tells_of_round(scene, at))
        if not words or not (at == sentence or (is_told and (raised_by is not None or is_heading))):
            continue
        if at > sentence and not is_heading and scene.sentences[at].paragraph - scene.sentences[sentence].paragraph > 1:
            return
        bounds = scene.sentences[at].span
        is_round = "stake" in _labels(scene, sentence) | _labels(scene, at) | _labels(scene, scene.title)
        has_sums = any(bounds.start <= other.span.start < bounds.end for other in scene.money)
        if (not is_round and (at == sentence or has_sums)) or (at > sentence and has_sums and _is_past(scene, at)):
            continue
        behind = set(leading_behind(scene, at))
        ahead = _ahead_of_words(scene, at)
        words = [word for word in words if word not in behind]
        if at == sentence and _is_paid_alone(scene, mention, sentence, actors):
            ahead = ()
        start = bounds.end
        if words:
            start = max(words[0].start, mention.span.end) if at == sentence else _start_of(scene, at, words)
        before = at == sentence and raised_by is not None and "to_behind" in scene.language.flow
        end = _end_of(scene, mention, sentence, actors) if at == sentence else bounds.end
        found = sorted(
            (anchor.span.start, actor.order, n)
            for n, actor in enumerate(actors)
            for anchor in actor.anchors
            if anchor.kind == "name" and actor is not raised_by
            if start <= anchor.span.start < end
            or (before and bounds.start < anchor.span.start < start and _opens_words(anchor.span.end, words))
            or any(span.contains(anchor.span) for span in ahead)
            or any(_is_said_of(scene, anchor.span, word) for word in words)
            # A capital in a headline or at the beginning of a sentence makes no name.
            if actor.reason != CAPITALS
            or not (
                scene.sentences[at].is_heading
                or anchor.span.start == bounds.start
                or _LETTERED.fullmatch(anchor.span.of(scene.text))
            )
        )
        yield from (actors[n] for _, _, n in found)


def _is_said_of(scene: Scene, name: Span, word: Span) -> bool:
    """Whether words for leading stand between marks right behind a name: "Acme, the lead investor, and Bolt"."""
    return scene.text[name.end : word.start] == ", " and scene.text[word.end : word.end + 1] in _CLOSES


def _start_of(scene: Scene, sentence: int, words: Sequence[Span]) -> int:
    """Where those who pay may be named in a sentence behind the sum's: behind the sum if it tells it anew.

    "Founded by engineers of Acme, Bolt raised 3 million in a round led by Gate": under a headline that told the sum.
    """
    bounds = scene.sentences[sentence].span
    sums = [other.span.end for other in scene.money if bounds.start <= other.span.start < words[0].start]
    is_anew = bool(sums) and any(verb.start < words[0].start for verb in taking(scene, sentence))
    start = words[0].start if _leads_to_names(scene, words[0], bounds) else bounds.start
    return max(sums) if is_anew else start


def _leads_to_names(scene: Scene, word: Span, bounds: Span) -> bool:
    """Whether words for leading end with "by" or "on" and whoever leads stands behind: "could count on Acme"."""
    if not any(word.end <= one.span.start < bounds.end for one in scene.organisations):
        return False
    language = load_name_words(scene.language.code)
    last = skeleton(word.of(scene.text).split()[-1])
    is_link = last in language.words("agent") or (last in language.words("at") and last not in language.words("of"))
    return is_link and last not in language.words("and")


def _end_of(scene: Scene, mention: Mention, sentence: int, actors: Sequence[Actor]) -> int:
    """Where those who pay a sum are named no more: in front of whoever puts in the next sum of the sentence.

    "The lead investor, with 4 million, is Acme, joined by Bolt with 2 million": Bolt pays none of the 4 million.
    """
    bounds = scene.sentences[sentence].span
    behind = [one.span.start for one in scene.money if mention.span.end <= one.span.start < bounds.end]
    if not behind or taking(scene, sentence):
        return bounds.end
    named = [
        anchor
        for actor in actors
        for anchor in actor.names
        if mention.span.end <= anchor.span.start and anchor.span.end <= behind[0]
    ]
    last = max(named, key=lambda anchor: anchor.span.start, default=None)
    if last is None:
        return behind[0]
    keys = {actor.key for actor in actors if last in actor.anchors}
    return min(anchor.span.start for anchor in named if anchor is last or keys & frozenset(anchor.mates))
