"""Who pledges where: ribbons from investors to countries."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pledgebook.show.web.pictures.svg import Picture, cut, tag, words

_WIDTH, _GAP, _ROOM = 960, 14, 420
MOST_ENDS = 12
_LEFT, _RIGHT, _NODE = 230, 730, 10


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What one investor pledges to one country."""

    investor: str
    country: str
    name: str
    value: Decimal
    said: str


def draw_flow(
    ribbons: Sequence[Ribbon],
    *,
    title: str,
    note: str,
    others: str,
    figure: Callable[[Decimal], str],
    records: Sequence[dict[str, Any]] = (),
) -> Picture:
    """The ribbons, the largest sums on top. Heights grow with the root of the sum; the small ones are put together.

    Small ones may have been put together before, under the name `others`. `records` are all of them, one by one.
    """
    merged = _merged(ribbons, others)
    values_left, values_right = _totals(merged, 0), _totals(merged, 1)
    left, right = _roots(values_left), _roots(values_right)
    tallest = max(len(left), len(right), 1)
    most = max(sum(left.values()), sum(right.values()), 1e-9)
    scale = _ROOM / most
    height = round(_ROOM + _GAP * (tallest - 1)) + 24
    tops_left, tops_right = _tops(left, scale, height), _tops(right, scale, height)
    pieces = []
    for (one, other), value in sorted(merged.items(), key=lambda item: (-item[1], item[0])):
        # A ribbon has its part of the node at each end, so that a node is as high as its own sum asks for.
        thick0 = left[one] * scale * float(value / values_left[one])
        thick1 = right[other] * scale * float(value / values_right[other])
        y0, y1 = tops_left[one][0], tops_right[other][0]
        tops_left[one][0] += thick0
        tops_right[other][0] += thick1
        bend = (_LEFT + _RIGHT) / 2
        low0, low1 = y0 + thick0, y1 + thick1
        d = (
            f"M{_LEFT + _NODE} {y0:.1f}C{bend:.0f} {y0:.1f} {bend:.0f} {y1:.1f} {_RIGHT} {y1:.1f}"
            f"V{low1:.1f}C{bend:.0f} {low1:.1f} {bend:.0f} {low0:.1f} {_LEFT + _NODE} {low0:.1f}z"
        )
        said = f"{one} → {other}: {figure(merged[one, other])}"
        pieces.append(tag("path", tag("title", words(said)), d=d, class_="p-ribbon"))
    for at, side, tops, values, anchor in (
        (_LEFT, left, tops_left, values_left, "end"),
        (_RIGHT, right, tops_right, values_right, None),
    ):
        for name, wide in side.items():
            top = tops[name][1]
            thick = wide * scale
            pieces.append(tag("rect", x=at, y=top, width=_NODE, height=max(thick, 1.5), class_="p-node"))
            x = at - 10 if anchor else at + _NODE + 10
            label = tag("tspan", words(cut(name, 22))) + tag(
                "tspan", words(f"  {figure(values[name])}"), class_="p-dim"
            )
            pieces.append(tag("text", label, x=x, y=top + thick / 2 + 5, text_anchor=anchor, class_="p-label"))
    return Picture(
        "flow", title, "".join(pieces), _WIDTH, height, note=note, records=records,
        paths=("investor", "country", "name", "central"),
    )  # fmt: skip


def _merged(ribbons: Sequence[Ribbon], others: str) -> Mapping[tuple[str, str], Decimal]:
    by_left: dict[str, Decimal] = defaultdict(Decimal)
    by_right: dict[str, Decimal] = defaultdict(Decimal)
    for ribbon in ribbons:
        by_left[ribbon.investor] += ribbon.value
        by_right[ribbon.name] += ribbon.value
    keep_left, keep_right = _largest(by_left, others), _largest(by_right, others)
    merged: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for ribbon in ribbons:
        one = ribbon.investor if ribbon.investor in keep_left else others
        other = ribbon.name if ribbon.name in keep_right else others
        merged[one, other] += ribbon.value
    return {key: value for key, value in merged.items() if value > 0}


def _largest(values: Mapping[str, Decimal], others: str) -> frozenset[str]:
    return frozenset(sorted(values.keys() - {others}, key=lambda name: (-values[name], name))[:MOST_ENDS])


def _roots(values: Mapping[str, Decimal]) -> dict[str, float]:
    return {name: float(value) ** 0.5 for name, value in sorted(values.items(), key=lambda it: (-it[1], it[0]))}


def _totals(merged: Mapping[tuple[str, str], Decimal], side: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for key, value in merged.items():
        found[key[side]] += value
    return found


def _tops(side: Mapping[str, float], scale: float, height: int) -> dict[str, list[float]]:
    gap = (height - 24 - sum(side.values()) * scale) / max(1, len(side) - 1) if len(side) > 1 else 0
    tops, y = {}, 12.0
    for name, width in side.items():
        tops[name] = [y, y]
        y += width * scale + min(gap, 40)
    return tops
