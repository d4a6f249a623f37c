"""The version of a data package, by what changed since the one before."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pledgebook.domain import WireError

FIRST = "1.0.0"
_DESCRIPTOR = "datapackage.json"
_HELP = "Name a data package that Pledgebook wrote: a folder, or a ZIP archive."


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to know of a package: columns of each table, a hash of each row by its key, and its version."""

    schemas: dict[str, Any]
    rows: dict[str, dict[tuple[str, ...], bytes]]
    version: str | None

    def add(self, table: str, key: tuple[str, ...], line: bytes) -> None:
        """Takes note of a row."""
        self.rows.setdefault(table, {})[key] = hashlib.blake2b(line, digest_size=16).digest()


def next_version(before: Known | None, now: Known) -> str:
    """The version of `now`: 1.0.0 for the first, else as semantic versioning has it.

    Columns that changed or rows that are gone break what others built on it: the first number rises. New rows: the
    second. Rows that say something else than they did: the third. The same package keeps its version.

    >>> one = Known({"t": ["a"]}, {"t": {("1",): b"x"}}, "1.4.2")
    >>> next_version(one, Known({"t": ["a"]}, {"t": {("1",): b"x", ("2",): b"y"}}, None))
    '1.5.0'
    """
    if before is None or before.version is None:
        return FIRST
    major, minor, patch = _numbers(before.version)
    if before.schemas != now.schemas or any(_gone(before, now, table) for table in before.rows):
        return f"{major + 1}.0.0"
    if any(set(now.rows[table]) - set(before.rows.get(table, {})) for table in now.rows):
        return f"{major}.{minor + 1}.0"
    if before.rows != now.rows:
        return f"{major}.{minor}.{patch + 1}"
    return before.version


def _gone(before: Known, now: Known, table: str) -> bool:
    return bool(set(before.rows[table]) - set(now.rows.get(table, {})))


def _numbers(version: str) -> tuple[int, int, int]:
    try:
        major, minor, patch = (int(part) for part in version.split("."))
    except ValueError as error:
        raise WireError("the package before", f"the version {version!r}", "It should be three numbers.") from error
    return major, minor, patch


def known_package(path: Path) -> Known:
    """What is known of a package on the disk. Raises WireError where it is none of ours."""
    with opened_package(path) as package:
        described = package.descriptor
        known = Known({}, {}, str(described.get("version", FIRST)))
        for resource in described["resources"]:
            name, schema = resource["name"], resource["schema"]
            known.schemas[name] = schema
            known.rows[name] = {}
            places = [n for n, field in enumerate(schema["fields"]) if field["name"] in schema["primaryKey"]]
            with package.table(resource["path"]) as stream:
                reader = csv.reader(stream)
                next(reader, None)
                for cells in reader:
                    known.add(name, tuple(cells[place] for place in places), _line(cells))
    return known


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """A package that is being read: its descriptor, and its tables as text."""

    path: Path
    archive: zipfile.ZipFile | None
    descriptor: dict[str, Any]

    @contextmanager
    def table(self, name: str) -> Iterator[TextIO]:
        """The text of a table."""
        csv.field_size_limit(2**31 - 1)  # documents are longer than what csv takes for a cell
        try:
            stream = (self.path / name).open("rb") if self.archive is None else self.archive.open(name)
        except (OSError, KeyError) as error:
            raise WireError(str(self.path), f"no {name}", _HELP) from error
        with io.TextIOWrapper(stream, encoding="utf-8", newline="") as text:
            yield text


@contextmanager
def opened_package(path: Path) -> Iterator[OpenPackage]:
    """A package in a folder or an archive. Raises WireError where there is none."""
    try:
        if path.is_dir():
            yield OpenPackage(path, None, _descriptor((path / _DESCRIPTOR).read_bytes(), path))
        else:
            with zipfile.ZipFile(path) as archive:
                yield OpenPackage(path, archive, _descriptor(archive.read(_DESCRIPTOR), path))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise WireError(str(path), f"no data package ({error})", _HELP) from error


def _descriptor(content: bytes, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise WireError(f"{path}, {_DESCRIPTOR}", f"no JSON ({error})", _HELP) from error
    if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
        raise WireError(f"{path}, {_DESCRIPTOR}", "no list of resources", _HELP)
    return found
