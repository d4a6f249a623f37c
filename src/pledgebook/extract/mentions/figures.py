"""Digits with points, commas and blanks, read by a text's own habit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.lexicon.numbers import NumberWords

_MARKS = re.compile(r"[.,'’٫٬]")
_BLANKS = str.maketrans("", "", "\u00a0\u202f\u2009\u2007 '’٬")
_DATE = re.compile(r"\d{1,2}[.]\d{1,2}[.](?:\d{4}|\d{2})|\d{4}[.]\d{1,2}[.]\d{1,2}")
_ROUND = re.compile(r"[1-9]\d{0,2}[.,]\d\d0")
_MAX_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Habit:
    """Which mark stands before decimals here, and which between groups."""

    decimal: str = "."
    group: str = ","


def read_habit(figures: Iterable[str], numbers: NumberWords) -> Habit:
    """The language's marks, or the other way round where the figures of the text leave no doubt of it.

    Where a language is written with other marks elsewhere, a round thousand tells as much if nothing else does: nobody
    writes noughts behind the decimal mark ("1,250 mdd").

    >>> from pledgebook.lexicon.language import load_language
    >>> read_habit(["2.5", "1,200,000"], load_language("es").numbers)
    Habit(decimal='.', group=',')
    """
    own = grouped = 0
    decimal = numbers.decimal if numbers.decimal in ".," else "."
    for figure in figures:
        mark = _certain_decimal(figure)
        if mark:
            own += 1 if mark == decimal else -1
        elif numbers.has_variants and _ROUND.fullmatch(figure):
            grouped += -1 if decimal in figure else 1
    if (own or grouped) < 0:
        decimal = "," if decimal == "." else "."
    return Habit(decimal, "," if decimal == "." else ".")


def _certain_decimal(figure: str) -> str:
    """The mark that can only be the decimal mark, by the shape of the figure; "" where the shape leaves doubt."""
    marks = [mark for mark in _MARKS.findall(figure) if mark in ".,"]
    if not marks or _DATE.fullmatch(figure):
        return ""
    if len(set(marks)) == 2:
        return marks[-1] if marks.count(marks[-1]) == 1 else ""
    if len(marks) > 1:
        return ("," if marks[0] == "." else ".") if _in_groups(re.split(r"[.,]", figure)) else ""
    after = figure.rpartition(marks[0])[2]
    return marks[0] if len(after) in (1, 2) or figure.startswith("0") else ""


def _in_groups(parts: list[str]) -> bool:
    return all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3


def read_figure(figure: str, habit: Habit) -> Decimal | None:  # noqa: PLR0911 - one return a rule
    """The number that digits and marks stand for, or None where they stand for none (a date, a version).

    >>> read_figure("1.234,5", Habit(",", ".")), read_figure("1,00,000", Habit()), read_figure("1.2.3", Habit())
    (Decimal('1234.5'), Decimal('100000'), None)
    """
    plain = figure.translate(_BLANKS).replace("٫", ".").replace("・", ".") if not figure.isdigit() else figure
    if "٫" in figure or "・" in figure:
        habit = Habit(".", ",")
    if len(plain) > _MAX_DIGITS:
        return None
    if plain.isdecimal():
        return Decimal(int(plain))
    marks = [char for char in plain if char in ".,"]
    parts = re.split(r"[.,]", plain)
    if len(marks) == 1:
        if parts[1] == "000" and len(parts[0]) < 4 and parts[0] != "0":
            return _decimal("".join(parts))  # nobody writes three noughts behind the decimal mark
        is_decimal = len(parts[1]) != 3 or marks[0] == habit.decimal or parts[0] in {"0", "00"} or len(parts[0]) > 3
        return _decimal(parts[0], parts[1]) if is_decimal else _decimal("".join(parts))
    if len(set(marks)) == 1:
        return _decimal("".join(parts)) if _in_groups(parts) or _in_lakhs(parts) else None
    if marks.count(marks[-1]) == 1 and (_in_groups(parts[:-1]) or _in_lakhs(parts[:-1])):
        return _decimal("".join(parts[:-1]), parts[-1])
    return None


def _in_lakhs(parts: list[str]) -> bool:
    """Whether the groups are those of South Asia: 12,34,567."""
    return len(parts) > 2 and len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1]) and len(parts[0]) < 3


def _decimal(whole: str, fraction: str = "") -> Decimal:
    return Decimal(f"{int(whole)}.{fraction}" if fraction else str(int(whole)))
