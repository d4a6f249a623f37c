"""A selection as a ZIP archive of tables."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from pledgebook.rows import Cell, Field, Type
from pledgebook.show.export.cells import cell_text
from pledgebook.show.export.datapackage.tables import TABLES, Table
from pledgebook.show.export.datapackage.version import Known, known_package, next_version
from pledgebook.show.export.plain import csv_line
from pledgebook.show.export.selection import Selection
from pledgebook.wire import dumps

DESCRIPTOR = "datapackage.json"
# Archives carry the time of each file: always this one, so that the same book gives the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
_RIGHTS = 0o644 << 16
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    Type.TEXT: "string", Type.TEXTS: "array", Type.JSON: "any", Type.WHOLE: "integer", Type.FIGURE: "number",
    Type.RATE: "number", Type.DAY: "date", Type.TRUTH: "boolean",
}  # fmt: skip


class _Forward:
    """A stream that can't be rewound: an archive gets the same bytes whatever it is written to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


def write_package(selection: Selection, stream: BinaryIO) -> None:
    """The tables of `selection` and their descriptor; the version follows `selection.previous`."""
    before = None if selection.previous is None else known_package(selection.previous)
    now = Known({}, {table.name: {} for table in TABLES}, None)
    resources = []
    with zipfile.ZipFile(_Forward(stream), "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for table in TABLES:
            digest, size = hashlib.sha256(), 0
            with archive.open(_member(f"{table.name}.csv"), "w", force_zip64=True) as member:
                for line in _lines(table, selection, now if before is not None else None):
                    member.write(line)
                    digest.update(line)
                    size += len(line)
            resources.append(_resource(table) | {"bytes": size, "hash": f"sha256:{digest.hexdigest()}"})
        now.schemas.update({resource["name"]: resource["schema"] for resource in resources})
        described = _described(selection, resources, next_version(before, now))
        archive.writestr(_member(DESCRIPTOR), json.dumps(described, indent=2, ensure_ascii=False) + "\n")


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _MADE)
    member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, _RIGHTS, 3
    return member


def _lines(table: Table[Any], selection: Selection, known: Known | None) -> Iterator[bytes]:
    yield csv_line([field.name for field in table.fields])
    places = [number for number, field in enumerate(table.fields) if field.name in table.key]
    for thing in table.rows(selection):
        cells = [_cell(field, thing) for field in table.fields]
        line = csv_line(cells)
        if known is not None:
            known.add(table.name, tuple(cells[place] for place in places), line)
        yield line


def _cell(field: Field[Any], thing: object) -> str:
    value: Cell = field.read(thing)
    if field.type is Type.TEXTS and isinstance(value, tuple):
        return dumps(list(value))
    if field.type is Type.JSON:
        return str(value or "")
    return cell_text(value)


def _resource(table: Table[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field, table) for field in table.fields],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                "reference": {"resource": reference.table, "fields": list(reference.keys)},
            }
            for reference in table.references
        ]
    return {
        "name": table.name, "type": "table", "path": f"{table.name}.csv", "description": table.meaning,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _field(field: Field[Any], table: Table[Any]) -> dict[str, Any]:
    kind = "array" if field.type is Type.JSON and field.name != "recipient" else _TYPES[field.type]
    described = {"name": field.name, "type": "object" if kind == "any" else kind, "description": field.meaning}
    return described | ({"constraints": {"required": True}} if field.name in table.key else {})


def _described(selection: Selection, resources: list[dict[str, Any]], version: str) -> dict[str, Any]:
    return {
        "$schema": _PROFILE,
        "name": "pledges",
        "title": "Pledged investments in AI, clouds, data centres and chips",
        "description": (
            "Who pledged what, where or to whom, by when, and in whose words. Add up adds_central over the pledges"
            " whose counted is true; a total never counts beside its parts. A cell that a spreadsheet would run as a"
            " formula begins with an apostrophe."
        ),
        "version": version,
        "keywords": ["investment", "pledges", "artificial intelligence", "data centres"],
        "pledgebook": {"snapshot": selection.snapshot, "lines": len(selection.entries)},
        "resources": resources,
    }
