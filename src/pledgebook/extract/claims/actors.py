"""Who and where a document speaks of: each party and each country with all words that stand for it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pledgebook.domain import Kind, Mention, Party, PartyKind, Span
from pledgebook.extract.claims.governing import government_abroad, government_at_home, government_of_places, local_at
from pledgebook.extract.claims.local import is_word_for, region_at
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.capitals import load_capitals
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import VOWEL, Match
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_governed, load_organisations
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import NameWords, load_countries, load_name_words

_GAP = 12
_LOOSE = 4
_WIDE, _DESCRIBED = 60, 6
_DESCRIBING = frozenset(("company", "companies", "with_it", "by_it", "of_it", "into_it"))
_SHORT_PRONOUN = 4
_SHORT_WORD = 4
_MOST_PARTNERS = 3
_MOST_SMALL = 3
_SOON = 400
_SHORTEST_STEM, _ADDED = 5, 3
_UNSPACED = frozenset({"hani", "thai"})
_PREFIXED = frozenset(("arab", "hebr"))
# The sorts of words that stand for a party which was named elsewhere.
PRONOUNS = frozenset(("company", "government", "companies", "commission"))
# Whose commission is meant where a text speaks of one.
_UNION = "EU"
# What may stand between a count of processors and who made them.
_MADE_BY = frozenset((" ", " de ", " d'", " d’", " von ", " of ", " di ", " da ", " van "))
_PERSON = re.compile(r"[\s,]{1,2}((?:[A-ZÀ-ÞĀ-Ž][\w'’.-]*\s){1,3}[A-ZÀ-ÞĀ-Ž][\w'’-]{3,})")
_ADJECTIVE = re.compile(r" [^\W\d_]{5,} ")
_WORD = re.compile(r"[^\W\d_]+")
_DATELINE = re.compile(r"\.? ?(?:[,(/–—-]|\d)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place where an actor is named: `rank` counts the actors before it in its sentence.

    `mates` are the keys of the actors that it is listed with ("A, B and C"), `head` that of the one it goes along with
    ("A, together with B"). `kind` is "name", "pronoun" ("the company"), "plural" ("the companies"),
    "adjective", "city", "officeholder" or "state" (a country that may stand for its government).
    """

    span: Span
    sentence: int
    kind: str
    rank: int = 0
    mates: tuple[str, ...] = ()
    head: str | None = None


@dataclass(slots=True)
class Actor:
    """A party or a country (`key` is its code) and where it is named, in the order of the text."""

    key: str
    party: Party | None = None
    anchors: list[Anchor] = field(default_factory=list)
    score: float = 1.0
    reason: str = ""
    order: int = 0

    @property
    def names(self) -> list[Anchor]:
        """The anchors that are no pronouns."""
        return [anchor for anchor in self.anchors if anchor.kind not in ("pronoun", "plural", "state")]


def find_parties(scene: Scene) -> list[Actor]:
    """The parties of a document, the most telling first, pronouns ("the company") resolved to the nearest of them."""
    actors: dict[str, Actor] = {}
    for mention in scene.organisations:
        party = mention.party
        if party is None or _is_maker(scene, mention):
            continue
        if mention.reason == "government":
            party = government_abroad(scene, party) or party
        actor = actors.setdefault(party.name, Actor(party.name, party, score=mention.score, reason=mention.reason))
        actor.score = max(actor.score, mention.score)
        kind = "officeholder" if mention.reason == "officeholder" else "name"
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), kind))
    _add_holders(scene, actors)
    _add_states(scene, actors)
    _add_pronouns(scene, actors)
    return [*_ranked(scene, list(actors.values())), *_doubtful(scene, actors)]


def _is_maker(scene: Scene, mention: Mention) -> bool:
    """Whether a name stands right beside a count of processors and tells whose make they are: "4 000 GPU Nvidia"."""
    return any(
        scene.text[count.span.end : mention.span.start] in _MADE_BY
        for count in scene.quantities
        if count.deliverable is not None and count.deliverable.kind is Kind.GPUS
    )


def _doubtful(scene: Scene, actors: Mapping[str, Actor]) -> list[Actor]:
    """Names that may be an organisation's: they rank behind all others and stand in nobody's way."""
    found: dict[str, Actor] = {}
    for mention in scene.names:
        party = mention.party
        if party is None or party.name in actors:
            continue
        actor = found.setdefault(party.name, Actor(party.name, party, score=mention.score, reason=CAPITALS))
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), "name"))
    ranked = _ranked(scene, list(found.values()))
    for actor in ranked:
        actor.order += len(actors)
    return ranked


def find_countries(scene: Scene) -> list[Actor]:
    """The countries of a document, named themselves, by an adjective or by one of their cities."""
    actors: dict[str, Actor] = {}
    for mention in _without_seats(scene.places):
        if mention.place is None:
            continue
        actor = actors.setdefault(mention.place, Actor(mention.place))
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), _place_kind(mention)))
    named = frozenset(actors)
    for mention in scene.organisations:
        code = _land_governed(mention)
        if code and code not in named and mention.reason != "officeholder":
            actor = actors.setdefault(code, Actor(code))
            actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), "government"))
    return _ranked(scene, list(actors.values()))


def _land_governed(mention: Mention) -> str | None:
    """The country whose government a mention names, None where it names none."""
    party = mention.party
    if party is None or party.kind is not PartyKind.GOVERNMENT:
        return None
    return load_governed().get(party.name)


def _without_seats(places: Sequence[Mention]) -> list[Mention]:
    """The places, but for the Union's seats in lands of which nothing else tells: "Brussels agreed" is not Belgium."""
    seats = [_is_seat(mention) for mention in places]
    lands = {mention.place for mention, is_seat in zip(places, seats, strict=True) if not is_seat}
    return [m for m, is_seat in zip(places, seats, strict=True) if not is_seat or m.place in lands]


def _is_seat(mention: Mention) -> bool:
    """Whether a place is a seat of the Union's."""
    return (_UNION, mention.name) in load_capitals()


def _add_holders(scene: Scene, actors: dict[str, Actor]) -> None:
    """Who was named with an office once stands for the same government by surname alone afterwards."""
    for actor in actors.values():
        holders = [anchor for anchor in actor.anchors if anchor.kind == "officeholder"]
        surnames = {
            found[1].split()[-1] for a in holders if (found := _PERSON.match(scene.text, a.span.end)) is not None
        }
        taken = {anchor.span.end for anchor in actor.anchors}
        for surname in sorted(name for name in surnames if len(name) > 3 and name[0].isupper()):
            for found in re.finditer(rf"\b{re.escape(surname)}\b", scene.text):
                sentence = scene.sentence_at(found.start())
                if found.end() not in taken and sentence >= 0:
                    actor.anchors.append(Anchor(Span(found.start(), found.end()), sentence, "officeholder"))


def _add_states(scene: Scene, actors: dict[str, Actor]) -> None:
    """Countries as actors: "India will spend" and "Seoul said" mean the government. A finder's own find comes first."""
    governments, capitals = load_organisations().governments, load_capitals()
    union = governments[_UNION]
    seats = {code for code, name in capitals if code != _UNION and (_UNION, name) in capitals}
    speaks_of_union = (
        union.name in actors
        or any(cue.label == "commission" for cue in scene.cues)
        or not any(mention.place in seats and not _is_seat(mention) for mention in scene.places)
    )
    for mention in scene.places:
        party = governments.get(mention.place or "")
        is_capital = mention.name is not None and (mention.place, mention.name) in capitals
        if party is None or (mention.name is not None and not is_capital) or "adjective" in mention.parts:
            continue
        if is_capital and party.name not in actors and _heads_line(scene, mention.span):
            continue  # where a story was written that does not speak of the government
        if speaks_of_union and _is_seat(mention):
            party = union
        actor = actors.setdefault(party.name, Actor(party.name, party, score=0.2, reason="state"))
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), "state"))


def _heads_line(scene: Scene, span: Span) -> bool:
    """Whether a place opens a line and a comma, bracket or dash parts it from a day or a story: "KYIV, 4 March"."""
    line = scene.text.rfind("\n", 0, span.start) + 1
    return not scene.text[line : span.start].strip() and _DATELINE.match(scene.text, span.end) is not None


def _place_kind(mention: Mention) -> str:
    if "adjective" in mention.parts:
        return "adjective"
    return "city" if mention.name is not None else "name"


def _add_pronouns(scene: Scene, actors: dict[str, Actor]) -> None:
    kinds = {key: actor.party.kind for key, actor in actors.items() if actor.party is not None}
    companies = [actors[key] for key, kind in kinds.items() if kind is not PartyKind.GOVERNMENT]
    governments = [actors[key] for key, kind in kinds.items() if kind is PartyKind.GOVERNMENT]
    named = [a.span for actor in governments for a in actor.anchors if a.kind == "name"]
    introduced = {mention.span.start - 1 for mention in scene.organisations}
    for cue in scene.cues:
        if cue.label not in PRONOUNS or (cue.label == "company" and _introduces(scene, cue.span, introduced)):
            # "The operator Acme" names whom it means.
            continue
        if cue.label in ("company", "government") and scene.names_in(cue.span):
            # "Acme Fonden" is a name, not "the fund", and "dello Stato" in "Banca dello Stato" is no government.
            continue
        if cue.label == "government" and any(span.overlaps(cue.span) for span in named):
            # "L'État" names a government by itself, whichever was spoken of before.
            continue
        sentence = scene.sentence_at(cue.span.start)
        if sentence < 0 or _is_acronym(scene, cue.span):
            continue
        for actor in _meant(scene, actors, cue, companies, governments):
            actor.anchors.append(Anchor(cue.span, sentence, "plural" if cue.label == "companies" else "pronoun"))


def _introduces(scene: Scene, span: Span, introduced: Collection[int]) -> bool:
    """Whether a name follows words such as "the company", be it behind an adjective: "la société toulousaine Acme"."""
    if span.end in introduced:
        return True
    between = _ADJECTIVE.match(scene.text, span.end)
    return between is not None and between.end() - 1 in introduced


def _meant(
    scene: Scene, actors: dict[str, Actor], cue: Match, companies: Sequence[Actor], governments: Sequence[Actor]
) -> list[Actor]:
    """Whom a word stands for that names nobody."""
    start = cue.span.start
    if cue.label == "commission":
        union = load_organisations().governments[_UNION]
        return [actor for actor in governments if actor.key == union.name]
    if is_word_for(scene, cue.span, "body"):
        return _body_at(scene, actors, cue.span)
    if cue.label == "government":
        return _governing(scene, actors, governments, cue.span)
    if cue.label == "companies":
        return _partners(companies, start) or _antecedent(companies, start)
    return _antecedent(_fitting(scene, companies, cue.span), start)


def _fitting(scene: Scene, pool: Sequence[Actor], span: Span) -> Sequence[Actor]:
    """Those of whom words such as "the Chinese company" at `span` may speak, as far as lists know their homes.

    Who is no company is meant by a short word alone ("it"), or where a text names no company before.
    """
    before = [actor for actor in pool if any(a.kind == "name" and a.span.start < span.start for a in actor.anchors)]
    if len(span) > _SHORT_PRONOUN:
        kinds = [actor.party.kind if actor.party else PartyKind.UNKNOWN for actor in before]
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


def _is_acronym(scene: Scene, span: Span) -> bool:
    """Whether a short word has capitals that its neighbour has not: the IT minister is not "it"."""
    return (
        len(span) <= _SHORT_WORD and span.of(scene.text).isupper() and not scene.text[span.end : span.end + 9].isupper()
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


def _body_at(scene: Scene, actors: Mapping[str, Actor], span: Span) -> list[Actor]:
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
    if not bodies and word in load_name_types().funds:
        # "The fund" that has no such word in its name is the one that is known for a fund.
        bodies = {key for key, actor in actors.items() if actor.party and actor.party.kind is PartyKind.FUND}
    told = [(at.start, actor) for at, actor in named if actor.key in bodies]
    told.sort(key=lambda item: item[0])
    before = [actor for at, actor in told if at < span.start]
    return before[-1:] or [actor for _, actor in told[:1]]


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


def _listed_together(scene: Scene, one: Anchor, other: Anchor) -> bool:
    """Whether two names stand in one list: a comma, a bracket or one short word between them."""
    if one.sentence != other.sentence or one.kind not in ("name", "state") or other.kind not in ("name", "state"):
        return False
    between = _behind_origin(scene, VOWEL.sub("", scene.text[one.span.end : other.span.start]))
    if any(char.isdigit() for char in between) or len(between) > _WIDE:
        return False
    if _introduces_another(scene.language.code).fullmatch(skeleton(between)) or _both_give(scene, one, between):
        return True
    place = Span(one.span.end, max(one.span.end, other.span.start))
    if len(between) > _GAP:
        return _is_described(scene, place, between)
    words = _WORD.findall(between)
    short = len(words) <= 1 and all(len(word) <= _SHORT_WORD for word in words)
    listed = short or _repeats(scene, words, between) or _is_described(scene, place, between)
    return listed and not any(stop in between for stop in ".:;–—\n")


def _both_give(scene: Scene, one: Anchor, between: str) -> bool:
    """Whether both of two names are marked as who gives: "led by Acme, with participation from Bolt"."""
    before, second = _marks_of_givers(scene.language.code)
    ahead = scene.text[max(0, one.span.start - _WIDE) : one.span.start]
    return second.fullmatch(skeleton(between)) is not None and before.search(skeleton(ahead)) is not None


@cache
def _marks_of_givers(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends right before a name that is marked as a giver's, and what stands between two of them."""
    names, language = load_name_words(code), load_language(code)
    marks, sorts, joins = (
        "|".join(map(re.escape, sorted(map(skeleton, words), key=len, reverse=True)))
        for words in (language.flow.get("from", ()), names.words("introduce").whole, names.words("and").whole)
    )
    if not (marks and sorts and joins) or names.script not in (*_PREFIXED, "latn", "cyrl", "grek"):
        return re.compile(r"(?!)"), re.compile(r"(?!)")
    opens, closes = r"[«„“\"']?", r"[»”“\"']?"
    marked = rf"(?:{marks})\s+(?:(?:{sorts})\s+)?{opens}"
    link = rf"(?:{joins})" if names.script in _PREFIXED else rf"(?:{joins})\s+"
    return re.compile(rf"(?<!\w){marked}$"), re.compile(rf"{closes}\s*,?\s*(?:{link})?{marked}")


@cache
def _introduces_another(code: str) -> re.Pattern[str]:
    """What goes on with a list by words for the sort of company that comes next: "Acme dan PT Bolt", "and the fund"."""
    names, types = load_name_words(code), load_name_types()
    blank = r"\s*" if names.script in _UNSPACED else r"\s+"
    owned = frozenset(map(skeleton, load_language(code).cues.get("of_it", ())))
    joins, sorts, small = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (names.words("and").whole, names.words("introduce").whole - owned, types.articles)
    )
    if not joins or not sorts:
        return re.compile(r"(?!)")
    return re.compile(
        rf"\s*(?:,\s*(?:(?:{joins}){blank})?|(?:{joins}){blank})(?:(?:{small})\s+)?"
        rf"(?:(?:(?:{sorts}){blank}){{1,2}}(?:{types.before.pattern})?|{types.before.pattern})"
    )


def _repeats(scene: Scene, words: Sequence[str], between: str) -> bool:
    """Whether a list goes on with the small word before its names said again: "dalla Regione e dalla Commissione"."""
    names, articles = load_name_words(scene.language.code), load_name_types().articles
    small = [skeleton(word) for word in words]
    joins, links = names.words("and"), (names.words("at"), names.words("of"), articles)
    if not (between.startswith(",") or any(word in joins for word in small)):
        return False
    return len(small) <= _MOST_SMALL and all(word in joins or any(word in link for link in links) for word in small)


def _behind_origin(scene: Scene, between: str) -> str:
    """What stands between two names behind the words that tell where the first is from: "Acme danese e Bolt"."""
    countries = load_countries(scene.language.code)
    while (word := _WORD.search(between)) is not None and countries.adjective(skeleton(word.group())) is not None:
        if between[: word.start()].strip(" \"'«»”“"):
            break
        between = between[word.end() :]
    return between


def _is_joined_on(word: str, names: NameWords) -> bool:
    """Whether a word has "and" for its first letter, as in Arabic and Hebrew."""
    return (
        len(word) > 1
        and names.script in _PREFIXED
        and any(word.startswith(join) for join in names.words("and").whole if len(join) == 1)
    )


def _is_described(scene: Scene, place: Span, between: str) -> bool:
    """Whether a list goes on with a name behind the words that say what it is: "Acme and the local firm Bolt"."""
    joined = _WORD.findall(between)
    if not joined or len(joined) > _DESCRIBED:
        return False
    names = load_name_words(scene.language.code)
    if skeleton(joined[0]) not in names.words("and") and not _is_joined_on(joined[0], names):
        return False
    if any(mark in between.strip(" ,") for mark in ".,:;–—()\n"):
        return False
    # "Acme i fond Bolt": a word for a fund says what Bolt is, not what is done.
    introducers = load_name_words(scene.language.code).words("introduce")
    labels = {
        cue.label
        for cue in scene.cues_in(place.start, place.end)
        if skeleton(cue.span.of(scene.text)) not in introducers
    }
    return not labels - _DESCRIBING


def _goes_along(scene: Scene, one: Anchor, other: Anchor) -> bool:
    """Whether the second actor is only named as going along with the first: "France, in partnership with Google"."""
    if one.sentence != other.sentence or one.kind not in ("name", "state") or other.kind != "name":
        return False
    gap = other.span.start - one.span.end
    joined = [c.span for c in scene.cues_in(one.span.end, other.span.start) if c.label == "with_it"]
    if not joined and gap <= _WIDE:
        # Where such words are written onto the name: "브룩필드는 건설사 하브노드이앤씨와 함께".
        return any(
            c.label == "with_it" and c.span.start <= other.span.end < c.span.end
            for c in scene.cues_in(other.span.start, other.span.end + 1)
        )
    return len(joined) == 1 and len(joined[0]) > _LOOSE and gap - len(joined[0]) <= _LOOSE


def _join(scene: Scene, actors: Sequence[Actor], order: Sequence[tuple[int, int]]) -> None:
    """Tells every anchor whom it is listed with and whom it goes along with; `order` is that of the text."""
    lists: list[list[tuple[int, int]]] = []
    for n, m in order:
        anchor = actors[n].anchors[m]
        if anchor.kind in ("pronoun", "plural"):
            # "Acme and the company Bolt" is a list of two.
            continue
        last = lists[-1][-1] if lists else None
        if last is not None and _goes_along(scene, actors[last[0]].anchors[last[1]], anchor):
            actors[n].anchors[m] = replace(actors[n].anchors[m], head=actors[last[0]].key)
        if last is not None and _listed_together(scene, actors[last[0]].anchors[last[1]], anchor):
            lists[-1].append((n, m))
        else:
            lists.append([(n, m)])
    for several in lists:
        for n, m in several:
            mates = tuple(sorted({actors[other].key for other, _ in several if other != n}))
            if mates:
                actors[n].anchors[m] = replace(actors[n].anchors[m], mates=mates)


def _ranked(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """The actors by how much the document speaks of them, with the rank of every anchor in its sentence."""
    everywhere = sorted(
        (anchor.span.start, n, m) for n, actor in enumerate(actors) for m, anchor in enumerate(actor.anchors)
    )
    seen: dict[int, int] = {}
    for _, n, m in everywhere:
        anchor = actors[n].anchors[m]
        actors[n].anchors[m] = Anchor(anchor.span, anchor.sentence, anchor.kind, seen.get(anchor.sentence, 0))
        seen[anchor.sentence] = seen.get(anchor.sentence, 0) + 1
    _join(scene, actors, [(n, m) for _, n, m in everywhere])

    def weight(actor: Actor) -> tuple[float, int]:
        titled = any(anchor.sentence == scene.title for anchor in actor.anchors)
        early = any(0 <= anchor.sentence <= 3 for anchor in actor.anchors)
        return (-(len(actor.names) + 3.0 * titled + 1.0 * early), actor.anchors[0].span.start)

    for actor in actors:
        actor.anchors.sort(key=lambda anchor: anchor.span)
    actors.sort(key=weight)
    for n, actor in enumerate(actors):
        actor.order = n
    return actors
