"""Values as cells of text, and back."""

import re
from datetime import date
from decimal import Decimal

from pledgebook.domain import WireError
from pledgebook.rows import Cell, Type

# What a spreadsheet takes for a formula, behind any apostrophes: one more in front makes it text, and one less gives
# it back as it was.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_BETWEEN = "; "


def safe(text: str) -> str:
    r"""`text` for a cell of CSV: what would be run as a formula begins with an apostrophe.

    >>> safe("=1+1"), safe("'-1"), safe("Acme's"), safe("O'Neil")
    ("'=1+1", "''-1", "Acme's", "O'Neil")
    """
    return "'" + text if _FORMULA.match(text) else text


def unsafe(text: str) -> str:
    """The text that `safe` made safe.

    >>> unsafe(safe("=1+1")), unsafe(safe("'-1")), unsafe("Acme")
    ('=1+1', "'-1", 'Acme')
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cell_text(value: Cell) -> str:
    """A value as a cell of CSV: nothing for None, ISO 8601 days, plain figures, lists with semicolons.

    >>> cell_text(("Acme", "Bolt")), cell_text(Decimal("2.10E+9")), cell_text(True), cell_text(None)
    ('Acme; Bolt', '2100000000', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return figure_text(value)
    if isinstance(value, tuple):
        return safe(_BETWEEN.join(value))
    if isinstance(value, str):
        return safe(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def figure_text(value: Decimal) -> str:
    """A figure in plain digits, without a needless point.

    >>> figure_text(Decimal("3.50")), figure_text(Decimal("1E+3"))
    ('3.5', '1000')
    """
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def read_cell(words: str, kind: Type, *, where: str) -> Cell:
    """The value that `cell_text` wrote. Raises WireError where the words are none of that type.

    >>> read_cell("Acme; Bolt", Type.TEXTS, where="a"), read_cell("2024-05-13", Type.DAY, where="a")
    (('Acme', 'Bolt'), datetime.date(2024, 5, 13))
    """
    if not words:
        return () if kind is Type.TEXTS else None
    try:
        if kind is Type.WHOLE:
            return int(words)
        if kind in (Type.FIGURE, Type.RATE):
            return Decimal(words)
        if kind is Type.DAY:
            return date.fromisoformat(words)
        if kind is Type.TRUTH:
            return {"true": True, "false": False}[words.lower()]
    except (ValueError, ArithmeticError, KeyError) as error:
        raise WireError(where, f"{words!r}, not of type {kind.value}", "Mend the cell, or leave it empty.") from error
    text = unsafe(words)
    return tuple(text.split(_BETWEEN)) if kind is Type.TEXTS else text
