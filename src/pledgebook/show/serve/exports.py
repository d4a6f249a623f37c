"""Any rows as a spreadsheet or a Parquet file, for the tables of the pages."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from pledgebook.show.desk.ports import Exporter
from pledgebook.wire import dumps


@dataclass(frozen=True, slots=True)
class Xlsx:
    """A workbook of one sheet: figures as figures, all else as words that are never formulas or links."""

    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix: str = ".xlsx"

    def write(self, records: Sequence[dict[str, Any]], paths: Sequence[str]) -> bytes:
        """The file."""
        import xlsxwriter  # noqa: PLC0415 - belongs to the extra [export]

        stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(stream, options) as book:
            sheet = book.add_worksheet("rows")
            bold = book.add_format({"bold": True})
            sheet.freeze_panes(1, 0)
            for column, path in enumerate(paths):
                sheet.write_string(0, column, path, bold)
            for row, record in enumerate(records, 1):
                for column, path in enumerate(paths):
                    _put(sheet, row, column, value_at(record, path))
        return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file whose columns are the paths: figures where all are, else words."""

    media_type: str = "application/vnd.apache.parquet"
    suffix: str = ".parquet"

    def write(self, records: Sequence[dict[str, Any]], paths: Sequence[str]) -> bytes:
        """The file."""
        import pyarrow as pa  # noqa: PLC0415 - belongs to the extra [export]
        from pyarrow import parquet  # noqa: PLC0415

        columns = {path: _column(pa, [value_at(record, path) for record in records]) for path in paths}
        stream = io.BytesIO()
        parquet.write_table(pa.table(columns), stream)
        return stream.getvalue()


def exports() -> Mapping[str, Exporter]:
    """The formats whose libraries are installed."""
    known: dict[str, tuple[str, Exporter]] = {"xlsx": ("xlsxwriter", Xlsx()), "parquet": ("pyarrow", Parquet())}
    return {name: exporter for name, (library, exporter) in known.items() if find_spec(library) is not None}


def value_at(record: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - JSON is whatever was said
    """What stands at a dotted path of a JSON object: a figure, a truth, words, or None.

    >>> value_at({"amount": {"value": 3}, "places": ["A", "B"]}, "amount.value")
    3
    """
    value: Any = record
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if isinstance(value, list) and all(isinstance(item, Mapping) and "name" in item for item in value):
        return "; ".join(str(item["name"]) for item in value)
    return dumps(value)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:32_767])


def _column(pa: Any, values: Sequence[Any]) -> Any:  # noqa: ANN401 - pyarrow's own type
    said = [value for value in values if value is not None]
    if said and all(isinstance(value, bool) for value in said):
        return pa.array(values, pa.bool_())
    if said and all(isinstance(value, int | float) and not isinstance(value, bool) for value in said):
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())
