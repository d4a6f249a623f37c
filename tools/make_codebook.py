#!/usr/bin/env python3
"""Writes CODEBOOK.md: every column of every table that the book gives, with keys and types.

Run it with `python tools/make_codebook.py`; with `--check` it writes nothing and exits 1 where the page would change.
The columns come from the code that writes them.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pledgebook.rows import Field, Type
from pledgebook.show.export.datapackage.tables import TABLES, Table

TARGET = Path(__file__).resolve().parent.parent / "CODEBOOK.md"
_TYPES = {
    Type.TEXT: "text",
    Type.TEXTS: "a list of texts; in CSV and XLSX one cell, with `; ` between them",
    Type.JSON: "JSON in a text",
    Type.WHOLE: "a whole number",
    Type.FIGURE: "a decimal number, exact, without separators",
    Type.RATE: "a decimal number with all its digits",
    Type.DAY: "a day, YYYY-MM-DD",
    Type.TRUTH: "true or false",
}
_OPENING = """\
# Codebook

<!-- Written by tools/make_codebook.py: change the code, not this. -->

What the columns of exported tables mean. `pledges` is the table that CSV, XLSX, Parquet and notebooks have; a data
package (`pledgebook export --to datapackage`) has all tables below, in UTF-8 CSV. An empty cell means that nothing is
known, never zero. How sums are counted: [counting](docs/counting.md). Which formats there are:
[exports](docs/how-to/export.md). JSON follows [claim.schema.json](src/pledgebook/claim.schema.json).
"""


def main() -> int:
    """Writes the page, or with --check compares; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing, exit 1 where the page would change")
    check = arguments.parse_args().check
    text = page()
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    if not check:
        TARGET.write_text(text, encoding="utf-8")
    print(f"{'out of date' if check else 'written'}: {TARGET.name}")
    return int(check)


def page() -> str:
    """The whole page."""
    lines = [_OPENING, "## Types", "", "| type | what a cell holds |", "| --- | --- |"]
    lines += [f"| {kind.value} | {words} |" for kind, words in _TYPES.items()]
    for table in TABLES:
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def _table(table: Table[Any]) -> Iterator[str]:
    yield from (f"## {table.name}", "", table.meaning, "")
    yield f"Key: {_names(table.key)}."
    for reference in table.references:
        yield f"{_names(reference.columns)} names a row of {reference.table} ({_names(reference.keys)})."
    yield ""
    yield from ("| column | type | what it is |", "| --- | --- | --- |")
    yield from (_column(field) for field in table.fields)


def _column(field: Field[Any]) -> str:
    return f"| `{field.name}` | {field.type.value} | {_cell(field.meaning)} |"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
