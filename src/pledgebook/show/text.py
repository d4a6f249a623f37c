"""Words from outside made safe to print."""

import re

# Controls would move the cursor or colour the screen; overrides of the writing direction would reorder what is read.
_HIDDEN = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff"
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_HIDDEN}]")
_BLANK = "\n\r\t"


def plain(text: str, *, lines: bool = False) -> str:
    r"""`text` with every control character shown as U+FFFD; line ends become blanks unless `lines` keeps them.

    >>> plain("Acme\x1b[31m Inc")
    'Acme�[31m Inc'
    """

    def shown(found: re.Match[str]) -> str:
        char = found[0]
        if char in _BLANK:
            return char if lines and char != "\r" else " "
        return "\ufffd"

    return _UNSAFE.sub(shown, text)


def cell(text: str) -> str:
    """`text` for a spreadsheet: what would be taken for a formula begins with an apostrophe.

    >>> cell("=1+1"), cell("Acme")
    ("'=1+1", 'Acme')
    """
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
