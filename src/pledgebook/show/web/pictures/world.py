"""The world coloured by what is pledged to each country."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import floor, log10
from typing import Any

from pledgebook.show.web.pictures.svg import Picture, tag, text, words

_SHADES = 6
_RADIUS = 7


@dataclass(frozen=True, slots=True)
class Area:
    """A country with its sum: `said` is what the picture tells of it, `url` where it leads."""

    code: str
    name: str
    value: Decimal
    said: str
    url: str | None = None


@cache
def load_world() -> dict[str, Any]:
    """The outlines, made by tools/make_map.py."""
    found: dict[str, Any] = json.loads((files("pledgebook.show.web") / "world.json").read_text(encoding="utf-8"))
    return found


def edges_of(values: Sequence[Decimal]) -> list[Decimal]:
    """Where the shades begin: each about three times the one before, the last one below the largest value.

    >>> [str(edge) for edge in edges_of([Decimal(1_650), Decimal(3)])]
    ['3', '10', '30', '100', '300', '1000']
    """
    largest = max(values, default=Decimal(0))
    if largest <= 0:
        return []
    halves = floor(2 * log10(float(largest)) + 1e-9)
    if halves % 2 and Decimal(3) * Decimal(10) ** (halves // 2) > largest:
        halves -= 1
    return [Decimal(3 if n % 2 else 1) * Decimal(10) ** (n // 2) for n in range(halves - _SHADES + 1, halves + 1)]


def draw_world(areas: Sequence[Area], *, title: str, note: str, figure: Callable[[Decimal], str], less: str) -> Picture:
    """The map: darker is more, each shade about three times the one before; small countries are dots."""
    world = load_world()
    edges = edges_of([area.value for area in areas])
    known = {area.code: area for area in areas if area.value > 0}
    land = world["neutral"] + "".join(path for code, path in world["shapes"].items() if code not in known)
    pieces = [tag("path", d=land, class_="p-land")]
    small = set(world["small"])
    dots: list[str] = []
    for code, area in sorted(known.items()):
        shade = f"p-q{_shade(area.value, edges)}"
        if code in world["shapes"] and code not in small:
            drawn = tag("path", _said(area), d=world["shapes"][code], class_=f"p-area {shade}")
        elif code in world["points"]:
            x, y = world["points"][code]
            drawn = tag("circle", _said(area), cx=x, cy=y, r=_RADIUS, class_=f"p-dot {shade}")
        else:
            continue
        linked = drawn if area.url is None else tag("a", drawn, href=area.url, aria_label=f"{area.name}: {area.said}")
        (dots if drawn.startswith("<circle") else pieces).append(linked)
    records = [{"country": area.code, "name": area.name, "central": area.value} for area in areas]
    height = world["height"]
    return Picture(
        "map", title, "".join([*pieces, *dots, _legend(edges, height, figure, less)]), world["width"], height,
        note=f"{note} {world['source']}.", records=records, paths=("country", "name", "central"),
    )  # fmt: skip


def _said(area: Area) -> str:
    return tag("title", words(f"{area.name}: {area.said}"))


def _shade(value: Decimal, edges: Sequence[Decimal]) -> int:
    return max(1, sum(value >= edge for edge in edges))


def _legend(edges: Sequence[Decimal], height: int, figure: Callable[[Decimal], str], less: str) -> str:
    pieces = []
    for n, edge in enumerate(edges, 1):
        y = height - 34 - 36 * (len(edges) - n)
        pieces.append(tag("rect", x=20, y=y, width=40, height=27, class_=f"p-q{n}"))
        said = less.format(sum=figure(edges[1])) if n == 1 and len(edges) > 1 else f"≥ {figure(edge)}"
        pieces.append(text(72, y + 22, said, kind="p-legend"))
    return tag("g", "".join(pieces), class_="p-legends", aria_hidden="true")
