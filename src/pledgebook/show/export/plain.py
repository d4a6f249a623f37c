"""JSON Lines, CSV and Parquet: a line for each line of the ledger."""

import csv
import io
from typing import BinaryIO

from pledgebook.rows import PLEDGE_FIELDS
from pledgebook.rows.arrow import arrow_batches, arrow_schema, load_arrow
from pledgebook.show.export.cells import cell_text
from pledgebook.show.export.selection import Selection
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json


def write_jsonl(selection: Selection, stream: BinaryIO) -> None:
    """A line of JSON for each, as `pledgebook list --format jsonl` has it."""
    stream.writelines((dumps(pledge_json(entry)) + "\n").encode() for entry in selection.entries)


def write_csv(selection: Selection, stream: BinaryIO) -> None:
    """CSV (RFC 4180, UTF-8) with a heading; no cell is taken for a formula."""
    stream.write(csv_line([field.name for field in PLEDGE_FIELDS]))
    stream.writelines(
        csv_line([cell_text(field.read(entry)) for field in PLEDGE_FIELDS]) for entry in selection.entries
    )


def csv_line(cells: list[str]) -> bytes:
    r"""One line of CSV.

    >>> csv_line(["a", "b", "d,e"])
    b'a,b,"d,e"\r\n'
    """
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def write_parquet(selection: Selection, stream: BinaryIO) -> None:
    """Parquet with typed columns: money as decimals, days as days, each column with its meaning."""
    load_arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415 - comes with an extra

    schema = arrow_schema(PLEDGE_FIELDS, {"pledgebook.rows": "pledges", "pledgebook.snapshot": selection.snapshot})
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in arrow_batches(selection.entries, PLEDGE_FIELDS, schema):
            writer.write_batch(batch)
