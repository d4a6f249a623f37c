"""pledgebook backup."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from pledgebook.show.cli.options import db_option, say_options
from pledgebook.show.cli.session import Session


@click.command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@db_option
@say_options
def command(file: Path, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Writes the book into FILE, as it is at one moment, whole or not at all; others may write to it meanwhile.

    FILE is a book itself: it can be read and verified, and `pledgebook restore` brings it back, also into PostgreSQL.
    """
    from pledgebook.show.cli.progress import shown  # noqa: PLC0415 - next to its use
    from pledgebook.store import open_book  # noqa: PLC0415 - loads the database

    session = Session(**flags)
    with closing(open_book(session["db"])) as book, shown(session) as progress:
        book.back_up(file, progress)
    session.say(f"{file}: {file.stat().st_size:,} bytes.")
    return 0
