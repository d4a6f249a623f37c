"""Formats by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, cast

from pledgebook.domain import UsageError
from pledgebook.plugins import EXPORTERS, load_plugin, plugins
from pledgebook.show.export.selection import Selection

Write = Callable[[Selection, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """How lines are written: `write` puts all of them on a binary stream that it need not be able to rewind.

    `needs_documents` says that the text of the documents goes along. `is_text` says that a terminal can show it.
    `folder` is the file by which an unpacked archive is known, empty where the format is no archive.
    """

    name: str
    suffix: str
    media_type: str
    write: Write
    needs_documents: bool = False
    is_text: bool = True
    folder: str = ""


def _late(where: str) -> Write:
    """A function that is looked up when it is called: a format loads its library when it is used."""
    module, _, name = where.partition(":")

    def write(selection: Selection, stream: BinaryIO) -> None:
        cast("Write", getattr(import_module(module), name))(selection, stream)

    return write


_HERE = "pledgebook.show.export"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OURS = {
    found.name: found
    for found in (
        Format("jsonl", ".jsonl", "application/jsonl", _late(f"{_HERE}.plain:write_jsonl")),
        Format("csv", ".csv", "text/csv", _late(f"{_HERE}.plain:write_csv")),
        Format("xlsx", ".xlsx", _XLSX, _late(f"{_HERE}.workbook:write_xlsx"), is_text=False),
        Format(
            "parquet", ".parquet", "application/vnd.apache.parquet", _late(f"{_HERE}.plain:write_parquet"),
            is_text=False,
        ),
        Format(
            "datapackage", ".zip", "application/zip", _late(f"{_HERE}.datapackage:write_package"),
            needs_documents=True, is_text=False, folder="datapackage.json",
        ),
        Format("ftm", ".ftm.json", "application/jsonl", _late(f"{_HERE}.ftm:write_ftm"), needs_documents=True),
        Format("iati", ".xml", "application/xml", _late(f"{_HERE}.iati:write_iati"), needs_documents=True),
        Format("jsonld", ".jsonld", "application/ld+json", _late(f"{_HERE}.jsonld:write_jsonld"), needs_documents=True),
    )
}  # fmt: skip


def format_names() -> tuple[str, ...]:
    """The names of all formats: ours first, then those of installed packages."""
    return (*OURS, *(name for name in plugins(EXPORTERS) if name not in OURS))


def find_format(name: str) -> Format:
    """The format of that name. Raises UsageError where there is none.

    >>> find_format("csv").media_type
    'text/csv'
    """
    if name in OURS:
        return OURS[name]
    found = load_plugin(EXPORTERS, name)
    if found is None:
        raise UsageError("--to", f"{name!r}, which we don't know", f"Use one of {', '.join(format_names())}.")
    if not isinstance(found, Format):
        raise UsageError("--to", f"{name!r}, which is no Format", "Its package has to bring one.")
    return found
