"""What a name found by its surroundings is, and which words with capitals name nobody."""

from pledgebook.domain import Party, Span
from pledgebook.extract.mentions.organisations_context import Context, Found, kind_of
from pledgebook.extract.mentions.organisations_joined import over_domain
from pledgebook.extract.mentions.organisations_places import names_place
from pledgebook.extract.mentions.organisations_runs import Persons, Run, introduces, pronouns_of
from pledgebook.lexicon.events import load_events

_CLOSING_QUOTES = ("»", "”", "“", '"')
# What stands between a word for a programme and its name.
_QUOTED = frozenset((" ", " «", " « ", " «\u00a0", " «\u202f", " “", ' "', " „"))


def found_name(context: Context, first: int, last: int, score: float, reason: str, *, end: int | None = None) -> Found:
    """The organisation that the words `first` to `last` name; its span may reach over a legal form up to `end`."""
    words, last = context.words, over_domain(last, context)
    start, name_end = words.starts[first], words.ends[last]
    name = " ".join(words.text[start:name_end].split())
    tokens = {words.word(index) for index in range(first, last + 1)}
    return Found(
        Span(start, end if end is not None else name_end), Party(name, kind_of(tokens, context.types)), score, reason
    )


def is_spelt_like_name(word: str) -> bool:
    """Whether capitals or digits inside say that a word was coined: "Data4", "CoreWeave"."""
    return any(char.isupper() for char in word[1:]) or any(char.isdigit() for char in word)


def is_generic(first: int, last: int, context: Context, *, places_count: bool = False) -> bool:
    """Whether the words hold nothing that tells one organisation from another."""
    words, language = context.words, context.language
    banned = language.words("not_names")
    # "Der US-Technologiekonzern" is no name where all nouns have capitals.
    introducers = language.words("introduce") if language.nouns_have_capitals else None
    for index in range(first, last + 1):
        word = words.word(index)
        if introducers is not None and introduces(word, introducers):
            continue
        if word in context.types.generic or word in banned or (len(word) < 2 and not word.isdigit()):
            continue
        if not places_count and (context.countries.adjective(word) or word in context.countries.names):
            continue
        return False
    return True


def is_thing(run: Run, context: Context) -> bool:
    """Whether a name is that of a law, a plan, a programme or a site, which pays for nothing: "CHIPS Act"."""
    words, types = context.words, context.types
    if (run.first == run.last and words.word(run.first) in context.things) or run.key(words) in load_events().names:
        return True
    between = words.text[words.ends[run.first - 1] if run.first else 0 : words.starts[run.first]]
    if between in _QUOTED and words.word(run.first - 1) in context.language.words("programmes"):
        return True  # "het programma Havnord", "il programma «Havnord»"
    endings = tuple(context.language.words("thing_endings").whole)
    if run.first == run.last and endings and words.word(run.last).endswith(endings):
        return True  # "de Rekenimpuls"
    return words.word(run.last) in types.things_last or words.word(run.first) in types.things_first


def is_no_name(run: Run, context: Context, persons: Persons) -> bool:
    """Whether a run is a place, a person's surname, or made of general words."""
    known = context.no_names.get(run.first)
    if known is None:
        known = context.no_names[run.first] = _judge_no_name(run, context, persons)
    return known


def _is_trade(run: Run, context: Context) -> bool:
    """Whether a word for a town and one for a sort of company are all: "Kieler Cloud-Anbieter", "Metzinger Bauer"."""
    words, language = context.words, context.language
    sort = run.last
    while sort > run.first and words.gap(sort) == "-":
        sort -= 1
    if sort != run.first + 1 or not introduces(words.word(run.last), language.words("introduce")):
        return False
    is_of_place = bool(language.town_endings) and any(language.town_endings.bases(words.word(run.first)))
    return is_of_place and words.word(run.last) not in context.types.last


def _judge_no_name(run: Run, context: Context, persons: Persons) -> bool:
    words = context.words
    key = run.key(words)
    if key in persons.surnames and run.last == run.first:
        return True
    if is_generic(run.first, run.last, context) or key in context.countries.names:
        return True
    if run.last == run.first + 1 and words.gap(run.last) == "-" and context.countries.adjective(words.word(run.last)):
        return True  # "Noord-Europese"
    is_type = key in context.types.last or key in context.types.first
    if run.last == run.first and (is_type or key in context.language.words("person") or len(key) < 2):
        return True
    if run.last == run.first and (key in pronouns_of(context.language.code) or _is_word_for_some(run, context)):
        return True
    is_common = context.language.nouns_have_capitals and (_is_trade(run, context) or _is_sort_of_thing(run, context))
    return is_common or names_place(run, context)


def _is_word_for_some(run: Run, context: Context) -> bool:
    """Whether the one word that opens a sentence only says what somebody is: Romanian "Fondul", "the fund"."""
    words = context.words
    is_quoted = words.text[words.ends[run.last] : words.ends[run.last] + 1] in _CLOSING_QUOTES
    return run.opens and not is_quoted and introduces(words.word(run.first), context.language.words("introduce"))


def _is_sort_of_thing(run: Run, context: Context) -> bool:
    """Whether a common noun ends the one compound that a run is: "Vollzeit-Arbeitsplätze", "Series-A-Runde"."""
    words = context.words
    if run.first == run.last or any(words.gap(at) != "-" for at in range(run.first + 1, run.last + 1)):
        return False
    return words.word(run.last) in context.language.words("not_names")
