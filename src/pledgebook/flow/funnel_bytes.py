"""The first test of a page, on its bytes: it costs a fraction of reading them."""

import codecs
import re
from collections.abc import Iterator
from enum import IntEnum
from html import unescape
from itertools import product

from pledgebook.flow.funnel_near import BESIDE, FAR, NEAR, NearTest
from pledgebook.flow.funnel_scan import Scanner, make_scanner
from pledgebook.flow.funnel_spellings import BLANKS, beginnings, spellings
from pledgebook.flow.funnel_words import FunnelWords, Sense

_SHORT = 3
_ENOUGH = 4
_LEAST_TOPIC = 9
_BACK = 28
# Digits of any script, then what may stand between a figure and its word.
_GAP = (
    rb"(?:[ \t\r\n\-]|\xc2\xa0|\xa0|\xe2\x80[\x80-\xaf]|&[a-z]{2,7};|&#\w{2,6};|\\u[0-9a-f]{4}|\\[nrt]|<[^<>]*>"
    rb"|\bde\b|\bof\b)*"
)
_DIGIT = rb"(?:[0-9]|[\xd9\xdb][\xa0-\xb9]|\xe0\xa5[\xa6-\xaf]|\xef\xbc[\x90-\x99]|[\xe0][\xb8\xb9][\x80-\xbf])"
_DIGIT_BEFORE = re.compile(_DIGIT + _GAP + rb"$", re.IGNORECASE).search
_LAST_WORD = re.compile(
    rb"((?:[a-z\x80-\xff']|&#?\w{2,7};|\\u[0-9a-f]{4})+)(?:[ \t\r\n\-]|\xc2\xa0|&nbsp;)*$", re.IGNORECASE
).search
_SIGNED = re.compile(rb"[0-9.,]{0,14}(?: |\xc2\xa0|\xa0|&nbsp;)?[a-z](?![a-z])", re.IGNORECASE).match
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_CONTROL_ESCAPE = re.compile(r"\\[nrt]")
_NUMERALS = "一二三四五六七八九十百千数數〇兩两"
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
_CODE = ((b"<script", b"</script"), (b"<style", b"</style"))
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CLOSING = dict(_CODE)
_HEAD = 2_000
# Bytes around a sum that hold the characters in which its action stands, mark-up and all.
_AROUND_SUM = 1_500
_AROUND_TOPIC = BESIDE + NEAR + _AROUND_SUM
# A page that is full of figures is read whole rather than piece by piece.
_MAX_PLACES = 2_000


class _Kind(IntEnum):
    """What has to be true around a literal."""

    FIGURE = 0  # digits or a number in words before it
    SHORT = 1  # begins with its digit; no letter after it
    GROUPS = 2  # a digit before it
    SIGNED = 3  # a sign and a digit; a letter of magnitude after the digits
    TOPIC = 4  # nothing
    CODE = 5  # the beginning or end of a script or style


class ByteTest:
    """Whether a page may tell a pledge, by its bytes as they came.

    Literals first: words of magnitude in every spelling, in one pass over everything. Where one has its digits, the
    bytes around it become text, and the test for words near each other decides.

    >>> from pledgebook.flow.funnel_words import load_funnel_words
    >>> words = load_funnel_words()
    >>> test = ByteTest(words, NearTest(words))
    >>> page = "<p>Acme invertir&aacute; 2.100&nbsp;millones de euros en un <b>centro de datos</b>.</p>"
    >>> test.passes(page.encode()), test.passes(b"<p>The match ended 2 to 1.</p>")
    (True, False)
    """

    def __init__(self, words: FunnelWords, near: NearTest, *, engine: str | None = None) -> None:
        literals = dict(_literals(words))
        self._literals = list(literals)
        self._kinds = [literals[literal] for literal in self._literals]
        self._scanner: Scanner = make_scanner(self._literals, engine=engine)
        self._near = near
        self._numbers = frozenset(spelled for word, _ in words.numbers for spelled in spellings(word))
        self._numerals = tuple(spelled for char in _NUMERALS for spelled in spellings(char))

    @property
    def engine(self) -> str:
        """What finds the literals."""
        return self._scanner.engine

    def passes(self, content: bytes, charset: str | None = None) -> bool:
        """Whether a pledge may be told in `content`; `charset` is what the sender says, and may be wrong."""
        if content.startswith(_WIDE_MARKS):
            content = content.decode("utf-16", "replace").encode()
        shown, places = self._places(content)
        if not places:
            return False
        small = _joined([(max(0, at - reach), at + reach) for at, reach in places])
        # Most sums stand near no action: the wider window, in which a topic may stand, is for those that do.
        if not any(self._near.may_pass(text_between(shown, start, end, charset)) for start, end in small):
            return False
        wide = _joined([(max(0, at - FAR), at + FAR) for at, _ in places])
        return any(self._near.passes(text_between(shown, start, end, charset)) for start, end in wide)

    def _places(self, content: bytes) -> tuple[bytes, list[tuple[int, int]]]:
        """The page without its code, and where in that something is said, with how far around it is worth a look."""
        hits = self._scanner.scan(content)
        code = self._code(content, hits)
        places: list[tuple[int, int]] = []
        following = cut = 0
        for number, end in hits:
            kind = self._kinds[number]
            if kind is _Kind.CODE:
                continue
            while following < len(code) and code[following][1] <= end:
                cut += code[following][1] - code[following][0]
                following += 1
            if following < len(code) and code[following][0] < end:
                continue
            if self._holds(content, number, kind, end):
                places.append((end - cut, _AROUND_TOPIC if kind is _Kind.TOPIC else _AROUND_SUM))
                if len(places) == _MAX_PLACES:
                    return content, [(len(content) // 2, len(content))]
        if not places:
            return b"", places
        kept, start = [], 0
        for at, end in code:
            kept.append(content[start:at])
            start = end
        kept.append(content[start:])
        return b"".join(kept), places

    def _code(self, content: bytes, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where scripts and styles stand that are no JSON-LD."""
        spans: list[tuple[int, int]] = []
        opened, closing, is_told = -1, b"", False
        for number, end in hits:
            if self._kinds[number] is not _Kind.CODE:
                continue
            literal = self._literals[number]
            if opened < 0 and literal in _CLOSING:
                opened, closing = end - len(literal), _CLOSING[literal]
                is_told = b"ld+json" in content[end : max(end, content.find(b">", end, end + _HEAD))]
            elif opened >= 0 and literal == closing:
                if not is_told:
                    spans.append((opened, end))
                opened = -1
        return spans

    def _holds(self, content: bytes, number: int, kind: _Kind, end: int) -> bool:
        start = end - len(self._literals[number])
        if kind is _Kind.FIGURE:
            before = content[max(0, start - _BACK) : start]
            if _DIGIT_BEFORE(before) or before.endswith(self._numerals):
                return True
            word = _LAST_WORD(before)
            return word is not None and word.group(1).lower() in self._numbers
        if kind is _Kind.SHORT:
            return not content[end : end + 1].isalnum()
        if kind is _Kind.GROUPS:
            return content[start - 1 : start].isdigit()
        if kind is _Kind.SIGNED:
            return _SIGNED(content, end) is not None
        return True


def without_code(content: bytes) -> bytes:
    """A page without its scripts and styles, JSON-LD excepted: they are most of its bytes and tell nothing.

    >>> without_code(b"<p>a<script>var b</script><style>c</style>d<script type=application/ld+json>{}</script>")
    b'<p>a</script></style>d<script type=application/ld+json>{}</script>'
    """
    kept, start = [], 0
    following = [(content.find(opening), opening, closing) for opening, closing in _CODE]
    while following := [place for place in following if place[0] >= 0]:
        at, opening, closing = min(following)
        following.remove((at, opening, closing))
        if at >= start:
            head = content.find(b">", at)
            end = content.find(closing, head) if head >= 0 else -1
            if end < 0:
                break
            if b"ld+json" not in content[at:head]:
                kept.append(content[start:at])
                start = end
            at = end
        following.append((content.find(opening, at + 1), opening, closing))
    if not kept:
        return content
    kept.append(content[start:])
    return b"".join(kept)


def text_between(content: bytes, start: int, end: int, charset: str | None) -> str:
    """What `content` says between two places: tags are blanks, entities and escapes are characters."""
    raw = content[start:end]
    close = raw.find(b">")
    if 0 <= close < raw.find(b"<"):
        raw = raw[close + 1 :]
    raw = _TAG.sub(b" ", raw)
    text = decoded(raw, charset)
    if "&" in text:
        text = unescape(text)
    if "\\" in text:
        text = _CONTROL_ESCAPE.sub(" ", _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text))
        # Escapes are UTF-16: two of them make one character beyond the first plane.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def decoded(raw: bytes, charset: str | None) -> str:
    """Text of bytes that may begin and end inside a character."""
    text = raw.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 <= len(raw) - len(raw.translate(None, _UPPER_BYTES)) or text.count("\ufffd") <= 2:
        return text
    if charset:
        try:
            return raw.decode(charset, "replace")
        except LookupError:
            pass
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - of the extra [batch]

    try:
        return raw.decode(detect_encoding(raw) or "cp1252", "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


_UPPER_BYTES = bytes(range(128, 256))


def _joined(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in windows:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _literals(words: FunnelWords) -> Iterator[tuple[bytes, _Kind]]:
    """What the scan looks for, and what has to be true around each."""
    for word in words.topics:
        if word.languages(Sense.STRONG_TOPIC):
            # Shorter ones ("chip", "server") stand in every script and style; pages with a sum need none of these.
            yield from ((begin, _Kind.TOPIC) for begin in beginnings(word.text) if len(begin) >= _LEAST_TOPIC)
    sums = [word.text for word in words.figures if word.languages(Sense.SUM)]
    for sum_word in _shortest([word for word in sums if len(word) > _SHORT or not word.isascii()]):
        yield from ((spelled, _Kind.FIGURE) for spelled in spellings(sum_word))
    for sum_word in sums:
        if sum_word.isascii() and len(sum_word) <= _SHORT:
            yield from _short_literals(sum_word.encode())
    for opening, closing in _CODE:
        yield opening, _Kind.CODE
        yield closing, _Kind.CODE
    yield from ((group + b"000" + group + b"000", _Kind.GROUPS) for group in _GROUPS)
    for sign, blank, digit in product(_SIGNS, (b"", b" "), b"123456789"):
        yield sign + blank + bytes((digit,)), _Kind.SIGNED


def _short_literals(word: bytes) -> Iterator[tuple[bytes, _Kind]]:
    """A short word of magnitude with the digit before it: by itself it would be found in every script and style."""
    for digit, blank in product(b"0123456789", BLANKS):
        figure = bytes((digit,)) + blank + word
        if len(word) > 1:
            yield figure, _Kind.SHORT
        else:
            yield from ((figure + after + sign, _Kind.TOPIC) for after, sign in product(_LETTER_AFTER, _LETTER_SIGNS))


def _shortest(words: list[str]) -> list[str]:
    """The words that contain no other of the list: finding "milli" finds "milliarden"."""
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(short in word for short in kept if len(short) >= _ENOUGH or not short.isascii()):
            kept.append(word)
    return kept
