"""Tables on a terminal."""

import os
import sys
from collections.abc import Iterator
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pledgebook.show.sheet import Sheet
from pledgebook.show.text import plain

_WIDTH_OF_FILES = 160


def console(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that writes on `stream`: coloured and as wide as the terminal where it is one."""
    if width is None and not stream.isatty():
        width = int(os.environ.get("COLUMNS") or _WIDTH_OF_FILES)
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def table_text(sheet: Sheet, stream: TextIO | None = None) -> Iterator[str]:
    """A sheet in text, drawn for `stream`."""
    drawn = console(sys.stdout if stream is None else stream)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, title=plain(sheet.title), title_justify="left")
    for column in sheet.columns:
        table.add_column(
            column.name,
            justify="right" if column.is_figure else "left",
            overflow="fold",
            no_wrap=column.is_figure and not column.wraps,
            min_width=8 if column.grows else None,
        )
    for row in sheet.rows:
        table.add_row(*(Text(plain(words)) for words in row))
    with drawn.capture() as captured:
        drawn.print(table)
        for note in sheet.notes:
            drawn.print(Text(plain(note)))
    yield "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"
