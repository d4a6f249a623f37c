"""The first test of a page, on its bytes: it costs a fraction of reading them."""

import codecs
import re

from pledgebook.flow.funnel_near import BESIDE, FAR, NEAR, NearTest
from pledgebook.flow.funnel_scan import Scanner, make_scanner
from pledgebook.flow.funnel_sought import NUMERALS, Kind, stems_beside, sums_and_topics
from pledgebook.flow.funnel_source import plain_stretch, text_between, without_code
from pledgebook.flow.funnel_spellings import spellings
from pledgebook.flow.funnel_words import FunnelWords, Languages, Sense, joined

_BACK = 28
# Digits of any script, then what may stand between a figure and its word.
_GAP = (
    rb"(?:[ \t\r\n\-]|\xc2\xa0|\xa0|\xe2\x80[\x80-\xaf]|&[a-z]{2,7};|&#\w{2,6};|\\u[0-9a-f]{4}|\\[nrt]|<[^<>]*>"
    rb"|\bde\b|\bof\b)*"
)
_LINKERS = (b"de", b"of")
_DIGIT = rb"(?:[0-9]|[\xd9\xdb][\xa0-\xb9]|\xe0\xa5[\xa6-\xaf]|\xef\xbc[\x90-\x99]|[\xe0][\xb8\xb9][\x80-\xbf])"
_DIGIT_BEFORE = re.compile(_DIGIT + _GAP + rb"$", re.IGNORECASE).search
_LAST_WORD = re.compile(
    rb"((?:[a-z\x80-\xff']|&#?\w{2,7};|\\u[0-9a-f]{4})+)(?:[ \t\r\n\-]|\xc2\xa0|&nbsp;)*$", re.IGNORECASE
).search
_SIGNED = re.compile(rb"[0-9.,]{0,14}(?: |\xc2\xa0|\xa0|&nbsp;)?[a-z](?![a-z])", re.IGNORECASE).match
# A word in plain letters, by its beginning.
_BEGIN = 2
_WORD_START = re.compile(rb"[A-Za-z]+$").search
_WORD = re.compile(rb"[A-Za-z]++(?![\x80-\xff&\\])").match
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Bytes around a sum that hold the characters in which its action stands, mark-up and all.
_AROUND_SUM = 1_500
_AROUND_TOPIC = BESIDE + NEAR + _AROUND_SUM
# A page that is full of figures is read whole rather than piece by piece.
_MAX_PLACES = 2_000

_Window = tuple[int, int]


class ByteTest:
    """Whether a page may tell a pledge, by its bytes as they came.

    Literals first, each step on less than the one before: words of magnitude in every spelling, in one pass over all
    that is no code; around those that have their digits, the stems of what is said of pledges; where one stands, the
    bytes become text, and the test for words near each other decides.

    >>> from pledgebook.flow.funnel_words import load_funnel_words
    >>> words = load_funnel_words()
    >>> test = ByteTest(words, NearTest(words))
    >>> page = "<p>Acme invertir&aacute; 2.100&nbsp;millones de euros en un <b>centro de datos</b>.</p>"
    >>> test.passes(page.encode()), test.passes(b"<p>The match ended 2 to 1.</p>")
    (True, False)
    """

    def __init__(self, words: FunnelWords, near: NearTest, *, engine: str | None = None) -> None:
        sought, self._kinds = sums_and_topics(words)
        self._sizes = [len(each.literal) for each in sought]
        self._scanner: Scanner = make_scanner(sought, engine=engine)
        beside, self._languages = stems_beside(words)
        self._beside: Scanner = make_scanner(beside, engine=engine)
        self._figures = _Figures(words)
        self._near = near
        self._numbers = frozenset(spelled for word, _ in words.numbers for spelled in spellings(word))
        self._numerals = tuple(spelled for char in NUMERALS for spelled in spellings(char))

    @property
    def engine(self) -> str:
        """What finds the literals."""
        return self._scanner.engine

    def passes(self, content: bytes, charset: str | None = None) -> bool:
        """Whether a pledge may be told in `content`; `charset` is what the sender says, and may be wrong."""
        if content.startswith(_WIDE_MARKS):
            content = content.decode("utf-16", "replace").encode()
        shown = without_code(content)
        sums, topics = self._places(shown)
        told = self._beside_sums(shown, sums, charset) if sums else False
        if not told and not topics:
            return False
        if not told and not any(
            self._near.may_pass(text_between(shown, *window, charset)) for window in _windows(topics, _AROUND_TOPIC)
        ):
            return False
        wide = _windows(sorted(sums + topics), FAR)
        return any(self._near.passes(text_between(shown, *window, charset)) for window in wide)

    def _beside_sums(self, shown: bytes, sums: list[int], charset: str | None) -> bool:
        """Whether something that is said of pledges stands near a sum, in a language that has both."""
        for start, end in _windows(sums, _AROUND_SUM):
            found = self._beside.scan(plain_stretch(shown[start:end], charset))
            heard = joined(self._languages[number] for number, _ in found)
            if heard and any(heard & self._figures.languages(shown, at) for at in sums if start <= at <= end):
                return True
        return False

    def _places(self, shown: bytes) -> tuple[list[int], list[int]]:
        """Where sums end, and topics."""
        sums: list[int] = []
        topics: list[int] = []
        for number, end in self._scanner.scan(shown):
            kind = self._kinds[number]
            if kind is Kind.TOPIC:
                topics.append(end)
            elif self._holds(shown, number, kind, end):
                sums.append(end)
                if len(sums) == _MAX_PLACES:
                    return list(range(0, len(shown) + FAR, FAR)), topics
        return sums, topics

    def _holds(self, shown: bytes, number: int, kind: Kind, end: int) -> bool:
        if kind is Kind.SUM:
            return True
        if kind is Kind.SIGNED:
            return _SIGNED(shown, end) is not None
        start = end - self._sizes[number]
        if kind is Kind.GROUPS:
            return shown[start - 1 : start].isdigit()
        before = shown[max(0, start - _BACK) : start]
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

    def languages(self, shown: bytes, end: int) -> Languages:
        """Those of the word in which a literal ends there; all where it is not plain to see."""
        start = _WORD_START(shown, max(0, end - _BACK), end)
        found = _WORD(shown, start.start()) if start else None
        if found is None:
            return self._any
        text = found.group().lower().decode()
        bits = joined(
            bits
            for n in range(len(text))
            for word, closes, bits in self._by_begin.get(text[n : n + _BEGIN], ())
            if text.startswith(word, n) and (not closes or len(text) == n + len(word))
        )
        return bits or self._any


def _windows(places: list[int], reach: int) -> list[_Window]:
    """The stretches within `reach` of the places, which are in order."""
    joined: list[_Window] = []
    for at in places:
        if joined and at - reach <= joined[-1][1]:
            joined[-1] = (joined[-1][0], at + reach)
        else:
            joined.append((max(0, at - reach), at + reach))
    return joined
