"""Names made comparable, character by character, so that offsets stay where they are."""

import unicodedata

_PLAIN = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "ð": "d", "þ": "t", "ё": "е"}
_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ک": "ك", "ی": "ي", "ة": "ه"}
_MARKS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "＇": "'",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "־": "-",
    "＆": "&",
}
# Thai vowels and marks that belong to the letter before them, vowels that belong to the one behind, and the mark of a
# letter that is not spoken.
_THAI_BEHIND = frozenset(map(chr, (*range(0x0E30, 0x0E3B), 0x0E45, *range(0x0E47, 0x0E4F))))
_THAI_BEFORE = frozenset(map(chr, range(0x0E40, 0x0E45)))
_THAI_SILENT = "\u0e4c"
_BLANKS = "\t\n\r\u00a0\u202f\u2009\u2007\u3000"
# Scripts whose letters are compared without their accents: Latin and Greek. In others the marks tell words apart.
_ACCENTED = ((0x00C0, 0x024F), (0x0370, 0x03FF), (0x1E00, 0x1FFF))


def _character_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for low, high in _ACCENTED:
        for code in range(low, high + 1):
            char = chr(code)
            base = unicodedata.normalize("NFD", char)[0].lower()[:1]
            table[code] = _PLAIN.get(base, base)
    for code in [*range(0x41, 0x5B), *range(0x0400, 0x0530), *range(0x0531, 0x0557)]:
        low_char = chr(code).lower()
        table[code] = _PLAIN.get(low_char, low_char)
    for code in range(0xFF01, 0xFF5F):  # full-width forms of ASCII
        table[code] = chr(code - 0xFEE0).lower()
    table |= {ord(char): plain for char, plain in (_PLAIN | _ARABIC | _MARKS).items()}
    table |= {ord(char.upper()): plain for char, plain in _PLAIN.items() if len(char.upper()) == 1}
    table |= dict.fromkeys(map(ord, _BLANKS), " ")
    table[ord("İ")] = "i"
    return table


_TABLE = _character_table()


def skeleton(text: str) -> str:
    """`text` in lower case without accents and with plain apostrophes, hyphens and blanks, as long as it was.

    Two ways to write a name ("TELEFÓNICA", "Telefonica") have one skeleton. Scripts that tell words apart by their
    marks (Devanagari, Thai) keep them.

    >>> skeleton("L’Hospitalet, İzmir & Łódź")
    "l'hospitalet, izmir & lodz"
    """
    return text.lower() if text.isascii() and text.isprintable() else text.translate(_TABLE)


def base_language(code: str) -> str:
    """The two-letter language of a BCP 47 code; the ways to write Norwegian and Malay are one each.

    >>> base_language("pt-BR"), base_language("nn")
    ('pt', 'nb')
    """
    base = code.replace("_", "-").split("-")[0].lower()
    return {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "ms": "id"}.get(base, base)


def is_kana(char: str) -> bool:
    """Whether `char` is a katakana letter or the sign that lengthens one; the middle dot is none."""
    return "\u30a1" <= char <= "\u30fe" and char != "\u30fb"


def cuts_thai(text: str, start: int, end: int) -> bool:
    """Whether a stretch of `text` begins or ends amid a Thai syllable.

    >>> cuts_thai("คลาวด์", 1, 4), cuts_thai("ในลาว", 2, 5)
    (True, False)
    """
    behind, before = text[end : end + 2], text[start - 1 : start]
    is_cut = behind[:1] in _THAI_BEHIND or behind[1:] == _THAI_SILENT or before in _THAI_BEFORE
    return bool(is_cut and "\u0e01" <= text[start] <= "\u0e4e")
