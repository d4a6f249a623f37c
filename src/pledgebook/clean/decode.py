"""Bytes to text."""

import codecs
import re
from collections import Counter

from pledgebook.clean.language import everyday_words
from pledgebook.domain import DocumentError, Page
from pledgebook.lexicon.page import load_common_words

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE)
_HEAD = 4096
# Compiled when a page is met that needs it.
_WIDE_LETTER = "[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2}"
# Signs that no word has in its middle, as "o¶rodek" would.
_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f\u2010-\u2019·](?=[^\W\d_])")
_SAMPLE = 6_000
# Browsers read these names as their Windows supersets, and so do the people who wrote the pages.
_SUPERSETS = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "tis-620": "cp874",
}
# Those with two bytes a character; what they read without a fault is seldom anything else.
_WIDE = ("cp932", "cp949", "gb18030", "big5", "euc_jp")
# Those with one, the commonest first.
_NARROW = (
    "cp1252", "cp1250", "cp1251", "cp1254", "iso8859_2", "cp1257", "cp1253", "cp1255", "cp1256", "cp874", "cp1258",
    "koi8_r", "koi8_u",
)  # fmt: skip
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r\f\v\x1b") + b"\x7f"
_MAX_CONTROLS = 0.05
_WIDE_SHARE = 0.4
_DAMAGE = 20


def decode(page: Page) -> str:
    """The text of a page's bytes, by its byte-order mark, else UTF-8, else what it declares, else what fits best.

    A few broken bytes in what is otherwise UTF-8 become U+FFFD each. Raises DocumentError where the bytes are no text.

    >>> decode(Page("a.txt", "Málaga".encode("latin-1"), charset="iso-8859-1"))
    'Málaga'
    """
    content = page.content
    for bom, charset in _BOMS:
        if content.startswith(bom):
            return content.decode(charset, "replace")
    head = content[:_HEAD]
    if b"\0" in head:
        return _decoded_wide(page, head)
    if len(head) - len(head.translate(None, _CONTROLS)) > _MAX_CONTROLS * len(head):
        raise DocumentError(page.source, "bytes that are no text (control characters)", "Give plain text or HTML.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    if text.count("\ufffd") * _DAMAGE < len(content) - len(content.translate(None, bytes(range(128, 256)))):
        return text
    for declared in (page.charset, _declared(content)):
        if declared:
            try:
                return content.decode(_SUPERSETS.get(declared.lower(), declared))
            except (LookupError, ValueError):
                continue
    return content.decode(_guessed(page), "replace")


def _guessed(page: Page) -> str:
    """The encoding that fits best, by words and letters of all languages that we know."""
    sample = page.content[:_SAMPLE]
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most pages say what they are written in

    wide = from_bytes(sample, cp_isolation=list(_WIDE)).best()
    if wide is not None and re.search(_WIDE_LETTER, str(wide)):
        return wide.encoding
    fits = {name: _fit(sample.decode(name, "replace")) for name in _NARROW}
    name = max(fits, key=lambda name: fits[name])
    if fits[name] <= 0:
        raise DocumentError(page.source, "bytes in no encoding that we know", "Convert the file to UTF-8.")
    return name


def _fit(text: str) -> int:
    """Everyday words and proper letters of the language that fits best, less what stands in no word of it."""
    characters = Counter(char for char in text.lower() if not char.isascii())
    foreign = sum(count for char, count in characters.items() if char.isalnum() or char == "\ufffd")
    foreign += len(_IN_WORD.findall(text))
    words = everyday_words(text)
    return max(
        words[code] + 2 * sum(characters[letter] for letter in letters) - foreign
        for code, letters in load_common_words().letters.items()
    )


def _decoded_wide(page: Page, head: bytes) -> str:
    """The text of UTF-16 without a mark: every other byte of Latin letters is zero, and no other."""
    for first, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[first::2].count(0) > _WIDE_SHARE * len(head) > 0 == head[1 - first :: 2].count(0):
            return page.content.decode(charset, "replace")
    raise DocumentError(page.source, "bytes that are no text (a zero byte)", "Give plain text, HTML or JSONL.")


def _declared(content: bytes) -> str | None:
    found = _META_CHARSET.search(content[:_HEAD])
    return found.group(1).decode("ascii") if found else None
