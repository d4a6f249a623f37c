"""Rows as a notebook shows them."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from pledgebook.rows.fields import Cell, Field, Type

_SHOWN = 60
_WORDS = 120
_RIGHT = (Type.WHOLE, Type.FIGURE, Type.RATE)


def html_table(name: str, fields: Sequence[Field[Any]], things: Sequence[Any], snapshot: str = "") -> str:
    """A table of the first rows, without the columns that are empty in all of them; words from outside are only shown.

    >>> html_table("words", [Field("word", Type.TEXT, "a <word>", str)], ["<b>"]).count("&lt;b&gt;")
    1
    """
    shown = things[:_SHOWN]
    cells = [[_words(field.read(thing)) for field in fields] for thing in shown]
    kept = [number for number in range(len(fields)) if any(row[number] for row in cells)] or [0]
    head = "".join(f'<th title="{escape(fields[n].meaning)}">{escape(fields[n].name)}</th>' for n in kept)
    rows = "".join("<tr>" + "".join(_cell(row[n], fields[n]) for n in kept) + "</tr>" for row in cells)
    more = f", the first {len(shown)} shown" if len(shown) < len(things) else ""
    told = f"{len(things):,} {escape(name)}{more}" + (f" · snapshot {escape(snapshot[:12])}" if snapshot else "")
    return (
        f'<div style="overflow-x:auto"><table><caption style="text-align:left">{told}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(words: str, field: Field[Any]) -> str:
    align = "right" if field.type in _RIGHT else "left"
    short = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    return f'<td style="text-align:{align}">{escape(short)}</td>'


def _words(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
