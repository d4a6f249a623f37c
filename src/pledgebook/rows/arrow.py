"""Rows to Arrow: money as decimals, days as days."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pledgebook.domain import UsageError
from pledgebook.rows.fields import Cell, Field, Type

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
# Arrow's decimals have 38 digits: 32 before the point are more than any currency needs, rates need more behind it.
_PLACES = {Type.FIGURE: 6, Type.RATE: 18}
_DIGITS = 38
_CONTEXT = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN)
_BATCH = 4096


def load_arrow() -> Any:  # noqa: ANN401 - a module
    """The module pyarrow. Raises UsageError, which names the extra, where it is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - comes with an extra
    except ImportError as error:
        raise UsageError("Arrow", "pyarrow, which is not installed", "pip install 'pledgebook[export]'") from error
    return pa


def arrow_schema(fields: Sequence[Field[Any]], metadata: dict[str, str] | None = None) -> "pa.Schema":
    """The columns as Arrow has them, each with its meaning."""
    pa = load_arrow()
    types = {
        Type.TEXT: pa.string(),
        Type.JSON: pa.string(),
        Type.TEXTS: pa.list_(pa.string()),
        Type.WHOLE: pa.int64(),
        Type.DAY: pa.date32(),
        Type.TRUTH: pa.bool_(),
        **{kind: pa.decimal128(_DIGITS, places) for kind, places in _PLACES.items()},
    }
    return pa.schema(
        [pa.field(field.name, types[field.type], metadata={"description": field.meaning}) for field in fields],
        metadata=metadata,
    )


def arrow_batches(items: Iterable[T], fields: Sequence[Field[T]], schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
    """The rows a few thousand at a time."""
    pa = load_arrow()
    waiting = iter(items)
    while several := list(islice(waiting, _BATCH)):
        columns = [
            pa.array([_cell(field.read(item), field.type) for item in several], type=schema.field(number).type)
            for number, field in enumerate(fields)
        ]
        yield pa.record_batch(columns, schema=schema)


def _cell(value: Cell, kind: Type) -> object:
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-_PLACES[kind]), context=_CONTEXT)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return list(value) if isinstance(value, tuple) else value
