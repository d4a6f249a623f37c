"""pledgebook show."""

import shutil
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from pledgebook.domain import Entry, UsageError
from pledgebook.show.cli.frozen import frozen_for, snapshot_option
from pledgebook.show.cli.options import Day, db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps


@click.command("show")
@click.argument("pledge", metavar="PLEDGE")
@click.option("--as-of", type=Day(), help="As the book knew it at the end of that day.")
@snapshot_option
@click.option("--in", "currency", metavar="CUR", help="Convert to this currency at the day's rate.")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(
    *, pledge: str, as_of: date | None, snapshot: str | None, format_: str | None, output: str | None, **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:  # fmt: skip
    """One pledge: its fields with their quotes, every telling, what disagrees, its history and its relations.

    PLEDGE is an id of `pledgebook list`, or as much of its beginning as no other has.
    """
    from pledgebook.flow import rulings  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.lines import asked_currency, decisions_for, line_for  # noqa: PLC0415
    from pledgebook.show.pledge import pledge_record, pledge_text  # noqa: PLC0415

    session = Session(**flags)
    if snapshot is None:
        entry, entries = line_for(session, pledge, as_of=as_of, currency=asked_currency(session))
        decisions = decisions_for(session, as_of=as_of)
    else:
        frozen = frozen_for(session, snapshot, as_of=as_of, currency=asked_currency(session))
        entries, decisions = frozen.entries, frozen.decisions
        entry = _named(pledge, entries)
    decided = rulings(entry.pledge, decisions)
    if choose_format(format_, output) == "table":
        width = min(120, shutil.get_terminal_size((100, 24)).columns)
        write(pledge_text(entry, entries, rulings=decided, width=width), output)
    else:
        write([dumps(pledge_record(entry, entries, rulings=decided)) + "\n"], output)
    return 0


def _named(words: str, entries: Sequence[Entry]) -> Entry:
    found = [entry for entry in entries if entry.id == words] or [
        entry for entry in entries if entry.id.startswith(words) or entry.id.partition("-")[2].startswith(words)
    ]
    if not found or not words:
        raise UsageError("show", f"no pledge {words!r} in the book", "`pledgebook list` names them all.")
    if len(found) > 1:
        raise UsageError("show", f"{words!r}, with which several ids begin", "Give more of the id.")
    return found[0]
