"""Tables on a terminal."""

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TextIO

from pledgebook.show.sheet import Column, Sheet
from pledgebook.show.text import plain

_WIDTH_OF_FILES = 160
_GAPS = ("   ", "  ", " ")
# A column that grows keeps so much room, however narrow the terminal is; others twice as much.
_LEAST = 8
_BOLD, _NORMAL = "\x1b[1m", "\x1b[0m"


def table_text(sheet: Sheet, stream: TextIO | None = None) -> Iterator[str]:
    """A sheet in text, drawn for `stream`: as wide as the terminal where it is one, with a heading in bold."""
    stream = sys.stdout if stream is None else stream
    is_screen = stream.isatty()
    width = shutil.get_terminal_size().columns if is_screen else int(os.environ.get("COLUMNS") or _WIDTH_OF_FILES)
    is_bold = is_screen and os.environ.get("TERM") != "dumb"
    yield "\n".join(line.rstrip() for line in _lines(sheet, width, is_bold=is_bold)) + "\n"


def _lines(sheet: Sheet, width: int, *, is_bold: bool) -> Iterator[str]:
    rows = [[plain(words) for words in row] for row in sheet.rows]
    widths, gap = _layout(sheet.columns, rows, width)
    if sheet.title:
        yield from _folded(plain(sheet.title), width)
    for line in _row([column.name for column in sheet.columns], sheet.columns, widths, gap):
        yield f"{_BOLD}{line}{_NORMAL}" if is_bold else line
    yield "─" * (sum(widths) + len(gap) * (len(widths) - 1))
    for row in rows:
        yield from _row(row, sheet.columns, widths, gap)
    for note in sheet.notes:
        yield from _folded(plain(note), width)


def _layout(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> tuple[list[int], str]:
    """The width of each column, and what stands between two.

    Where all cells whole are too wide, columns of words give way down to their longest word, then the gaps, and then
    words are parted. Figures stay whole, if need be beyond the width: half a figure is another figure.
    """
    cells = [[column.name, *(row[number] for row in rows)] for number, column in enumerate(columns)]
    whole = [max(map(_room, several)) for several in cells]
    word = [max(_room(part) for words in several for part in words.split(" ")) for several in cells]
    fixed = [column.is_figure and not column.wraps for column in columns]
    for gap in _GAPS:
        room = width - len(gap) * (len(columns) - 1)
        widths = _narrowed(
            whole, [most if is_fixed else least for most, least, is_fixed in zip(whole, word, fixed, strict=True)], room
        )
        if sum(widths) <= room:
            return widths, gap
    least = [
        most if is_fixed else min(longest, _LEAST if column.grows else 2 * _LEAST)
        for most, longest, column, is_fixed in zip(whole, word, columns, fixed, strict=True)
    ]
    return _narrowed(widths, least, room), gap


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths in that room, or with nothing more to take: the widest gives way first, the first of several."""
    found = list(widths)
    while sum(found) > room:
        wide = max((number for number, most in enumerate(found) if most > least[number]),
                   key=lambda number: found[number], default=None)  # fmt: skip
        if wide is None:
            break
        found[wide] -= 1
    return found


def _row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: str) -> Iterator[str]:
    """The lines of a row: each cell folded at its width."""
    folded = [list(_folded(words, width)) for words, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, folded), default=0)):
        parts = []
        for lines, column, width in zip(folded, columns, widths, strict=True):
            words = lines[number] if number < len(lines) else ""
            blank = " " * (width - _room(words))
            parts.append(blank + words if column.is_figure else words + blank)
        yield gap.join(parts)


def _folded(words: str, width: int) -> Iterator[str]:
    """The words in lines of no more than a width: parted at blanks, and in words that are longer than a line.

    >>> list(_folded("Frankfurt am Main", 12)), list(_folded("Leixlip", 4))
    (['Frankfurt am', 'Main'], ['Leix', 'lip'])
    """
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if _room(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for sign in word:
            if line and _room(line + sign) > width:
                yield line
                line = ""
            line += sign
    yield line


def _room(words: str) -> int:
    """How many places on a terminal the words take.

    >>> _room("Acme"), _room("東京"), _room("Žďár"), _room("e\u0301")
    (4, 4, 4, 1)
    """
    if words.isascii():
        return len(words)
    return sum(
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in words
    )
