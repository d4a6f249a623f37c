"""XLSX: a sheet of lines, a codebook, and where it all comes from."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from pledgebook.domain import Entry, UsageError
from pledgebook.rows import PLEDGE_FIELDS, Cell, Field, Type
from pledgebook.show.export.cells import figure_text
from pledgebook.show.export.selection import Selection

# A file says when it was made: always then, so that the same book gives the same bytes.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's time has no zone
_OPTIONS = {
    "constant_memory": True,  # rows go to the disk as they are written
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MOST_ROWS = 1_000_000
_MOST_WORDS = 32_000
_SURE_DIGITS = 15
_FIRST_YEAR = 1900
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {Type.TEXT: 18, Type.TEXTS: 24, Type.JSON: 24, Type.DAY: 11, Type.FIGURE: 16, Type.RATE: 12}
_ABOUT = (
    "Each line is a pledge, or the unnamed rest of a total.",
    "Add up adds_central (or in_central) over the lines whose counted is TRUE: a total never counts beside its parts.",
    "Lines that do not count stay, with the reason.",
)


def write_xlsx(selection: Selection, stream: BinaryIO) -> None:
    """A workbook whose cells are what they say they are: figures, days, words, and never a formula.

    A figure of more than 15 digits is written as text, since a spreadsheet would round it; words beyond what a cell
    holds are cut and marked with an ellipsis.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - comes with an extra
    except ImportError as error:
        raise UsageError("xlsx", "xlsxwriter, which is not installed", "pip install 'pledgebook[export]'") from error
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"title": "Pledges", "comments": selection.snapshot, "created": _MADE})
    _Sheets(book).write(selection)
    book.close()


class _Sheets:
    """The sheets of one workbook and how their cells look."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._looks = {
            Type.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
            Type.FIGURE: book.add_format({"num_format": "#,##0.######"}),
            Type.RATE: book.add_format({"num_format": "0.0###########"}),
        }

    def write(self, selection: Selection) -> None:
        entries = selection.entries
        for part in range(0, max(1, len(entries)), _MOST_ROWS):
            name = "pledges" if not part else f"pledges {part // _MOST_ROWS + 1}"
            self._lines(name, entries[part : part + _MOST_ROWS])
        self._words(
            "codebook", ("column", "type", "meaning"), ((f.name, f.type.value, f.meaning) for f in PLEDGE_FIELDS)
        )
        counted = sum(entry.counted for entry in entries)
        about = (
            ("lines", f"{len(entries)}, of which {counted} count"),
            ("snapshot", selection.snapshot),
            *(("how to read it", words) for words in _ABOUT),
        )
        self._words("about", ("what", ""), about)

    def _lines(self, name: str, entries: Sequence[Entry]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for number, field in enumerate(PLEDGE_FIELDS):
            sheet.set_column(number, number, _WIDTHS.get(field.type, 10))
        sheet.autofilter(0, 0, max(1, len(entries)), len(PLEDGE_FIELDS) - 1)
        for number, field in enumerate(PLEDGE_FIELDS):
            sheet.write_string(0, number, field.name, self._head)
        for row, entry in enumerate(entries, 1):
            for number, field in enumerate(PLEDGE_FIELDS):
                self._cell(sheet, row, number, field, field.read(entry))

    def _cell(self, sheet: Any, row: int, column: int, field: Field[Any], value: Cell) -> None:  # noqa: ANN401
        look = self._looks.get(field.type)
        if value is None or value == ():
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001 - a day
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) <= _SURE_DIGITS:
            sheet.write_number(row, column, float(value), look)
        else:
            sheet.write_string(row, column, _text(value))

    def _words(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, 22)
        sheet.set_column(len(heads) - 1, len(heads) - 1, 100)
        for number, words in enumerate(heads):
            sheet.write_string(0, number, words, self._head)
        for row, cells in enumerate(rows, 1):
            for number, words in enumerate(cells):
                sheet.write_string(row, number, _text(words))


def _text(value: Cell) -> str:
    if isinstance(value, Decimal):
        return figure_text(value)
    words = "; ".join(value) if isinstance(value, tuple) else str(value)
    words = _NO_XML.sub("\ufffd", words)
    return words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1] + "…"
