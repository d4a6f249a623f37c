"""Pictures of rows, as Vega-Lite specifications."""

import json
from collections.abc import Sequence
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Any

from pledgebook.domain import Entry, Tally, UsageError
from pledgebook.ledger import Change

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_MIME = "application/vnd.vegalite.v5+json"
_MOST = 25
_WHOLE_WIDTH = 560
_INK, _SOFT = "#1f5f8b", "#9cc3dd"
_BILLION = 1_000_000_000


class Chart:
    """A Vega-Lite specification that a notebook shows, and that can be kept as SVG, PNG or JSON.

    The figures stand inside; nothing is fetched to draw it.
    """

    __slots__ = ("spec",)

    def __init__(self, spec: dict[str, Any]) -> None:
        """Takes the specification."""
        self.spec = spec

    def to_svg(self) -> str:
        """The picture as SVG. Raises UsageError where vl-convert is not installed."""
        return str(_converter().vegalite_to_svg(json.dumps(self.spec)))

    def to_png(self, *, scale: float = 2.0) -> bytes:
        """The picture as PNG. Raises UsageError where vl-convert is not installed."""
        return bytes(_converter().vegalite_to_png(json.dumps(self.spec), scale=scale))

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the picture as the file's name tells: .svg, .png, or .json for the specification."""
        target = Path(path)
        if target.suffix == ".svg":
            target.write_text(self.to_svg(), encoding="utf-8")
        elif target.suffix == ".png":
            target.write_bytes(self.to_png())
        elif target.suffix == ".json":
            target.write_text(json.dumps(self.spec, indent=2), encoding="utf-8")
        else:
            raise UsageError(str(path), f"{target.suffix or 'no suffix'}", "Name a file .svg, .png or .json.")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002 - IPython's signature
        bundle: dict[str, Any] = {_MIME: self.spec, "text/plain": f"<chart: {self.spec.get('title', '')}>"}
        try:
            bundle["image/svg+xml"] = self.to_svg()
        except UsageError:
            return bundle  # where no converter is installed, the notebook's own Vega draws the specification
        return bundle


def _converter() -> Any:  # noqa: ANN401 - a module
    try:
        import vl_convert  # noqa: PLC0415 - comes with an extra
    except ImportError as error:
        raise UsageError("chart", "vl-convert, which is not installed", "pip install 'pledgebook[web]'") from error
    return vl_convert


def draw_totals(tallies: Sequence[Tally]) -> dict[str, Any]:
    """Bars from largest to smallest with a line from low to high; the whole stands in the title."""
    rows = sorted((tally for tally in tallies if tally.key is not None), key=lambda t: (-t.central, t.key or ""))
    whole = next((tally for tally in tallies if tally.key is None), None)
    shown = rows[:_MOST] or ([whole] if whole is not None else [])
    unit = shown[0].currency if shown else ""
    is_money = unit.isupper()
    values = [
        {
            "key": tally.key or "the whole",
            **{n: _scaled(getattr(tally, n), is_money=is_money) for n in ("low", "central", "high")},
        }
        for tally in shown
    ]
    title = f"Pledged, bn {unit}" if is_money else f"Pledged: {unit}"
    if whole is not None and rows:
        title += f" ({_scaled(whole.central, is_money=is_money):,.4g} in all)"
    y = {"field": "key", "type": "nominal", "sort": None, "title": None}
    return _spec(title, values) | {
        "layer": [
            {"mark": {"type": "bar", "color": _SOFT}, "encoding": {"y": y, "x": _figure("central", "central")}},
            {
                "mark": {"type": "rule", "color": _INK, "strokeWidth": 2},
                "encoding": {"y": y, "x": _figure("low", ""), "x2": {"field": "high"}},
            },
        ],
    }


def draw_pledges(entries: Sequence[Entry]) -> dict[str, Any]:
    """Every line that counts, by the day of its announcement and its size, coloured by who pledges."""
    values = [
        {
            "day": entry.pledge.announced.middle.isoformat(),
            "amount": _scaled(figure, is_money=True),
            "who": ", ".join(party.name for party in entry.pledge.investors) or "unnamed",
            "where": ", ".join(entry.pledge.destinations),
            "currency": entry.converted.currency if entry.converted is not None else entry.currency,
        }
        for entry in entries
        if entry.counted
        and entry.pledge.announced is not None
        and (figure := entry.converted.central if entry.converted is not None else entry.central) is not None
        and figure > 0
    ]
    units = sorted({str(value["currency"]) for value in values})
    return _spec(f"Pledges that count, bn {' or '.join(units)}", values) | {
        "height": 300,
        "mark": {"type": "circle", "opacity": 0.7, "size": 90},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": "announced"},
            "y": {"field": "amount", "type": "quantitative", "scale": {"type": "log"}, "title": "bn"},
            "color": {"field": "who", "type": "nominal", "title": None, "legend": {"symbolLimit": _MOST}},
            "tooltip": [{"field": name} for name in ("who", "where", "amount", "currency", "day")],
        },
    }


def draw_changes(changes: Sequence[Change]) -> dict[str, Any]:
    """How many changes of which kind in each month."""
    values = [{"month": f"{change.day:%Y-%m}", "kind": change.kind.value} for change in changes]
    return _spec("Changes by month", values) | {
        "height": 200,
        "mark": "bar",
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "title": None},
            "y": {"aggregate": "count", "type": "quantitative", "title": "changes"},
            "color": {"field": "kind", "type": "nominal", "title": None},
        },
    }


def _spec(title: str, values: list[dict[str, Any]]) -> dict[str, Any]:
    return {"$schema": _SCHEMA, "title": title, "width": _WHOLE_WIDTH, "data": {"values": values}}


def _figure(name: str, title: str) -> dict[str, Any]:
    return {"field": name, "type": "quantitative", "title": title or None}


def _scaled(value: Decimal, *, is_money: bool) -> float:
    return float(value) / _BILLION if is_money else float(value)
