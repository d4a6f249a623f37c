"""The first test of a page, on its bytes: it costs a fraction of reading them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pledgebook.flow.funnel_forms import forms
from pledgebook.flow.funnel_near import BESIDE, FAR, NEAR, Nearness, NearTest
from pledgebook.flow.funnel_scan import Scanner, make_scanner
from pledgebook.flow.funnel_sought import NUMERALS, Kind, Stem, spelled_letters, stems, sums
from pledgebook.flow.funnel_source import plainly_spelled, shown_and_told, text_between
from pledgebook.flow.funnel_words import FunnelWords, Languages, Sense, joined

_BACK = 28
# Digits of any script, then what may stand between a figure and its word.
_GAP = (
    rb"(?:[ \t\r\n\-]|\xc2\xa0|\xe2\x80[\x80-\xaf]|&[a-z]{2,7};|&#\w{2,6};|\\u[0-9a-f]{4}|\\[nrt]|<[^<>]*>"
    rb"|\bde\b|\bof\b)*"
)
_LINKERS = (b"de", b"of")
_DIGIT = rb"(?:[0-9]|[\xd9\xdb][\xa0-\xb9]|\xe0\xa5[\xa6-\xaf]|\xef\xbc[\x90-\x99]|[\xe0][\xb8\xb9][\x80-\xbf])"
_DIGIT_BEFORE = re.compile(_DIGIT + _GAP + rb"$", re.IGNORECASE).search
_LAST_WORD = re.compile(rb"((?:[a-z\x80-\xff']|&#?\w{2,7};)+)(?:[ \t\r\n\-]|\xc2\xa0|&nbsp;)*$", re.IGNORECASE).search
_SIGNED = re.compile(rb"[0-9.,]{0,14}(?: |\xc2\xa0|&nbsp;)?[a-z](?![a-z])", re.IGNORECASE).match
# A word in plain letters, by its beginning.
_BEGIN = 2
_WORDS = 5_000
_WORD_START = re.compile(rb"[A-Za-z]+$").search
_WORD = re.compile(rb"[A-Za-z]++(?![\x80-\xff&\\])").match

# Bytes around a sum that hold the characters in which its action stands, mark-up and all; and its topic.
_AROUND = 1_500
# The same for a word that is common next door: its sum stands within a fifth of those characters.
_CLOSELY = 800
_AROUND_TOPIC = BESIDE + NEAR + _AROUND
_FAR = 2 * FAR

_Stretch = tuple[int, int]


class ByteTest:
    """Whether a page may tell a pledge, by its bytes as they came.

    Literals first, each step on less than the one before: stems of what is said of pledges, in one pass over all that
    is no code; around these, words of magnitude with their digits; where both are of one language, the bytes become
    text, and the test for words near each other decides.

    >>> from pledgebook.flow.funnel_words import load_funnel_words
    >>> words = load_funnel_words()
    >>> test = ByteTest(words, NearTest(words))
    >>> page = "<p>Acme invertir&aacute; 2.100&nbsp;millones de euros en un <b>centro de datos</b>.</p>"
    >>> test.passes(page.encode()), test.passes(b"<p>The match ended 2 to 1.</p>")
    (True, False)
    """

    def __init__(self, words: FunnelWords, near: NearTest, *, engine: str | None = None) -> None:
        sought, self._stems = stems(words)
        self._stem_scanner: Scanner = make_scanner([*sought, *spelled_letters()], engine=engine)
        sought, self._kinds = sums(words)
        self._sizes = [len(each.literal) for each in sought]
        self._sum_scanner: Scanner = make_scanner(sought, engine=engine)
        self._figures = _Figures(words)
        self._near = near
        self._numbers = frozenset(form.encode() for word, _ in words.numbers for form in forms(word))
        self._numerals = tuple(char.encode() for char in NUMERALS)

    @property
    def engine(self) -> str:
        """What finds the literals."""
        return self._stem_scanner.engine

    def has_stem(self, text: str) -> bool:
        """Whether a text has a word without which no pledge is told, or may have one in letters spelled otherwise."""
        return bool(self._stem_scanner.scan(text.encode("utf-8", "replace")))

    def passes(self, content: bytes | bytearray, charset: str | None = None) -> bool:
        """Whether a pledge may be told in `content`; `charset` is what the sender says, and may be wrong."""
        shown, json = shown_and_told(content, charset)
        if json:
            shown = b"\n".join((shown, json))
        found = self._stem_scanner.scan(shown)
        if not found:
            return False
        several = len(self._stems)
        if any(number >= several for number, _ in found):
            shown = plainly_spelled(shown)
            found = [hit for hit in self._stem_scanner.scan(shown) if hit[0] < several]
        places = [(end, self._stems[number]) for end, number in sorted((end, number) for number, end in found)]
        told = list(self._told_sums(shown, places))
        things = [end for end, stem in places if stem.is_topic]
        return self._near_passes(shown, told, things)

    def _near_passes(self, shown: bytes, told: list[int], things: list[int]) -> bool:
        """Whether words stand near each other as they should, around sums and around things that may be counted.

        What a sum is put into may stand far away: only where it is put into something at all is that looked for.
        """
        wide = []
        for start, end in _joined([*_stretches(told, _AROUND), *_stretches(things, _AROUND_TOPIC)]):
            found = self._near.judge(text_between(shown, start, end))
            if found is Nearness.TOLD:
                return True
            if told and found is Nearness.INVESTED:
                wide.append((max(0, start - _FAR), end + _FAR))
        return any(self._near.passes(text_between(shown, *stretch)) for stretch in _joined(wide))

    def _told_sums(self, shown: bytes, places: list[tuple[int, Stem]]) -> Iterator[int]:
        """Where sums end near which a stem of a language of theirs stands."""
        following = 0
        near = _stretches((end for end, stem in places if not stem.is_common), _AROUND)
        close = _stretches((end for end, stem in places if stem.is_common), _CLOSELY)
        for start, end in _joined([*near, *close]):
            heard = 0
            while following < len(places) and places[following][0] <= end:
                heard |= places[following][1].languages
                following += 1
            for number, at in self._sum_scanner.scan(shown[start:end]):
                if self._holds(shown, number, start + at) and heard & self._figures.languages(shown, start + at):
                    yield start + at

    def _holds(self, shown: bytes, number: int, end: int) -> bool:
        kind = self._kinds[number]
        if kind is Kind.SIGNED:
            return _SIGNED(shown, end) is not None
        start = end - self._sizes[number]
        if kind is Kind.GROUPS:
            return shown[start - 1 : start].isdigit()
        before = shown[max(0, start - _BACK) : start]
        if kind is Kind.BRIEF:
            return _DIGIT_BEFORE(before) is not None
        # Most are decided by what stands right before them, a digit or a plain word.
        last = before.rstrip(b" \t\r\n-")
        if last[-1:].isdigit():
            return True
        if last[-1:].isalpha() and last.isascii() and b"\\" not in last and not last.lower().endswith(_LINKERS):
            return self._is_told(before)
        return _DIGIT_BEFORE(before) is not None or before.endswith(self._numerals) or self._is_told(before)

    def _is_told(self, before: bytes) -> bool:
        """Whether the last word is a number."""
        word = _LAST_WORD(before)
        return word is not None and word.group(1).lower() in self._numbers


class _Figures:
    """In which languages a word of magnitude is one."""

    def __init__(self, words: FunnelWords) -> None:
        self._any = joined(bits for word in words.figures for _, bits in word.senses)
        # Of "mil millones" the first word is enough.
        self._by_begin: dict[str, list[tuple[str, bool, Languages]]] = {}
        for word in words.figures:
            if bits := word.languages(Sense.SUM):
                first, *others = word.text.split()
                self._by_begin.setdefault(first[:_BEGIN], []).append((first, word.closes or bool(others), bits))
        self._of_word = lru_cache(_WORDS)(self._said)

    def languages(self, shown: bytes, end: int) -> Languages:
        """Those of the word in which a literal ends there; all where it is not plain to see."""
        start = _WORD_START(shown, max(0, end - _BACK), end)
        found = _WORD(shown, start.start()) if start else None
        if found is None:
            return self._any
        return self._of_word(found.group().lower().decode())

    def _said(self, text: str) -> Languages:
        bits = joined(
            bits
            for n in range(len(text))
            for word, closes, bits in self._by_begin.get(text[n : n + _BEGIN], ())
            if text.startswith(word, n) and (not closes or len(text) == n + len(word))
        )
        return bits or self._any


def _stretches(places: Iterable[int], reach: int) -> list[_Stretch]:
    """What lies within `reach` of each place."""
    return [(max(0, at - reach), at + reach) for at in places]


def _joined(stretches: list[_Stretch]) -> list[_Stretch]:
    """The same in order, those that touch as one."""
    whole: list[_Stretch] = []
    for start, end in sorted(stretches):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
