import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from pledgebook.rows import PLEDGE_FIELDS, Cell, Type
from pledgebook.show.export import Selection
from pledgebook.show.export.workbook import write_xlsx


def workbook(selection: Selection) -> tuple[openpyxl.Workbook, bytes]:
    stream = io.BytesIO()
    write_xlsx(selection, stream)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue())), stream.getvalue()


@pytest.mark.parametrize("which", ["demo", "nasty"])
def test_every_cell_comes_back_with_its_type(which: str, request: pytest.FixtureRequest) -> None:
    selection: Selection = request.getfixturevalue(which)
    book, _ = workbook(selection)
    rows = list(book["pledges"].iter_rows(values_only=True))
    assert rows[0] == tuple(field.name for field in PLEDGE_FIELDS)
    for cells, entry in zip(rows[1:], selection.entries, strict=True):
        for cell, field in zip(cells, PLEDGE_FIELDS, strict=True):
            assert same(cell, field.read(entry), field.type), (field.name, cell, field.read(entry))


def same(cell: object, told: Cell, kind: Type) -> bool:
    if told is None or told == ():
        return cell is None
    if isinstance(cell, datetime):
        return cell.date() == told
    if isinstance(told, Decimal):
        return Decimal(str(cell)) == told
    if isinstance(told, tuple):
        return cell == "; ".join(told).replace("\x0b", "_x000B_")
    return cell == told or (kind is Type.TEXT and str(cell) == str(told).replace("\ufffe", "\ufffd"))


def test_nothing_is_a_formula_or_a_link(nasty: Selection) -> None:
    book, content = workbook(nasty)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_days_are_days_figures_are_figures_and_too_long_ones_stay_whole(nasty: Selection) -> None:
    sheet = workbook(nasty)[0]["pledges"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, columns["amount_currency"]).value: row for row in range(2, sheet.max_row + 1)}
    assert sheet.cell(rows["EUR"], columns["amount_value"]).value == "12345678901234567"
    assert sheet.cell(rows["JPY"], columns["amount_value"]).value == 500_000_000
    day = sheet.cell(rows["EUR"], columns["announced_earliest"])
    assert (day.value.date(), day.number_format) == (date(2024, 5, 13), "yyyy-mm-dd")
    assert sheet.cell(rows["JPY"], columns["counted"]).value in (True, False)


def test_the_heading_is_frozen_and_the_codebook_explains_each_column(demo: Selection) -> None:
    book, _ = workbook(demo)
    assert book.sheetnames == ["pledges", "codebook", "about"]
    assert book["pledges"].freeze_panes == "B2"
    assert [row[0] for row in book["codebook"].iter_rows(min_row=2, values_only=True)] == [
        f.name for f in PLEDGE_FIELDS
    ]
    assert dict(book["about"].iter_rows(min_row=2, max_row=3, values_only=True))["snapshot"] == "f" * 64
