"""Words that a database does not take as they are: with zero bytes or lone surrogates."""

import json
from collections.abc import Sequence

from pledgebook.store.engine import ESCAPE, Cell, Row


def cell(value: Cell) -> Cell:
    r"""A value as every database takes it; `plain_row` gives back what it was.

    >>> cell("words"), cell("a\0b")
    ('words', '\x01"a\\u0000b"')
    """
    if not isinstance(value, str):
        return value
    if value.isascii():
        if "\0" not in value and not value.startswith(ESCAPE):
            return value
    elif "\0" not in value and not value.startswith(ESCAPE) and _is_whole(value):
        return value
    return ESCAPE + json.dumps(value)


def cells(values: Sequence[Cell]) -> tuple[Cell, ...]:
    """The same for a row."""
    return tuple(map(cell, values))


def plain_row(row: Row) -> Row:
    """A row as it was given."""
    for value in row:
        if isinstance(value, str) and value.startswith(ESCAPE):
            return tuple(map(_plain, row))
    return row


def _plain(value: object) -> object:
    if isinstance(value, str) and value.startswith(ESCAPE):
        try:
            return json.loads(value[1:])
        except ValueError:
            return value  # not what we wrote: whoever looks at it will see that
    return value


def _is_whole(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
