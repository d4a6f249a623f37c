"""The lines of a text and what each of them is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pledgebook.domain import Span
from pledgebook.lexicon.matcher import fold, is_unspaced

_BULLET = re.compile(r"\s*(?:[-–—•*▪‣·●○►➤]|\d{1,3}[.)])\s+")  # noqa: RUF001
_END = re.compile(r"[.!?…。！？।؟：:;][\"”»’'）)\]」』]*\s*$")
_PROSE_WORDS = 14
_SENTENCE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without the blanks at its ends."""

    span: Span
    text: str

    @property
    def words(self) -> int:
        """How many words it has, two characters counting for one in scripts without blanks."""
        return count_words(self.text)

    @property
    def is_bullet(self) -> bool:
        """Whether it opens like an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _END.search(self.text) is not None

    @property
    def is_prose(self) -> bool:
        """Whether it reads like sentences and not like a heading, a menu or a teaser."""
        words = self.words
        return words >= _PROSE_WORDS or (self.ends and words >= _SENTENCE_WORDS)

    @property
    def folded(self) -> str:
        """Its text in lower case."""
        return fold(self.text)


def count_words(text: str) -> int:
    """How many words `text` has, two characters counting for one in scripts without blanks.

    >>> count_words("two words"), count_words("四億円投資")
    (2, 3)
    """
    unspaced = sum(map(is_unspaced, text))
    return (unspaced + 1) // 2 if unspaced * 2 > len(text) else len(text.split())


def lines_of(text: str) -> Iterator[Line]:
    """The lines of `text` that are not blank."""
    start = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped)
            yield Line(Span(begin, begin + len(stripped)), stripped)
        start += len(raw)
