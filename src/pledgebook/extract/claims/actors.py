"""Who and where a document speaks of: each party and each country with all words that stand for it."""

import re
from collections.abc import Mapping, Sequence

from pledgebook.domain import Kind, Mention, Party, PartyKind, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.asides import without_asides
from pledgebook.extract.claims.governing import government_abroad, government_here
from pledgebook.extract.claims.homes import home_of, land_of_body
from pledgebook.extract.claims.lists import join
from pledgebook.extract.claims.pronouns import add_pronouns
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.speakers import add_speakers
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.extract.mentions.organisations_governments import region_party
from pledgebook.lexicon.capitals import load_capitals
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_governed, load_organisations
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_countries, load_name_words
from pledgebook.lexicon.towns import load_towns

# Whose commission is meant where a text speaks of one.
_UNION = "EU"
# How far the Union may stand from the sum that comes from it.
_FROM = 16
# The longest word that may stand between a count of processors and who made them, with what is around it.
_MADE_BY = 5
_PERSON = re.compile(r"[\s,]{1,2}((?:[A-ZÀ-ÞĀ-Ž][\w'’.-]*\s){1,3}[A-ZÀ-ÞĀ-Ž][\w'’-]{3,})")
_WORD, _JOINED = 12, 2
# The longest that says where a company has its seat.
_SEAT = 26
_PARTED = re.compile(r"['’](\w+)")
# How sure a word for a government is that stands beside its land.
_BESIDE_LAND = 0.7
_FIRST_WORD = re.compile(r" (\w+)")
_DATELINE = re.compile(r"\.? ?(?:[,(/–—-]|\d)")


def find_parties(scene: Scene) -> list[Actor]:
    """The parties of a document, the most telling first, pronouns ("the company") resolved to the nearest of them."""
    actors: dict[str, Actor] = {}
    processors = [c.span for c in scene.quantities if c.deliverable is not None and c.deliverable.kind is Kind.GPUS]
    for mention in scene.organisations:
        party = mention.party
        if party is None or _is_maker(scene, mention, processors):
            continue
        party = _meant(scene, mention, party)
        actor = actors.setdefault(party.name, Actor(party.name, party, score=mention.score, reason=mention.reason))
        actor.score = max(actor.score, mention.score)
        kind = "officeholder" if mention.reason == "officeholder" else "name"
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), kind))
    _add_holders(scene, actors)
    _add_states(scene, actors)
    doubted = _doubtful(scene, actors)
    add_pronouns(scene, actors, doubted)
    add_speakers(scene, (*actors.values(), *(one for key, one in doubted.items() if key not in actors)))
    doubtful = without_asides(scene, {k: one for k, one in doubted.items() if k not in actors}, others=actors.values())
    ranked = _ranked(scene, list(without_asides(scene, actors).values()))
    return [*ranked, *_behind(scene, doubtful, ranked)]


def _is_maker(scene: Scene, mention: Mention, processors: Sequence[Span]) -> bool:
    """Whether a name stands right beside a count of processors and tells whose make they are: "4 000 GPU Nvidia"."""
    start, words = mention.span.start, scene.language.flow.get("from", ())
    between = [scene.text[span.end : start] for span in processors if 0 < start - span.end <= _MADE_BY]
    return any(one == " " or (one[0] == " " and one.strip().replace("’", "'") in words) for one in between)


def _doubtful(scene: Scene, actors: Mapping[str, Actor]) -> dict[str, Actor]:
    """Names that may be an organisation's."""
    found: dict[str, Actor] = {}
    for mention in scene.names:
        party = mention.party
        if party is None or party.name in actors:
            continue
        actor = found.setdefault(party.name, Actor(party.name, party, score=mention.score, reason=CAPITALS))
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), "name"))
    return found


def _behind(scene: Scene, doubtful: Mapping[str, Actor], others: Sequence[Actor]) -> list[Actor]:
    """Doubtful names ranked behind all others, in nobody's way."""
    ranked = _ranked(scene, list(doubtful.values()))
    for actor in ranked:
        actor.order += len(others)
    return ranked


def find_countries(scene: Scene) -> list[Actor]:
    """The countries of a document, named themselves, by an adjective or by one of their cities."""
    actors: dict[str, Actor] = {}
    for mention in _without_seats(scene):
        if mention.place is None:
            continue
        actor = actors.setdefault(mention.place, Actor(mention.place))
        actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), _place_kind(mention)))
    # Where somebody is from tells of no land in which a town or region acts.
    named = frozenset(key for key, a in actors.items() if any(one.kind != "adjective" for one in a.anchors))
    for mention in scene.organisations:
        code = _land_governed(scene, mention) or ("" if named else _land_of_body(mention, scene))
        if code and code not in named and mention.reason != "officeholder":
            actor = actors.setdefault(code, Actor(code))
            actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), "government"))
    return _ranked(scene, list(actors.values()))


def _meant(scene: Scene, mention: Mention, party: Party) -> Party:
    """Whom a mention of a party means: a bare word for a government may mean another land's than that at home."""
    if mention.reason != "government" or mention.score >= _BESIDE_LAND:
        return party
    return government_abroad(scene, party) or government_here(scene, party, mention.span) or party


def _land_governed(scene: Scene, mention: Mention) -> str | None:
    """The country whose government a mention names, None where it names none."""
    party = mention.party
    if party is None or party.kind is not PartyKind.GOVERNMENT:
        return None
    return load_governed().get(_meant(scene, mention, party).name)


def _land_of_body(mention: Mention, scene: Scene) -> str:
    """The country of a town or region whose body a mention names, "" where it names none."""
    party = mention.party
    if party is None or party.kind is not PartyKind.GOVERNMENT:
        return ""
    return land_of_body(party.name, frozenset(scene.language.homes))


def _without_seats(scene: Scene) -> list[Mention]:
    """The places, but for the Union's seats in lands of which nothing else tells: "Brussels agreed" is not Belgium."""
    places = scene.places
    seats = [_is_seat(mention) for mention in places]
    lands = {mention.place for mention, is_seat in zip(places, seats, strict=True) if not is_seat}
    if any(seats):
        lands |= {home_of(mention.party.name) for mention in scene.organisations if mention.party is not None}
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
        if _is_where_by_case(scene, mention.span) or _is_where_in_one(scene, mention.span):
            continue  # "Ankara'da", "ABD'li", "タイで", "在泰国"
        if _is_whence(scene, mention.span):
            continue  # "Nordwind aus Singapur", "Nordwind (Singapore)"
        if is_capital and party.name not in actors and _heads_line(scene, mention.span):
            continue  # where a story was written that does not speak of the government
        if speaks_of_union and _is_seat(mention):
            party = union
        actor = actors.setdefault(party.name, Actor(party.name, party, score=0.2, reason="state"))
        sentence = scene.sentence_at(mention.span.start)
        is_giver = mention.place == _UNION and (_is_right_from(scene, mention.span) or _is_listed(scene, mention.span))
        if is_giver or _acts_with_another(scene, mention.span):
            actor.reason = "country" if actor.reason == "state" else actor.reason
            actor.anchors.append(Anchor(mention.span, sentence, "name"))
        elif not _is_there(scene, mention.span) and not (
            _is_where(scene, mention.span) and any(one.sentence == sentence for one in actor.names)
        ):
            actor.anchors.append(Anchor(mention.span, sentence, "state"))
    _add_regions(scene, actors)
    for key in [key for key, actor in actors.items() if not actor.anchors]:
        del actors[key]


def _add_regions(scene: Scene, actors: dict[str, Actor]) -> None:
    """Regions as actors where their place in a sentence says so: "apportés par la Wallonie"."""
    governments = load_organisations().governments
    for mention in scene.places:
        if mention.reason == "region" and mention.place and mention.name and mention.place in governments:
            if not (_acts_with_another(scene, mention.span) or _is_agent(scene, mention.span)):
                continue
            party = region_party(mention.place, mention.name, load_organisations())
            actor = actors.setdefault(party.name, Actor(party.name, party, score=0.2, reason="country"))
            actor.anchors.append(Anchor(mention.span, scene.sentence_at(mention.span.start), "name"))


def _is_agent(scene: Scene, span: Span) -> bool:
    """Whether a region is told as who gives, by words for doing something and for "by": "apportés par la Wallonie"."""
    words = load_name_words(scene.language.code)
    before = list(map(skeleton, scene.text[max(0, span.start - 2 * _WORD) : span.start].split()))
    if before and before[-1] in load_name_types().articles:
        before.pop()
    return len(before) > 1 and before[-1] in words.words("agent") and before[-2] in words.words("done")


def _is_where(scene: Scene, span: Span) -> bool:
    """Whether a word before a place says that something lies there: "in Abidjan"."""
    before = scene.text[max(0, span.start - _WORD) : span.start].split()
    return bool(before) and skeleton(before[-1]) in load_name_words(scene.language.code).words("at")


def _is_whence(scene: Scene, span: Span) -> bool:
    """Whether a place is only where whoever is named right before it is from, or lies in brackets behind a name.

    One that stands right behind a company's name says whose arm it is: "HSBC Vietnam".
    """
    words, text = load_name_words(scene.language.code), scene.text
    near = [m for m in (*scene.organisations, *scene.names) if 0 < span.start - m.span.end <= _SEAT]
    ends = {mention.span.end for mention in near}
    if any(m.reason == "listed" and text[m.span.end : span.start] == " " for m in near):
        return True
    return any(
        (text[end : span.start] == " (" and text[span.end : span.end + 1] == ")")
        or skeleton(text[end : span.start].strip(" '’")) in words.words("whence")
        for end in ends
    )


def _is_there(scene: Scene, span: Span) -> bool:
    """Whether the ending of a land's or capital's name says that something is or gets there: Finnish "Ruotsissa"."""
    endings, known = load_name_words(scene.language.code).endings, load_countries(scene.language.code).names
    name, towns = skeleton(span.of(scene.text)), load_towns("latn")
    if not endings or name in known or towns.named(name):
        return False
    forms = [is_there for base, is_there in endings.bases(name) if base in known or towns.named(base)]
    return bool(forms) and all(forms)


def _is_where_by_case(scene: Scene, span: Span) -> bool:
    """Whether an ending or a word behind a place says that something is there: "Ankara'da", "Ankara yakınlarında"."""
    ending, words = _PARTED.match(scene.text, span.end), load_name_words(scene.language.code)
    if ending is not None:
        return words.endings.is_locative(skeleton(ending[1]))
    following = _FIRST_WORD.match(scene.text, span.end)
    return following is not None and bool(words.endings) and skeleton(following[1]) in words.words("after")


def _is_where_in_one(scene: Scene, span: Span) -> bool:
    """Whether words written in one with a land's name say that something is there or gets there: タイで, 在泰国."""
    words, acting = load_name_words(scene.language.code), scene.language.flow.get("acting", ())
    behind, before = tuple(words.words("there").whole), tuple(words.words("there_before").whole)
    if before and scene.text.endswith(before, 0, span.start):
        return True
    return scene.text.startswith(behind, span.end) and not scene.text.startswith(tuple(acting), span.end)


def _acts_with_another(scene: Scene, span: Span) -> bool:
    """Whether a land opens a sentence and acts with whom "and" joins to it: "Senegal and the World Bank invest"."""
    words, ands = load_name_words(scene.language.code), load_name_words(scene.language.code).words("and")
    opening = scene.text[scene.sentences[scene.sentence_at(span.start)].span.start : span.start]
    opening = opening.rpartition(":")[2]
    other = next((one.span for one in scene.organisations if one.span.start >= span.end), None)
    if other is None or len(opening.split()) > 1 or skeleton(opening.strip()) in words.words("at"):
        return False
    joined = scene.text[span.end : other.start].split()
    behind = _FIRST_WORD.match(scene.text, other.end)
    return (
        bool(joined)
        and len(joined) <= _JOINED
        and skeleton(joined[0]) in ands
        and behind is not None
        and words.is_action(skeleton(behind[1]), behind[1])
    )


def _is_right_from(scene: Scene, span: Span) -> bool:
    """Whether a sum stands right before a name and is told to come from it: "40 million from the EU"."""
    froms = scene.language.flow.get("from", ())
    for mention in scene.money:
        if 0 < span.start - mention.span.end <= _FROM:
            between = scene.text[mention.span.end : span.start].casefold().split()
            return bool(between) and (" ".join(between) in froms or " ".join(between[:-1]) in froms)
    return False


def _is_listed(scene: Scene, span: Span) -> bool:
    """Whether "and" joins a name to that of a government behind it: "the EU and the Dutch government pay"."""
    joins = load_name_words(scene.language.code).words("and")
    for mention in scene.organisations:
        if 0 < mention.span.start - span.end <= _FROM:
            first, *rest = scene.text[span.end : mention.span.start].casefold().split() or [""]
            is_government = mention.party is not None and mention.party.kind is PartyKind.GOVERNMENT
            return is_government and first in joins and len(rest) <= 1
    return False


def _heads_line(scene: Scene, span: Span) -> bool:
    """Whether a place opens a line and a comma, bracket or dash parts it from a day or a story: "KYIV, 4 March"."""
    line = scene.text.rfind("\n", 0, span.start) + 1
    return not scene.text[line : span.start].strip() and _DATELINE.match(scene.text, span.end) is not None


def _place_kind(mention: Mention) -> str:
    if "adjective" in mention.parts:
        return "adjective"
    return "city" if mention.name is not None else "name"


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
    join(scene, actors, [(n, m) for _, n, m in everywhere])

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
