"""The words of a text with their offsets, made once for all that looks for names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pledgebook.lexicon.names import skeleton

# Letters and digits, and the vowel signs that Python does not count among the letters.
_UNSPACED_LETTERS = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0dff\u200c\u200d"
)
_WORD = re.compile(rf"(?:[^\W_{_UNSPACED_LETTERS}]++[{_MARKS}]*+)++")
_UNSPACED = re.compile(rf"[{_UNSPACED_LETTERS}]")


@dataclass(frozen=True, slots=True)
class Words:
    """A text, its skeleton (as long as the text), and where its words begin and end.

    `unspaced` says whether the text has letters of a script that leaves no blanks between words.
    """

    text: str
    low: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    unspaced: bool

    def word(self, index: int) -> str:
        """The skeleton of the word at `index`, "" where there is none."""
        return self.low[self.starts[index] : self.ends[index]] if 0 <= index < len(self.starts) else ""

    def gap(self, index: int) -> str:
        """What stands between the word at `index` and the one before it."""
        return self.low[self.ends[index - 1] if index else 0 : self.starts[index]]


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The words of `text`.

    >>> words = words_of("Near Łódź, Orange’s site")
    >>> [words.low[start:end] for start, end in zip(words.starts, words.ends)]
    ['near', 'lodz', 'orange', 's', 'site']
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    starts = tuple(start for start, _ in spans)
    ends = tuple(end for _, end in spans)
    return Words(text, skeleton(text), starts, ends, _UNSPACED.search(text) is not None)
