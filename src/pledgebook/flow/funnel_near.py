"""Whether words stand near each other as they do where a pledge is told."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from pledgebook.domain import UsageError
from pledgebook.flow.funnel_words import FunnelWords, Languages, Sense, Word, joined

NEAR, FAR, BESIDE = 400, 3000, 300
# Of four letters there are words of investing that are other words in the language next door ("met", "pour").
CLOSE, _COMMON = 80, 4
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HAS_FULL_WIDTH = re.compile("[\uff01-\uff5e]").search
_PLAIN = (
    *((blank, " ") for blank in "\u00a0\u202f\u2009\u2007\n\t"),
    *((quote, "'") for quote in "’‘ʼ`"),
    *((hyphen, "-") for hyphen in "‐‑–"),
)
_PLAIN_ASCII = tuple((char, plain) for char, plain in _PLAIN if char.isascii())
_LOOSE = "\u0e00"
_NUMERALS = "一二三四五六七八九十百千数數〇兩两"
# Digits right before the word of magnitude: "2,1 ", "€500-", "42 de ", "2千".
_DIGITS = re.compile(rf"[\d{_NUMERALS}](?:[ \-]|\bde\b|\bof\b|[\u0e00-\u0e7f])*$").search
_COUNT_DIGITS = re.compile(r"\d(?:[ \-+]+\w{1,12}){0,2}[ \-+]*$").search
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \-]*$").search
# Each begins with a plain set of characters, which the search skips to: alternatives would be tried everywhere.
_WHOLE_SUM = re.compile(r"[0-9]([., '])[0-9]{3}\1[0-9]{3}(?![0-9])").finditer
_LONG_SUM = re.compile(r"(?<![0-9])[1-9][0-9]{0,5}000000(?![0-9])").finditer
# "5m" may be a length: a single letter wants a currency beside its figure.
_SIGNS, _CODES = "$€£¥₹₩₺₪₽", ("eur", "usd", "gbp", "dollar")
_SIGNED = re.compile(r"[$€£¥₹₩₺₪₽] ?[0-9][0-9.,]* ?([a-z])(?![a-z])").match
_CODED = re.compile(r"[a-z]{3} ?[0-9][0-9.,]* ?([a-z])(?![a-z])").match
_FOLLOWED = re.compile(r"[0-9] ?([a-z]) ?$").search
_BEFORE_SIGN = 4
_DIGITS_BACK, _WORD_BACK = 10, 28
_LONGEST = 40
_FEW = 1_000

_Place = tuple[int, int, Languages]  # start, end, and the languages that have such a word


class Nearness(IntEnum):
    """What a text has near each other: nothing, a sum that is put into something, or all that tells a pledge."""

    NOTHING = 0
    INVESTED = 1
    TOLD = 2


class NearTest:
    """The test itself, on running text: a figure near an action and a topic, all three in one language.

    A sum wants a word of investing near by and a topic not too far away, or any action near by and a topic beside it
    that seldom stands in a menu; a count of things wants a topic beside it that hardly ever does.

    >>> from pledgebook.flow.funnel_words import load_funnel_words
    >>> test = NearTest(load_funnel_words())
    >>> test.passes("Acme will invest 2.1 billion euros in its network.")
    True
    >>> test.passes("The bank earned 2.1 billion euros, and the network grew.")
    False
    """

    __slots__ = (
        "_actions", "_all", "_brief", "_counts", "_invest", "_letters", "_long", "_numbers", "_strong", "_sums",
        "_topics",
    )  # fmt: skip

    def __init__(self, words: FunnelWords) -> None:
        self._sums = _Finder((word for word in words.figures if not _is_letter(word)), Sense.SUM)
        self._counts = _Finder(words.figures, Sense.COUNT)
        self._invest = _Finder((word for word in words.actions if not is_common(word)), Sense.INVEST)
        self._brief = _Finder((word for word in words.actions if is_common(word)), Sense.INVEST)
        self._actions = _Finder(words.actions, Sense.ACTION)
        self._topics = _Finder(words.topics, Sense.TOPIC)
        self._long = _Finder(words.topics, Sense.LONG_TOPIC)
        self._strong = _Finder(words.topics, Sense.STRONG_TOPIC)
        self._numbers = dict(words.numbers)
        self._letters = {word.text: word.languages(Sense.SUM) for word in words.figures if _is_letter(word)}
        self._all = joined(bits for word in words.figures for _, bits in word.senses)

    def passes(self, text: str) -> bool:
        """Whether a pledge may be told in `text`."""
        return self.judge(text) is Nearness.TOLD

    def judge(self, text: str) -> "Nearness":
        """The same, and where none is told, whether only the topic may be missing."""
        low = _plain(text)
        sums = sorted(self._told_sums(low))
        near = sums and _both(sums, self._invest.near(low, sums, NEAR), NEAR)
        # Most of what passes is told in few words, and what lies farther off need not be looked at.
        if self._has_topic(low, near, NEAR):
            return Nearness.TOLD
        invested = sums and sorted(near + _both(sums, self._brief.near(low, sums, CLOSE), CLOSE))
        if self._has_topic(low, invested, FAR) or self._is_beside(low, sums) or self._has_count(low):
            return Nearness.TOLD
        return Nearness.INVESTED if invested else Nearness.NOTHING

    def _has_topic(self, low: str, figures: list[_Place], reach: int) -> bool:
        return bool(figures and _both(figures, self._topics.near(low, figures, reach), reach))

    def _is_beside(self, low: str, sums: list[_Place]) -> bool:
        """Whether a sum stands beside a topic that is seldom in a menu, and an action not far away."""
        beside = sums and _both(sums, self._long.near(low, sums, BESIDE), BESIDE)
        return bool(beside and _both(beside, self._actions.near(low, beside, NEAR), NEAR))

    def _has_count(self, low: str) -> bool:
        strong = sorted(self._strong.places(low))
        if not strong:
            return False
        counts = [
            place
            for place in self._counts.near(low, strong, BESIDE + _LONGEST)
            if _COUNT_DIGITS(low[max(0, place[0] - _WORD_BACK) : place[0]])
        ]
        beside = _both(sorted(counts), strong, BESIDE)
        return bool(beside and _both(beside, self._actions.near(low, beside, NEAR), NEAR))

    def _told_sums(self, low: str) -> Iterator[_Place]:
        """Words of magnitude behind digits or a number in words, and sums that are written out in digits."""
        for found in _written_sums(low):
            yield found.start(), found.end(), self._all
        for found in _short_sums(low):
            bits = self._letters.get(found.group(1), 0)
            if bits:
                yield found.start(), found.end(), bits
        for start, end, bits in self._sums.places(low):
            if _DIGITS(low[max(0, start - _DIGITS_BACK) : start]):
                yield start, end, bits
            elif last := _LAST_WORD(low[max(0, start - _WORD_BACK) : start]):
                shared = bits & self._numbers.get(last.group(1), 0)
                if shared:
                    yield start, end, shared


class _Finder:
    """All words of one sense, in one pass over a text."""

    __slots__ = ("_automaton", "_bits", "_closes", "_opens")

    def __init__(self, words: Iterable[Word], sense: Sense) -> None:
        try:
            from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415 - of the extra [batch]
        except ImportError as error:
            raise UsageError("batch", "no ahocorasick-rs here", "Install: pip install 'pledgebook[batch]'.") from error
        several = [word for word in words if word.languages(sense)]
        # The table of states is twice as fast as what takes little memory, which thousands of words need.
        kind = Implementation.DFA if len(several) < _FEW else Implementation.ContiguousNFA
        self._automaton = AhoCorasick([word.text for word in several], implementation=kind)
        # What is found is the word itself: only the character beside it is left to be looked at.
        self._opens = [word.opens and _may_go_on(word.text[0]) for word in several]
        self._closes = [word.closes and _may_go_on(word.text[-1]) for word in several]
        self._bits = [word.languages(sense) for word in several]

    def places(self, low: str) -> list[_Place]:
        """Where its words stand in `low`, as `_plain` gives it."""
        return self._between(low, 0, len(low))

    def near(self, low: str, others: Sequence[_Place], reach: int) -> list[_Place]:
        """The same within `reach` of the others, which are in order."""
        found: list[_Place] = []
        start = end = 0
        for other in others:
            first = max(0, other[0] - reach)
            if first > end:
                found.extend(self._between(low, start, end))
                start = first
            # A word that begins in reach is found whole.
            end = max(end, other[1] + reach + _LONGEST)
        found.extend(self._between(low, start, end))
        return found

    def _between(self, low: str, first: int, last: int) -> list[_Place]:
        opens, closes, bits = self._opens, self._closes, self._bits
        size = len(low)
        part = low if first == 0 and last >= size else low[first:last]
        found = []
        for number, at, to in self._automaton.find_matches_as_indexes(part, overlapping=True):
            start, end = first + at, first + to
            if opens[number] and start and (before := low[start - 1]) < _LOOSE and before.isalpha():
                continue
            if closes[number] and end < size and (after := low[end]) < _LOOSE and after.isalpha():
                continue
            found.append((start, end, bits[number]))
        return found


def _written_sums(low: str) -> Iterator[re.Match[str]]:
    """Sums that are written out in digits."""
    if "000" in low:
        yield from _WHOLE_SUM(low)
    if "000000" in low:
        yield from _LONG_SUM(low)


def _short_sums(low: str) -> Iterator[re.Match[str]]:
    """Sums of which a single letter is the magnitude; most texts have no sign of a currency and cost nothing."""
    for signs, read in ((_SIGNS, _SIGNED), (_CODES, _CODED)):
        for sign in signs:
            at = low.find(sign)
            while at >= 0:
                if found := read(low, at):
                    yield found
                if followed := _FOLLOWED(low, max(0, at - _BEFORE_SIGN), at):
                    yield followed
                at = low.find(sign, at + 1)


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isascii()


def is_common(word: Word) -> bool:
    """Whether a word of investing may be another word in the language next door."""
    return word.text.isascii() and len(word.text) <= _COMMON


def with_plain_width(text: str) -> str:
    """`text` with its letters and digits of full width as plain ones.

    >>> with_plain_width("２１ｋＷ")
    '21kW'
    """
    if text.isascii():
        return text
    # Two looks at the bytes are done long before one at every character.
    raw = text.encode("utf-8", "surrogatepass")
    if b"\xef\xbc" not in raw and b"\xef\xbd" not in raw:
        return text
    return text.translate(_FULL_WIDTH) if _HAS_FULL_WIDTH(text) else text


def _plain(text: str) -> str:
    """`text` in lower case with plain blanks, quotes, hyphens and letters of one width."""
    low = with_plain_width(text).lower()
    for char, plain in _PLAIN_ASCII if low.isascii() else _PLAIN:
        low = low.replace(char, plain)
    return low


def _may_go_on(char: str) -> bool:
    """Whether a word may go on from this character to a letter; a figure and its unit ("20MW") are two words.

    Scripts without blanks, and Korean, whose particles follow without one, are never taken to go on.
    """
    return char < _LOOSE and char.isalpha()


def _both(figures: Sequence[_Place], words: Iterable[_Place], reach: int) -> list[_Place]:
    """The figures that have a word of one of their languages within reach, with those languages; in linear time."""
    places = sorted((start, bits) for start, _, bits in words)
    last: dict[Languages, int] = {}  # where each set of languages was heard last
    kept = []
    following = 0
    for start, end, bits in figures:
        while following < len(places) and places[following][0] <= end + reach:
            last[places[following][1]] = places[following][0]
            following += 1
        shared = bits & joined(heard for heard, place in last.items() if place >= start - reach)
        if shared:
            kept.append((start, end, shared))
    return kept
