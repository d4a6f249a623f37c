"""The source of a page: what of it is code, and what a stretch of it says."""

import codecs
import re
from contextlib import suppress
from functools import cache, lru_cache
from html import unescape
from typing import Any

from pledgebook.domain import UsageError
from pledgebook.flow.funnel_near import with_plain_width
from pledgebook.read.media import is_wide

# Openings first, each with its closing; a page writes them in small letters, or in capitals.
_CODE = (b"<script", b"<style", b"</script", b"</style")
_OPENINGS = len(_CODE) // 2
_HEAD = 2_000
_META_HEAD = 4_096
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE).search
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_ENTITY = re.compile(r"&#?\w{2,31};").sub
_SPELLED_WORD = re.compile(r"(&#?\w{2,31};(?:&#?\w{2,31};){0,39})").split
_WORDS = 5_000
_SYNTAX = "<>&\"'"
_UPPER_BYTES = bytes(range(128, 256))
_BEGIN = 64
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Browsers read these names as their Windows supersets, and so did those who wrote the pages.
_SUPERSETS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "tis-620": "cp874",
}  # fmt: skip
_UTF8 = ("utf-8", "utf8")
_DAMAGE = 20


def without_code(content: bytes | bytearray) -> tuple[bytes, bytes]:
    """A page without its scripts and styles, which are most of its bytes and tell nothing; and its JSON-LD.

    >>> without_code(b"<p>a<script>var b</script><style>c</style>d<script type=application/ld+json>{}</script>")
    (b'<p>a</script></style>d</script>', b' type=application/ld+json>{}')
    """
    small, capital = _code_finders()
    places = small.find_matches_as_indexes(content) or capital.find_matches_as_indexes(content)
    if not places:
        return bytes(content), b""
    kept: list[bytes | bytearray] = []
    told: list[bytes | bytearray] = []
    start, opened, closing = 0, -1, -1
    for number, at, end in places:
        if opened >= 0:
            if number == closing:
                # What kind of script it is stands in its tag.
                tag_end = content.find(b">", start, start + _HEAD)
                if content.find(b"ld+json", start, max(start, tag_end)) >= 0:
                    told.append(content[start:at])
                start, opened = at, -1
        elif number < _OPENINGS:
            opened, closing = at, number + _OPENINGS
            kept.append(content[start:at])
            start = end
    # What is never closed is kept.
    kept.append(content[start if opened < 0 else opened :])
    return b"".join(kept), b"\n".join(told)


@cache
def _code_finders() -> tuple[Any, Any]:  # ahocorasick-rs's own type
    try:
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415 - of the extra [batch]
    except ImportError as error:
        raise UsageError("batch", "no ahocorasick-rs here", "Install: pip install 'pledgebook[batch]'.") from error
    return BytesAhoCorasick(list(_CODE)), BytesAhoCorasick([literal.upper() for literal in _CODE])


def shown_and_told(content: bytes | bytearray, charset: str | None) -> tuple[bytes, bytes]:
    """What of a page may tell something, in UTF-8: all that is no code, and its JSON-LD with plain letters.

    `charset` is what the sender of the page says.

    >>> page = "2 млрд<script type=ld+json>Не</script>".encode("cp1251")
    >>> [part.decode() for part in shown_and_told(page, "windows-1251")]
    ['2 млрд</script>', ' type=ld+json>Не']
    """
    content = _narrow(content)
    shown, told = without_code(content)
    head = content[:_META_HEAD]
    shown, told = _in_utf8(shown, charset, head), _in_utf8(told, charset, head)
    return shown, _plainly_escaped(told) if b"\\u" in told else told


def _narrow(content: bytes | bytearray) -> bytes | bytearray:
    """A page that is written in UTF-16, with or without a mark, in UTF-8; any other as it is."""
    if content.startswith(_WIDE_MARKS):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    begin = bytes(content[:_BEGIN])
    if b"\0" in begin and is_wide(begin):
        return content.decode("utf-16-be" if begin[0] == 0 else "utf-16-le", "replace").encode("utf-8", "replace")
    return content


def _plainly_escaped(told: bytes) -> bytes:
    """JSON with plain letters; most has no others than those of ASCII, and is read at once."""
    if told.isascii():
        with suppress(UnicodeError):
            return told.replace(b"\\\\u", b"\\u").decode("raw_unicode_escape").encode()
    return plainly_spelled(told)


def _in_utf8(content: bytes, charset: str | None, head: bytes | bytearray) -> bytes:
    if content.isascii():
        return content
    try:
        codecs.utf_8_decode(content, "strict", True)
    except UnicodeDecodeError:
        return _decoded(content, charset, head).encode("utf-8", "replace")
    return content


def _decoded(content: bytes, charset: str | None, head: bytes | bytearray) -> str:
    text = content.decode("utf-8", "replace")
    if text.count("\ufffd") * _DAMAGE <= len(content) - len(content.translate(None, _UPPER_BYTES)):
        return text  # a few broken bytes in what is UTF-8 otherwise
    meta = _META_CHARSET(head, 0, _META_HEAD)
    for said in (charset, meta and meta.group(1).decode("ascii")):
        if said and (name := said.lower()) not in _UTF8:
            try:
                return content.decode(_SUPERSETS.get(name, name), "replace")
            except LookupError:
                continue
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - of the extra [batch]

    try:
        return content.decode(detect_encoding(content) or "cp1252", "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def plainly_spelled(content: bytes) -> bytes:
    r"""A page in UTF-8 whose letters were spelled, by entities or JSON's escapes or in full width, with plain letters.

    >>> plainly_spelled(rb"&eacute;t&#233; \u00e9t\u00e9 &lt;b&gt;").decode()
    'été été &lt;b&gt;'
    """
    text = content.decode("utf-8", "replace")
    if "&" in text:
        # Every second piece is spelled.
        pieces = _SPELLED_WORD(text)
        pieces[1::2] = map(_word, pieces[1::2])
        text = "".join(pieces)
    return with_plain_width(_unescaped(text)).encode("utf-8", "replace")


@lru_cache(_WORDS)
def _word(spelled: str) -> str:
    return _ENTITY(_letter, spelled)


def _letter(found: re.Match[str]) -> str:
    char = unescape(found.group())
    return found.group() if char in _SYNTAX else char


def text_between(content: bytes, start: int, end: int) -> str:
    """What a page in UTF-8 says between two places: tags are blanks, entities and escapes are characters."""
    raw = content[start:end]
    close = raw.find(b">")
    if 0 <= close < raw.find(b"<"):
        raw = raw[close + 1 :]
    text = _TAG.sub(b" ", raw).decode("utf-8", "replace")
    if "&" in text:
        text = unescape(text)
    # Sources break their lines where they like.
    return " ".join(_unescaped(text).split())


def _unescaped(text: str) -> str:
    """`text` with JSON's escapes read."""
    if "\\" not in text:
        return text
    for control in ("\\n", "\\r", "\\t"):
        text = text.replace(control, " ")
    if "\\u" in text:
        # Python's own reading of escapes, a hundred times as fast as a substitution; twice escaped is escaped, too.
        written = text.replace("\\\\u", "\\u").encode("raw_unicode_escape", "replace")
        text = written.decode("raw_unicode_escape", "replace")
        # Escapes are UTF-16: two of them make one character beyond the first plane.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
