"""Somebody's own table: CSV or XLSX, the first row with the headings."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pledgebook.domain import DocumentError, UsageError

_MOST_BYTES = 100_000_000
_SAMPLE = 8192


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of cells as words: as many in each row as there are headings."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_spreadsheet(path: Path, *, sheet: str | None = None) -> Table:
    """The table of a file; of a workbook its first sheet, or the one named.

    Days come as ISO 8601, figures as plain digits. Raises DocumentError for what can't be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DocumentError(str(path), f"more than {_MOST_BYTES:,} bytes", "Split it.")
        lines = _workbook(path, sheet) if path.suffix.lower() in (".xlsx", ".xlsm") else _delimited(path)
        rows = [row for row in lines if any(row)]
    except OSError as error:
        raise DocumentError(str(path), (error.strerror or "can't be opened").lower(), "Look at the file.") from error
    if not rows:
        raise DocumentError(str(path), "no rows", "The first row has to have the headings.")
    head = rows[0]
    while head and not head[-1]:
        head = head[:-1]
    width = len(head)
    return Table(path.name, tuple(head), tuple(tuple((row + [""] * width)[:width]) for row in rows[1:]))


def _delimited(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what spreadsheets of the West write where they are not asked
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:_SAMPLE].partition("\n")[0], ",;\t|")
    except csv.Error:
        dialect = "excel"
    for row in csv.reader(io.StringIO(text, newline=""), dialect):
        yield [cell.strip() for cell in row]


def _workbook(path: Path, sheet: str | None) -> Iterator[list[str]]:
    try:
        import openpyxl  # noqa: PLC0415 - comes with an extra
    except ImportError as error:
        raise UsageError("xlsx", "openpyxl, which is not installed", "pip install 'pledgebook[export]'") from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # a damaged archive raises whatever its library meets first
        raise DocumentError(str(path), f"no workbook ({type(error).__name__})", "Save it as XLSX again.") from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise UsageError("--sheet", repr(sheet), f"There are {', '.join(book.sheetnames)}.")
        for row in book[sheet or book.sheetnames[0]].iter_rows(values_only=True):
            yield [_words(cell) for cell in row]
    finally:
        book.close()


def _words(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
