"""pledgebook erase."""

from contextlib import closing
from typing import Any

import click

from pledgebook.domain import UsageError
from pledgebook.show.cli.options import db_option, say_options
from pledgebook.show.cli.session import Session, now


@click.command("erase")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", required=True, help="Who erases.")
@click.option("--why", metavar="TEXT", required=True, help="For what reason: it stays in the book, so name no secret.")
@db_option
@say_options
def command(documents: tuple[str, ...], by: str, why: str, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Takes documents out of the book for good, by their ids, with their claims; that they were there stays.

    Whoever ingests them again adds nothing. Backups keep what they have: erase there too, or drop them.
    """
    from pledgebook.store import open_book  # noqa: PLC0415 - loads the database

    if not by.strip() or not why.strip():
        raise UsageError("erase", "no name or no reason", "Give both: --by NAME --why TEXT.")
    session = Session(**flags)
    with closing(open_book(session["db"])) as book:
        missing = [name for name in documents if book.document(name) is None]
        if missing:
            raise UsageError("erase", f"no document {missing[0]!r} in the book", "`pledgebook show` names them.")
        for name in documents:
            # Documents that share an id are told apart by a mark behind it; they go together.
            if not book.erase(name, by=by.strip(), why=why.strip(), at=now()):
                book.erase(name.rpartition("~")[0], by=by.strip(), why=why.strip(), at=now())
            session.say(f"{name}: erased.")
    return 0
