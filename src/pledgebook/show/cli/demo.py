"""pledgebook demo."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pledgebook.domain import Entry, Page
from pledgebook.read import Item
from pledgebook.show.cli.options import db_option, say_options
from pledgebook.show.cli.output import write
from pledgebook.show.cli.session import Session, now


@click.command("demo")
@click.option("--serve", is_flag=True, help="Open the web app on it; Ctrl-C ends it.")
@click.option("--port", metavar="N", help="The port of the web app (default: 8000); 0 takes a free one.")
@click.option("--in", "currency", metavar="CUR", help="The currency of the totals.")
@click.option("--workers", metavar="N", help="Processes side by side; 0: as many as it pays to have.")
@db_option
@say_options
def command(*, serve: bool, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """The whole way on the bundled articles: reads, keeps, prints the ledger and its totals beside the naive sum.

    The book is kept only where --db names one.
    """
    session = Session(**flags)
    named = session.settings["db"].origin == "flag"
    with nullcontext() if named else tempfile.TemporaryDirectory() as folder:
        path = session["db"] if named else str(Path(str(folder)) / "demo.db")
        entries = _ingest(session, path)
        if serve:
            from pledgebook.show.cli.serve import run_server  # noqa: PLC0415 - belongs to the extra [web]

            return run_server(session, path)
    _print(session, entries)
    return session.code()


def _ingest(session: Session, path: str) -> tuple[Entry, ...]:
    from pledgebook.flow import entries, keep, read_pages  # noqa: PLC0415 - loads every room
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.show.demo import articles  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    with articles() as folder, closing(open_book(path, create=True)) as book:
        items = read_pages(_named(folder), reader=session["reader"], workers=session["workers"])
        documents = claims = 0
        for batch, _ in keep(book, session.counted(items, "articles"), at=now()):
            for item in session.readable(batch):
                documents, claims = documents + 1, claims + len(item.claims)
        found = entries(book, rates=PublishedRates(), currency=session["currency"])
    languages = len({telling.language.split("-")[0] for entry in found for telling in entry.pledge.tellings})
    session.say(f"{documents} articles in {languages} languages, {claims} claims.")
    return found


def _named(folder: Path) -> Iterator[Item]:
    """The articles, each called by its file's name alone: where the package is installed is nobody's source."""
    from pledgebook.read import read_sources  # noqa: PLC0415 - loads the room

    for item in read_sources([str(folder)]):
        yield replace(item, source=Path(item.source).name) if isinstance(item, Page) else item


def _print(session: Session, entries: Sequence[Entry]) -> None:
    from pledgebook.ledger import PublishedRates, totals  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.table import table_text  # noqa: PLC0415
    from pledgebook.show.entries import ledger_sheet, tallies_sheet  # noqa: PLC0415
    from pledgebook.show.pledge import pledge_text  # noqa: PLC0415

    tallies = totals(entries, currency=session["currency"], rates=PublishedRates(), by="country")
    write(table_text(ledger_sheet(entries)), None)
    sys.stdout.write("\n")
    write(table_text(tallies_sheet(tallies, by="country")), None)
    told = [entry for entry in entries if entry.counted and not entry.is_rest]
    if told:
        sys.stdout.write("\n")
        write(pledge_text(min(told, key=_dullness), entries), None)


def _dullness(entry: Entry) -> tuple[int, int, str]:
    """Least for the pledge that shows most: told in many languages and by many voices."""
    return (-len({telling.language for telling in entry.pledge.tellings}), -entry.pledge.voices, entry.id)
