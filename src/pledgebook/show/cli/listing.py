"""pledgebook list."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from pledgebook.domain import Entry
from pledgebook.show.cli.frozen import frozen_for, snapshot_option
from pledgebook.show.cli.options import db_option, filter_options, output_options, say_options
from pledgebook.show.cli.output import as_array, choose_format, write
from pledgebook.show.cli.session import Session


@click.command("list")
@filter_options
@snapshot_option
@db_option
@output_options()
@say_options
def command(
    *, as_of: date | None, snapshot: str | None, strict: bool, format_: str | None, output: str | None, **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:  # fmt: skip
    """The pledges of the book, those that don't count too, each with the reason."""
    from pledgebook.show.cli.lines import asked_currency, filters_of, in_conflict, lines_for  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.program import CONFLICTS  # noqa: PLC0415 - main loads the commands

    filters = filters_of(flags)
    session = Session(**flags)
    if snapshot is None:
        shown: Sequence[Entry] = lines_for(session, filters, as_of=as_of, currency=asked_currency(session))
    else:
        frozen = frozen_for(session, snapshot, as_of=as_of, currency=asked_currency(session))
        shown = [entry for entry in frozen.entries if filters.keep(entry)]
    write(pieces(shown, choose_format(format_, output)), output)
    return CONFLICTS if strict and in_conflict(shown) else 0


def pieces(entries: Sequence[Entry], format_: str) -> Iterator[str]:
    """Lines of the ledger in a format."""
    from pledgebook.show.entries import ENTRY_PATHS, entries_sheet  # noqa: PLC0415 - each format loads what it needs
    from pledgebook.wire import dumps  # noqa: PLC0415
    from pledgebook.wire_book import pledge_json  # noqa: PLC0415

    if format_ == "jsonl":
        yield from (dumps(pledge_json(entry)) + "\n" for entry in entries)
    elif format_ == "json":
        yield from as_array(dumps(pledge_json(entry)) for entry in entries)
    elif format_ == "csv":
        from pledgebook.show.sheet import csv_lines  # noqa: PLC0415

        yield from csv_lines((pledge_json(entry) for entry in entries), ENTRY_PATHS)
    elif format_ == "html":
        from pledgebook.show.page import sheet_page  # noqa: PLC0415

        yield from sheet_page(entries_sheet(entries))
    else:
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415

        yield from table_text(entries_sheet(entries))
