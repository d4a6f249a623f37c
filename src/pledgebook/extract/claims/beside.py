"""Who pays a sum, where the words right beside it leave no doubt."""

import re
from collections.abc import Sequence
from functools import cache

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.acting import paying
from pledgebook.extract.claims.actor import Actor, Anchor, named_between
from pledgebook.extract.claims.by_form import only_introduces
from pledgebook.extract.claims.clauses import is_near, is_parted, sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.evenly import paying_evenly
from pledgebook.extract.claims.flow import (
    agents_before,
    approving,
    borrowing,
    flow_of,
    given_by_noun,
    giving,
    is_giver,
    is_marked,
    is_right_from,
    leading,
    licensing,
    subject_verbs,
    taking,
    taking_of,
    turned,
)
from pledgebook.extract.claims.local import is_body
from pledgebook.extract.claims.owners import paying_as_owner
from pledgebook.extract.claims.paired import acting_between, each_before, going_on, in_row, payers_in_brackets
from pledgebook.extract.claims.particles import each_by_particle, paying_by_particle
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.subjects import paying_as_speaker, paying_as_subject
from pledgebook.extract.claims.talks import asked_in_talks
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.places import load_name_words

_SEVERAL = 2
_NEAR, _OBJECT = 3, 6
# Before a sum that opens its sentence, and between it and the verb of those who pay it.
_OPENING, _WHAT_FOR = 2, 8
# Between a name and its verb ("青岛市政府出资"), and between that and its sum ("invests about 3").
_BODY, _QUALIFIER = 1.5, 1.5
_LENT, _LOAN = frozenset(("grant", "debt", "stake", "support")), 4
# Between a word for permitting and who is permitted: what is granted, and what the company is.
_LICENCE = 8
# What is done by somebody, and what may as well be from somebody.
_DONE = frozenset(("invest", "build", "under_way"))
# What parts a clause from one with another subject.
_STOPS, _TURNING = re.compile("[；;]"), frozenset(("part", "rest", "grant", "government"))
_NOT_DONE = frozenset(("takeover", "purchase", "stake", "price", "fine"))


def paying_with(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever pays a sum of its own, among others: "funded by the ministry with 30 million and by Acme with 22".

    "Of the 50 million, 30 come from Acme and 20 from Bolt" tells of both in the same way.
    """
    found: dict[str, Actor] = {}
    for mention in draft.figures:
        payers = (
            paying_evenly(scene, mention, actors)
            or paying_as_owner(scene, mention, actors)
            or each_by_particle(scene, mention, actors)
            or paying_by_particle(scene, mention, actors, draft.recipient)
            or paying_as_subject(scene, mention, actors)
            or paying_as_speaker(scene, mention, actors)
        )
        found |= {actor.key: actor for actor in payers or _payers(scene, mention, actors)}
    return list(found.values())


def pays_another(scene: Scene, draft: Draft, actor: Actor, actors: Sequence[Actor]) -> bool:
    """Whether an actor pays another sum of a draft's sentences: "Acme puts in 3 million, Bolt adds 2 million"."""
    sentences = {scene.sentence_at(mention.span.start) for mention in draft.figures}
    others = [m for m in scene.money if m not in draft.figures and scene.sentence_at(m.span.start) in sentences]
    return any(payer is actor for mention in others for payer in _payers(scene, mention, actors))


def _payers(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    sums = sums_of(scene, scene.sentence_at(mention.span.start))
    payers = _headed(scene, mention, actors) or _headed_behind(scene, mention, actors, sums)
    payers = payers or _permitted(scene, mention, actors, sums) or _asked(scene, mention, actors)
    payers = payers or _taken_from(scene, mention, actors, sums)
    if len(sums) >= _SEVERAL:
        payers = payers or _before(scene, mention, actors, sums) or _behind(scene, mention, actors, sums)
        payers = payers or _behind_verb(scene, mention, actors, sums) or _right_ahead(scene, mention, actors, sums)
        payers = payers or in_row(scene, mention, actors, sums) or each_before(scene, mention, actors, sums)
        payers = payers or payers_in_brackets(scene, mention, actors, sums) or going_on(scene, mention, actors, sums)
    else:
        payers = payers or _behind_verb(scene, mention, actors, sums)
        if not payers and (_is_taken_first(scene, mention, actors) or _is_borrowed(scene, mention)):
            payers = _behind(scene, mention, actors, sums)
        if not payers and _is_owed(scene, mention):
            payers = _up_to_comma(scene, mention, _behind(scene, mention, actors, sums))
    payers = payers or _bracketed(scene, mention, actors) or _carrying(scene, mention, actors, sums)
    payers = payers or _agents(scene, mention, actors, sums) or _acting_right_before(scene, mention, actors, sums)
    payers = payers or _taken_of(scene, mention, actors)
    return payers or _lending_land(scene, mention, actors)


def _asked(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Those with whom somebody talks of being lent a sum: "Acme negotiates with the bank Bolt a loan of 3 million"."""
    _, between = asked_in_talks(scene, scene.sentence_at(mention.span.start)).get(mention.span, (0, None))
    return [actor for _, actor in named_between(actors, between.start, between.end)] if between is not None else []


def _permitted(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever is permitted to invest the only sum of a sentence: "The province grants Acme a licence for 3 million"."""
    sentence = scene.sentence_at(mention.span.start)
    end = scene.sentences[sentence].span.end
    for word in licensing(scene, sentence) if len(sums) == 1 else ():
        behind = sorted(named_between(actors, word.end, end), key=lambda item: item[0].span.start)
        companies = [one for one in behind if one[1].party is None or one[1].party.kind is not PartyKind.GOVERNMENT]
        if companies and scene.words_between(word.end, companies[0][0].span.start) <= _LICENCE:
            first, payer = companies[0]
            return [actor for _, actor in companies if actor is payer or actor.key in first.mates]
    return []


def is_permitted(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether words of permitting say that an actor invests a draft's sum."""
    told = ((m, sums_of(scene, scene.sentence_at(m.span.start))) for m in draft.figures)
    return any(_permitted(scene, mention, [actor], sums) for mention, sums in told)


def _headed(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Those marked as who gives right in front of a headline's sum: "Acme, dalla Bei 350 milioni"."""
    heading = scene.sentences[scene.sentence_at(mention.span.start)]
    if not heading.is_heading:
        return []
    found: list[Actor] = []
    end = mention.span.start
    for anchor, actor in sorted(named_between(actors, heading.span.start, end), key=lambda item: -item[0].span.start):
        between = scene.text[anchor.span.end : end].strip()
        if between and not (found and found[-1].key in anchor.mates):
            break
        found.append(actor)
        end = anchor.span.start
        if is_marked(scene, anchor, actor.key, "from"):
            return found
    return []


def _headed_behind(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Those marked as who gives right behind a headline's only sum: "Investment of 350 million by Acme in Cork".

    Only where marks stand before names.
    """
    if not load_name_words(scene.language.code).words("at"):
        return []
    sentence = scene.sentence_at(mention.span.start)
    is_alone = len(sums) == 1 and scene.sentences[sentence].is_heading and not taking(scene, sentence)
    return _behind(scene, mention, actors, sums) if is_alone else []


def _bracketed(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever has a sum in brackets behind a name that is marked as who gives: "led by Acme (25 million)"."""
    text, span = scene.text, mention.span
    if text[span.end : span.end + 1] != ")" or not text[: span.start].endswith("("):
        return []
    start = scene.sentences[scene.sentence_at(span.start)].span.start
    named = sorted(named_between(actors, start, span.start), key=lambda item: item[0].span)
    if not named or text[named[-1][0].span.end : span.start].strip() != "(":
        return []
    anchor, payer = named[-1]
    listed = [item for item in named if item[1] is payer or payer.key in item[0].mates]
    return [payer] if any(is_giver(scene, one, actor.key) for one, actor in listed or [(anchor, payer)]) else []


def _before(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Those named in front of a sum that follows right upon "with"."""
    sentence = scene.sentence_at(mention.span.start)
    ends = [
        cue.span.start
        for cue in scene.cues_of(sentence)
        if cue.label == "with_it"
        and cue.span.end <= mention.span.start
        and not scene.text[cue.span.end : mention.span.start].strip()
    ]
    if not ends:
        return []
    start = max([scene.sentences[sentence].span.start, *(one.end for one in sums if one.end <= mention.span.start)])
    named = named_between(actors, start, ends[-1])
    last, payer = max(named, key=lambda item: item[0].span.start, default=(None, None))
    if last is None or payer is None or not is_giver(scene, last, payer.key):
        return []
    return [actor for _, actor in named if actor is payer or actor.key in last.mates]


def _behind(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Those named right behind a sum as who gives it, where no round of funding is told.

    Not where somebody gives money that is another's: "the agency grants 4 million from the Social Fund".
    """
    sentence = scene.sentence_at(mention.span.start)
    start = scene.sentences[sentence].span.start
    verbs = [verb for verb in giving(scene, sentence) if verb.end <= mention.span.start]
    # Words for leading a round that only mark who gives tell of none: "the remaining 3 million come from".
    froms = scene.language.flow.get("from", ())
    is_led = any(word.of(scene.text).casefold() not in froms for word in leading(scene, sentence))
    if is_led or any(
        not is_marked(scene, anchor, actor.key, "from") and not is_marked(scene, anchor, actor.key, "to")
        for verb in verbs
        for anchor, actor in named_between(actors, start, verb.start)
    ):
        return []
    end = min([scene.sentences[sentence].span.end, *(one.start for one in sums if one.start >= mention.span.end)])
    named = [*named_between(actors, mention.span.end, end), *_bodies_between(scene, actors, mention.span.end, end)]
    first, payer = min(named, key=lambda item: item[0].span.start, default=(None, None))
    if first is None or payer is None or not is_right_from(scene, mention.span, first):
        return []
    return [actor for _, actor in named if actor is payer or actor.key in first.mates]


def _taken_from(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Those marked as who gives right behind a verb of taking that follows its sum, or behind its subject.

    "63 mln zł uczelnia dostała z ministerstwa", "3 milionů získá Acme od ministerstva".
    """
    sentence = scene.sentence_at(mention.span.start)
    end = min([scene.sentences[sentence].span.end, *(one.start for one in sums if one.start >= mention.span.end)])
    for verb in subject_verbs(scene, sentence):
        if not mention.span.end <= verb.start < end or not is_near(scene, mention.span.end, verb.start, _NEAR):
            continue
        reach = Span(mention.span.start, verb.end)
        named = sorted(named_between(actors, verb.end, end), key=lambda item: item[0].span.start)
        if (
            named
            and is_near(scene, verb.end, named[0][0].span.start, 1)
            and not is_right_from(scene, reach, named[0][0])
        ):
            reach = Span(mention.span.start, named[0][0].span.end)
            named = named[1:]
        if named and is_right_from(scene, reach, named[0][0]):
            first, payer = named[0]
            return [actor for _, actor in named if actor is payer or actor.key in first.mates]
    return []


def _bodies_between(scene: Scene, actors: Sequence[Actor], start: int, end: int) -> list[tuple[Anchor, Actor]]:
    """Those for whom words for a body stand in a stretch ("dall'ateneo")."""
    return [
        (anchor, actor)
        for actor in actors
        for anchor in actor.anchors
        if anchor.kind == "pronoun"
        and start <= anchor.span.start
        and anchor.span.end <= end
        and is_body(scene, anchor.span)
    ]


def _carrying(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Those by whom something with its only cost is told: "The project, backed by Acme, will cost 3 million"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    labels = {cue.label for cue in scene.cues_in(bounds.start, mention.span.start)}
    if len(sums) > 1 or "cost" not in labels or taking(scene, sentence):
        return []
    named = sorted(named_between(actors, bounds.start, bounds.end), key=lambda item: item[0].span)
    if not named or named[-1][0].span.end > mention.span.start:
        return []
    (first, payer), *others = named
    ends = [cue.span.end for cue in scene.cues_of(sentence) if cue.label == "by_it"]
    by_it = any(0 <= first.span.start - end <= _OBJECT for end in ends)
    if not by_it or any(payer.key not in anchor.mates for anchor, _ in others):
        return []
    return [actor for _, actor in named]


def _agents(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Those by whom the only sum of a sentence is invested that names nobody else: "3 million are invested by Acme"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    named = sorted(named_between(actors, bounds.start, bounds.end), key=lambda item: item[0].span)
    if len(sums) > 1 or not named or named[0][0].span.start < mention.span.end or taking(scene, sentence):
        return []
    first, payer = named[0]
    marks = agents_before(scene, first.span)
    if not marks or is_parted(scene.text[mention.span.end : marks[0].start]):
        return []
    mark = marks[0]
    labels = {cue.label for cue in scene.cues_of(sentence) if not cue.span.overlaps(mark)}
    is_done = any(cue.label in _DONE for cue in scene.cues_in(bounds.start, mark.start))
    if (
        not is_done
        or not labels.isdisjoint(_NOT_DONE)
        or any(
            anchor.sentence == sentence and anchor.kind in ("pronoun", "plural") and anchor.span.end <= mark.start
            for actor in actors
            for anchor in actor.anchors
        )
    ):
        return []
    return [actor for anchor, actor in named if actor is payer or actor.key in first.mates]


def acting_behind(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Those who stand behind a verb of giving as its subject, for any figure of a draft."""
    sums = [(mention, sums_of(scene, scene.sentence_at(mention.span.start))) for mention in draft.figures]
    return [actor for mention, several in sums for actor in _behind_verb(scene, mention, actors, several)]


def _behind_verb(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever stands behind a verb of giving as its subject: "500 milionů dá Acme", "Na halu dá Acme 2 miliardy"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    for verb in turned(scene, sentence):
        named = sorted(named_between(actors, verb.end, bounds.end), key=lambda item: item[0].span.start)
        first, payer = named[0] if named else (None, None)
        if first is None or payer is None or not is_near(scene, verb.end, first.span.start, _NEAR):
            continue
        is_given = bool(given_by_noun(scene, sentence, [first.span]))
        if is_given or any(is_marked(scene, first, payer.key, label) for label in ("from", "to")):
            continue
        listed = [(anchor, actor) for anchor, actor in named if actor is payer or actor.key in first.mates]
        other, given = next((item for item in named if item not in listed), (None, None))
        is_open = other is not None and given is not None and not is_marked(scene, other, given.key, "to")
        if is_open and other is not None and is_near(scene, first.span.end, other.span.start, _NEAR):
            continue  # "poskytne Univerzitě Karlově Acme": either may be given it
        paid = [one for one in sums if one.end <= verb.start and is_near(scene, one.end, verb.start, _NEAR)]
        if not paid and len(sums) == 1 and is_near(scene, bounds.start, sums[0].start, _OPENING):
            # "Los 12 millones del laboratorio de Soria los pagan Acme y Bolt": a few words tell what it is for
            paid = [one for one in sums if one.end <= verb.start and is_near(scene, one.end, verb.start, _WHAT_FOR)]
        ahead = named_between(actors, bounds.start, verb.start)
        beside = _opens_with(scene, sentence, verb) if ahead else False
        if not ahead or beside:
            # "Of the 2 billion pays Acme 700 million": the sum behind is what it pays.
            end = max(anchor.span.end for anchor, _ in listed)
            behind = [one for one in sums if one.start >= end and is_near(scene, end, one.start, _OBJECT)]
            is_next = any(not scene.text[end : one.start].strip() for one in behind[:1])
            paid = behind[:1] if is_next or not paid else paid
        if mention.span in paid[-1:]:
            return [actor for _, actor in (*ahead, *listed)] if beside else [actor for _, actor in listed]
    return []


def _opens_with(scene: Scene, sentence: int, verb: Span) -> bool:
    """Whether all in front of a verb is with whom its subject does it: "Together with the fund Acme invests Bolt"."""
    first = next((cue for cue in scene.cues_of(sentence) if cue.label == "with_it"), None)
    start = scene.sentences[sentence].span.start
    if first is None or scene.text[start : first.span.start].strip():
        return False
    return not is_parted(scene.text[first.span.end : verb.start])


def _right_ahead(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever stands right before a verb of giving or investing that leads up to a sum, as another does to another.

    "30亿元，其中Acme出资12亿元，Bolt出资8亿元"; "of the 30 million Acme pays 12 and Bolt pays 8"; "Acme grants a loan
    of 30 million, Bolt pays 8".
    """
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    if taking(scene, sentence) or leading(scene, sentence):
        return []
    verbs = paying(scene, sentence)
    found: dict[Span, list[Actor]] = {}
    for low, money in zip([bounds.start, *(one.end for one in sums)], sums, strict=False):
        named = acting_between(scene, actors, low, money.start)
        last, payer = max(named, key=lambda item: item[0].span.start, default=(None, None))
        if last is None or payer is None or is_parted(scene.text[last.span.end : money.start]):
            continue
        if any(is_marked(scene, last, payer.key, label) for label in ("from", "to")):
            continue
        verb = next((one for one in sorted(verbs) if last.span.end <= one.start and one.end <= money.start), None)
        if verb is None or scene.words_between(last.span.end, verb.start) > _BODY:
            continue
        is_loan = any(cue.label in _LENT for cue in scene.cues_in(verb.end, money.start))
        if scene.words_between(verb.end, money.start) <= (_LOAN if is_loan else _QUALIFIER):
            found[money] = [actor for _, actor in named if actor is payer or actor.key in last.mates]
    return found.get(mention.span, []) if len(found) >= _SEVERAL else []


def _acting_right_before(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever stands right before a verb of giving or investing that leads up to a sum: "该厂由国家扶持，Acme出资2亿".

    Of languages that have words that may stand between (`beside` of [flow]), where order alone tells who acts.
    """
    between = _small_words(scene.language.code)
    if between is None:
        return []
    start = mention.span.start
    sentence = scene.sentence_at(start)
    low = max([scene.sentences[sentence].span.start, *(one.end for one in sums if one.end <= start)])
    takes = {verb.start for verb in taking(scene, sentence)} | {verb.start for verb in leading(scene, sentence)}
    for verb in sorted(paying(scene, sentence), key=lambda verb: (-verb.start, verb.end)):
        if verb.start < low or verb.end > start or verb.start in takes:
            continue
        if not between.fullmatch(scene.text, verb.end, start):
            continue
        named = acting_between(scene, actors, low, verb.start)
        named += _companies_between(scene, actors, low, verb.start)
        last, payer = max(named, key=lambda item: item[0].span.start, default=(None, None))
        before = next((m for m in scene.money if m.span.end == low), None)
        turns = any(cue.label in _TURNING for cue in scene.cues_in(low, start)) or _STOPS.search(scene.text, low, start)
        if last is None and before is not None and not turns:
            return _acting_right_before(scene, before, actors, sums)  # "Acme追加15亿元，此前已投入40亿元"
        if last is None or payer is None or not between.fullmatch(scene.text, last.span.end, verb.start):
            return []
        if any(is_marked(scene, last, payer.key, label) for label in ("from", "to")):
            return []
        verbs = [one.start for one in (*paying(scene, sentence), *approving(scene, sentence))]
        return [
            actor
            for anchor, actor in named
            if actor is payer
            or (actor.key in last.mates and not any(anchor.span.end <= at < last.span.start for at in verbs))
        ]
    return []


def _companies_between(scene: Scene, actors: Sequence[Actor], start: int, end: int) -> list[tuple[Anchor, Actor]]:
    """Those for whom "the company" stands in a stretch, not as the end of another word: 公司出资, but not 校友企業."""
    told = ((anchor, actor) for actor in actors if not actor.is_public for anchor in actor.anchors)
    return [
        (anchor, actor)
        for anchor, actor in told
        if anchor.kind == "pronoun" and start <= anchor.span.start < end
        if not scene.text[anchor.span.start - 1 : anchor.span.start].isalpha()
    ]


def _taken_of(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Whoever stands right behind a word of taking and right before a sum: "公司获得国资平台Acme、Bolt 2亿元投资"."""
    between, start = _small_words(scene.language.code), mention.span.start
    if between is None:
        return []
    for word in taking_of(scene, scene.sentence_at(start)):
        named = sorted(named_between(actors, word.end, start), key=lambda item: item[0].span)
        if not named or not between.fullmatch(scene.text, named[-1][0].span.end, start):
            continue
        (first, payer), *others = named
        is_next = not scene.text[word.end : first.span.start].strip()
        is_next = is_next or only_introduces(scene, word.end, first.span.start)
        if is_next and all(payer.key in anchor.mates or payer is actor for anchor, actor in others):
            return [actor for _, actor in named]
    return []


@cache
def _small_words(code: str) -> re.Pattern[str] | None:
    """What may stand between who acts and its verb, and between that and a sum, where order alone tells who acts."""
    words = sorted(load_language(code).flow.get("beside", ()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|[12]\d{{3}}年| )*") if words else None


def _is_owed(scene: Scene, mention: Mention) -> bool:
    """Whether words right before a sum say that something is owed to it: "grâce à 3 millions de la Région"."""
    marks = flow_of(scene, scene.sentence_at(mention.span.start)).marks
    return any(
        mark.label == "from"
        and " " in mark.span.of(scene.text)
        and mark.span.end <= mention.span.start
        and not scene.text[mark.span.end : mention.span.start].strip()
        for mark in marks
    )


def _up_to_comma(scene: Scene, mention: Mention, payers: list[Actor]) -> list[Actor]:
    """Those of them who are named before the first comma behind a sum: behind it the sentence goes on."""
    comma = scene.text.find(",", mention.span.end)
    if comma < 0:
        return payers
    return [actor for actor in payers if any(mention.span.end <= a.span.start < comma for a in actor.names)]


def _is_taken_first(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> bool:
    """Whether a sentence tells that its sum was taken before it names anybody: "It also received 3 million ..."."""
    sentence = scene.sentence_at(mention.span.start)
    start = scene.sentences[sentence].span.start
    return not named_between(actors, start, mention.span.start) and any(
        verb.end <= mention.span.start and scene.words_between(verb.end, mention.span.start) <= _NEAR
        for verb in taking(scene, sentence)
    )


def _lending_land(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """The land from which a loan or grant is: "grâce à un prêt de 46 millions d'euros de la Chine"."""
    start = mention.span.start
    cues = [cue for cue in scene.cues_of(scene.sentence_at(start)) if cue.label == "grant" and cue.span.end <= start]
    if not any(is_near(scene, cue.span.end, start, _NEAR) for cue in cues):
        return []
    lands = [(anchor, actor) for actor in actors for anchor in actor.anchors if anchor.kind == "state"]
    return [land for anchor, land in lands if is_right_from(scene, mention.span, anchor)]


def _is_borrowed(scene: Scene, mention: Mention) -> bool:
    """Whether a verb of borrowing stands right in front of a sum."""
    start, sentence = mention.span.start, scene.sentence_at(mention.span.start)
    return any(verb.end <= start and is_near(scene, verb.end, start, _NEAR) for verb in borrowing(scene, sentence))
