"""Words to search by, in every script: whole words where blanks part them, pairs of characters where none do."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pledgebook.domain import Span

# Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer: words without blanks between them, or with endings that
# stick to them.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# Signs that a reader may leave out: accents, Hebrew points, Arabic vowels and the stroke that stretches words.
_DROPPED = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]")
_LONGEST = 100
_ASCII_WORD = re.compile("[a-z0-9]+")


def fold(text: str) -> str:
    """`text` without what makes the same words look different: case, width, accents, vowel points.

    >>> fold("Aragón ＡＷＳ Straße")
    'aragon aws strasse'
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart))


def terms(text: str) -> Iterator[str]:
    """The words of a text as the index has them, in order.

    Of a run of characters without blanks each pair of neighbours is a word, and its last character.

    >>> list(terms("Microsoft in 東京都"))
    ['microsoft', 'in', '東京', '京都', '都']
    """
    if text.isascii():
        yield from (word[:_LONGEST] for word in _ASCII_WORD.findall(text.lower()))
        return
    for found in _runs().finditer(fold(text)):
        run = found[0]
        if found.lastgroup == "unspaced":
            yield from (run[at : at + 2] for at in range(len(run)))
        else:
            yield run[:_LONGEST]


def asked(words: str) -> tuple[tuple[str, bool], ...]:
    """The terms that a document must hold to be found by `words`, each with whether longer words do as well.

    >>> asked("data cent* 東京都 電")
    (('data', False), ('cent', True), ('東京', False), ('京都', False), ('電', True))
    """
    found: dict[tuple[str, bool], None] = {}
    for word in words.split():
        longer = word.endswith("*")
        for run in _runs().finditer(fold(word.rstrip("*"))):
            if run.lastgroup != "unspaced":
                found[run[0][:_LONGEST], longer and run.end() == len(fold(word.rstrip("*")))] = None
            elif len(run[0]) == 1:
                found[run[0], True] = None
            else:
                found.update(((run[0][at : at + 2], False), None) for at in range(len(run[0]) - 1))
    return tuple(found)


def runs(text: str) -> Iterator[tuple[Span, bool]]:
    """Where the words and the runs without blanks of a text stand, and which of them are such runs."""
    for found in _runs().finditer(text):
        yield Span(*found.span()), found.lastgroup == "unspaced"


@cache
def _runs() -> re.Pattern[str]:
    """Words and runs; a sign that combines with a letter belongs to its word."""
    signs = "".join(
        chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
    )
    return re.compile(f"(?P<unspaced>[{_UNSPACED}]+)|(?:(?![{_UNSPACED}])(?:[^\\W_]|[{re.escape(signs)}]))+")
