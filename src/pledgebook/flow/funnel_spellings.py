"""How the same word stands in the bytes of a page: by charset, entity and escape."""

from collections.abc import Callable
from html.entities import codepoint2name
from unicodedata import normalize

# What news pages were written in before UTF-8. Those with one byte a letter are tried for every word that they can
# write; the wide ones only for scripts that need them, as they can write Greek and Cyrillic, too, and nobody does.
_NARROW = (
    "cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "koi8_u", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp874", "iso8859_15",
)  # fmt: skip
_WIDE = ("cp932", "euc_jp", "cp949", "gb18030", "big5")
_FIRST_WIDE = "\u3000"
BLANKS = (
    b"", b" ", b"-", b"\xc2\xa0", b"\xa0", b"&nbsp;", b"&#160;", b"&#xa0;", b"\\u00a0", b"\xe2\x80\xaf",
    b"\xe2\x80\x89",
)  # fmt: skip
_BEGIN, _BEGIN_OTHER, _PLAIN_ENOUGH = 12, 10, 8


def spellings(word: str) -> tuple[bytes, ...]:
    r"""Every way in which `word` stands in the bytes of pages.

    ASCII letters in lower case only, as the scan minds none.

    >>> spellings("mrd")
    (b'mrd',)
    >>> found = spellings("milión")
    >>> b"mili&#243;n" in found, b"mili&oacute;n" in found, b"mili\xf3n" in found
    (True, True, True)
    """
    found: set[bytes] = set()
    for cased in forms(word):
        found.add(cased.encode())
        if cased.isascii():
            continue
        is_wide = any(char >= _FIRST_WIDE for char in cased)
        for charset in _WIDE if is_wide else _NARROW:
            try:
                found.add(cased.encode(charset))
            except UnicodeEncodeError:
                continue
        for write in (_decimal, _hexadecimal, _named, _escaped):
            found.add(_written(cased, write))
    return tuple(sorted(found))


def forms(word: str) -> set[str]:
    """A word as it is, with a capital, in capitals and in parts; ASCII letters in lower case, as the scan minds none.

    >>> sorted(forms("été"))
    ['e\u0301te\u0301', 'ÉtÉ', 'Été', 'été']
    """
    several = {word, word.capitalize(), word.upper(), normalize("NFD", word)}
    return {"".join(char.lower() if char.isascii() else char for char in form) for form in several}


def beginnings(phrase: str) -> tuple[bytes, ...]:
    """The commonest spellings of how a long phrase begins: enough to find the place where it may stand.

    >>> beginnings("artificial intelligence")
    (b'artificial i',)
    >>> b"inteligen" in beginnings("inteligență artificială")
    True
    """
    begin = phrase[: _BEGIN if phrase.isascii() else _BEGIN_OTHER].rstrip()
    plain = next((n for n, char in enumerate(begin) if not char.isascii()), len(begin))
    if plain >= _PLAIN_ENOUGH:
        begin = begin[:plain]
    if begin.isascii():
        return (begin.lower().encode(),)
    is_wide = any(char >= _FIRST_WIDE for char in begin)
    found: set[bytes] = set()
    for form in {begin, begin.capitalize()}:
        cased = "".join(char.lower() if char.isascii() else char for char in form)
        found.update((cased.encode(), _written(cased, _decimal), _written(cased, _named), _written(cased, _escaped)))
        for charset in _WIDE if is_wide else _NARROW:
            try:
                found.add(cased.encode(charset))
            except UnicodeEncodeError:
                continue
            if not is_wide:
                break
    return tuple(sorted(found))


def _written(text: str, write: Callable[[str], str]) -> bytes:
    return "".join(char if char.isascii() else write(char) for char in text).encode()


def _decimal(char: str) -> str:
    return f"&#{ord(char)};"


def _hexadecimal(char: str) -> str:
    return f"&#x{ord(char):x};"


def _named(char: str) -> str:
    name = codepoint2name.get(ord(char))
    return f"&{name};" if name else _decimal(char)


def _escaped(char: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in _utf16(char))


def _utf16(char: str) -> tuple[int, ...]:
    data = char.encode("utf-16-be", "surrogatepass")
    return tuple(int.from_bytes(data[n : n + 2], "big") for n in range(0, len(data), 2))
