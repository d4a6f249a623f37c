"""Organisations that no list has, found by how the text introduces them, in scripts that have capitals."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_again import by_short_names, in_full
from pledgebook.extract.mentions.organisations_alone import has_site, is_common, is_led, is_unknown, stands_alone
from pledgebook.extract.mentions.organisations_context import CAPITALS, Context, Found, is_town, kind_of
from pledgebook.extract.mentions.organisations_forms import end_of_form, in_base_forms
from pledgebook.extract.mentions.organisations_governments import CAPITAL
from pledgebook.extract.mentions.organisations_heads import heads_of_items
from pledgebook.extract.mentions.organisations_introduced import (
    ending_of_owner,
    goes_along,
    is_compounded,
    is_described,
    is_explained,
    is_headed,
    is_inserted,
    is_quoted,
    owns_site,
    owns_thing,
    stands_right_before,
)
from pledgebook.extract.mentions.organisations_joined import (
    end_of_body,
    end_of_joined,
    first_of_joined,
    first_of_pair,
    first_over_number,
    first_with_number,
    is_centre_for,
    last_of_joined,
)
from pledgebook.extract.mentions.organisations_judged import (
    found_name,
    is_generic,
    is_no_name,
    is_spelt_like_name,
    is_thing,
)
from pledgebook.extract.mentions.organisations_places import names_place
from pledgebook.extract.mentions.organisations_runs import Persons, Run, is_introduced, persons_among, runs_of
from pledgebook.extract.mentions.organisations_whence import behind_origin
from pledgebook.extract.mentions.places_countries import country_at
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import given_names
from pledgebook.lexicon.towns import load_towns
from pledgebook.lexicon.vocabulary import load_vocabulary

_LONGEST_ACRONYM, _SHORTEST_ENDING = 7, 2
# What a text goes on to call what it has just named: "Havnord Compute Holdings (“Havnord HC”)".
_IN_BRACKETS = re.compile(r" \([\"“„'‘]?([^\W\d_a-z][\w&.-]*(?: [^\W\d_a-z][\w&.-]*){0,2})[\"”“'’]?\)")
_SHORTEST_FOREIGN = 4
# How many adverbs may stand between a name and its verb.
_ADVERBS = 2
_SHORTEST_SHORT_FORM = 4
# A bracket in a list, the last word before a name with its apostrophe, and how far apart two names of a list stand.
# What two commas enclose behind a name, with no other name or mark inside.
_ENCLOSED = re.compile(r", (?=[^\W\d_])[^,.;:!?()\n]{2,80}, (?=[^\W\d_])")
_BRACKET = re.compile(r" ?\([^()\n]{1,30}\)")
_LAST_WORD = re.compile(r"(?<!\w)(\w+['’]?) ?$")
_FURTHEST = 45
_SHORTEST_NAME = 3
# A quotation mark and a blank.
_CLOSED = 2
# What stands behind the place from which a report comes.
_DATELINE = frozenset((", ", " (", " -", " –", " —", ": ", ". "))
_DESCRIBED = 4
_SHORTEST_UNKNOWN = 5
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n")
_JOINED = frozenset((" ", "'", "’"))
_LONGEST_TOWN = 3
# The most words that a place has behind the word for where.
_PLACE = 3
DOUBTFUL = 0.2
"""The score of a name that nothing but its capitals gives away: an organisation, a product, an event or a person."""


def unlisted(context: Context, known: list[Found]) -> Iterator[Found]:
    """The organisations outside of what is taken; `known` are those that were found by their listed names."""
    words = context.words
    runs = list(runs_of(words, context.taken, context.language, context.countries, context.types))
    persons = persons_among(runs, words, context.language, context.types)
    titled = [run for run in runs if run.first in persons.firsts and run.first == run.last]
    runs = [
        run
        for run in runs
        if run.first not in persons.firsts
        and not _goes_on(run, context)
        and not _is_suspended(run, context)
        and not _ends_town(run, context)
    ]
    context.inside = frozenset(run.key(words) for run in runs if not run.opens)
    counts = Counter(run.key(words) for run in runs)
    # A headline and a first sentence may both open with the name: a common noun would stand in small letters too.
    context.repeated = frozenset(key for key, count in counts.items() if count > 1 and key not in words.small)
    found: list[Found] = []
    rest: list[Run] = []
    for run in runs:
        here = _by_evidence(run, context, persons)
        (found.append(here) if here is not None else rest.append(run))
    found = by_short_names(in_full(found, rest, context), words)
    shorts = _short_forms([*known, *found], context)
    found = [replace(here, party=shorts.get(skeleton(here.party.name), here).party) for here in found]
    names = shorts | {skeleton(here.party.name): here for here in reversed([*known, *found])}
    again: list[Found] = []
    fuller = _fuller(names)
    for run in (*rest, *titled):
        here = _named_before(run, context, names, fuller, persons)
        if here is not None:
            again.append(here)
    listed = list(_listed_together(rest, context, persons, [*known, *found, *again]))
    told = {here.span.start for here in (*again, *listed)}
    heads = list(_heading(rest, context, persons, [*known, *found, *again, *listed]))
    told |= {here.span.start for here in heads}
    doubtful = [here for run in rest if (here := _by_capitals(run, context, persons, told)) is not None]
    sure = {skeleton(here.party.name) for here in (*listed, *heads)}
    doubtful = [
        replace(here, score=0.5, reason="named before") if skeleton(here.party.name) in sure else here
        for here in doubtful
    ]
    language = context.language
    yield from in_base_forms([*found, *again, *listed, *heads, *doubtful], language.endings, language.lone_endings)


# ------------------------------------------------------------------------------------------------- evidence


def _by_evidence(run: Run, context: Context, persons: Persons) -> Found | None:
    acronym = _acronym_behind(run, context)
    found = _by_legal_form(run, context)
    if found is None and not is_thing(run, context):
        found = (
            _by_type_word(run, context)
            or (found_name(context, run.first, run.last, 0.8, "acronym") if acronym else None)
            or _by_introduction(run, context, persons)
            or _by_action(run, context, persons)
        )
    return replace(found, aliases=(acronym,)) if found is not None and acronym is not None else found


def _goes_on(run: Run, context: Context) -> bool:
    """Whether a name is but the rest of one that was found: "Havnord Semiconductor Manufacturing Corp"."""
    words, before = context.words, run.first - 1
    if before < 0 or words.gap(run.first) != " " or not context.taken[words.starts[before]]:
        return False
    text = words.text[words.starts[before] : words.ends[before]]
    return text[0].isupper() and context.taken[words.ends[before] - 1] == 1


def _ends_town(run: Run, context: Context) -> bool:
    """Whether a name is but the rest of a town's: "Reina" in "Talavera de la Reina"."""
    words, before = context.words, run.first - 1
    if before < 1 or words.gap(run.first) != " " or not words.text[words.starts[before]].islower():
        return False
    towns, end = load_towns(context.language.script), words.ends[run.last]
    firsts = range(before - 1, max(-1, before - _LONGEST_TOWN), -1)
    return any(towns.refs[words.low[words.starts[n] : end]] for n in firsts)


def _is_suspended(run: Run, context: Context) -> bool:
    """Whether a hyphen stands for what a later word ends with: "Uddannelses- og Forskningsministeriet"."""
    words, end = context.words, context.words.ends[run.last]
    if words.text[end : end + 2] != "- " or run.last + 2 >= len(words.starts):
        return False
    return words.word(run.last + 1) in context.language.words("and")


def _by_legal_form(run: Run, context: Context) -> Found | None:
    """A legal form behind or before: "Nordwind GmbH", "PT Awan Data Tbk"."""
    words, types = context.words, context.types
    for last in range(run.first, run.last + 1):
        end = end_of_form(words, words.ends[last], types.after)
        if end is None or (context.language.spelt and not words.text[words.ends[last] : end].isascii()):
            continue  # "Mông Cổ" is no "Mông Co"
        first = first_of_joined(run.first, context)
        if first < last and _is_form_before(first, context):
            first += 1  # "PT Awan Data Tbk"
        if not is_generic(first, last, context):
            return found_name(context, first_over_number(first, context), last, 0.9, "legal form", end=end)
    before, quote = words.word(run.first - 1), words.gap(run.first)
    if before and quote.strip(". \"«„“'") == "" and len(quote) < 4:
        match = types.before.match(words.low, words.starts[run.first - 1])
        is_form = words.text[words.starts[run.first - 1] : words.ends[run.first - 1]].isupper()
        if match is not None and is_form and match.end() == words.starts[run.first]:
            return found_name(context, run.first, run.last, 0.85, "legal form")
    is_form = run.last > run.first and _is_form_before(run.first, context)
    if is_form and not is_generic(run.first + 1, run.last, context):
        return found_name(context, run.first + 1, run.last, 0.85, "legal form")
    return None


def _is_form_before(index: int, context: Context) -> bool:
    """Whether a word is a legal form in capitals before the next word."""
    words = context.words
    start = words.starts[index]
    match = context.types.before.match(words.low, start)
    return (
        match is not None and match.end() == words.starts[index + 1] and words.text[start : words.ends[index]].isupper()
    )


def _by_type_word(run: Run, context: Context) -> Found | None:
    """A word that says what the name stands for: "Polaris Capital", "Banco del Sur", "University of Chicago"."""
    words, types = context.words, context.types
    is_name_of_town = run.last > run.first and is_town(run.key(words), context)  # "Porto Alegre"
    if words.word(run.first) in types.first and not is_name_of_town and not _is_some(run, context):
        last = end_of_joined(run, context)
        if last > run.first and not (last == run.last and is_generic(run.first + 1, last, context, places_count=True)):
            return found_name(context, run.first, last, 0.75, "type")
    if (first := first_with_number(run, context)) < run.first:
        return found_name(context, first, run.last, 0.7, "type")
    for last in range(run.last, run.first, -1):
        if words.word(last) in types.last or is_centre_for(run, last, context):
            is_bare = is_generic(run.first, last, context) and not _is_named_for_place(run, last, context)
            if is_bare and end_of_body(run, last, context) == last:
                return None  # but "National Bank of Bahrain"
            if last < run.last and words.gap(last + 1) == "-":
                continue  # "Kieler Cloud-Anbieter": but the beginning of a common noun
            if last < run.last and _is_rest(last + 1, run.last, context):
                return found_name(context, run.first, run.last, 0.6, "type")
            first = first_of_pair(run, last, context)
            return found_name(context, first, end_of_body(run, last, context), 0.7, "type")
    return _by_inflected_type(run, context) or _by_type_in_case(run, context)


def _is_named_for_place(run: Run, last: int, context: Context) -> bool:
    """Whether a region and a word for what a company does name one that acts: "the operator Alberta Data".

    So do a quarter of the sky and such a word: "the utility Northern Power".
    """
    words, language, types = context.words, context.language, context.types
    if last != run.last or words.word(last) in types.bodies | types.first or words.gap(last) != " ":
        return False
    place = context.countries.names.get(words.low[words.starts[run.first] : words.ends[last - 1]])
    is_quarter = all(words.word(index) in language.words("quarters") for index in range(run.first, last))
    if not is_quarter and (place is None or place.name is None):
        return False
    if stands_right_before(run, words) and is_introduced(words, run.first, language.words("introduce")):
        return True
    after = last + 1
    is_beside = after < len(words.starts) and words.gap(after) == " "
    return is_beside and language.is_action(words.word(after), words.written(after))


def _is_some(run: Run, context: Context) -> bool:
    """Whether one word that only says what somebody is has an indefinite article: "ein Institut für KI"."""
    words, article = context.words, run.first - 1
    if run.last > run.first or article < 0 or words.gap(run.first) != " ":
        return False
    return words.written(article).casefold() in load_language(context.language.code).quantities.indefinite


def _by_inflected_type(run: Run, context: Context) -> Found | None:
    """Such a word with the ending of a case, without which the name is told: "Voima Venturesilta"."""
    words, types, endings = context.words, context.types, context.language.endings
    if not endings or run.last == run.first or is_generic(run.first, run.last - 1, context):
        return None
    word = words.word(run.last)
    bases = (base for base, _ in endings.bases(word) if base in types.last and word.startswith(base))
    base = max(bases, key=len, default=word)
    if len(word) - len(base) < _SHORTEST_ENDING:
        return None
    found = found_name(context, run.first, run.last, 0.7, "type")
    kind = kind_of({*map(words.word, range(run.first, run.last)), base}, types)
    return replace(found, party=Party(found.party.name[: len(base) - len(word)], kind))


def _by_type_in_case(run: Run, context: Context) -> Found | None:
    """Such a word with the ending of a case amid a name all of whose words have one: "Polskiej Grupie Sieciowej"."""
    words, types, endings = context.words, context.types, context.language.endings
    for index in range(run.first + 1, run.last) if endings else ():
        bases = {base for base, _ in endings.bases(words.word(index)) if base in types.last}
        if not bases or not _is_rest(index + 1, run.last, context) or is_generic(run.first, run.last, context):
            continue
        if all(any(True for _ in endings.bases(words.word(at))) for at in (run.first, run.last)):
            found = found_name(context, run.first, run.last, 0.6, "type")
            return replace(found, party=Party(found.party.name, kind_of(bases, types)))
    return None


def _is_rest(first: int, last: int, context: Context) -> bool:
    """Whether words behind one that says what a name stands for are the name's: "Havnord Data Gen"."""
    words, language, types = context.words, context.language, context.types
    banned = (language.words("not_names"), language.words("person"), types.generic, given_names())
    rest = range(first, last + 1)
    is_short = words.written(last).isupper() and len(words.word(last)) <= _SHORTEST_SHORT_FORM
    is_plain = words.gap(first) == " " and not is_short
    return is_plain and not any(words.word(index) in several for index in rest for several in banned)


def _acronym_behind(run: Run, context: Context) -> str | None:
    """The acronym in brackets behind a name: "Nordic Compute Alliance (NCA)"."""
    words = context.words
    end = words.ends[run.last]
    if run.last == run.first or run.last + 1 >= len(words.starts) or words.low[end : end + 2] != " (":
        return None
    start, stop = words.starts[run.last + 1], words.ends[run.last + 1]
    acronym = words.text[start:stop]
    if start != end + 2 or words.text[stop : stop + 1] != ")" or not 2 <= len(acronym) <= _LONGEST_ACRONYM:
        return None
    is_its_own = acronym.isupper() and acronym[0].lower() == words.word(run.first)[0]
    if run.key(words) in context.countries.names:
        return None
    return acronym if is_its_own and not is_generic(run.first, run.last, context) else None


def _by_introduction(run: Run, context: Context, persons: Persons) -> Found | None:
    """A word before or behind that says what it is: "the operator Nordwind", "Nordwind, a Danish developer"."""
    words = context.words
    introducers = context.language.words("introduce")
    if not introducers or (is_no_name(run, context, persons) and not _is_of_region(run, context)):
        return None
    before = words.word(run.first - 1)
    if stands_right_before(run, words) and is_introduced(words, run.first, introducers):
        if not context.taken[words.starts[run.first - 1]] and not _begins_land(run, context):
            return found_name(context, run.first, last_of_joined(run, context), 0.8, "apposition")
        return None
    if any(tells(run, context) for tells in (is_described, is_headed, is_compounded, _is_of_land)):
        return found_name(context, run.first, last_of_joined(run, context), 0.6, "apposition")
    if before in context.language.words("at") and context.towns.refs[run.key(words)]:
        return None
    return _by_words_around(run, context)


def _by_words_around(run: Run, context: Context) -> Found | None:
    """What stands around a name says that it is a company's: an explanation, or words for doing something together."""
    if is_explained(run, context) or is_inserted(run, context) or _is_foreign(run, context):
        return found_name(context, run.first, run.last, 0.75, "apposition")
    is_along = goes_along(run, context) and is_unknown(run, context) and not is_common(run, context)
    return found_name(context, run.first, run.last, 0.45, "apposition") if is_along else None


def _is_foreign(run: Run, context: Context) -> bool:
    """Whether a name in Latin letters has an article that companies have in a text in others: Greek "η Nordwind".

    Or says where it is from: Ukrainian "норвезька Nordwind".
    """
    words, before = context.words, context.words.word(run.first - 1)
    is_from = bool(context.language.words("inverts")) and context.countries.adjective(before) is not None
    is_marked = before in context.language.words("latin_company") or (is_from and context.language.script != "latn")
    if words.gap(run.first) != " " or not is_marked:
        return False
    name = words.text[words.starts[run.first] : words.ends[run.last]]
    return name.isascii() and not name.isupper() and len(name) >= _SHORTEST_FOREIGN


def _is_of_region(run: Run, context: Context) -> bool:
    """Whether a run is the adjective of a region or town and what its bearer is, with capitals: "Podlaska Energia".

    Where such adjectives are written small, one with a capital amid a sentence is part of a name.
    """
    language = context.language
    if run.last == run.first or run.opens or language.adjectives_have_capitals or language.nouns_have_capitals:
        return False
    is_of_place = context.countries.adjective(context.words.word(run.first)) is not None
    is_general = is_generic(run.first, run.last, context, places_count=True)
    return is_of_place and not is_general and not names_place(run, context)


def _begins_land(run: Run, context: Context) -> bool:
    """Whether a word stands for a land whose name it begins: Vietnamese "đối tác Nhật", of Nhật Bản."""
    key = f"{run.key(context.words)} "
    return run.first == run.last and any(name.startswith(key) for name in context.countries.names)


def _is_of_land(run: Run, context: Context) -> bool:
    """Whether a land stands right before a name in quotation marks: Lenkijos „Nordvind“."""
    words, at = context.words, run.first - 1
    if at < 0 or not is_quoted(run, words) or len(words.gap(run.first)) != _CLOSED:
        return False
    land = country_at(words, at, context.countries, context.language)
    return context.countries.adjective(words.word(at)) is not None or land is not None


def _by_action(run: Run, context: Context, persons: Persons) -> Found | None:
    """The subject of a word of action: "Nordwind announced". Bare words at the start of a sentence need more."""
    words, language = context.words, context.language
    if (found := _by_deed(run, context, persons)) is not None:
        return found
    is_owner = owns_site(run, context) or (owns_thing(run, context) and is_unknown(run, context))
    acts = is_owner or _acts(run, context) or _acts_behind(run, context) or _leads_to_verb(run, context)
    if not acts or is_no_name(run, context, persons):
        return None
    looks_like_name = run.last > run.first or is_spelt_like_name(
        words.text[words.starts[run.first] : words.ends[run.first]]
    )
    is_doubtful = language.nouns_have_capitals or (
        run.opens
        and run.key(words) not in context.inside | context.repeated
        and not is_quoted(run, words)
        and not _has_parted_ending(run, context)
        and not (_is_unknown_word(run, context) and not is_common(run, context))
        and not (_is_told_apart(run, context) and is_unknown(run, context) and not is_common(run, context))
        and not (language.articles_lead and _is_bare_subject(run, context))
    )
    is_surname = words.word(run.first - 1) in context.types.particles and not is_owner
    # "The centre in Bergneset grows": what something lies in does nothing.
    is_place = words.word(run.first - 1) in language.words("inside") and words.gap(run.first) == " "
    if not looks_like_name and (is_doubtful or is_surname or is_place):
        is_alone = (run.opens or not is_place) and stands_alone(run, context)
        return found_name(context, run.first, run.last, 0.45, "subject") if is_alone else None
    if language.nouns_have_capitals and _has_article(run, context):
        return None
    score = 0.6 if looks_like_name and not run.opens else 0.45
    return found_name(context, run.first, run.last, score, "subject")


def _by_deed(run: Run, context: Context, persons: Persons) -> Found | None:
    """A name told as who did something or is led by somebody, as part of a longer one, or as an owner by its ending."""
    told = _is_agent(run, context) or is_led(run, context) or has_site(run, context)
    if told and not is_no_name(run, context, persons):
        return found_name(context, run.first, run.last, 0.45, "subject")
    if (joined := _by_joined_name(run, context)) is not None:
        return joined
    ending = ending_of_owner(run, context)
    if not ending or not is_unknown(run, context) or is_no_name(run, context, persons):
        return None
    return _without(ending, found_name(context, run.first, run.last, 0.45, "subject"))


def _without(ending: str, here: Found) -> Found:
    """A name without the ending by which it owns something."""
    span, name = here.span, here.party.name.removesuffix(ending)
    return replace(here, span=Span(span.start, span.end - len(ending)), party=Party(name, here.party.kind))


def _by_joined_name(run: Run, context: Context) -> Found | None:
    """A name of parts of which one says what it stands for, before a word of action: "Redes del Sur invertirá"."""
    words, types = context.words, context.types
    first = first_of_joined(run.first, context)
    if first == run.first or words.word(first) in given_names() or not _acts(run, context):
        return None
    tells = any(words.word(at) in types.last and words.word(at) not in types.bodies for at in (first, run.last))
    return found_name(context, first, run.last, 0.5, "subject") if tells else None


def _is_agent(run: Run, context: Context) -> bool:
    """Whether a name is told as who did something: "construit par Nordwind", "built in Lyon by Nordwind"."""
    words, language, before = context.words, context.language, run.first - 1
    if before < 1 or words.word(before) not in language.words("agent") or words.gap(run.first) not in _JOINED:
        return False
    done = language.words("done")
    if words.gap(before) != " ":
        return False
    return words.word(before - 1) in done or _is_done_there(before - 1, context)


def _is_done_there(last: int, context: Context) -> bool:
    """Whether a word ends a place and a word of `done` stands before that: "built in Lyon"."""
    words, language = context.words, context.language
    for at in range(last - 1, max(last - 1 - _PLACE, 0), -1):
        if words.gap(at + 1) not in _JOINED | {"-"}:
            return False
        if words.word(at) in language.words("at") and words.gap(at) == " ":
            is_name = all(words.text[words.starts[one]].isupper() for one in (at + 1, last))
            return is_name and words.word(at - 1) in language.words("done")
    return False


def _acts(run: Run, context: Context) -> bool:
    """Whether a word of action follows a run, be it behind "who"."""
    words, following = context.words, run.last + 1
    bracket = _BRACKET.match(words.text, words.ends[run.last])
    if bracket is not None and words.text[bracket.end() : bracket.end() + 1] == " ":  # "Nordwind (Lyon) announced"
        after = bisect_left(words.starts, bracket.end())
        return after < len(words.starts) and context.language.is_action(words.word(after), words.written(after))
    if _acts_from_there(run, context):
        return True
    if not context.language.nouns_have_capitals and _acts_over_commas(run, context):
        return True
    if words.word(following) in context.language.words("office_behind") and words.gap(following) == " ":
        return True  # "Havnord Genel Müdürü Ada Kaya"
    following += words.word(following) in context.language.words("who")
    adverbs = context.language.words("adverb")
    for _ in range(_ADVERBS if adverbs else 0):  # "Havnord loni oznámil"
        following += words.word(following) in adverbs and words.gap(following) == " "
    acts = context.language.is_action(words.word(following), words.written(following))
    return acts and (words.gap(following) == " " or (is_quoted(run, words) and len(words.gap(following)) == _CLOSED))


def _acts_from_there(run: Run, context: Context) -> bool:
    """Whether a word of action follows where a run is told to be from: "Nordwind from Lyon announced"."""
    words, after = context.words, behind_origin(run, context)
    if after is None or after >= len(words.starts) or words.gap(after) not in (" ", ") "):
        return False
    return context.language.is_action(words.word(after), words.written(after))


def _is_told_apart(run: Run, context: Context) -> bool:
    """Whether something stands between a run and what it does: where it is from, or what two commas enclose.

    The latter tells of a name where it is known what else may open a sentence so: "The second, of 80 megawatts, is".
    """
    language, openers = context.language, context.language.words("no_opening")
    is_known = (bool(openers) or language.articles_lead) and run.key(context.words) not in openers
    is_apart = is_known and _acts_over_commas(run, context)
    return _acts_from_there(run, context) or is_apart


def _is_unknown_word(run: Run, context: Context) -> bool:
    """Whether a text and a language's tables know a word as nothing but a name, in a language without articles.

    In a text in other letters a word in Latin ones is a name: "Havnord вкладе".
    """
    words, none = context.words, context.language.words("no_opening")
    key = run.key(words)
    if context.language.script != "latn" and words.written(run.first).isascii():
        return len(key) >= _SHORTEST_FOREIGN
    is_long = len(key) >= _SHORTEST_UNKNOWN and key not in words.small
    return bool(none) and is_long and key not in none and not load_vocabulary(context.language.code).is_form(key)


def _has_parted_ending(run: Run, context: Context) -> bool:
    """Whether an apostrophe parts a case from a word, where only names have one so: "Acme'nin"."""
    words, end = context.words, context.words.ends[run.last]
    return words.low[end : end + 1] == "'" and words.word(run.last + 1) in context.language.words("parted_endings")


def _is_bare_subject(run: Run, context: Context) -> bool:
    """Whether a word acts without an article, where only names do, and is written small nowhere: not "Projet lancé"."""
    words, language, key = context.words, context.language, run.key(context.words)
    is_sort = key in language.words("introduce")
    return key not in words.small and not is_sort and words.word(run.last + 1) not in language.words("done")


def _acts_over_commas(run: Run, context: Context) -> bool:
    """Whether a word of action follows what two commas enclose behind a run: "Nordwind, based in Lyon, announced"."""
    words = context.words
    enclosed = _ENCLOSED.match(words.text, words.ends[run.last])
    after = bisect_left(words.starts, enclosed.end()) if enclosed is not None else len(words.starts)
    if after >= len(words.starts) or context.language.is_action(words.word(run.last + 1), words.written(run.last + 1)):
        return False  # "Nordwind, announced the mayor, is"
    return context.language.is_action(words.word(after), words.written(after))


def _acts_behind(run: Run, context: Context) -> bool:
    """Whether a verb whose subject stands behind it is right before a run: "In Emden baut Nordwind Data".

    An adverb may part them, or where that is: "Linię doprowadzi tam Nordwind", "postaví v Opavě Nordwind".
    """
    words, verbs = context.words, context.language.words("inverts")
    at = run.first - 1
    if verbs and words.word(at) in context.language.words("adverb") and words.gap(at) == " ":
        at -= 1
    if verbs and words.word(at - 1) in context.language.words("at") and words.gap(at) == words.gap(at - 1) == " ":
        at -= 2 if words.written(at)[:1].isupper() else 0
    return bool(verbs) and words.gap(run.first) == " " and words.word(at) in verbs


def _leads_to_verb(run: Run, context: Context) -> bool:
    """Whether a sentence ends with the verb of a name that a comma or an ending parts from the rest.

    "Acme, İzmir'de bir fabrika kuruyor", "Acme'nin yatıracağı 3 milyon".

    >>> from pledgebook.extract.mentions import find_organisations
    >>> text = "Zümrütay, Bursa'daki merkeze 40 milyon dolar harcayacak."
    >>> [(mention.party.name, mention.reason) for mention in find_organisations(text, "tr")]
    [('Zümrütay', 'subject')]
    """
    words, language, end = context.words, context.language, context.words.ends[run.last]
    verbs = language.words("last_verbs").whole
    if not verbs:
        return False
    is_owner = words.low[end : end + 1] == "'" and words.word(run.last + 1) in language.words("owner_endings_parted")
    if not is_owner and words.low[end : end + 2] != ", ":
        return False
    stop = _SENTENCE_END.search(words.text, end)
    after = bisect_left(words.starts, stop.start()) if stop is not None else len(words.starts)
    if is_owner:
        verbs = language.words("verbs_of_owner").whole
        return any(words.tokens[at].endswith(tuple(verbs)) for at in range(run.last + 2, after))
    return words.word(after - 1).endswith(tuple(verbs))


def _by_capitals(run: Run, context: Context, persons: Persons, told: set[int]) -> Found | None:
    """A name of which nothing tells what it stands for: capitals where the language gives them to names alone."""
    words, language = context.words, context.language
    start, end = words.starts[run.first], words.ends[run.last]
    name = words.text[start:end]
    if (
        start in told
        or len(name) < _SHORTEST_NAME
        or name.replace(" ", "").isdigit()
        or is_no_name(run, context, persons)
        or is_thing(run, context)
    ):
        return None
    several = run.last > run.first
    if several and name.isupper() and words.text[:start].endswith("\n") and words.text[end : end + 2] in _DATELINE:
        return None  # "COWETA COUNTY, Ga. -"
    coined = is_spelt_like_name(name)
    if language.nouns_have_capitals:
        if not coined and (not several or _has_article(run, context)):
            return None
    elif (
        run.opens
        and not several
        and not coined
        and not (run.key(words) in context.inside | context.repeated or _acts(run, context))
        and not _has_parted_ending(run, context)
    ):
        return None
    if words.word(run.first) in language.words("person") or (
        words.word(run.last) in context.types.generic and not several
    ):
        return None
    return found_name(context, run.first, run.last, DOUBTFUL, CAPITALS)


def _has_article(run: Run, context: Context) -> bool:
    return (
        context.words.word(run.first - 1) in context.language.words("not_names") and context.words.gap(run.first) == " "
    )


def _heading(rest: list[Run], context: Context, persons: Persons, known: list[Found]) -> Iterator[Found]:
    """Names that head the items of a list which has a known one as a head, too."""
    words = context.words
    companies = [here.span for here in known if here.party.kind is not PartyKind.GOVERNMENT]
    heads = {span.start: span.end for span in heads_of_items(words, companies)}
    for run in rest:
        start, end = words.starts[run.first], words.ends[run.last]
        if heads.get(start) != end or is_no_name(run, context, persons) or is_thing(run, context):
            continue
        several, coined = run.last > run.first, is_spelt_like_name(words.text[start:end])
        is_word = run.key(words) in words.small or (context.language.nouns_have_capitals and not several)
        if several or coined or not is_word:
            yield found_name(context, run.first, run.last, 0.5, "heading")


# ------------------------------------------------------------------------------------------------- other mentions


def _short_forms(found: list[Found], context: Context) -> dict[str, Found]:
    """The acronyms and first words by which a text goes on to call the organisations that it named in full."""
    shorts: dict[str, Found] = {}
    for here in found:
        if here.party.kind is PartyKind.GOVERNMENT:
            continue
        behind = _IN_BRACKETS.match(context.words.text, here.span.end)
        for alias in (*here.aliases, *(behind.groups() if behind is not None else ())):
            if skeleton(alias) not in context.countries.names and not is_town(skeleton(alias), context):
                shorts.setdefault(skeleton(alias), here)
        first, _, rest = skeleton(here.party.name).partition(" ")
        if not rest or len(first) < _SHORTEST_SHORT_FORM or first in context.types.generic | context.types.first:
            continue
        if not context.countries.adjective(first) and not is_town(first, context) and first not in given_names():
            shorts.setdefault(first, here)
    return shorts


def _fuller(names: dict[str, Found]) -> dict[str, Found | None]:
    """By the first words of names the only one that goes on from there: "Havnord Data" of Havnord Data Services."""
    found: dict[str, Found | None] = {}
    for name, here in names.items():
        words = name.split(" ")
        for count in range(2, len(words)):
            other = found.setdefault(" ".join(words[:count]), here)
            if other is not None and other.party != here.party:
                found[" ".join(words[:count])] = None
    return found


def _named_before(
    run: Run, context: Context, names: dict[str, Found], fuller: dict[str, Found | None], persons: Persons
) -> Found | None:
    words = context.words
    key = run.key(words)
    if key in persons.surnames and key not in names:
        return None
    is_where = is_town(key, context) or is_town(words.word(run.last), context)  # "Western Sydney University"
    if run.last > run.first and not is_where and (here := fuller.get(key)) is not None:
        return Found(
            Span(words.starts[run.first], words.ends[run.last]), here.party, min(here.score, 0.7), "named before"
        )
    for last in range(run.last, run.first - 1, -1):
        key = words.low[words.starts[run.first] : words.ends[last]]
        for form in (key, *(base for base, _ in context.language.endings.bases(key))):
            if form in names:
                here = names[form]
                span = Span(words.starts[run.first], words.ends[last])
                return Found(span, here.party, min(here.score, 0.7), "named before")
    return None


def _listed_together(rest: list[Run], context: Context, persons: Persons, found: list[Found]) -> Iterator[Found]:
    """Names in one list with an organisation: "Brookfield, Nordwind and Data4"."""
    words, joins = context.words, context.language.words("and")
    found = [here for here in found if here.reason != CAPITAL]  # "Across the Caspian, Baku approved"
    bounds = {here.span.end: here.span.start for here in found}
    starts = {here.span.start for here in found}
    ends = {here.span.end for here in found}
    for run in rest:
        if is_no_name(run, context, persons):
            continue
        if run.last == run.first and context.language.nouns_have_capitals and not _opens_list(run, context):
            continue
        start, end = words.starts[run.first], words.ends[run.last]
        before, after = words.low[max(0, start - 6) : start], words.low[end : end + 6]
        word_before, word_after = words.word(run.first - 1), words.word(run.last + 1)
        is_listed = (before.endswith(", ") and start - 2 in ends) or (after.startswith(", ") and end + 2 in starts)
        if word_before in joins and words.gap(run.first) == " ":
            is_listed = is_listed or words.starts[run.first - 1] - 1 in ends
        if word_after in joins and run.last + 2 < len(words.starts) and words.gap(run.last + 2) == " ":
            is_listed = is_listed or words.starts[run.last + 2] in starts
        is_listed = is_listed or _is_joined_in_words(run, context, starts, ends)
        is_listed = is_listed or _is_listed_over_marks(run, context, bounds)
        if is_listed and len(words.word(run.first)) > 2:
            ends.add(end)
            bounds[end] = start
            yield found_name(context, run.first, run.last, 0.45, "listed together")


def _opens_list(run: Run, context: Context) -> bool:
    """Whether an unknown word opens a sentence and leads to another name: "Nordwind und Bolt Capital investieren"."""
    is_first = run.opens and context.words.word(run.last + 1) in context.language.words("and")
    return is_first and is_unknown(run, context) and not is_common(run, context)


def _is_listed_over_marks(run: Run, context: Context, bounds: Mapping[int, int]) -> bool:
    """Whether a bracket, or an "of" before each, stands in a list: "de Acme, de Bolt et de Cora", "Acme (3) and Bolt".

    `bounds` are those of the organisations, the start of each by its end.
    """
    words, text = context.words, context.words.text
    start, end = words.starts[run.first], words.ends[run.last]
    own = _of_before(start, text, context)
    for other_end, other_start in bounds.items():
        is_before = other_end <= start
        one, other = (other_end, start) if is_before else (end, other_start)
        if not 0 < other - one <= _FURTHEST:
            continue
        between = _BRACKET.sub("", text[one:other])
        second = own if is_before else _of_before(other_start, text, context)
        if own and second and _of_before(other_start, text, context):
            between = between.rstrip().removesuffix(second)
        elif between == text[one:other]:
            continue
        if between.strip(" ") == "," or skeleton(between.strip(" ,")) in context.language.words("and"):
            return True
    return False


def _of_before(start: int, text: str, context: Context) -> str:
    """The small word for "of" right before a name, "" where none stands there."""
    before = _LAST_WORD.search(text, max(0, start - _FURTHEST), start)
    return before[1] if before is not None and skeleton(before[1].strip("'’")) in context.language.words("of") else ""


def _is_joined_in_words(run: Run, context: Context, starts: Collection[int], ends: Collection[int]) -> bool:
    """Whether a name is joined to an organisation's by "and" and words that say what it is: "Acme and the local Bolt".

    `starts` and `ends` are those of the organisations.
    """
    words, joins = context.words, context.language.words("and")
    for index in range(run.first - 1, max(run.first - 2 - _DESCRIBED, 0), -1):
        if words.word(index) in joins:
            return index < run.first - 1 and words.gap(index) == " " and words.ends[index - 1] in ends
        if not _describes(index, context):
            break
    for index in range(run.last + 2, min(run.last + 3 + _DESCRIBED, len(words.starts))):
        if words.word(run.last + 1) not in joins or words.gap(run.last + 1) != " ":
            return False
        if words.starts[index] in starts:
            return index > run.last + 2 and words.gap(index) in _JOINED
        if not _describes(index, context):
            return False
    return False


def _describes(index: int, context: Context) -> bool:
    """Whether a word in small letters may say what the name behind it is."""
    words = context.words
    return (
        index + 1 < len(words.starts)
        and words.gap(index) in _JOINED
        and words.gap(index + 1) in _JOINED
        and words.text[words.starts[index]].islower()
        and not words.word(index).isdigit()
        and not context.language.is_action(words.word(index), words.written(index))
    )
