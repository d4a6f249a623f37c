"""What is looked for in the bytes of a page: words of the lexicon, in every way to write them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from html.entities import codepoint2name
from itertools import product

from pledgebook.flow.funnel_forms import forms
from pledgebook.flow.funnel_near import is_common
from pledgebook.flow.funnel_scan import Sought
from pledgebook.flow.funnel_words import FunnelWords, Languages, Sense, Word

NUMERALS = "一二三四五六七八九十百千数數〇兩两"
_SHORT = 3
_LETTER = 2  # bytes of a single one that is not of ASCII
_ENOUGH = 4
_LEAST_TOPIC = 9
_LEAST_STEM = 6
_SIGNS = (
    b"$", b"\xe2\x82\xac", b"\xc2\xa3", b"&euro;", b"&pound;", b"&#163;", b"&#xa3;", b"&#8364;", b"&#x20ac;",
    b"\\u20ac", b"\\u00a3",
)  # fmt: skip
_GROUPS = (
    b",", b".", b" ", b"'", b"\xc2\xa0", b"&nbsp;", b"&#160;", b"&#xa0;", b"\\u00a0", b"\xe2\x80\xaf",
    b"\xe2\x80\x99", b"&#8217;", b"\\u2019",
)  # fmt: skip
# What the names of letters end in, those of HTML 5 included.
_SUFFIXES = (
    "acute;",
    "grave;",
    "circ;",
    "tilde;",
    "uml;",
    "cedil;",
    "ring;",
    "slash;",
    "caron;",
    "strok;",
    "ogon;",
    "macr;",
    "breve;",
    "dblac;",
)
_LETTER_AFTER = (b"", b" ", b"\xc2\xa0", b"&nbsp;")
_LETTER_SIGNS = (b"\xe2\x82\xac", b"&euro;", b"eur", b"usd", b"$")


class Kind(IntEnum):
    """What has to be true around a sum."""

    FIGURE = 0  # digits or a number in words before it
    BRIEF = 1  # digits before it
    GROUPS = 2  # a digit before it
    SIGNED = 3  # a sign and a digit; a letter of magnitude after the digits


@dataclass(frozen=True, slots=True)
class Stem:
    """In which languages a stem says that money is put into something, or into what.

    One that `is_topic` tells much by itself; one that `is_common` is another word next door: its sum stands close by.
    """

    languages: Languages
    is_topic: bool
    is_common: bool


def sums(words: FunnelWords) -> tuple[list[Sought], list[Kind]]:
    """What sums of news have in them."""
    found = dict(_sums(words))
    return list(found), list(found.values())


def _sums(words: FunnelWords) -> Iterator[tuple[Sought, Kind]]:
    said = [word.text for word in words.figures if word.languages(Sense.SUM)]
    longer = [word for word in said if len(word) > _SHORT or not word.isascii()]
    letters = {word for word in longer if len(word.encode()) <= _LETTER}
    for word in (*_shortest(set(longer) - letters, enough=_ENOUGH), *sorted(letters)):
        if len(word.encode()) > _LETTER:
            yield from ((Sought(form.encode()), Kind.FIGURE) for form in sorted(forms(word)))
        else:
            # Of one letter ("2 м"): it wants its digit before it.
            yield from ((Sought(form.encode(), after_digit=True), Kind.BRIEF) for form in sorted(forms(word)))
    for word in said:
        if word.isascii() and len(word) <= _SHORT:
            yield from _short(word.encode())
    yield from ((Sought(group + b"000" + group + b"000"), Kind.GROUPS) for group in _GROUPS)
    for sign, blank, digit in product(_SIGNS, (b"", b" "), b"123456789"):
        yield Sought(sign + blank + bytes((digit,))), Kind.SIGNED


def _short(word: bytes) -> Iterator[tuple[Sought, Kind]]:
    """A short word of magnitude with the digit before it: by itself it would be found in every script and style."""
    if len(word) > 1:
        yield Sought(word, after_digit=True, closes=True), Kind.BRIEF
    else:
        for after, sign in product(_LETTER_AFTER, _LETTER_SIGNS):
            yield Sought(word + after + sign, after_digit=True), Kind.BRIEF


def stems(words: FunnelWords) -> tuple[list[Sought], list[Stem]]:
    """What a page must hold to be looked at: words of investing, or topics that say much, by their beginnings."""
    found: dict[Sought, Stem] = {}

    def add(sought: Sought, bits: Languages, *, is_topic: bool = False, is_common: bool = False) -> None:
        held = found.get(sought, Stem(0, is_topic=False, is_common=True))
        found[sought] = Stem(held.languages | bits, held.is_topic or is_topic, held.is_common and is_common)

    for several, sense in ((words.actions, Sense.INVEST), (words.topics, Sense.LONG_TOPIC)):
        held = [word for word in several if word.languages(sense)]
        for word in held:
            if _is_brief(word):
                sought = Sought(word.text.encode(), opens=word.opens, closes=word.closes, loose=True)
                add(sought, word.languages(sense), is_common=sense is Sense.INVEST and is_common(word))
        longer = [word for word in held if not _is_brief(word)]
        known = frozenset(_shortest({word.text for word in longer}, enough=1))
        for word in longer:
            # Shorter ones ("chip", "server") stand on every page; where there is a sum they are found without this.
            is_topic = bool(word.languages(Sense.STRONG_TOPIC)) and len(word.text.encode()) >= _LEAST_TOPIC
            for stem in known.intersection(_parts(word.text)):
                for form in sorted(forms(stem)):
                    add(Sought(form.encode(), loose=True), word.languages(sense), is_topic=is_topic)
    return list(found), list(found.values())


def spelled_letters() -> list[Sought]:
    r"""By what a page is known that spells its letters: "&eacute;", "&#233;", "&#1084;", "\u00e9", or in full width.

    Blanks, quotes, dashes, signs of money and letters of ASCII are none; a few other signs are taken for some.
    """
    named = {f"&{name.lower()};" for code, name in codepoint2name.items() if chr(code).isalpha()}
    decimal = {f"&#{number}" for number in (*range(192, 820), *range(880, 1000), *range(1000, 1920))}
    hexadecimal = {f"&#x{begin}" for begin in (*"1345678bcdef", "9", "ac", "ad", "ae", "af")}
    escaped = {
        f"\\u{begin}"
        for begin in ("00c", "00d", "00e", "00f", *(f"0{n:x}" for n in range(1, 16)), *"13456789abcd", "ff")
    }
    wide = {b"\xef\xbc" + bytes((last,)) for last in range(0x90, 0xBB)}
    wide |= {b"\xef\xbd" + bytes((last,)) for last in range(0x81, 0x9B)}
    written = {each.encode() for each in named | decimal | hexadecimal | escaped | set(_SUFFIXES)}
    return [Sought(literal, once=True) for literal in sorted(written | wide)]


def _is_brief(word: Word) -> bool:
    return word.text.isascii() and len(word.text) < _LEAST_STEM


def _shortest(words: Iterable[str], *, enough: int) -> list[str]:
    """The words that contain no other of them: finding "milli" finds "milliarden".

    In plain letters, one of fewer than `enough` is no beginning of others.
    """
    kept: dict[str, None] = {}
    for word in sorted(words, key=lambda word: (len(word), word)):
        parts = _parts(word, least=enough if word.isascii() else 1)
        if not any(part in kept and (len(part) >= enough or not part.isascii()) for part in parts):
            kept[word] = None
    return list(kept)


def _parts(word: str, *, least: int = 1) -> list[str]:
    """Everything of at least that length that a word contains, from the shortest."""
    size = len(word)
    return [word[start : start + long] for long in range(least, size + 1) for start in range(size - long + 1)]
