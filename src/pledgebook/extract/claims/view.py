"""A text as it was meant: bytes that were decoded twice read right, with the way back to the kept text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from pledgebook.domain import Span

# UTF-8 read as Windows-1252 shows every accented letter as "Ã" or "Â" and a second character, longer ones as "â€™".
_SUSPECT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_FEW = 3


@dataclass(frozen=True, slots=True)
class View:
    """The text to read and, for every mended place, where it stands in the kept text."""

    text: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def original(self, span: Span) -> Span:
        """The span of the kept text that was read as `span` of the view."""
        return Span(self._back(span.start), self._back(span.end))

    def viewed(self, span: Span) -> Span:
        """The span of the view that reads a span of the kept text."""
        return Span(self._forth(span.start), self._forth(span.end))

    def _forth(self, offset: int) -> int:
        n = bisect_right([start + shift for start, shift in zip(self.starts, self.shifts, strict=True)], offset) - 1
        return offset if n < 0 else offset - self.shifts[n]

    def _back(self, offset: int) -> int:
        n = bisect_right(self.starts, offset) - 1
        return offset if n < 0 else offset + self.shifts[n]


def read_view(text: str) -> View:
    """The view of a text; the text itself where nothing was decoded twice.

    >>> view = read_view("EspaÃ±a y MÃ¡laga y AragÃ³n")
    >>> view.text, view.original(Span(0, 6))
    ('España y Málaga y Aragón', Span(start=0, end=7))
    """
    found = [(match, mended) for match in _SUSPECT.finditer(text) if (mended := _mended(match.group())) is not None]
    if len(found) < _FEW:
        return View(text)
    pieces, starts, shifts = [], [], []
    position = length = shift = 0
    for match, mended in found:
        before = text[position : match.start()]
        pieces += [before, mended]
        length += len(before) + len(mended)
        shift += len(match.group()) - len(mended)
        starts.append(length)
        shifts.append(shift)
        position = match.end()
    pieces.append(text[position:])
    return View("".join(pieces), tuple(starts), tuple(shifts))


def _mended(words: str) -> str | None:
    for charset in ("cp1252", "latin-1"):
        try:
            mended = words.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
        return mended if len(mended) == 1 else None
    return None
