"""Bars, longest first; one that is far longer than the others is broken, and says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pledgebook.show.web.pictures.svg import Picture, cut, tag, text, words

_WIDTH, _ROW, _LABEL, _VALUE = 460, 32, 142, 66
_BREAK_FROM = Decimal("2.5")
_SLACK, _SCALE = Decimal("1.02"), Decimal("0.84")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: what it is, how much, and how much it may be at most. `kind` is "", "bad" or "out"."""

    key: str
    name: str
    value: Decimal
    high: Decimal
    said: str
    url: str | None = None
    kind: str = ""


def scale_of(values: Sequence[Decimal]) -> Decimal:
    """The value at the end of the scale: the largest that does not flatten the others.

    >>> scale_of([Decimal(1650), Decimal(320), Decimal(133)]), scale_of([Decimal(3), Decimal(2)])
    (Decimal('320'), Decimal('3'))
    """
    ordered = sorted((value for value in values if value > 0), reverse=True)
    most = ordered[0] if ordered else Decimal(1)
    for larger, smaller in pairwise(ordered[:3]):
        if larger > smaller * _BREAK_FROM:
            most = smaller
        elif most != larger:
            break
    return most


def draw_bars(
    name: str, bars: Sequence[Bar], *, title: str, note: str, broken: str, figure: Callable[[Decimal], str]
) -> Picture:
    """The bars; `broken` is what the note adds where a bar is longer than the picture."""
    end = scale_of([bar.high for bar in bars])
    beyond = [bar.key for bar in bars if bar.value > end * _SLACK]
    whole = Decimal(_WIDTH - _LABEL - _VALUE)
    # Bars that are broken reach beyond the scale, each less far than the one before it.
    room = whole * _SCALE if beyond else whole
    pieces = []
    for n, bar in enumerate(bars):
        y = n * _ROW + 6
        is_broken = bar.key in beyond
        if is_broken:
            step = (whole - room) / len(beyond)
            length = high = float(whole - step * beyond.index(bar.key))
        else:
            length = float(max(Decimal(2) if bar.value else Decimal(0), bar.value / end * room))
            high = float(min(bar.high, end * _SLACK) / end * room)
        row = [text(_LABEL - 10, y + 17, cut(bar.name, 20), anchor="end", kind="p-label")]
        if high > length + 1:
            row.append(tag("rect", x=_LABEL, y=y + 2, width=high, height=20, class_="p-bar-more"))
        row.append(
            tag("rect", x=_LABEL, y=y + 2, width=length, height=20, class_=f"p-bar-{bar.kind}" if bar.kind else "p-bar")
        )
        if is_broken:
            x = _LABEL + float(room) - 14
            row.append(tag("path", d=f"M{x:.0f} {y - 1}l7 9l-10 8l7 9", class_="p-break"))
        row.append(text(_LABEL + max(length, high) + 8, y + 17, figure(bar.value), kind="p-value"))
        drawn = tag("title", words(f"{bar.name}: {bar.said}")) + "".join(row)
        pieces.append(
            tag("g", drawn) if bar.url is None else tag("a", drawn, href=bar.url, aria_label=f"{bar.name}: {bar.said}")
        )
    records = [{"key": bar.key, "name": bar.name, "central": bar.value, "high": bar.high} for bar in bars]
    return Picture(
        name, title, "".join(pieces), _WIDTH, max(1, len(bars)) * _ROW + 10,
        note=f"{note} {broken}" if beyond else note, records=records, paths=("key", "name", "central", "high"),
    )  # fmt: skip
