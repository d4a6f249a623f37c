"""Names that a sentence only mentions: as its source, as somebody to compare with, or as an owner."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import only_permits
from pledgebook.extract.claims.particles import has_particles, particle_at
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_runs import introduces
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_name_words

_ASIDE = "aside"
# How far a word may be from the name: an article lies between.
_BEFORE, _BEHIND, _ARTICLE = 40, 24, 5
# What a body is, behind the place that names it ("政府").
_BODY = 4
# How many words may tell what sort of body it is with which something is signed.
_KIND = 1.5
_DASHES = (" – ", " — ", " - ")
_OPENS, _CLOSES, _PARTING = (*",(，（", *_DASHES), (*",)，）", *_DASHES), ".,;:()\n，。；：（）"
# How far the name of what is owned may stand behind the word for it: "傘下の通信会社ボルト".
_TRADE = 8
_WORDS = re.compile(r"[^\W\d_]+")
_SHARE = re.compile(r" ?(?:約|약)? ?\d+(?:[.．]\d+)? ?[%％]")
# The most characters of what describes a company between two marks.
_FRAME = 80
# Words that stand for a party, and how many may describe the one that they lead to.
_WORDS_FOR, _DESCRIBED = ("pronoun", "plural"), 7
_OWNING, _OWNING_PLURAL = frozenset(("'s ", "’s ")), frozenset(("' ", "’ "))
# How far before an owner's name the words for owning may stand, and how many words may lie between.
_OWNER, _GROUP = 60, 3
# A word for a company is longer than a pronoun, which may mean a government as well.
_PRONOUN = 4


class _Words(NamedTuple):
    """What a language says before, behind and around a name that is only mentioned, of owners, and joined to them.

    `anyone` are words for investors of whom names are examples, `signs` those for signing something.
    """

    before: PhraseMatcher
    behind: PhraseMatcher
    owned: PhraseMatcher
    joined: tuple[str, ...]
    owned_behind: PhraseMatcher
    around: tuple[tuple[str, str], ...]
    anyone: PhraseMatcher
    licenses: PhraseMatcher
    signs: PhraseMatcher


def without_asides(scene: Scene, actors: Mapping[str, Actor], others: Iterable[Actor] = ()) -> dict[str, Actor]:
    """The actors without the places that only mention them, where the same sentence names somebody else.

    "According to Acme, Bolt will invest 3 billion", "like Acme, Bolt ...", "Bolt, a rival of Acme, ...", "Bolt, which
    is owned by Acme, ...", "Acme-backed Bolt ...", "the council approved the plans of Bolt". Whoever is mentioned so
    everywhere is no party. `others` stand beside them.
    """
    words = _words(scene.language.code)
    everybody = (*actors.values(), *others)
    ends = {anchor.span.end for actor in everybody for anchor in actor.anchors}
    starts = {anchor.span.start for actor in everybody for anchor in actor.names}
    aside: dict[str, list[Anchor]] = {}
    named: dict[int, set[str]] = {}
    for actor in everybody:
        for anchor in actor.anchors:
            if (
                (
                    actor.is_public
                    and (
                        _is_signed_with(scene, anchor, words, everybody)
                        or _is_amid(scene, anchor, words)
                        or _licenses(scene, anchor, words, starts)
                    )
                )
                or (actor.is_public and (_leads_to_company(scene, anchor) or _denies(scene, anchor)))
                or _is_aside(scene, anchor, words)
                or _is_owner(scene, anchor, words, ends)
                or _owns_company(scene, anchor, words)
                or _owns_next(scene, anchor, words, starts)
                or _introduces_name(scene, anchor, starts)
                or _only_permits(scene, actor, anchor)
                or _holds_share(scene, anchor)
            ):
                aside.setdefault(actor.key, []).append(anchor)
            elif anchor.kind not in ("state", "adjective"):
                named.setdefault(anchor.sentence, set()).add(actor.key)
    for key, anchors in aside.items():
        if key in actors:
            beside = [anchor for anchor in anchors if named.get(anchor.sentence, set()) - {key}]
            actors[key].anchors = [anchor for anchor in actors[key].anchors if anchor not in beside]
    return {key: actor for key, actor in actors.items() if actor.anchors}


def _is_aside(scene: Scene, anchor: Anchor, words: _Words) -> bool:
    """Whether a word for sources or for comparing stands right before or behind a name, or one of owning joins it."""
    bounds, span = scene.sentences[anchor.sentence].span, anchor.span
    before = scene.text[max(bounds.start, span.start - _BEFORE) : span.start]
    behind = scene.text[span.end : min(bounds.end, span.end + _BEHIND)]
    return (
        (behind[:1] in ("-", "‑") and behind[1:].casefold().startswith(words.joined))
        or any(
            _is_beside(before[match.span.end :]) and not _names_examples(before[: match.span.start], words)
            for match in words.before.find(before)
            if match.label == _ASIDE
        )
        or any(_is_beside(behind[: match.span.start]) for match in words.behind.find(behind) if match.label == _ASIDE)
    )


def _is_amid(scene: Scene, anchor: Anchor, words: _Words) -> bool:
    """Whether a name stands between two words that say that somebody signs with it: "与宁夏政府签约"."""
    bounds, span = scene.sentences[anchor.sentence].span, anchor.span
    before = scene.text[bounds.start : span.start]
    behind = scene.text[span.end : bounds.end].lstrip()
    return any(before.rstrip().endswith(one) and other in behind[: len(other) + _BODY] for one, other in words.around)


def _is_signed_with(scene: Scene, anchor: Anchor, words: _Words, everybody: Iterable[Actor]) -> bool:
    """Whether a company is told to sign something with a government: "Acme signed a memorandum with the province"."""
    start, span = scene.sentences[anchor.sentence].span.start, anchor.span
    along = [cue.span for cue in scene.cues_in(start, span.start) if cue.label == "with_it"]
    if not along or scene.words_between(along[-1].end, span.start) > _KIND:
        return False
    signed = next(words.signs.find(scene.text[start : along[-1].start]), None)
    return signed is not None and any(
        not actor.is_public and one.sentence == anchor.sentence and one.span.end <= along[-1].start
        for actor in everybody
        for one in actor.names
    )


def _licenses(scene: Scene, anchor: Anchor, words: _Words, starts: set[int]) -> bool:
    """Whether a name leads up to words for permitting what whoever is named behind them invests."""
    bounds, span = scene.sentences[anchor.sentence].span, anchor.span
    behind = scene.text[span.end : min(bounds.end, span.end + _BEFORE)]
    found = next(words.licenses.find(behind), None)
    if found is None or set(behind[: found.span.start]) & set(_PARTING):
        return False
    end = span.end + found.span.end
    return any(end <= start < end + _BEFORE for start in starts)


def _leads_to_company(scene: Scene, anchor: Anchor) -> bool:
    """Whether "the company" pays behind a colon: "The state and Acme have signed: the company will invest 3"."""
    end = scene.sentences[anchor.sentence].span.end
    colon = scene.text.find(": ", anchor.span.end, end)
    sums = [one for one in sums_of(scene, anchor.sentence) if one.start > colon] if colon >= 0 else []
    return bool(sums) and any(
        cue.label == "company" and len(cue.span) > _PRONOUN and not scene.text[colon + 1 : cue.span.start].strip()
        for cue in scene.cues_in(colon, sums[0].start)
    )


def _denies(scene: Scene, anchor: Anchor) -> bool:
    """Whether a name stands beside a verb of denying: "the ministry denies that Acme is to invest 3 million"."""
    for cue in scene.cues_of(anchor.sentence):
        if cue.label != "deny":
            continue
        first, second = sorted((cue.span, anchor.span))
        between = Span(first.end, max(first.end, second.start))
        if scene.words_between(between.start, between.end) <= _KIND and not set(between.of(scene.text)) & set(_PARTING):
            return True
    return False


def _is_owner(scene: Scene, anchor: Anchor, words: _Words, ends: set[int]) -> bool:
    """Whether a name stands in what describes the one before: ", a subsidiary of Acme, "."""
    bounds, span = scene.sentences[anchor.sentence].span, anchor.span
    first = max(scene.text.rfind(sign, bounds.start, span.start) for sign in _OPENS)
    last = min((at for sign in _CLOSES if (at := scene.text.find(sign, span.end, bounds.end)) >= 0), default=-1)
    if first < 0 <= last and last - bounds.start <= _FRAME and _opens_with_owner(scene, bounds.start, last, words):
        return True
    if first < 0 or last < 0 or last - first > _FRAME or not {first, first - 1} & ends:
        return False
    frame = Span(first, last)
    has_sum = any(frame.overlaps(mention.span) for mention in scene.money)
    return not has_sum and next(words.owned.find(frame.of(scene.text)), None) is not None


def _opens_with_owner(scene: Scene, start: int, end: int, words: _Words) -> bool:
    """Whether words for an owner open a sentence and a company follows their comma: "Founded by Acme, Bolt"."""
    owned = next(words.owned.find(scene.text[start:end]), None)
    if owned is None or owned.span.start > 0 or any(start <= m.span.start < end for m in scene.money):
        return False
    following = min((m.span.start for m in scene.organisations if m.span.start > end), default=end)
    between = _WORDS.findall(scene.text[end:following])
    introduce, articles = load_name_words(scene.language.code).words("introduce"), load_name_types().articles
    return (
        end < following <= end + _BEFORE
        and scene.text[end] in ",，"
        and all(skeleton(word) in articles or introduces(skeleton(word), introduce) for word in between)
    )


def _owns_company(scene: Scene, anchor: Anchor, words: _Words) -> bool:
    """Whether a name tells whose a company is that is named by a word alone: "the firm owned by the group Acme"."""
    start = max(scene.sentences[anchor.sentence].span.start, anchor.span.start - _OWNER)
    before = scene.text[start : anchor.span.start]
    companies = {cue.span.end for cue in scene.cues_of(anchor.sentence) if cue.label == "company"}
    return any(
        start + match.span.start - 1 in companies
        and len(before[match.span.end :].split()) <= _GROUP
        and not set(before[match.span.end :]) & set(_PARTING)
        for match in words.owned.find(before)
    )


def _owns_next(scene: Scene, anchor: Anchor, words: _Words, starts: set[int]) -> bool:
    """Whether words for an owner join a name to the one that follows: "アクメ傘下のボルト"."""
    end = anchor.span.end
    for match in words.owned_behind.find(scene.text[end : end + _BEHIND]):
        last = end + match.span.end
        if match.span.start <= 1 and any(start in starts for start in range(last, last + _TRADE)):
            between = scene.text[last : next(start for start in range(last, last + _TRADE) if start in starts)]
            return not set(between) & set(_PARTING + "、。")
    return False


def _introduces_name(scene: Scene, anchor: Anchor, starts: set[int]) -> bool:
    """Whether a word for a party only says whose the next name is: "its partner Bolt", "its owner, the fund Bolt,"."""
    # "Acme's partner Bolt"
    is_owner = anchor.kind == "name" and _is_owners(scene.text, anchor.span.end)
    if anchor.kind not in _WORDS_FOR and not is_owner:
        return False
    end = scene.sentences[anchor.sentence].span.end
    following = min((start for start in starts if anchor.span.end < start < end), default=end)
    between = scene.text[anchor.span.end : following]
    if following == end or len(between) > _FRAME or between.count(",") > 1 or set(between) & set(_PARTING) - {","}:
        return False
    introduced = between.partition(",")[0]
    names = load_name_words(scene.language.code)
    if any(names.is_action(skeleton(word), word) for word in _WORDS.findall(between)):
        return False
    introduce = names.words("introduce")
    return len(between.split()) <= _DESCRIBED and any(
        introduces(skeleton(word), introduce) for word in _WORDS.findall(introduced)
    )


def _is_owners(text: str, end: int) -> bool:
    """Whether what stands behind a name makes it an owner's: "Acme's rival", "Acme Systems' rival"."""
    return text[end : end + 3] in _OWNING or (text[end - 1] == "s" and text[end : end + 2] in _OWNING_PLURAL)


def _only_permits(scene: Scene, actor: Actor, anchor: Anchor) -> bool:
    """Whether a government is named where something is permitted and no grant is told: "the council approved ..."."""
    return actor.is_public and only_permits(scene, anchor.sentence)


def _names_examples(before: str, words: _Words) -> bool:
    """Whether what stands before a word for comparing is a word for investors: "companies like Acme"."""
    return any(match.span.end == len(before.rstrip()) for match in words.anyone.find(before))


def _holds_share(scene: Scene, anchor: Anchor) -> bool:
    """Whether a name is told with its share alone, in a sentence without a sum: "アクメが60%、ボルトが40%を出資"."""
    if not has_particles(scene) or sums_of(scene, anchor.sentence):
        return False
    label, end = particle_at(scene, anchor.span)
    return label == "acting" and _SHARE.match(scene.text, end) is not None


def _is_beside(between: str) -> bool:
    """Whether nothing but an article, or an ending, lies between a word and a name."""
    return len(between.split()) <= 1 and len(between.strip()) <= _ARTICLE and not set(between) & set(_PARTING)


@cache
def _words(code: str) -> _Words:
    language = load_language(code)
    flow = language.flow
    nothing = flow.get("nothing", ())  # 数据, data, has a word for "according to" in it
    before, behind = (
        PhraseMatcher({_ASIDE: flow.get(label, ()), "nothing": nothing}) for label in ("aside", "aside_behind")
    )
    owned_behind = PhraseMatcher({"owned": flow.get("owned_behind", ())})
    owned = PhraseMatcher({"owned": (*language.cues.get("of_it", ()), *flow.get("owned", ()))})
    licenses = PhraseMatcher({"licenses": flow.get("licenses", ())})
    pairs = (phrase.partition("…") for phrase in flow.get("aside_around", ()))
    around = tuple((before, behind) for before, _, behind in pairs)
    signs = PhraseMatcher({"signs": flow.get("signs", ())})
    joined, anyone = tuple(flow.get("owned_joined", ())) or ("\0",), PhraseMatcher({"anyone": flow.get("anyone", ())})
    return _Words(before, behind, owned, joined, owned_behind, around, anyone, licenses, signs)
