"""Draws the world that the pages colour in: Natural Earth's countries as small SVG paths.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python tools/make_map.py package/countries-50m.json

Takes the topology of world-atlas (ISC licence; Natural Earth 1:50m, public domain, de facto boundaries), projects it to
Equal Earth, gives overseas parts their own codes, simplifies borders once for both neighbours and writes
src/pledgebook/show/web/world.json: paths in whole units, and for every country a point for its dot.
"""

import heapq
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

TARGET = Path(__file__).parent.parent / "src/pledgebook/show/web/world.json"
WIDTH = 1600
# Triangles smaller than this (square units) are straightened; islands smaller than that are left out.
DETAIL, ISLAND = 1.2, 2.0
SMALL = 60.0
SOURCE = "Natural Earth 1:50m (public domain), de facto boundaries, Equal Earth projection"
# Parts of a country that lie elsewhere and have a code of their own: west, south, east, north.
OVERSEAS = {
    "FR": {"GF": (-56, 1, -50, 7), "GP": (-62, 15.7, -60.9, 16.7), "MQ": (-61.4, 14.2, -60.6, 15.1),
           "RE": (55, -21.6, 56, -20.6), "YT": (44.8, -13.2, 45.5, -12.4)},
    "NL": {"BQ": (-69, 11.5, -62, 18)},
    "NO": {"SJ": (-10, 70.5, 35, 82), "BV": (2, -55, 5, -53)},
    "AU": {"CC": (96, -13, 97.5, -11), "CX": (105, -11, 106, -10)},
    "NZ": {"TK": (-173, -10, -171, -8)},
}  # fmt: skip
# Areas without a code of their own, by the name that Natural Earth gives them. None: drawn, and never coloured.
UNCODED = {"Kosovo": "XK", "Somaliland": "SO", "Indian Ocean Ter.": None, "N. Cyprus": None, "Siachen Glacier": None}
LEFT_OUT = {"AQ"}

Point = tuple[float, float]


def equal_earth(longitude: float, latitude: float) -> Point:
    """The point of a place on Equal Earth, in radians of the equator."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * slope)
    return x, t * (a4 * t**8 + a3 * t**6 + a2 * t**2 + a1)


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (sx, sy), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * sx + dx, y * sy + dy))
        arcs.append(points)
    return arcs


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplified(points: Sequence[Point], detail: float) -> list[Point]:
    """The points without those whose triangle with their neighbours is smallest, ends kept (Visvalingam)."""
    count = len(points)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    alive = [True] * count
    weights = {i: _area(points[i - 1], points[i], points[i + 1]) for i in range(1, count - 1)}
    heap = [(weight, i) for i, weight in weights.items()]
    heapq.heapify(heap)
    while heap:
        weight, i = heapq.heappop(heap)
        if not alive[i] or weights[i] != weight:
            continue
        if weight >= detail:
            break
        alive[i] = False
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < count - 1:
                weights[j] = max(weight, _area(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(heap, (weights[j], j))
    return [point for point, kept in zip(points, alive, strict=True) if kept]


def rings(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    """The polygons of a geometry, each a list of rings of arc numbers."""
    if geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def joined(ring: Iterable[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The points of a ring, each once."""
    points: list[Point] = []
    for number in ring:
        arc = list(arcs[number]) if number >= 0 else list(reversed(arcs[~number]))
        points += arc if not points else arc[1:]
    return points


def ring_area(points: Sequence[Point]) -> float:
    """The area that a ring holds."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))) / 2


def middle(points: Sequence[Point]) -> Point:
    """The centre of gravity of a ring."""
    x = y = twice = 0.0
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y, twice = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross, twice + cross
    return (x / (3 * twice), y / (3 * twice)) if twice else points[0]


def crosses_edge(points: Sequence[Point]) -> bool:
    """Whether a ring in degrees jumps from one edge of the map to the other."""
    return any(abs(a[0] - b[0]) > 180 for a, b in pairwise(points))


def path(points: Sequence[Point]) -> str:
    """A ring in whole units, relative, without steps that go nowhere."""
    whole = [(round(x), round(y)) for x, y in points]
    steps, last = [], whole[0]
    for point in whole[1:-1]:
        if point != last:
            steps.append((point[0] - last[0], point[1] - last[1]))
            last = point
    if len(steps) < 2:
        return ""
    words = f"M{whole[0][0]} {whole[0][1]}l"
    return (
        words
        + "".join(f"{'' if (not i or x < 0) else ' '}{x}{'' if y < 0 else ' '}{y}" for i, (x, y) in enumerate(steps))
        + "z"
    )


def part_of(code: str | None, place: Point) -> str | None:
    """The code under which a polygon of a country stands."""
    for own, (west, south, east, north) in OVERSEAS.get(code or "", {}).items():
        if west <= place[0] <= east and south <= place[1] <= north:
            return own
    return code


def main() -> None:
    """Writes the map."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    numbers = get_global("territory_aliases")
    degrees = decoded(topology)
    top, bottom = equal_earth(0, 83.7)[1], equal_earth(0, -56)[1]
    half = equal_earth(180, 0)[0]
    scale = WIDTH / (2 * half)

    def project(place: Point) -> Point:
        x, y = equal_earth(*place)
        return (x + half) * scale, (top - y) * scale

    # Russia and Fiji lie across the edge of the map: their far side is drawn beyond it, in one piece.
    beyond = [[(x + 360 if x < 0 else x, y) for x, y in arc] for arc in degrees]
    exact, far = ([[project(place) for place in arc] for arc in arcs] for arcs in (degrees, beyond))
    plain, far_plain = ([simplified(arc, DETAIL) for arc in arcs] for arcs in (exact, far))
    shapes: dict[str, str] = {}
    points: dict[str, tuple[float, Point]] = {}
    neutral = []
    areas: dict[str, float] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = numbers[geometry["id"]][0] if "id" in geometry else UNCODED[name]
        if code in LEFT_OUT:
            continue
        for polygon in rings(geometry):
            around = crosses_edge(joined(polygon[0], degrees))
            fine, coarse = (far, far_plain) if around else (exact, plain)
            outline = joined(polygon[0], fine)
            place = middle(joined(polygon[0], beyond if around else degrees))
            own = part_of(code, place)
            size = ring_area(outline)
            drawn = "".join(path(joined(ring, coarse)) for ring in polygon if ring_area(joined(ring, fine)) >= ISLAND)
            if own is None:
                neutral.append(drawn)
                continue
            areas[own] = areas.get(own, 0) + size
            shapes[own] = shapes.get(own, "") + drawn
            if size > points.get(own, (0.0, (0, 0)))[0]:
                points[own] = (size, middle(outline))
    world = {
        "source": SOURCE,
        "width": WIDTH,
        "height": round((top - bottom) * scale),
        "neutral": "".join(neutral),
        "shapes": {code: shapes[code] for code in sorted(shapes) if shapes[code]},
        "points": {code: [round(points[code][1][0]), round(points[code][1][1])] for code in sorted(points)},
        "small": sorted(code for code, size in areas.items() if size < SMALL),
    }
    TARGET.write_text(json.dumps(world, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(world['shapes'])} shapes, {len(world['small'])} small, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
