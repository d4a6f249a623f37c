"""What is looked for in the bytes of a page: words of the lexicon, in every way to write them."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import product
from typing import TypeVar

from pledgebook.flow.funnel_scan import Sought
from pledgebook.flow.funnel_spellings import BLANKS, beginnings, forms, spellings
from pledgebook.flow.funnel_words import FunnelWords, Languages, Sense, Word

_Text = TypeVar("_Text", str, bytes)
NUMERALS = "一二三四五六七八九十百千数數〇兩两"
_SHORT = 3
_ENOUGH = 4
_LEAST_TOPIC = 9
# Two bytes stand by chance in text of every other charset: they want their digit right before them.
_CHANCE = 2
_LEAST_STEM = 6
_SIGNS = (
    b"$",
    b"\xe2\x82\xac",
    b"\x80",
    b"\xa3",
    b"&euro;",
    b"&pound;",
    b"&#163;",
    b"&#xa3;",
    b"&#8364;",
    b"&#x20ac;",
    b"\\u20ac",
    b"\\u00a3",
)
_GROUPS = (
    b",", b".", b" ", b"'", b"\xc2\xa0", b"\xa0", b"&nbsp;", b"&#160;", b"&#xa0;", b"\\u00a0", b"\xe2\x80\xaf",
    b"\xe2\x80\x99", b"&#8217;", b"\\u2019",
)  # fmt: skip
_LETTER_AFTER = (b"", b" ", b"\xc2\xa0", b"&nbsp;")
_LETTER_SIGNS = (b"\xe2\x82\xac", b"\x80", b"&euro;", b"eur", b"usd", b"$")


class Kind(IntEnum):
    """What has to be true around a literal."""

    FIGURE = 0  # digits or a number in words before it
    SUM = 1  # nothing: its digit belongs to it
    GROUPS = 2  # a digit before it
    SIGNED = 3  # a sign and a digit; a letter of magnitude after the digits
    TOPIC = 4  # nothing


def sums_and_topics(words: FunnelWords) -> tuple[list[Sought], list[Kind]]:
    """What a page must hold to be looked at: sums, or things so telling that a count beside them may be one."""
    found = dict(_sums_and_topics(words))
    return list(found), list(found.values())


def _sums_and_topics(words: FunnelWords) -> Iterator[tuple[Sought, Kind]]:
    begins = {
        begin
        for word in words.topics
        if word.languages(Sense.STRONG_TOPIC)
        # Shorter ones ("chip", "server") stand in every script and style; pages with a sum need none of these.
        for begin in beginnings(word.text)
        if len(begin) >= _LEAST_TOPIC
    }
    yield from ((Sought(begin), Kind.TOPIC) for begin in _shortest(begins, enough=_LEAST_TOPIC))
    sums = [word.text for word in words.figures if word.languages(Sense.SUM)]
    longer = [word for word in sums if len(word) > _SHORT or not word.isascii()]
    for word in _shortest(longer, enough=_ENOUGH):
        for spelled in spellings(word):
            if len(spelled) > _CHANCE:
                yield Sought(spelled), Kind.FIGURE
            else:
                yield from ((Sought(blank + spelled, after_digit=True), Kind.SUM) for blank in BLANKS)
        if len(word) == 1:
            for numeral in NUMERALS:
                yield from ((Sought(s), Kind.SUM) for s in spellings(numeral + word) if len(s) == 2 * _CHANCE)
    for word in sums:
        if word.isascii() and len(word) <= _SHORT:
            yield from _short(word.encode())
    yield from ((Sought(group + b"000" + group + b"000"), Kind.GROUPS) for group in _GROUPS)
    for sign, blank, digit in product(_SIGNS, (b"", b" "), b"123456789"):
        yield Sought(sign + blank + bytes((digit,))), Kind.SIGNED


def _short(word: bytes) -> Iterator[tuple[Sought, Kind]]:
    """A short word of magnitude with the digit before it: by itself it would be found in every script and style."""
    for blank in BLANKS:
        if len(word) > 1:
            yield Sought(blank + word, after_digit=True, closes=True), Kind.SUM
        else:
            for after, sign in product(_LETTER_AFTER, _LETTER_SIGNS):
                yield Sought(blank + word + after + sign, after_digit=True), Kind.SUM


def stems_beside(words: FunnelWords) -> tuple[list[Sought], list[Languages]]:
    """What has to stand near a sum, and in which languages: a word of investing, or a topic that says much.

    Each by its shortest beginning, as `plain_stretch` has it.
    """
    found: dict[Sought, Languages] = {}
    for several, sense in ((words.actions, Sense.INVEST), (words.topics, Sense.LONG_TOPIC)):
        held = [(word, bits) for word in several if (bits := word.languages(sense))]
        for word, bits in held:
            if _is_brief(word):
                sought = Sought(word.text.encode(), opens=word.opens, closes=word.closes)
                found[sought] = found.get(sought, 0) | bits
        longer = [(word.text, bits) for word, bits in held if not _is_brief(word)]
        stems = frozenset(_shortest({text for text, _ in longer}, enough=1))
        for text, bits in longer:
            for stem in stems.intersection(_parts(text)):
                for form in forms(stem):
                    found[Sought(form.encode())] = found.get(Sought(form.encode()), 0) | bits
    return list(found), list(found.values())


def _is_brief(word: Word) -> bool:
    return word.text.isascii() and len(word.text) < _LEAST_STEM


def _shortest(words: Iterable[_Text], *, enough: int) -> list[_Text]:
    """The words that contain no other of them: finding "milli" finds "milliarden".

    In plain letters, one of fewer than `enough` is no beginning of others.
    """
    kept: dict[_Text, None] = {}
    for word in sorted(words, key=lambda word: (len(word), word)):
        parts = _parts(word, least=enough if word.isascii() else 1)
        if not any(part in kept and (len(part) >= enough or not part.isascii()) for part in parts):
            kept[word] = None
    return list(kept)


def _parts(word: _Text, *, least: int = 1) -> list[_Text]:
    """Everything of at least that length that a word contains, from the shortest."""
    size = len(word)
    return [word[start : start + long] for long in range(least, size + 1) for start in range(size - long + 1)]
