"""The words of a language that its tables know, none of which a name is made of alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton

_SHORTEST_STEM = 3
_SHORTEST_FORM, _MOST_BEHIND = 3, 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in full and the beginnings of words."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.stems)

    def is_form(self, word: str) -> bool:
        """Whether a word is one of them, or one with a letter or two behind it: Arabic "مركزها"."""
        cuts = range(len(word), max(len(word) - _MOST_BEHIND, _SHORTEST_FORM) - 1, -1)
        return word in self or any(word[:cut] in self.whole for cut in cuts)


@cache
def load_vocabulary(code: str) -> Vocabulary:
    """The words of cues, purposes, counts and flow of money in a language.

    >>> "מקימה" in load_vocabulary("he"), "דלמרה" in load_vocabulary("he")
    (True, False)
    """
    words = {skeleton(word) for phrase in _phrases(code) for word in phrase.split()}
    stems = {word.removesuffix("*") for word in words if word.endswith("*")}
    return Vocabulary(
        frozenset(word for word in words if "*" not in word),
        tuple(sorted(stem for stem in stems if "*" not in stem and len(stem) >= _SHORTEST_STEM)),
    )


def _phrases(code: str) -> Iterator[str]:
    language = load_language(code)
    numbers, money, quantities = language.numbers, language.money, language.quantities
    for table in (
        *(language.cues, language.purposes, language.locals, quantities.nouns, quantities.one),
        *(numbers.words, numbers.scales, money.names, money.scaled, money.qualifiers),
    ):
        for phrases in table.values():
            yield from phrases
    yield from language.numbers.vague
    yield from language.quantities.not_counted
    yield from language.flow.get("anyone", ())
    yield from language.flow.get("aside", ())
