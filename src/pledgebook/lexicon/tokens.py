"""Words, figures and signs of a text, as the term table reads them."""

import re
import unicodedata
from functools import lru_cache

from pledgebook.lexicon.matcher import MARKS, SPELLINGS, is_unspaced

_UNSPACED = (
    "\u0e00-\u0e4f\u0e5a-\u0eff\u1000-\u103f\u1780-\u17dd"
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_BLANK = "\u00a0\u202f\u2009\u2007 "
# A figure: groups of three with blanks between them, or digits with single marks between them. Linear: no part of
# a text can match in two ways for longer than three digits.
# "Data4 500 million": the digit of a name begins no figure of thousands.
_FIGURE = rf"(?<![a-z])\d{{1,3}}(?:[{_BLANK}]\d{{3}}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,'’٫٬・]\d+)*"
TOKEN = re.compile(rf"({_FIGURE})|([{_UNSPACED}]+)|((?:[^\W\d_{_UNSPACED}]|[{MARKS}])+)|([^\s\w]|_)")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u05b0-\u05bc\u05c1\u05c2]")
_PLAIN = str.maketrans("’‘ʼ`‐‑−׳״", "''''---'\"") | str.maketrans(SPELLINGS)


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """One word in the form in which words are compared: lower case, composed, plain apostrophes and hyphens.

    >>> fold_word("İNVEST") == fold_word("invest")
    True
    """
    folded = unicodedata.normalize("NFKC", word).lower().replace("\u0307", "").replace("\u0640", "")
    folded = folded.replace("\u200c", "").replace("\u200d", "").translate(_PLAIN)
    return folded if folded.isascii() else _VOWEL_SIGNS.sub("", folded)


def tokenize(phrase: str) -> list[str]:
    """The folded words and signs of a phrase; scripts without blanks stay in one piece."""
    return [fold_word(match.group()) for match in TOKEN.finditer(phrase)]


def has_unspaced(phrase: str) -> bool:
    """Whether any letter of `phrase` belongs to a script that puts no blanks between words."""
    return any(map(is_unspaced, phrase))
