"""Rows are read by what people have: polars, pandas, duckdb, pyarrow; money and days come out as they went in."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from factory import RATES, claim, ledger, tell
from pledgebook.domain import UsageError
from pledgebook.ledger import totals
from pledgebook.rows import PLEDGE_FIELDS, TALLY_FIELDS, Rows
from pledgebook.rows.chart import Chart, draw_changes, draw_pledges, draw_totals
from pledgebook.rows.html import html_table

ODD = Decimal("123456789012345.678")


@pytest.fixture(scope="module")
def rows() -> Rows[Any]:
    lines = ledger(
        tell("a", "2024-05-14", claim("1", "Acme", "ES", "2.1 bn USD", "2024-05-13", by="2026-12-31")),
        tell("b", "2024-05-15", claim("1", "Bolt", "FR DE", "30-50 m EUR", "2024-05-15", places=("Lyon", "Köln"))),
        tell("c", None, claim("1", "Cora", "JP", None, None, things={"gpus": 25000})),
    ).lines
    return Rows("pledges", lines, PLEDGE_FIELDS, draw=draw_pledges, snapshot="abc")


@pytest.fixture(scope="module")
def sums(rows: Rows[Any]) -> Rows[Any]:
    found = totals(rows.things, currency="USD", rates=RATES, by="country")
    return Rows("totals", found, TALLY_FIELDS, draw=draw_totals)


def expected(rows: Rows[Any], name: str) -> list[object]:
    return rows.column(name)


CHECKED = ("id", "amount_value", "amount_currency", "announced_earliest", "term_end", "counted", "sources_all")


@pytest.mark.parametrize("name", CHECKED)
def test_each_library_reads_the_same(rows: Rows[Any], name: str) -> None:
    told = [list(it) if isinstance(it, tuple) else it for it in expected(rows, name)]
    assert pa.table(rows).column(name).to_pylist() == told
    assert pl.DataFrame(rows)[name].to_list() == told
    assert duckdb.sql(f'SELECT "{name}" FROM rows').fetchall() == [(it,) for it in told]  # noqa: S608 - our own names
    assert [None if it is pd.NA or it is None else it for it in rows.to_pandas()[name]] == told


def test_types_are_those_of_money_and_days(rows: Rows[Any]) -> None:
    arrow = rows.to_arrow()
    assert arrow.schema.field("amount_value").type == pa.decimal128(38, 6)
    assert arrow.schema.field("announced_earliest").type == pa.date32()
    assert arrow.schema.field("places").type == pa.list_(pa.string())
    polars = rows.to_polars()
    assert polars.schema["amount_value"] == pl.Decimal(38, 6)
    assert polars.schema["announced_earliest"] == pl.Date
    assert [sorted(places) for places in polars["places"].to_list() if places] == [["Köln", "Lyon"]]
    frame = rows.to_pandas()
    assert str(frame.dtypes["amount_value"]) == "decimal128(38, 6)[pyarrow]"
    assert str(frame.dtypes["announced_earliest"]) == "date32[day][pyarrow]"
    types = dict(duckdb.sql("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM rows)").fetchall())
    assert types["amount_value"] == "DECIMAL(38,6)"
    assert types["announced_earliest"] == "DATE"


def test_pandas_reads_the_stream_itself(rows: Rows[Any]) -> None:
    assert pd.DataFrame.from_arrow(rows)["id"].tolist() == rows.column("id")


def test_sums_of_money_stay_exact(sums: Rows[Any]) -> None:
    *parts, whole = sums.column("central")
    assert pl.DataFrame(sums)["central"].to_list() == [*parts, whole]
    assert duckdb.sql("SELECT sum(central) FROM sums WHERE key IS NOT NULL").fetchall() == [(sum(parts, Decimal(0)),)]


def test_it_is_a_sequence_of_the_things_themselves(rows: Rows[Any]) -> None:
    assert len(rows) == 3
    assert rows[0].pledge.id == rows[0].id
    assert [entry.id for entry in rows] == rows.column("id")
    assert rows[:2].column("id") == rows.column("id")[:2]
    assert rows[:3] == rows
    assert rows != [1]
    assert hash(rows[:3]) == hash(rows)
    assert rows.records()[0]["id"] == rows[0].id
    assert repr(rows).startswith("<3 pledges: id, investors")
    with pytest.raises(UsageError, match="no column 'amout'"):
        rows.column("amout")


def test_a_notebook_shows_a_table_and_nothing_runs() -> None:
    (line,) = ledger(tell("a", "2024-05-14", claim("1", "<script>alert(1)</script>", "ES", "2 bn USD"))).lines
    shown = Rows("pledges", [line], PLEDGE_FIELDS)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "2,000,000,000" in shown
    assert "term_end" not in shown  # empty in every row
    many = html_table("pledges", PLEDGE_FIELDS, [line] * 100, "f" * 64)
    assert "100 pledges, the first 60 shown · snapshot ffffffffffff" in many


def test_charts_are_specifications_and_pictures(rows: Rows[Any], sums: Rows[Any], tmp_path: Path) -> None:
    for drawn in (rows.chart(), sums.chart()):
        bundle = drawn._repr_mimebundle_()
        assert bundle["image/svg+xml"].startswith("<svg")
        assert bundle["application/vnd.vegalite.v5+json"] == drawn.spec
        for name in ("a.svg", "a.png", "a.json"):
            drawn.save(tmp_path / name)
        assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
        assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == drawn.spec
        with pytest.raises(UsageError, match="Name a file"):
            drawn.save(tmp_path / "a.gif")
    keys = {value["key"] for value in sums.chart().spec["data"]["values"]}
    assert keys == set(sums.column("key")) - {None}
    assert all(value["low"] <= value["central"] <= value["high"] for value in sums.chart().spec["data"]["values"])


def test_a_chart_of_changes_and_rows_without_one() -> None:
    from pledgebook.ledger.changes import Change, ChangeKind

    drawn = Chart(draw_changes([Change(date(2024, 5, 13), "p", ChangeKind.NEW)]))
    assert drawn.spec["data"]["values"] == [{"month": "2024-05", "kind": "new"}]
    assert drawn.to_svg().startswith("<svg")
    with pytest.raises(UsageError, match="no picture"):
        Rows("words", ["a"], ()).chart()


def test_what_is_not_installed_is_named(rows: Rows[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name, call, extra in (
        ("pyarrow", rows.to_arrow, "pledgebook\\[export\\]"),
        ("polars", rows.to_polars, "pip install polars"),
        ("pandas", rows.to_pandas, "pip install pandas"),
        ("vl_convert", rows.chart().to_svg, "pledgebook\\[web\\]"),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            with pytest.raises(UsageError, match=extra):
                call()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "vl_convert", None)
        assert "image/svg+xml" not in rows.chart()._repr_mimebundle_()


def test_figures_keep_their_digits() -> None:
    from dataclasses import replace

    (line,) = ledger(tell("a", "2024-05-14", claim("1", "Acme", "ES", "2 bn USD"))).lines
    shown = Rows("pledges", [replace(line, central=ODD)], PLEDGE_FIELDS)
    assert shown.to_arrow().column("adds_central").to_pylist() == [ODD]
