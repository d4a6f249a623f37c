"""Who gives and who is given a sum where particles right behind names tell it: "アクメはボルトに3億円を補助する"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import Actor, Anchor, named_between
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import giving, leading, taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher, is_unspaced
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations

_LABELS = ("acting", "given", "giver", "owning", "aside_behind", "object")
_COMMAS = ("、", "，", ",")
_BRACKET = re.compile(r"[(（][^()（）\n]{1,24}[)）]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_PARTING = frozenset("。;；()（）「」|\n")
# How far a verb may stand behind its sum, what is somebody's before the particle of who is given, a name behind a verb.
_VERB, _THING, _RIGHT_BEHIND, _AHEAD = 32, 18, 4, 6
_SEVERAL, _SHARE, _BEHIND_SUM = 2, 9, 10
_SHARES = frozenset(("invest", "part", "pay"))
_AID = frozenset(("grant", "support", "give", "stake", "debt"))
_RAISED = frozenset(("stake", "debt"))


class _Verb(NamedTuple):
    """The verb that a sum is told with, and whether it is one of taking."""

    span: Span
    takes: bool


@cache
def _particles(code: str) -> tuple[tuple[str, str], ...]:
    """The particles of a language with what each says of the name in front of it, the longest first."""
    flow = load_language(code).flow
    if "given" not in flow:
        return ()
    known = [(particle, label) for label in _LABELS for particle in flow.get(label, ())]
    return tuple(sorted(known, key=lambda item: -len(item[0])))


def has_particles(scene: Scene) -> bool:
    """Whether the document's language tells by particles who gives and who is given."""
    return bool(_particles(scene.language.code))


def particle_at(scene: Scene, name: Span) -> tuple[str, int]:
    """What the particle behind a name says, or the one that a listed name ends with, and where it ends."""
    text = scene.text
    bracket = _BRACKET.match(text, name.end)  # "アクメ（東京）は"
    behind = name.end if bracket is None else bracket.end()
    for particle, label in _particles(scene.language.code):
        if text.startswith(particle, behind) and _ends_word(text, behind + len(particle)):
            return label, behind + len(particle)
    if name.end < len(text) and not is_unspaced(text[name.end - 1]) and _ends_word(text, name.end):
        word = name.of(text)
        if skeleton(word) not in load_organisations().by_skeleton:
            for particle, label in _particles(scene.language.code):
                ending = particle.split()[0]
                end = name.end - len(ending) + len(particle)
                if (
                    word.endswith(ending)
                    and len(word) > len(ending) + 1
                    and text[name.end - len(ending) : end] == particle
                ):
                    return label, end
    return "", name.end


def _ends_word(text: str, at: int) -> bool:
    """Whether no word goes on at a place; scripts without blanks let one end anywhere."""
    before, here = text[at - 1 : at], text[at : at + 1]
    return not here.isalpha() or is_unspaced(before) or is_unspaced(here)


@once
def paid_by_particle(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums of a sentence with the names of those whom particles tell to be given them."""
    sums = sums_of(scene, sentence) if has_particles(scene) else []
    bounds = scene.sentences[sentence].span
    names = [m.span for m in _companies(scene, sentence)] if sums else []
    found: dict[Span, Span] = {}
    for money in sums:
        verb = _verb_of(scene, sentence, money)
        if verb is None:
            listed = _listed_givens(scene, sentence, names, sums)
            company = _bought_into(scene, sentence, names) if len(sums) == 1 else listed.get(money)
            if company is not None:
                found[money] = company
            continue
        low = max([bounds.start, *(one.end for one in sums if one.end <= money.start)])
        before = [name for name in names if low <= name.start and name.end <= verb.span.start]
        if verb.takes:
            paid = _taker(scene, sentence, before, money, verb, names)
        else:
            paid = _object(scene, sentence, before, money, verb)
        if paid is not None:
            found[money] = paid
    return found


def _listed_givens(scene: Scene, sentence: int, names: Sequence[Span], sums: Sequence[Span]) -> dict[Span, Span]:
    """Whoever a list tells to be given each of its sums without a verb behind: "アクメに最大3億円、ボルトに2億円。"."""
    labels = _labels(scene, scene.sentences[sentence].span)
    labels |= _labels(scene, scene.sentences[sentence - 1].span) if sentence > 0 else set()
    if _AID.isdisjoint(labels) and "invest" not in labels:
        return {}
    found = {
        money: name
        for name in names
        for label, end in (particle_at(scene, name),)
        for money in sums
        if label == "given" and 0 <= money.start - end <= _AHEAD
    }
    return found if len(found) == len(sums) >= _SEVERAL else {}


def _bought_into(scene: Scene, sentence: int, names: Sequence[Span]) -> Span | None:
    """The company of whose shares some are bought by one that acts: "アクメはボルトの株式5%を3億円で取得する"."""
    bounds = scene.sentences[sentence].span
    stakes = [cue.span for cue in scene.cues_of(sentence) if cue.label == "stake"]
    shares = load_language(scene.language.code).flow.get("share_before", ())
    stems = tuple(share.removesuffix("*") for share in shares)
    acting = [name for name in names if particle_at(scene, name)[0] == "acting"]
    for name in names:
        label, end = particle_at(scene, name)
        told = scene.text[end : min(end + _AHEAD, bounds.end)].lstrip().startswith(stems) if stems else False
        if told and label in ("owning", "") and any(one.end <= name.start for one in acting):
            return name if any(stake.start > end for stake in stakes) else None
    return None


def _companies(scene: Scene, sentence: int) -> Iterator[Mention]:
    bounds = scene.sentences[sentence].span
    for mention in scene.organisations:
        party = mention.party
        if party is not None and party.kind is not PartyKind.GOVERNMENT and bounds.contains(mention.span):
            yield mention


def _verb_of(scene: Scene, sentence: int, money: Span) -> _Verb | None:
    """The first verb of giving or taking behind a sum in its clause; over the sums of a list, that behind the last."""
    verbs = sorted(
        [_Verb(span, takes=True) for span in taking(scene, sentence)]
        + [_Verb(span, takes=False) for span in giving(scene, sentence)],
        key=lambda verb: (verb.span.start, -len(verb.span)),
    )
    start = money.end
    for other in sums_of(scene, sentence):
        if other.start < start:
            continue
        if any(start <= verb.span.start < other.start for verb in verbs):
            break
        start = other.end
    verb = next((verb for verb in verbs if verb.span.start >= start), None)
    if verb is None or verb.span.start - start > _VERB or not _is_one_clause(scene, Span(start, verb.span.start)):
        return None
    # "補助を受ける": what is told last of several that overlap.
    return next((one for one in verbs if one.takes and one.span.overlaps(verb.span)), verb)


def _is_one_clause(scene: Scene, span: Span) -> bool:
    """Whether no mark parts a stretch but commas behind particles."""
    words = _BRACKETS.sub("", span.of(scene.text))
    if not _PARTING.isdisjoint(words):
        return False
    ends = tuple(particle for particle, _ in _particles(scene.language.code))
    return all(words[:at].rstrip().endswith(ends) for at, char in enumerate(words) if char in _COMMAS)


def _labels(scene: Scene, span: Span) -> set[str]:
    return {cue.label for cue in scene.cues_in(span.start, span.end)}


def _object(scene: Scene, sentence: int, before: Sequence[Span], money: Span, verb: _Verb) -> Span | None:
    """Whoever has the particle of who is given before a verb of giving; where aid is told, whose thing has it."""
    sums = sums_of(scene, sentence)
    is_last = not any(money.end <= one.start < verb.span.start for one in sums)
    told = [(name, *particle_at(scene, name)) for name in before]
    given = [
        name
        for name, label, end in told
        if label == "given" and (is_last or (name.end <= money.start and money.start - end <= _AHEAD))
    ]
    if given:
        return given[-1]
    if _AID.isdisjoint(_labels(scene, Span(money.start, scene.sentences[sentence].span.end))):
        return None
    for name, label, end in reversed(told):
        is_owner = label == "owning" or (not label and scene.text[end : end + 1] == " ")
        thing = _thing_given(scene, Span(end, min(end + _THING, verb.span.start))) if is_owner else -1
        if thing >= 0 and ((is_last and label) or 0 <= money.start - thing <= _AHEAD):
            return name
    return None


def _thing_given(scene: Scene, span: Span) -> int:
    """Where the words behind "Acme's" go on to a particle of who is given, over no name, mark or figure, or -1."""
    words = span.of(scene.text)
    ends = [particle for particle, label in _particles(scene.language.code) if label == "given"]
    at = min((found for particle in ends if (found := words.find(particle)) > 0), default=-1)
    if at < 0 or any(span.start <= m.span.start < span.start + at for m in scene.organisations):
        return -1
    is_open = any(char.isdigit() or char in _COMMAS or char in _PARTING for char in words[:at])
    return -1 if is_open else span.start + at


def _taker(
    scene: Scene, sentence: int, before: Sequence[Span], money: Span, verb: _Verb, names: Sequence[Span]
) -> Span | None:
    """Whoever acts before a verb of taking, be it that somebody is told to give, or stands right behind it."""
    bounds = scene.sentences[sentence].span
    is_told = (
        _is_raised(scene, bounds, money, verb)
        or _purse(scene, bounds, money, verb) is not None
        or "grant" in _labels(scene, Span(money.start, verb.span.end))
        or any(
            particle_at(scene, m.span)[0] == "giver"
            for m in scene.organisations
            if bounds.start <= m.span.start and m.span.end <= verb.span.start
        )
    )
    if not is_told:
        return None
    acting = [name for name in before if particle_at(scene, name)[0] == "acting"]
    if acting:
        return acting[-1]
    behind = next((name for name in names if 0 <= name.start - verb.span.end <= _RIGHT_BEHIND), None)
    if behind is not None or names or not _is_raised(scene, bounds, money, verb):
        return behind
    # "Acme raised 3 million. In 2023 it raised 2 million": who took money in the sentence in front goes on.
    is_near = sentence > 0 and scene.sentences[sentence].paragraph == scene.sentences[sentence - 1].paragraph
    return next(iter(_raising(scene, sentence - 1)), None) if is_near else None


def raised_of_nobody(scene: Scene, mention: Mention) -> bool:
    """Whether a sentence goes on telling of money taken, and neither it nor the next names who gave this sum."""
    sentence = scene.sentence_at(mention.span.start)
    verb = _verb_of(scene, sentence, mention.span) if has_particles(scene) and sentence > 0 else None
    bounds = scene.sentences[sentence].span
    if verb is None or not verb.takes or not _is_raised(scene, bounds, mention.span, verb):
        return False
    is_led = sentence + 1 < len(scene.sentences) and bool(leading(scene, sentence + 1))
    named = any(bounds.contains(m.span) for m in scene.organisations)
    return not named and not is_led and bool(_raising(scene, sentence - 1))


@once
def _raising(scene: Scene, sentence: int) -> tuple[Span, ...]:
    """Who acts in a sentence in which money is taken, or in the one in front of it where it names nobody who does."""
    named = [m.span for m in _companies(scene, sentence)]
    if taking(scene, sentence) and named:
        acting = [name for name in named if particle_at(scene, name)[0] == "acting"]
        return tuple(acting[-1:])
    is_near = sentence > 0 and scene.sentences[sentence].paragraph == scene.sentences[sentence - 1].paragraph
    return _raising(scene, sentence - 1) if is_near else ()


def _purse(scene: Scene, bounds: Span, money: Span, verb: _Verb) -> Span | None:
    """A state's purse right before a sum that a verb of taking follows: "国費3億円を確保", "국비 3억원을 받는다"."""
    if not verb.takes:
        return None
    named = (m.span for m in scene.organisations if m.party is not None and m.party.kind is PartyKind.GOVERNMENT)
    return next((one for one in named if bounds.start <= one.start and 0 <= money.start - one.end <= 1), None)


def _is_raised(scene: Scene, bounds: Span, money: Span, verb: _Verb) -> bool:
    """Whether a verb of taking tells of a round or a loan, and of none who put the sum into something for a share."""
    if _RAISED.isdisjoint(_labels(scene, Span(bounds.start, verb.span.end))):
        return False
    return money.end > verb.span.start or "invest" not in _labels(scene, Span(money.end, verb.span.start))


def paying_by_particle(scene: Scene, mention: Mention, actors: Sequence[Actor], paid: Actor | None) -> list[Actor]:
    """Those whom particles tell to give a sum that somebody is told to be given, or that is told as aid."""
    sentence = scene.sentence_at(mention.span.start)
    if not has_particles(scene) or leading(scene, sentence):
        return []
    verb = _verb_of(scene, sentence, mention.span)
    bounds = scene.sentences[sentence].span
    told = paid_by_particle(scene, sentence).get(mention.span)
    if verb is None or any(cue.label == "with_it" for cue in scene.cues_of(sentence)):
        return []
    low = max([bounds.start, *(one.end for one in sums_of(scene, sentence) if one.end <= mention.span.start)])
    label = "giver" if verb.takes else "acting"
    named = [
        (anchor, actor)
        for anchor, actor in named_between(actors, low, verb.span.start)
        if (actor is not paid or label == "giver")
        and (told is None or not anchor.span.overlaps(told))
        and particle_at(scene, anchor.span)[0] == label
    ]
    if not named:
        return []
    last, payer = max(named, key=lambda item: item[0].span.start)
    is_aid = "grant" in _labels(scene, Span(mention.span.start, bounds.end))
    is_public = payer.is_public
    attracts = _attracting(scene.language.code)
    is_attracted = (
        verb.takes and attracts is not None and next(attracts.find(verb.span.of(scene.text)), None) is not None
    )
    if told is None and not (is_attracted if not is_public else is_aid):
        return []
    return [
        payer,
        *listed_with(scene, actors, low, last, payer),
    ]


def only_attracts(scene: Scene, mention: Mention, actor: Actor) -> bool:
    """Whether a government acts that is told to attract what a sum is for, and to give none: "県は工場を誘致した"."""
    words = _attracting(scene.language.code)
    if words is None or not actor.is_public:
        return False
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    ends = [
        end
        for anchor in actor.anchors
        if anchor.sentence == sentence
        for label, end in (particle_of(scene, anchor),)
        if label == "acting" and end <= mention.span.start
    ]
    if not ends or any(verb.start >= mention.span.end for verb in giving(scene, sentence)):
        return False
    return next(words.find(scene.text[mention.span.end : bounds.end]), None) is not None


def only_takes(scene: Scene, mention: Mention, actor: Actor) -> bool:
    """Whether a government acts that is given a sum by another, or from its purse: "市は国費3億円を確保した"."""
    if not has_particles(scene) or not actor.is_public:
        return False
    sentence = scene.sentence_at(mention.span.start)
    verb = _verb_of(scene, sentence, mention.span)
    if verb is None or not verb.takes:
        return False
    bounds, own = scene.sentences[sentence].span, [a.span for a in actor.anchors if a.sentence == sentence]
    purse = _purse(scene, bounds, mention.span, verb)
    if purse is None:
        named = (m.span for m in scene.organisations if bounds.start <= m.span.start and m.span.end <= verb.span.start)
        purse = next((one for one in named if particle_at(scene, one)[0] == "giver"), None)
    if purse is None or any(one.overlaps(purse) for one in own):
        return False
    return any(particle_of(scene, a)[0] == "acting" for a in actor.anchors if a.sentence == sentence)


def pays_part_alone(scene: Scene, mention: Mention, actor: Actor) -> bool:
    """Whether a government acts that gives aid to a part of a sum told right behind it: "90億円のうち30億円を補助"."""
    if not has_particles(scene) or not actor.is_public:
        return False
    sentence = scene.sentence_at(mention.span.start)
    behind = next((one for one in sums_of(scene, sentence) if one.start >= mention.span.end), None)
    verb = _verb_of(scene, sentence, behind) if behind is not None else None
    if behind is None or verb is None or verb.takes:
        return False
    if "part" not in _labels(scene, Span(mention.span.end, behind.start)):
        return False
    return not _AID.isdisjoint(_labels(scene, Span(behind.end, verb.span.end)))


@cache
def _attracting(code: str) -> PhraseMatcher | None:
    words = load_language(code).flow.get("attracts", ())
    return PhraseMatcher({"attracts": words}) if words else None


def each_by_particle(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever is told right before a sum to pay it: "アクメが3億円、市が1億円を負担"; "国から3億円、県から1億円"."""
    if not has_particles(scene):
        return []
    sentence = scene.sentence_at(mention.span.start)
    sums = sums_of(scene, sentence)
    if len(sums) < _SEVERAL or leading(scene, sentence):
        return []
    bounds = scene.sentences[sentence].span
    paired = {
        money: (label, anchor, actor)
        for actor in actors
        for anchor in actor.anchors
        if anchor.sentence == sentence and anchor.kind in ("name", "pronoun", "state")
        for label, end in (_paying_at(scene, sentence, anchor),)
        for money in sums
        if (label in ("acting", "giver") or (not label and _is_listed_bare(scene, bounds.start, end, money)))
        if end <= money.start <= end + _AHEAD
        if not any(char in _COMMAS for char in scene.text[end : money.start])
    }
    if mention.span not in paired:
        return _acts_behind(scene, mention, sentence, actors)
    label, last, payer = paired[mention.span]
    verb = _verb_of(scene, sentence, mention.span)
    is_share = particle_at(scene, last.span)[0] == "owning"
    if verb is None and not is_share and sum(one[0] == label for one in paired.values()) < _SEVERAL:
        return []
    if verb is not None and verb.takes is not (label == "giver"):
        return []
    low = max([bounds.start, *(one.end for one in sums if one.end <= mention.span.start)])
    return [
        payer,
        *listed_with(scene, actors, low, last, payer),
    ]


def _is_listed_bare(scene: Scene, start: int, end: int, money: Span) -> bool:
    """Whether a name right before its sum stands in a list of what several put in: "出資額はアクメ3億、ボルト2億"."""
    if scene.text[end : money.start].strip():
        return False
    told = _labels(scene, Span(start, end))
    return not told.isdisjoint(_SHARES | {"stake"}) and told.isdisjoint(("grant", "support", "give"))


def _acts_behind(scene: Scene, mention: Mention, sentence: int, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever is told right behind a sum to pay it: "残る3億円はアクメが負担する"."""
    verb = _verb_of(scene, sentence, mention.span)
    if verb is None or verb.takes:
        return []
    for anchor, actor in named_between(actors, mention.span.end, verb.span.start):
        between = scene.text[mention.span.end : anchor.span.start]
        if anchor.kind == "name" and particle_of(scene, anchor)[0] == "acting" and len(between) <= _BEHIND_SUM:
            ends = [p for p, told in _particles(scene.language.code) if told in ("acting", "object")]
            if between.startswith(tuple(ends)) and not any(char in _COMMAS or char.isdigit() for char in between):
                return [actor]
    return []


def particle_of(scene: Scene, anchor: Anchor) -> tuple[str, int]:
    """What the particle of a name says, or that of a word that stands for one: "県が"."""
    label, end = particle_at(scene, anchor.span)
    if label or anchor.kind != "pronoun":
        return label, end
    for particle, told in _particles(scene.language.code):
        if anchor.span.of(scene.text).endswith(particle):
            return told, anchor.span.end
    return "", end


def _paying_at(scene: Scene, sentence: int, anchor: Anchor) -> tuple[str, int]:
    """What the particle of a name says; of whom it tells the share, "アクメの負担は", that they act."""
    label, end = particle_of(scene, anchor)
    if label != "owning":
        return label, end
    words = scene.text[end : min(end + _SHARE, scene.sentences[sentence].span.end)]
    for particle, told in _particles(scene.language.code):
        at = words.find(particle, 1) if told == "acting" else -1
        if at > 0 and _ends_word(scene.text, end + at + len(particle)):
            share = Span(end, end + at + len(particle))
            gives = any(verb.overlaps(share) for verb in giving(scene, sentence))
            if gives or not _SHARES.isdisjoint(_labels(scene, share)):
                return "acting", share.end
    return label, end


def listed_with(scene: Scene, actors: Sequence[Actor], low: int, last: Anchor, payer: Actor) -> Iterator[Actor]:
    """Those who are listed with the last of who pay, and have no particle of their own."""
    for anchor, actor in named_between(actors, low, last.span.start):
        if actor is not payer and actor.key in last.mates and not particle_at(scene, anchor.span)[0]:
            yield actor
