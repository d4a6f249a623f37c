"""The lines of a text and what each of them is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pledgebook.domain import Span
from pledgebook.lexicon.matcher import fold, unspaced_runs

_BULLET = re.compile(r"(?:[-–—•*▪‣·●○►➤★▸◆□■☕>›»]|\d{1,3}[.)])\s+|[・①-⑳]")
_END = re.compile(r"[.!?…。！？।؟：:;][\"”»’'）)\]」』]{0,4}$")
_PROSE_WORDS = 14
_SENTENCE_WORDS = 5


@dataclass(frozen=True)
class Line:
    """One line of a text, without the blanks at its ends; `opens` says whether nothing or a blank line precedes it."""

    span: Span
    text: str
    opens: bool = False

    @cached_property
    def words(self) -> int:
        """How many words it has, two characters counting for one in scripts without blanks."""
        return count_words(self.text)

    @cached_property
    def is_bullet(self) -> bool:
        """Whether it opens like an item of a list."""
        return _BULLET.match(self.text) is not None

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _END.search(self.text[-6:]) is not None

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads like sentences and not like a heading, a menu or a teaser."""
        return self.words >= _PROSE_WORDS or (self.ends and self.words >= _SENTENCE_WORDS)

    @cached_property
    def folded(self) -> str:
        """Its text in lower case."""
        return fold(self.text)


def count_words(text: str) -> int:
    """How many words `text` has, two characters counting for one in scripts without blanks.

    >>> count_words("two words"), count_words("四億円投資")
    (2, 3)
    """
    spaced = len(text.split())
    if text.isascii():
        return spaced
    unspaced = sum(map(len, unspaced_runs(text)))
    return (unspaced + 1) // 2 if unspaced * 2 > len(text) else spaced


def lines_of(text: str) -> Iterator[Line]:
    r"""The lines of `text` that are not blank.

    >>> [(line.span.start, line.text, line.opens) for line in lines_of("one\n\n  two \nthree")]
    [(0, 'one', True), (7, 'two', True), (12, 'three', False)]
    """
    start, opens = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped)
            yield Line(Span(begin, begin + len(stripped)), stripped, opens)
        opens = not stripped
        start += len(raw)
