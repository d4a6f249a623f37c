"""The words by which the funnel tells a page that may speak of a pledge: all of them from the lexicon."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache
from importlib.resources import files

from pledgebook.domain import PartyKind
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import fold
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.sections import section, strings

# Sums of news begin here; in Chinese, Japanese and Korean the word is 万, of which hundreds make a sum.
_LEAST_SCALE, _LEAST_EASTERN = Decimal(100_000), Decimal(10_000)
_LEAST_COMPANY = 3
# An action near a sum: the narrow group says "invest", the broad one all that is done with buildings and money.
_INVEST = ("invest",)
_ACTIONS = (
    "invest", "complete", "announce", "build", "under_way", "stake", "grant", "train", "hire", "cancel", "delay",
)  # fmt: skip
# Topics that seldom stand in a menu; of those that do ("AI", "Cloud"), the long words only.
_STRONG, _STRONG_LONG = ("data_centres",), ("semiconductors", "ai")
_LONG_ONLY = ("cloud", "networks")
_COUNTED = ("gpus", "jobs", "people", "startups", "data_centres", "researchers")
_THINGS = ("gpus", "data_centres")
_LONG_ALPHABETIC, _LONG_OTHER, _LONG_UNSPACED = 6, 5, 3
_FIRST_UNSPACED = "\u0e00"


class Sense(IntEnum):
    """What a word says to the funnel."""

    SUM = 0
    COUNT = 1
    INVEST = 2
    ACTION = 3
    TOPIC = 4
    LONG_TOPIC = 5
    STRONG_TOPIC = 6
    NUMBER = 7


Languages = int  # a bit for each language


def joined(several: Iterable[Languages]) -> Languages:
    """The languages of all of them together."""
    whole = 0
    for bits in several:
        whole |= bits
    return whole


@dataclass(frozen=True, slots=True)
class Word:
    """A phrase in lower case. `opens` and `closes` say whether a word of the text must begin or end with it.

    `senses` are pairs of a sense and the languages that give it that sense, a bit for each.
    """

    text: str
    opens: bool
    closes: bool
    senses: tuple[tuple[Sense, Languages], ...]

    def languages(self, sense: Sense) -> Languages:
        """The languages in which it has that sense."""
        return next((bits for held, bits in self.senses if held is sense), 0)


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """All words of all languages: `figures` follow digits, `actions` and `topics` stand near them.

    `numbers` go from the last word of a written-out number to the languages that have it.
    """

    figures: tuple[Word, ...]
    actions: tuple[Word, ...]
    topics: tuple[Word, ...]
    numbers: tuple[tuple[str, Languages], ...]


_Found = Iterator[tuple[str, Sense]]


@cache
def load_funnel_words() -> FunnelWords:
    """The words of every language file, once and for all of this process."""
    languages = [load_language(code) for code in _codes()]
    return FunnelWords(
        figures=_collect(languages, _figures),
        actions=_collect(languages, _actions),
        topics=_collect(languages, _topics, extra=_companies()),
        numbers=_numbers(languages),
    )


def _codes() -> list[str]:
    folder = files("pledgebook.lexicon").joinpath("languages")
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def _collect(
    languages: list[Language],
    find: Callable[[Language], _Found],
    *,
    extra: Iterable[str] = (),
) -> tuple[Word, ...]:
    held: dict[tuple[str, bool, bool], dict[Sense, Languages]] = {}

    def add(phrase: str, sense: Sense, bits: Languages) -> None:
        folded = " ".join(fold(phrase).split())
        bare = folded.strip("*").rstrip(".")
        if bare:
            senses = held.setdefault((bare, not folded.startswith("*"), not folded.endswith("*")), {})
            senses[sense] = senses.get(sense, 0) | bits

    for number, language in enumerate(languages):
        for phrase, sense in find(language):
            add(phrase, sense, 1 << number)
    for name in extra:
        add(name, Sense.TOPIC, (1 << len(languages)) - 1)
    return tuple(
        Word(text, opens, closes, tuple(sorted(senses.items())))
        for (text, opens, closes), senses in sorted(held.items())
    )


def _figures(language: Language) -> _Found:
    least = _LEAST_SCALE if language.numbers.scan == "words" or language.code == "th" else _LEAST_EASTERN
    for value, phrases in language.numbers.scales.items():
        if Decimal(value) >= least:
            for phrase in phrases:
                yield "*" + phrase.strip("*"), Sense.SUM
    for phrases in language.money.scaled.values():
        for phrase in phrases:
            yield "*" + phrase.strip("*"), Sense.SUM
    for phrases in language.quantities.power.values():
        for phrase in phrases:
            yield "*" + phrase.lstrip("*"), Sense.COUNT
    for label in _COUNTED:
        for phrase in language.quantities.nouns.get(label, ()):
            yield phrase, Sense.COUNT


def _actions(language: Language) -> _Found:
    for label in _ACTIONS:
        for phrase in language.cues.get(label, ()):
            yield phrase, Sense.ACTION
            if label in _INVEST:
                yield phrase, Sense.INVEST


def _topics(language: Language) -> _Found:
    for label, phrases in language.purposes.items():
        for phrase in phrases:
            yield phrase, Sense.TOPIC
            if label in _STRONG or (label in _STRONG_LONG and _is_long(phrase)):
                yield phrase, Sense.STRONG_TOPIC
                yield phrase, Sense.LONG_TOPIC
            elif label in _LONG_ONLY and _is_long(phrase):
                yield phrase, Sense.LONG_TOPIC
    things = [language.quantities.power.values(), (language.quantities.nouns.get(label, ()) for label in _THINGS)]
    for lists in things:
        for phrases in lists:
            for phrase in phrases:
                for sense in (Sense.TOPIC, Sense.LONG_TOPIC, Sense.STRONG_TOPIC):
                    yield "*" + phrase.lstrip("*"), sense
    for phrase in _field_words().get(language.code, ()):
        yield phrase, Sense.TOPIC


@cache
def _field_words() -> dict[str, tuple[str, ...]]:
    source = files("pledgebook.lexicon").joinpath("world", "crawl.toml")
    topics = section(tomllib.loads(source.read_text(encoding="utf-8")), "topics")
    return {code: strings(topics, code) for code in topics}


def _companies() -> Iterator[str]:
    for listed in load_organisations().by_skeleton.values():
        if listed.party.kind is PartyKind.COMPANY and not listed.risky and len(listed.written) >= _LEAST_COMPANY:
            yield listed.written


def _numbers(languages: list[Language]) -> tuple[tuple[str, Languages], ...]:
    held: dict[str, Languages] = {}
    for number, language in enumerate(languages):
        words = language.numbers
        small = [phrases for value, phrases in words.scales.items() if Decimal(value) < _LEAST_EASTERN]
        for phrases in (*words.words.values(), *words.rounded.values(), *small, words.articles):
            for phrase in phrases:
                last = fold(phrase).split()[-1].rstrip(".")
                held[last] = held.get(last, 0) | 1 << number
    return tuple(sorted(held.items()))


def _is_long(phrase: str) -> bool:
    bare = phrase.strip("*")
    if bare.isascii():
        return len(bare) >= _LONG_ALPHABETIC
    return len(bare) >= (_LONG_OTHER if bare[0] < _FIRST_UNSPACED else _LONG_UNSPACED)
