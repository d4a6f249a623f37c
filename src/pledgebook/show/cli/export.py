"""pledgebook export."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from pledgebook.domain import Entry, UsageError
from pledgebook.show.cli.options import db_option, filter_options, say_options
from pledgebook.show.cli.session import Session
from pledgebook.show.filters import Filters

if TYPE_CHECKING:
    from pledgebook.show.export import Selection


@click.command("export")
@click.option(
    "--to",
    "to",
    metavar="FORMAT",
    required=True,
    help="jsonl, csv, xlsx, parquet, datapackage, ftm, iati, jsonld, or what an installed package brings.",
)
@click.option("-o", "--output", metavar="PATH", help="Write to PATH, whole or not at all (default: standard output).")
@click.option("--previous", metavar="FILE", help="The data package before this one, from which its version goes on.")
@click.option("--reporter", metavar="ID", help="Who publishes, for IATI (default: XI-PLEDGEBOOK, registered nowhere).")
@click.option("--reporter-name", metavar="NAME", help="The name of who publishes, for IATI.")
@filter_options
@db_option
@say_options
def command(
    *, to: str, output: str | None, previous: str | None, as_of: date | None, strict: bool, **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:  # fmt: skip
    """Lines of the book as files that other programs read.

    A data package is a folder where PATH has no suffix, else a ZIP archive. The same book gives the same bytes.
    """
    from pledgebook.show.cli.lines import asked_currency, filters_of, in_conflict  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.program import CONFLICTS  # noqa: PLC0415 - main loads the commands
    from pledgebook.show.export import export, find_format, write  # noqa: PLC0415

    format_ = find_format(to)
    to_screen = output in (None, "-")
    if to_screen and not format_.is_text and sys.stdout.isatty():
        raise UsageError(f"--to {to}", "a terminal to write to", "Name a file with -o.")
    if previous is not None and to != "datapackage":
        raise UsageError("--previous", f"given with --to {to}", "Only a data package has a version.")
    filters = filters_of(flags)
    session = Session(**flags)
    chosen = _selected(session, filters, as_of=as_of, currency=asked_currency(session), previous=previous)
    if output is None or to_screen:
        _to_stdout(lambda stream: write(chosen, to, stream))
    else:
        export(chosen, to, Path(output))
    return CONFLICTS if strict and in_conflict(chosen.entries) else 0


def _selected(
    session: Session, filters: Filters, *, as_of: date | None, currency: str | None, previous: str | None
) -> "Selection":
    """The lines that the filters keep, with the documents that they rest on."""
    from pledgebook.flow import entries  # noqa: PLC0415 - loads every room
    from pledgebook.ledger import PublishedRates, aged  # noqa: PLC0415
    from pledgebook.show.cli.session import now  # noqa: PLC0415
    from pledgebook.show.export import Reporter, Selection  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    with closing(open_book(session["db"])) as book:
        found: tuple[Entry, ...] = entries(book, rates=PublishedRates(), as_of=as_of, currency=currency)
        found = aged(found, as_of or now().date())
        documents = {item.document.id: item for item in book.documents()}
        decisions, facts = book.decisions(), book.facts()
    return Selection(
        entries=[entry for entry in found if filters.keep(entry)],
        documents=documents,
        decisions=decisions,
        snapshot=facts.head,
        previous=None if previous is None else Path(previous),
        reporter=Reporter(session["reporter"], session["reporter_name"]),
    )


def _to_stdout(write: "Callable[[BinaryIO], None]") -> None:
    sys.stdout.flush()
    try:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`); Python would complain once more while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None
