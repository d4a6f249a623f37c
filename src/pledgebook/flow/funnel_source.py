"""The source of a page: what of it is code, and what a stretch of it says."""

import codecs
import re
from functools import cache
from html import unescape
from typing import Any

from pledgebook.domain import UsageError
from pledgebook.flow.funnel_near import with_plain_width

# Openings first, each with its closing; a page may write them in capitals.
_CODE = (b"<script", b"<style", b"<SCRIPT", b"<STYLE", b"</script", b"</style", b"</SCRIPT", b"</STYLE")
_OPENINGS = len(_CODE) // 2
_HEAD = 2_000
_TAG = re.compile(rb"<[^<>]{0,4000}>")
# Letters that are spelled, other than what every page has: blanks, quotes, dashes, signs of mark-up.
_SPELLED_LETTER = re.compile(
    rb"&(?!nbsp;|amp;|quot;|lt;|gt;|apos;|[lr][sd]quo;|[nm]dash;|hellip;|copy;|#160;|#0?3[489];|#x27;|#82[1-3]\d;)"
    rb"#?\w{2,8};"
).search
_FULL_WIDTH = re.compile(rb"\xef(?:\xbc[\x90-\xba]|\xbd[\x81-\x9a])").search
_SPELLED = re.compile(rb"&(?:(nbsp|#160)|#8209|[rl]squo|#821[67]|#0?39|#x27|apos);", re.IGNORECASE).sub
_MARKS = ((b"\xe2\x80\x99", b"'"), (b"\xe2\x80\x98", b"'"), (b"\xe2\x80\x91", b"-"), (b"\xe2\x80\x93", b"-"))
_MARK = b"\xe2\x80"
_BLANKS = bytes.maketrans(b"\t\n\r\f", b"    ")
_FOLLOWING = bytes(range(0x80, 0xC0))
_UPPER_BYTES = bytes(range(128, 256))
_WRONG = "\ufffd"
_EDGE = 3


def without_code(content: bytes) -> bytes:
    """A page without its scripts and styles, JSON-LD excepted: they are most of its bytes and tell nothing.

    >>> without_code(b"<p>a<script>var b</script><style>c</style>d<script type=application/ld+json>{}</script>")
    b'<p>a</script></style>d<script type=application/ld+json>{}</script>'
    """
    kept, start, opened, closing, is_told = [], 0, -1, -1, False
    for number, at, end in _code_finder().find_matches_as_indexes(content):
        if opened < 0 and number < _OPENINGS:
            opened, closing = at, number + _OPENINGS
            is_told = content.find(b"ld+json", end, max(end, content.find(b">", end, end + _HEAD))) >= 0
        elif opened >= 0 and number == closing:
            if not is_told:
                kept.append(content[start:opened])
                start = at
            opened = -1
    if not kept:
        return content
    kept.append(content[start:])
    return b"".join(kept)


@cache
def _code_finder() -> Any:  # noqa: ANN401 - ahocorasick-rs's own type
    try:
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415 - of the extra [batch]
    except ImportError as error:
        raise UsageError("batch", "no ahocorasick-rs here", "Install: pip install 'pledgebook[batch]'.") from error
    return BytesAhoCorasick(list(_CODE))


def plain_stretch(raw: bytes, charset: str | None) -> bytes:
    r"""A stretch of a page in UTF-8, its blanks and quotes plain, its tags left in.

    >>> plain_stretch(b"l&rsquo;IA&nbsp;\n dans le r&eacute;seau <b>", None).decode()
    "l'IA dans le réseau <b>"
    """
    if b"\\u" in raw or _SPELLED_LETTER(raw) or _FULL_WIDTH(raw) or not _is_utf8(raw):
        text = _unescaped(decoded(raw, charset))
        raw = with_plain_width(text).encode("utf-8", "replace")
    if b"&" in raw:
        raw = _SPELLED(_plainly, raw)
    if _MARK in raw:
        for mark, plain in _MARKS:
            raw = raw.replace(mark, plain)
    if not raw.isascii():
        raw = raw.replace(b"\xc2\xa0", b" ").replace(b"\xe2\x80\xaf", b" ")
    raw = raw.translate(_BLANKS)
    while b"  " in raw:
        raw = raw.replace(b"  ", b" ")
    return raw


def _plainly(found: re.Match[bytes]) -> bytes:
    return b" " if found.group(1) else b"-" if found.group() == b"&#8209;" else b"'"


def _is_utf8(raw: bytes) -> bool:
    """Whether a stretch is that, which may begin or end inside a character."""
    try:
        codecs.utf_8_decode(raw.lstrip(_FOLLOWING), "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def text_between(content: bytes, start: int, end: int, charset: str | None) -> str:
    """What `content` says between two places: tags are blanks, entities and escapes are characters."""
    raw = content[start:end]
    close = raw.find(b">")
    if 0 <= close < raw.find(b"<"):
        raw = raw[close + 1 :]
    raw = _TAG.sub(b" ", raw)
    text = _unescaped(decoded(raw, charset))
    # Sources break their lines where they like.
    return " ".join(text.split())


def _unescaped(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    if "\\" in text:
        for control in ("\\n", "\\r", "\\t"):
            text = text.replace(control, " ")
        if "\\u" in text:
            # Python's own reading of escapes, a hundred times as fast as a substitution; twice escaped is escaped, too.
            written = text.replace("\\\\u", "\\u").encode("raw_unicode_escape", "replace")
            text = written.decode("raw_unicode_escape", "replace")
            # Escapes are UTF-16: two of them make one character beyond the first plane.
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def decoded(raw: bytes, charset: str | None) -> str:
    """Text of bytes that may begin and end inside a character."""
    text = raw.decode("utf-8", "replace")
    # A stretch may begin or end inside a character.
    wrong = text.count(_WRONG, _EDGE, -_EDGE)
    if not wrong or wrong * 20 <= len(raw) - len(raw.translate(None, _UPPER_BYTES)):
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
