"""Rows of Parquet."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from pledgebook.domain import DocumentError, UsageError
from pledgebook.read.tables import NAMES, columns_of

_AT_ONCE = 64


def rows_of(stream: BinaryIO, *, source: str) -> Iterator[tuple[Mapping[str, object], Mapping[str, str]]]:
    """Each row with the columns that hold our fields. Raises DocumentError, and UsageError without pyarrow."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:  # pragma: no cover - the tests have every extra
        raise UsageError(source, "Parquet", "Run `pip install 'pledgebook[batch]'` to read it.") from error

    try:
        file: Any = pq.ParquetFile(stream)
        columns = columns_of(file.schema_arrow.names)
        if "content" not in columns:
            known = ", ".join(NAMES["content"])
            raise DocumentError(source, "a table without a column of texts", f"Call the column one of {known}.")
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=sorted(set(columns.values())), use_threads=False):
            for row in batch.to_pylist():
                yield row, columns
    except (pa.ArrowException, OSError, ValueError) as error:  # a damaged cell is no UTF-8
        seen = " ".join(str(error).split())[:200]
        raise DocumentError(source, f"damaged Parquet ({seen})", "Write the file again.") from error
