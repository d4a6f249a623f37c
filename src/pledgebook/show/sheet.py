"""Rows and columns: what tables, CSV and pages of a list have in common."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pledgebook.show.text import cell
from pledgebook.wire import dumps


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: figures stand right, one that `grows` gives way first, a head that `wraps` may take two."""

    name: str
    is_figure: bool = False
    grows: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for people: a title, columns, rows as wide as the columns, and lines below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def csv_lines(records: Iterable[Mapping[str, Any]], paths: Sequence[str]) -> Iterator[str]:
    r"""CSV with a heading: of each JSON object what stands at each of the dotted `paths`.

    >>> list(csv_lines([{"id": "p", "amount": {"value": 3}, "places": ["A", "B"]}], ["id", "amount.value", "places"]))
    ['id,amount.value,places\r\n', 'p,3,A; B\r\n']
    """
    yield _csv_line(paths)
    for record in records:
        yield _csv_line([_cell(_at(record, path)) for path in paths])


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _at(record: Mapping[str, Any], path: str) -> object:
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, list):
        named = [
            item["name"] if isinstance(item, dict) and set(item) <= {"name", "kind", "id"} else item for item in value
        ]
        if all(isinstance(item, str) for item in named):
            return cell("; ".join(named))
    return cell(dumps(value)) if value else ""
