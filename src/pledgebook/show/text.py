"""Words from outside made safe to print."""

import unicodedata

# Controls would move the cursor or colour the screen; overrides of the writing direction would reorder what is read.
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")


def plain(text: str, *, lines: bool = False) -> str:
    r"""`text` with every control character shown as U+FFFD; line ends become blanks unless `lines` keeps them.

    >>> plain("Acme\x1b[31m Inc")
    'Acme�[31m Inc'
    """
    if text.isprintable():  # true of no control, surrogate or override
        return text
    kept = []
    for char in text:
        if char in "\n\r\t":
            kept.append(char if lines and char != "\r" else " ")
        elif char in _HIDDEN or unicodedata.category(char) in ("Cc", "Cs"):
            kept.append("\ufffd")
        else:
            kept.append(char)
    return "".join(kept)


def cell(text: str) -> str:
    """`text` for a spreadsheet: what would be taken for a formula begins with an apostrophe.

    >>> cell("=1+1"), cell("Acme")
    ("'=1+1", 'Acme')
    """
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
