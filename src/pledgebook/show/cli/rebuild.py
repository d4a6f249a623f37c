"""pledgebook rebuild."""

from contextlib import closing
from typing import Any

import click

from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps


@click.command("rebuild")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Works out again all that follows from the documents, the claims and the log: the same book comes out.

    Lines of the ledger, totals, decisions, names and the search are dropped and made anew. What was written stays.
    """
    from pledgebook.flow.keeper import bring_up_to_date  # noqa: PLC0415 - loads every room
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.show.cli.progress import shown  # noqa: PLC0415 - next to its use
    from pledgebook.store import LineQuery, open_book  # noqa: PLC0415 - loads the database

    session = Session(**flags)
    with closing(open_book(session["db"])) as book, shown(session) as progress:
        book.rebuild(progress)
        is_current = bring_up_to_date(book, rates=PublishedRates(), progress=progress)
        lines, counted = book.lines.count(LineQuery()), book.lines.count(LineQuery(counted=True))
        head = book.head()
    if choose_format(format_, output) == "table":
        words = f"{session['db']}: {lines} lines worked out again, {counted} of them count.\n"
        late = "" if is_current else "Somebody writes to it: the lines will be worked out when they are asked for.\n"
        write([words, late, f"{head}\n"], output)
    else:
        told = {"book": session["db"], "lines": lines, "counted": counted, "current": is_current, "head": head}
        write([dumps(told) + "\n"], output)
    return 0
