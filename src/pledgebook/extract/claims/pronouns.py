"""Whom words such as "the company", "both firms" and "the province" stand for."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.actor import PRONOUNS, Actor, Anchor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.described import Descriptions
from pledgebook.extract.claims.governing import government_at_home, government_of_places, local_at
from pledgebook.extract.claims.local import is_word_for, region_at
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.matcher import Match
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_name_words

_SHORT_PRONOUN = 4
_MOST_PARTNERS = 3
# An article, be it with an adjective, before the name that opens a sentence.
_OPENING = 5
_SOON = 400
# How sure a government is that is listed with one that is named.
_LISTED = 0.9
# How sure a name is that a text goes on to call a company.
_CALLED = 0.8
_SHORTEST_STEM, _ADDED = 5, 3
# Whose commission is meant where a text speaks of one.
_UNION = "EU"
_ADJECTIVE = re.compile(r" [^\W\d_]{5,} ")
_NOUN = re.compile(r" (\w{3,})")
_WORDS = re.compile(r"\w+")
# The verb right behind a pronoun that opens a sentence, or right before one.
_NEXT, _BEFORE = re.compile(r" (\w+)"), re.compile(r"(\w+) \Z")
_WORD = 30
_PLURAL = ("n", "nd")
_ARTICLES = 3


def add_pronouns(scene: Scene, actors: dict[str, Actor], doubtful: Mapping[str, Actor]) -> None:
    """Adds to each party the words of a document that stand for it; a government that only such words name joins.

    Of the `doubtful` names the one that a text is about may be meant as well.
    """
    kinds = {key: actor.party.kind for key, actor in actors.items() if actor.party is not None}
    companies = [actors[key] for key, kind in kinds.items() if kind is not PartyKind.GOVERNMENT]
    governments = [actors[key] for key, kind in kinds.items() if kind is PartyKind.GOVERNMENT]
    pools = _Pools(actors, companies, governments, list(doubtful.values()))
    named = [a.span for actor in governments for a in actor.anchors if a.kind == "name"]
    introduced = {mention.span.start - 1 for mention in scene.organisations}
    described, taken = Descriptions(scene, actors), list[Span]()
    for cue in scene.cues:
        sentence = scene.sentence_at(cue.span.start)
        if cue.label not in PRONOUNS or sentence < 0 or _is_something_else(scene, cue, introduced, named):
            continue
        span, kind = cue.span, "plural" if cue.label == "companies" else "pronoun"
        listed = _listed_behind(scene, cue.span, named) if cue.label == "government" else None
        if listed is not None:
            span, kind = listed, "name"
        taken.append(span)
        own = _own_subject(scene, cue, companies, governments)
        told = described.meant(cue.span) if cue.label == "company" else None
        own = own or (None if _is_body(scene, cue.span) else told)
        for actor in [own] if own is not None else _meant(scene, pools, cue, told):
            if actor.key in doubtful:
                actors[actor.key] = actor
                actor.score, actor.reason = _CALLED, "called a company"
            actor.anchors.append(Anchor(span, sentence, kind))
            if listed is not None and actor.reason == "state":
                actor.score, actor.reason = _LISTED, "government"
    for span, actor in described.others(taken):
        actor.anchors.append(Anchor(span, scene.sentence_at(span.start), "pronoun"))
    _add_subjects(scene, actors)


def _is_something_else(scene: Scene, cue: Match, introduced: Collection[int], named: Sequence[Span]) -> bool:
    """Whether words that often stand for a party here introduce, count or are part of what is named."""
    if cue.label == "company" and _introduces(scene, cue.span, introduced):
        return True  # "The operator Acme" names whom it means.
    if cue.label == "companies" and _counts(scene, cue.span):
        return True
    if cue.label in ("company", "government") and scene.names_in(cue.span):
        return True  # "Acme Fonden" is a name, not "the fund"; "Banca dello Stato" is no government
    if cue.label == "government" and any(span.overlaps(cue.span) for span in named):
        return True  # "L'État" names a government by itself, whichever was spoken of before.
    return _is_acronym(scene, cue.span)


def _add_subjects(scene: Scene, actors: dict[str, Actor]) -> None:
    """Adds the words that mean whoever was the subject before by its article: "Die Gemeinde Melk plant. Sie zahlt 3".

    They open a sentence before their verb or stand right behind it, which has no ending of the plural.
    """
    pairs = [pair.split(" ") for pair in load_name_words(scene.language.code).words("whoever").whole]
    words = {word for word, _ in pairs}
    if not words:
        return
    for found in re.finditer(rf"(?i)(?<!\w)(?:{'|'.join(sorted(words))})(?!\w)", scene.text):
        sentence = scene.sentence_at(found.start())
        if sentence < 0:
            continue
        opens = scene.sentences[sentence].span.start == found.start()
        start = max(0, found.start() - _WORD)
        verb = _NEXT.match(scene.text, found.end()) if opens else _BEFORE.search(scene.text, start, found.start())
        if verb is None or verb[1].endswith(_PLURAL) or not _is_verb(scene, verb[1]):
            continue
        articles = {article for word, article in pairs if word == found[0].casefold()}
        first = sentence - 1 if opens else sentence
        meant = _subject_of(scene, actors, range(first, sentence - 2, -1), found.start(), articles)
        if meant is not None:
            meant.anchors.append(Anchor(Span(found.start(), found.end()), sentence, "pronoun"))


def _is_verb(scene: Scene, word: str) -> bool:
    return load_name_words(scene.language.code).is_action(skeleton(word), word)


def _subject_of(
    scene: Scene, actors: Mapping[str, Actor], sentences: Sequence[int], end: int, articles: Collection[str]
) -> Actor | None:
    """Who is named first in the first of some sentences of a paragraph that names anybody, if with such an article."""
    for sentence in sentences:
        if sentence < 0 or scene.paragraph_start(scene.sentence_at(end)) > sentence:
            return None
        named = sorted(
            (anchor.span.start, key)
            for key, actor in actors.items()
            for anchor in actor.anchors
            if anchor.sentence == sentence and anchor.kind in ("name", "pronoun") and anchor.span.end <= end
        )
        if named:
            at, key = named[0]
            before = scene.text[scene.sentences[sentence].span.start : at].split()[-_ARTICLES:]
            first = _WORDS.findall(scene.text[at : at + _SOON])[:1]
            told = [word.casefold() for word in (*before, *first)]
            return actors[key] if any(word in articles for word in told) else None
    return None


def _own_subject(scene: Scene, cue: Match, companies: Sequence[Actor], governments: Sequence[Actor]) -> Actor | None:
    """The government that opens a sentence, if a short word there speaks of it: "The city, for its part, pays 3".

    Or one right before the comma before such a word: "Quant à la Ville de Lyon, elle paie 3 millions".
    """
    if cue.label != "company" or len(cue.span) > _SHORT_PRONOUN:
        return None
    start = scene.sentences[scene.sentence_at(cue.span.start)].span.start
    if any(start <= a.span.start < cue.span.start and a.kind == "name" for one in companies for a in one.anchors):
        return None
    opening = ((a.span, one) for one in governments for a in one.anchors if a.kind == "name")
    return next(
        (
            one
            for span, one in opening
            if span.end <= cue.span.start
            and (0 <= span.start - start <= _OPENING or scene.text[span.end : cue.span.start] == ", ")
        ),
        None,
    )


def _listed_behind(scene: Scene, span: Span, named: Sequence[Span]) -> Span | None:
    """The words for a government without the "and" that lists them with one named right before: "Bund und Land"."""
    before = max((one.end for one in named if one.end <= span.start), default=None)
    if before is None:
        return None
    joins = load_name_words(scene.language.code).words("and")
    first, _, rest = span.of(scene.text).partition(" ")
    between = skeleton(scene.text[before : span.start]).strip()
    if between in joins:
        return span
    return Span(span.end - len(rest), span.end) if rest and not between and skeleton(first) in joins else None


def _introduces(scene: Scene, span: Span, introduced: Collection[int]) -> bool:
    """Whether a name follows words such as "the company", be it behind an adjective: "la société toulousaine Acme"."""
    if span.end in introduced:
        return True
    between = _ADJECTIVE.match(scene.text, span.end)
    return between is not None and between.end() - 1 in introduced


def _counts(scene: Scene, span: Span) -> bool:
    """Whether words such as "the two" count what the noun behind them says, and not partners: "les deux campus"."""
    language, noun = load_name_words(scene.language.code), _NOUN.match(scene.text, span.end)
    if noun is None or not noun[1].islower():
        return False
    number = span.of(scene.text).split()[-1].casefold()
    is_number = any(number in several for several in scene.language.numbers.words.values())
    word = skeleton(noun[1])
    return is_number and not language.is_action(word, noun[1]) and word not in language.words("introduce")


@dataclass(frozen=True, slots=True)
class _Pools:
    """Whom words may stand for: all parties by their keys, those that are companies, governments or only doubtful."""

    actors: dict[str, Actor]
    companies: Sequence[Actor]
    governments: Sequence[Actor]
    doubtful: Sequence[Actor]


def _meant(scene: Scene, pools: _Pools, cue: Match, told: Actor | None) -> list[Actor]:
    """Whom a word stands for that names nobody; `told` is who was called by such a word."""
    start = cue.span.start
    if cue.label == "commission":
        union = load_organisations().governments[_UNION]
        return [actor for actor in pools.governments if actor.key == union.name]
    if _is_body(scene, cue.span):
        return _body_at(scene, pools.actors, cue.span, told)
    if cue.label == "government":
        return _governing(scene, pools.actors, pools.governments, cue.span)
    if cue.label == "companies":
        return _partners(pools.companies, start) or _antecedent(pools.companies, start)
    fitting = _fitting(scene, pools.companies, cue.span)
    return _in_lead(scene, fitting, pools.doubtful, _antecedent(fitting, start), cue.span)


def _fitting(scene: Scene, pool: Sequence[Actor], span: Span) -> Sequence[Actor]:
    """Those of whom words such as "the Chinese company" at `span` may speak, as far as lists know their homes.

    Who is no company is meant by a short word alone ("it"), or where a text names no company before.
    """
    before = [actor for actor in pool if any(a.kind == "name" and a.span.start < span.start for a in actor.anchors)]
    if len(span) > _SHORT_PRONOUN:
        kinds = [_kind_of(actor) for actor in before]
        others = (PartyKind.ORGANISATION, PartyKind.FUND)
        firms = [actor for actor, kind in zip(before, kinds, strict=True) if kind not in others]
        before = firms or [a for a, kind in zip(before, kinds, strict=True) if kind not in others[:1]] or before
    lands = {
        mention.place
        for mention in scene.places
        if "adjective" in mention.parts and mention.span.start < span.end and mention.span.end >= span.start - 1
    }
    if len(lands) == 1:
        homes = {actor.key: _home_of(actor) for actor in before}
        before = [actor for actor in before if homes[actor.key] in lands] or [
            actor for actor in before if not homes[actor.key]
        ]
    return before or pool


def _kind_of(actor: Actor) -> PartyKind:
    """What an actor is told as: a bank by its name is one, though lists count it among companies."""
    kind = actor.party.kind if actor.party else PartyKind.UNKNOWN
    is_bank = kind is PartyKind.COMPANY and not load_name_types().funds.isdisjoint(skeleton(actor.key).split())
    return PartyKind.FUND if is_bank else kind


def _home_of(actor: Actor) -> str:
    listed = load_organisations().by_skeleton.get(skeleton(actor.key))
    return "" if listed is None else listed.country


def _governing(scene: Scene, actors: dict[str, Actor], governments: Sequence[Actor], span: Span) -> list[Actor]:
    """Which government words such as "the ministry", "the province" or "the municipality" mean at `span`."""
    named = [(a.span.start, actor.party) for actor in governments for a in actor.anchors if a.kind == "name"]
    party, is_local = local_at(scene, [(at, one) for at, one in named if one], span)
    if not is_local:
        party = party or region_at(scene, span)
        nations = {one.name for one in load_organisations().governments.values()}
        is_nation = is_word_for(scene, span, "nation")
        pool = [actor for actor in governments if actor.key in nations] if is_nation else governments
        known = [] if party is not None else _government_at(scene, pool, span.start)
        party = party if party is not None or known else government_of_places(scene) or government_at_home(scene)
        if party is None:
            return [actors.setdefault(actor.key, actor) for actor in known]
    if party is None:
        return []
    return [actors.setdefault(party.name, Actor(party.name, party, score=0.2, reason="state"))]


def _is_body(scene: Scene, span: Span) -> bool:
    return is_word_for(scene, span, "body")


def _is_acronym(scene: Scene, span: Span) -> bool:
    """Whether a short word has capitals that its neighbour has not: the IT minister is not "it"."""
    return (
        len(span) <= _SHORT_PRONOUN
        and span.of(scene.text).isupper()
        and not scene.text[span.end : span.end + 9].isupper()
    )


def _government_at(scene: Scene, pool: Sequence[Actor], start: int) -> list[Actor]:
    """Whose government "the government" is at `start`: of the land that was spoken of last, however it was named."""
    governments = load_organisations().governments
    pool = [actor for actor in pool if actor.key != governments[_UNION].name]  # the Union has none
    by_party = {actor.key: actor for actor in pool}
    places = [(mention.span.start, governments.get(mention.place or "")) for mention in scene.places]
    told = [(at, by_party.get(party.name)) for at, party in places if party is not None]
    told += [(a.span.start, actor) for actor in pool for a in actor.anchors if a.kind in ("name", "officeholder")]
    known = sorted(((at, actor) for at, actor in told if actor is not None), key=lambda item: item[0])
    before = [actor for at, actor in known if at < start and _share_paragraph(scene, at, start)]
    if not before:
        # A land named in passing does not change whose government the text is about.
        most, count = Counter(actor.key for _, actor in known).most_common(1)[0] if known else ("", 0)
        before = [actor for _, actor in known if actor.key == most and count * 2 > len(known)]
    before = before or [actor for at, actor in known if at < start]
    return before[-1:] or [actor for _, actor in known[:1]]


def _body_at(scene: Scene, actors: Mapping[str, Actor], span: Span, told: Actor | None) -> list[Actor]:
    """Whom "the university" stands for at `span`: the body last named whose name has that word, or the first one.

    A name has it in English or in the words of the text: "Fonden" is the Novo Nordisk Foundation. A word for any body
    of learning means the last one of them, whichever it is called: "uczelnia" a "politechnika".
    """
    word = skeleton(scene.text[span.start : span.end]).split()[-1]
    forms = {word, *(base for base, _ in load_name_words(scene.language.code).endings.bases(word))}
    if is_word_for(scene, span, "school"):
        forms |= load_name_types().schools
    named = [(a.span, actor) for actor in actors.values() for a in actor.anchors if a.kind == "name"]
    bodies = {
        actor.key
        for at, actor in named
        if any(
            _is_form_of(form, part) for part in skeleton(f"{actor.key} {at.of(scene.text)}").split() for form in forms
        )
    }
    if not bodies and told is not None:
        return [told]
    if not bodies and word in load_name_types().funds:
        # "The fund" that has no such word in its name is the one that is known for a fund.
        bodies = {key for key, actor in actors.items() if actor.party and actor.party.kind is PartyKind.FUND}
    placed = [(at.start, actor) for at, actor in named if actor.key in bodies]
    placed.sort(key=lambda item: item[0])
    before = [actor for at, actor in placed if at < span.start]
    return before[-1:] or [actor for _, actor in placed[:1]]


def _is_form_of(word: str, part: str) -> bool:
    """Whether two words are one but for what an article or a case adds: "universitetet" and "universitet"."""
    short, long = sorted((word, part), key=len)
    return long == short or (
        len(short) >= _SHORTEST_STEM and long.startswith(short) and len(long) - len(short) <= _ADDED
    )


def _share_paragraph(scene: Scene, one: int, other: int) -> bool:
    first, second = scene.sentence_at(one), scene.sentence_at(other)
    return first >= 0 and scene.sentences[first].paragraph == scene.sentences[second].paragraph


def _antecedent(pool: Sequence[Actor], start: int) -> list[Actor]:
    """Whom a pronoun at `start` stands for: the first named in the latest sentence that names any."""
    told: list[tuple[int, int, Actor]] = []
    for actor in pool:
        before = [a for a in actor.anchors if a.kind in ("name", "officeholder", "state") and a.span.start < start]
        if before:
            told.append((-before[-1].sentence, before[-1].span.start, actor))
    # A text may open with "the company" and name it soon after, when its headline was lost.
    told = told or [
        (0, a.span.start, actor)
        for actor in pool
        for a in actor.anchors[:1]
        if a.kind == "name" and a.span.start - start < _SOON
    ]
    return [min(told, key=lambda item: item[:2])[2]] if told else []


def _in_lead(
    scene: Scene, pool: Sequence[Actor], doubtful: Sequence[Actor], meant: list[Actor], span: Span
) -> list[Actor]:
    """Whom a text is about, where somebody else who was last named only passes by: once, where no sum is told.

    "Acme builds in Cork. The utility Bolt supplies the power. The company invests 3 million": Acme. A doubtful name
    has to open the sentence.
    """
    firms = load_name_words(scene.language.code).words("any_firm")
    is_any = any(word in firms for word in skeleton(span.of(scene.text)).replace("'", " ").split())
    if not meant or len(meant[0].names) != 1 or not is_any:
        return meant
    passing, section = meant[0].names[0].sentence, scene.sections[scene.sentence_at(span.start)]
    told = [n for n, one in enumerate(scene.sections) if one == section and not scene.sentences[n].is_heading]
    lead = told[0] if told else -1
    if passing <= lead or scene.sentences[passing].is_heading or sums_of(scene, passing):
        return meant
    if passing == scene.paragraph_start(scene.sentence_at(span.start)):
        return meant  # a paragraph, or an item of a list, that is about another
    start = scene.sentences[lead].span.start
    leading = [(a.span.start, actor) for actor in pool for a in actor.names if a.sentence == lead]
    leading += [(start, one) for one in doubtful if any(0 <= a.span.start - start <= _OPENING for a in one.names)]
    return [min(leading, key=lambda item: item[0])[1]] if leading else meant


def _partners(pool: Sequence[Actor], start: int) -> list[Actor]:
    """Whom "the partners" at `start` stand for: those of the latest sentence that names several, the first of them."""
    named: dict[int, list[Actor]] = defaultdict(list)
    for actor in pool:
        before = {a.sentence for a in actor.anchors if a.kind == "name" and a.span.start < start}
        for sentence in before:
            named[sentence].append(actor)
    latest = max((sentence for sentence, several in named.items() if len(several) > 1), default=None)
    if latest is None:
        return []

    def first(actor: Actor) -> int:
        return min(a.span.start for a in actor.anchors if a.kind == "name" and a.sentence == latest)

    return sorted(named[latest], key=first)[:_MOST_PARTNERS]
