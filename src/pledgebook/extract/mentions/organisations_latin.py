"""Names that a text in other letters explains by what the company is called in Latin ones."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pledgebook.extract.mentions.organisations_context import Found
from pledgebook.lexicon.names import skeleton

_BRACKET = re.compile(r"[»”“\"]?\s?[(/]\s?[«„“\"]?")
_FIRST_OTHER = "\u0370"  # Greek; all letters before it are Latin


def in_latin(found: Sequence[Found], text: str) -> Iterator[Found]:
    """The organisations again, by their Latin names where the text has them: „Бринел Компют“ (Brinell Compute GmbH)."""
    told = {
        skeleton(here.party.name): after.party
        for here, after in itertools.pairwise(found)
        if not _is_latin(here.party.name) and _is_latin(after.party.name) and _explains(here, after, text)
    }
    for here in found:
        party = told.get(skeleton(here.party.name)) if told else None
        yield here if party is None else replace(here, party=party)


def _is_latin(name: str) -> bool:
    return max(name, default="") < _FIRST_OTHER


def _explains(here: Found, after: Found, text: str) -> bool:
    """Whether one name follows another in a bracket."""
    return _BRACKET.fullmatch(text, here.span.end, after.span.start) is not None
