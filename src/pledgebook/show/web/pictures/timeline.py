"""Pledges in time: a dot for each on the day of its announcement, higher for more money."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10

from pledgebook.show.web.pictures.svg import Picture, cut, tag, text, words

_WIDTH, _HEIGHT = 960, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 24, 16, 34
_NAMED = 9
_CROWDED = (150, 26)
_LONGEST, _LETTER = 22, 8


@dataclass(frozen=True, slots=True)
class Dot:
    """A pledge in the picture."""

    key: str
    name: str
    day: date
    value: Decimal
    said: str
    counts: bool
    url: str | None = None


def draw_timeline(dots: Sequence[Dot], *, title: str, note: str, figure: Callable[[Decimal], str]) -> Picture:
    """The dots over time; the scale of sums is logarithmic, each line ten times the one below."""
    known = [dot for dot in dots if dot.value > 0]
    records = [
        {"id": d.key, "name": d.name, "announced": d.day.isoformat(), "central": d.value, "counted": d.counts}
        for d in known
    ]
    paths = ("id", "name", "announced", "central", "counted")
    if not known:
        return Picture("timeline", title, "", _WIDTH, 40, note=note, records=records, paths=paths)
    low = floor(log10(float(min(dot.value for dot in known))))
    high = max(low + 1, ceil(log10(float(max(dot.value for dot in known)))))
    first, last = min(dot.day for dot in known), max(dot.day for dot in known)
    start, end = date(first.year, 1, 1).toordinal(), date(last.year + 1, 1, 1).toordinal()

    def x_of(day: date) -> float:
        return _LEFT + (day.toordinal() - start) / (end - start) * (_WIDTH - _LEFT - _RIGHT)

    def y_of(value: Decimal) -> float:
        share = (log10(float(value)) - low) / (high - low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    pieces = []
    for power in range(low, high + 1):
        y = y_of(Decimal(10) ** power)
        pieces.append(tag("path", d=f"M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}", class_="p-axis"))
        pieces.append(text(_LEFT - 8, y + 5, figure(Decimal(10) ** power), kind="p-dim", anchor="end"))
    step = max(1, (last.year - first.year + 1) // 12 + 1) if last.year - first.year > 12 else 1
    for year in range(first.year, last.year + 1, step):
        x = x_of(date(year, 1, 1))
        pieces.append(tag("path", d=f"M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM + 6}", class_="p-axis"))
        pieces.append(text(x + 6, _HEIGHT - 10, str(year), kind="p-dim"))
    labels: list[tuple[float, float]] = []
    points = [(x_of(dot.day), y_of(dot.value)) for dot in known]
    named = {dot.key for dot in sorted(known, key=lambda dot: (-dot.value, dot.key))[: 2 * _NAMED] if dot.counts}
    for dot in sorted(known, key=lambda dot: (-dot.value, dot.key)):
        x, y = x_of(dot.day), y_of(dot.value)
        drawn = [
            tag("title", words(dot.said)),
            tag("circle", cx=x, cy=y, r=6, class_="p-point" if dot.counts else "p-point-out"),
        ]
        is_free = all(abs(x - a) > _CROWDED[0] or abs(y - b) > _CROWDED[1] for a, b in labels)
        if dot.key in named and is_free and len(labels) < _NAMED:
            name = cut(dot.name, _LONGEST)
            side = _side(x, y, len(name) * _LETTER, points)
            if side:
                labels.append((x, y))
                drawn.append(text(x + 11 * side, y + 4, name, kind="p-name", anchor=None if side > 0 else "end"))
        body = "".join(drawn)
        pieces.append(tag("g", body) if dot.url is None else tag("a", body, href=dot.url, aria_label=dot.said))
    return Picture("timeline", title, "".join(pieces), _WIDTH, _HEIGHT, note=note, records=records, paths=paths)


def _side(x: float, y: float, width: float, points: Sequence[tuple[float, float]]) -> int:
    """On which side of a dot its name covers no other dot: 1 for the right, -1 for the left, 0 for none."""
    sides = (1, -1) if x <= _WIDTH - 170 else (-1,)
    for side in sides:
        near, far = sorted((x + 8 * side, x + (17 + width) * side))
        is_inside = near >= _LEFT and far <= _WIDTH
        if is_inside and not any(near < a < far and abs(b - y) < 13 for a, b in points):
            return side
    return 0
