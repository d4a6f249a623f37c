"""pledgebook restore."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from pledgebook.show.cli.options import db_option, say_options
from pledgebook.show.cli.session import Session


@click.command("restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also where there is a book: it is renamed, its name ends in .replaced.")
@db_option
@say_options
def command(*, file: Path, replace: bool, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Makes the book of a backup, once every byte of the backup has been verified; whole or not at all."""
    from pledgebook.show.cli.progress import shown  # noqa: PLC0415 - next to its use
    from pledgebook.store import open_book  # noqa: PLC0415 - loads the database
    from pledgebook.store.backup import restore as bring_back  # noqa: PLC0415

    session = Session(**flags)
    with shown(session) as progress:
        bring_back(file, session["db"], replace=replace, progress=progress)
    with closing(open_book(session["db"])) as book:
        facts = book.facts()
    session.say(f"{session['db']}: {facts.documents} documents, {facts.records} log records.")
    return 0
