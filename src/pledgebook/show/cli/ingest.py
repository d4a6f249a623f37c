"""pledgebook ingest."""

from contextlib import closing
from typing import Any

import click

from pledgebook.show.cli.options import db_option, output_options, say_options, source_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.reading import read_for
from pledgebook.show.cli.session import Session, now
from pledgebook.wire import dumps


@click.command("ingest")
@source_options
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(sources: tuple[str, ...], format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Documents and their claims into the book; what it has already is not added again.

    Gives one line: how many documents were read, how many of them were new, how many could not be read.
    """
    from pledgebook.flow import Kept, keep  # noqa: PLC0415 - loads every room
    from pledgebook.store import open_book  # noqa: PLC0415

    session = Session(**flags)
    items = session.counted(read_for(session, sources), "documents")
    kept, claims = Kept(), 0
    with closing(open_book(session["db"], create=True)) as book:
        for batch, so_far in keep(book, items, at=now()):
            kept = so_far
            claims += sum(len(item.claims) for item in session.readable(batch))
    told = {
        "book": session["db"],
        "documents": kept.documents,
        "new": kept.new,
        "refused": kept.refused,
        "claims": claims,
    }
    if choose_format(format_, output) == "table":
        words = f"{kept.documents} documents with {claims} claims read, {kept.new} new to {session['db']}"
        write([words + (f", {kept.refused} not readable.\n" if kept.refused else ".\n")], output)
    else:
        write([dumps(told) + "\n"], output)
    return session.code()
