"""pledgebook verify."""

from contextlib import closing
from typing import Any

import click

from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps


@click.command("verify")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Whether the book is what was written: exit 0 where every byte is, else what is not and what would help.

    The files are looked through page by page, the log is hashed again from its start, and every row is compared with
    what the log says of it.
    """
    from pledgebook.show.cli.program import FAILED  # noqa: PLC0415 - main loads the commands
    from pledgebook.show.cli.progress import shown  # noqa: PLC0415 - next to its use
    from pledgebook.store import open_book  # noqa: PLC0415 - loads the database

    session = Session(**flags)
    with closing(open_book(session["db"])) as book:
        with shown(session) as progress:
            damage = book.verify(progress)
        facts = book.facts() if not damage else None
    if choose_format(format_, output) == "table":
        lines = [f"damaged: {item}\n" for item in damage]
        if facts is not None:
            lines.append(
                f"{session['db']}: {facts.documents} documents, {facts.records} log records, all as written.\n"
            )
            lines.append(f"{facts.head}\n")
        write(lines, output)
    else:
        told = {
            "book": session["db"],
            "sound": not damage,
            "head": None if facts is None else facts.head,
            "damage": [{"where": item.where, "seen": item.seen, "help": item.help} for item in damage],
        }
        write([dumps(told) + "\n"], output)
    return FAILED if damage else 0
