"""Companies, funds, governments and other bodies in a text."""

from functools import lru_cache
from typing import Protocol

from pledgebook.domain import Mention, MentionKind
from pledgebook.extract.mentions.organisations_listed import listed_hits
from pledgebook.extract.mentions.organisations_words import words_of
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.places import load_name_words


class HasCode(Protocol):
    """Whatever knows its language code."""

    @property
    def code(self) -> str:
        """The BCP 47 code."""


def find_organisations(text: str, language: HasCode | str) -> list[Mention]:
    """The organisations that `text` names, in order, none overlapping another.

    >>> [mention.party.name for mention in find_organisations("AWS and Microsoft's cloud", "en")]
    ['Amazon', 'Microsoft']
    """
    return list(organisations_in(text, language if isinstance(language, str) else language.code))


@lru_cache(maxsize=4)
def organisations_in(text: str, code: str) -> tuple[Mention, ...]:
    """The same for a language code, kept for the last few texts because the finder of places asks too."""
    words = words_of(text)
    return tuple(
        Mention(MentionKind.ORGANISATION, hit.span, party=hit.listed.party, reason="listed")
        for hit in listed_hits(words, load_organisations(), load_name_words(code))
    )
