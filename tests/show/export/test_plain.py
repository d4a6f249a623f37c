import csv
import io
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import UsageError, WireError
from pledgebook.rows import PLEDGE_FIELDS, Type
from pledgebook.show.export import Selection, find_format, format_names, write
from pledgebook.show.export.cells import cell_text, read_cell, safe, unsafe
from pledgebook.wire_book import pledge_json

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(selection: Selection, format_: str) -> bytes:
    stream = io.BytesIO()
    write(selection, format_, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", format_names())
def test_the_same_lines_give_the_same_bytes(demo: Selection, name: str) -> None:
    first = written(demo, name)
    assert first == written(demo, name)
    assert len(first) > 1000


@pytest.mark.parametrize("name", format_names())
def test_nothing_and_the_nastiest_can_be_written(nasty: Selection, name: str) -> None:
    assert len(written(nasty, name)) > len(written(Selection(()), name))


def test_jsonl_is_that_of_list(demo: Selection) -> None:
    lines = [json.loads(line) for line in written(demo, "jsonl").splitlines()]
    assert lines == [json.loads(json.dumps(pledge_json(entry))) for entry in demo.entries]


@pytest.mark.parametrize("which", ["demo", "nasty"])
def test_csv_comes_back_equal_and_no_cell_is_a_formula(which: str, request: pytest.FixtureRequest) -> None:
    selection: Selection = request.getfixturevalue(which)
    rows = list(csv.reader(io.StringIO(written(selection, "csv").decode(), newline="")))
    assert rows[0] == [field.name for field in PLEDGE_FIELDS]
    assert len(rows) == 1 + len(selection.entries)
    for cells, entry in zip(rows[1:], selection.entries, strict=True):
        for cell, field in zip(cells, PLEDGE_FIELDS, strict=True):
            assert not cell.startswith(FORMULA) or field.type in (Type.FIGURE, Type.RATE), cell
            if field.type is not Type.TEXTS:
                assert read_cell(cell, field.type, where="a") == field.read(entry), field.name


@given(st.text())
def test_safe_text_comes_back_and_never_is_a_formula(text: str) -> None:
    assert unsafe(safe(text)) == text
    assert not safe(text).startswith((*FORMULA, "\n"))


def test_a_cell_of_the_wrong_type_is_named() -> None:
    for kind in (Type.DAY, Type.FIGURE, Type.WHOLE, Type.TRUTH):
        with pytest.raises(WireError, match=r"row 3: 'x', not of type"):
            read_cell("x", kind, where="row 3")
    assert read_cell("", Type.DAY, where="a") is None
    assert cell_text(()) == ""


def test_parquet_has_decimals_and_days(nasty: Selection) -> None:
    table = pq.read_table(io.BytesIO(written(nasty, "parquet")))
    assert table.num_rows == len(nasty.entries)
    for name, field in zip(table.column_names, PLEDGE_FIELDS, strict=True):
        read = [tuple(value) if isinstance(value, list) else value for value in table.column(name).to_pylist()]
        told = [field.read(entry) for entry in nasty.entries]
        assert [_plain(value) for value in read] == [_plain(value) for value in told], name
    assert str(table.schema.field("amount_value").type) == "decimal128(38, 6)"
    assert str(table.schema.field("announced_earliest").type) == "date32[day]"
    assert b"in whole currency units" in table.schema.field("amount_value").metadata[b"description"]
    assert table.schema.metadata[b"pledgebook.snapshot"] == b"f" * 64


def _plain(value: object) -> object:
    return value.normalize() if isinstance(value, Decimal) else value


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="--to: 'docx', which we don't know"):
        find_format("docx")
