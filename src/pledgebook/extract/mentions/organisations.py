"""Companies, funds, governments and other bodies in a text."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from pledgebook.domain import Mention, MentionKind, PartyKind, Span
from pledgebook.extract.mentions.organisations_acronyms import spelt_out
from pledgebook.extract.mentions.organisations_bodies import bodies
from pledgebook.extract.mentions.organisations_bosses import joined_to_bosses
from pledgebook.extract.mentions.organisations_context import CAPITALS, Context, Found
from pledgebook.extract.mentions.organisations_domains import called_by_domains
from pledgebook.extract.mentions.organisations_governments import governments, is_of_other_land, land_told
from pledgebook.extract.mentions.organisations_latin import in_latin
from pledgebook.extract.mentions.organisations_listed import listed_mentions
from pledgebook.extract.mentions.organisations_local import local_bodies
from pledgebook.extract.mentions.organisations_quoted import quoted, small_tails
from pledgebook.extract.mentions.organisations_several import several
from pledgebook.extract.mentions.organisations_uncased import uncased
from pledgebook.extract.mentions.organisations_unlisted import unlisted
from pledgebook.extract.mentions.organisations_words import words_of
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import base_language
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_countries, load_name_words
from pledgebook.lexicon.towns import load_towns

CASED = frozenset({"latn", "cyrl", "grek"})
_BESIDE = frozenset((" ", "-"))
# Reasons whose words name a place as well.
PLACES_TOO = frozenset({"country", "capital", "officeholder"})


class HasCode(Protocol):
    """Whatever knows its language code."""

    @property
    def code(self) -> str:
        """The BCP 47 code."""


def find_organisations(text: str, language: HasCode | str, *, doubtful: bool = False) -> list[Mention]:
    """The organisations that `text` names, in order, none overlapping another.

    With `doubtful` also the names that nothing but their capitals gives away (reason "capitals", score 0.2), which
    may be products, events or persons as well.

    `party` has the canonical English name of a listed organisation, else the name as the text has it without its
    legal form. The reason says what gave it away: "listed", "legal form", "type" (a word such as Capital),
    "acronym", "apposition", "subject" (of a word of action), "named before", "listed together", "government",
    "officeholder" (a head of government who speaks for it), "country" (a country, region or town that acts), "capital"
    (a capital that stands for its government).

    >>> [mention.party.name for mention in find_organisations("AWS and the operator Nordwind signed.", "en")]
    ['Amazon', 'Nordwind']
    """
    found = organisations_in(text, language if isinstance(language, str) else language.code).mentions
    return [mention for mention in found if doubtful or mention.reason != CAPITALS]


@dataclass(frozen=True, slots=True)
class Organisations:
    """The organisations of a text, and the stretches in which no place may be found."""

    mentions: tuple[Mention, ...]
    covered: tuple[Span, ...]


@lru_cache(maxsize=4)
def organisations_in(text: str, code: str) -> Organisations:
    """The same for a language code, kept for the last few texts because the finder of places asks too."""
    words, language = words_of(text), load_name_words(base_language(code))
    organisations, countries = load_organisations(), load_countries(language.code)
    context = Context(
        words, bytearray(len(text) + 1), language, countries, load_towns(language.script), load_name_types()
    )
    lexicon = load_language(code)
    region = _region(code) or lexicon.likely or land_told(context, lexicon.homes)
    found = [
        here
        for here in listed_mentions(words, organisations, language)
        if not is_of_other_land(here, context, organisations, region)
    ]
    _take(found, context.taken)
    states = list(governments(context, organisations, region=region))
    _take(states, context.taken)
    found += states
    places = list(bodies(context, organisations))
    _take(places, context.taken)
    found += places
    joint = [
        here for here in several(context, organisations) if not any(context.taken[here.span.start : here.span.end])
    ]
    _take(joint, context.taken)
    found += joint
    full = list(spelt_out(context)) if language.script in CASED else []
    _take(full, context.taken)
    found += full
    home = region or language.home
    local = [] if language.script in CASED else list(local_bodies(context, organisations, home=home))
    _take(local, context.taken)
    found += local
    new = list(quoted(context) if language.script in CASED else uncased(context, found))
    _take(new, context.taken)
    found += new
    named = [*joined_to_bosses(context), *called_by_domains(context)]
    _take(named, context.taken)
    found += named
    if language.words("type_after"):
        long = list(small_tails(context))
        _take(long, context.taken)
        found += long
    found = _under_listed_acronyms([*found, *unlisted(context, found)], text)
    kept = [here for here in _without_overlaps(found) if not _is_bygone(here, context)]
    covered = tuple(
        here.span for here in kept if here.reason not in {*PLACES_TOO, CAPITALS} and here.party.name != "European Union"
    )
    known = [here for here in kept if here.party.kind is not PartyKind.UNKNOWN]
    return Organisations(tuple(map(_mention, known if language.script == "latn" else in_latin(known, text))), covered)


def _under_listed_acronyms(found: list[Found], text: str) -> list[Found]:
    """The same names; who has an acronym in brackets that a list knows is whom the list means by it."""
    listed = {text[here.span.start : here.span.end]: here.party for here in found if here.reason == "listed"}
    return [
        replace(here, party=next((listed[short] for short in here.aliases if short in listed), here.party))
        for here in found
    ]


def _is_bygone(here: Found, context: Context) -> bool:
    """Whether a word before a name says that it tells what was: "a former Ford plant", "an ex-Google engineer"."""
    words = context.words
    before = bisect_left(words.starts, here.span.start) - 1
    is_beside = before >= 0 and words.text[words.ends[before] : here.span.start] in _BESIDE
    return is_beside and words.word(before) in context.language.words("former")


def _mention(here: Found) -> Mention:
    return Mention(MentionKind.ORGANISATION, here.span, party=here.party, score=here.score, reason=here.reason)


def _region(code: str) -> str | None:
    """The country in a language code ("BR" in "pt-BR"), None where it has none."""
    return next((part for part in code.replace("_", "-").split("-")[1:] if len(part) == 2 and part.isupper()), None)


def _take(found: list[Found], taken: bytearray) -> None:
    for here in found:
        if here.reason not in PLACES_TOO:
            taken[here.span.start : here.span.end] = b"\1" * len(here.span)


def _without_overlaps(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for here in sorted(found, key=lambda here: (here.span.start, -here.score, -here.span.end)):
        if kept and here.span.start < kept[-1].span.end:
            if here.score > kept[-1].score and len(here.span) >= len(kept[-1].span):
                kept[-1] = here
            continue
        kept.append(here)
    return kept
