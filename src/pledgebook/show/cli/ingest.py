"""pledgebook ingest."""

from collections import Counter
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import click

from pledgebook.show.cli.options import db_option, output_options, say_options, source_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.reading import read_new_for
from pledgebook.show.cli.session import Session, now
from pledgebook.wire import dumps

_MANY_FILES = 20


@click.command("ingest")
@source_options
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(sources: tuple[str, ...], format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Documents and their claims into the book; what it has already is not read or added again.

    A folder that `pledgebook batch` has made gives its documents and claims as they were read there.

    Stop it when you like, and call it again: it goes on with what is missing.

    Gives one line: how many documents were read, how many of them were new, how many could not be read.
    """
    from pledgebook.flow import Kept, keep  # noqa: PLC0415 - loads every room
    from pledgebook.flow.batch_parts import is_batch, read_batch  # noqa: PLC0415
    from pledgebook.flow.keeper import bring_up_to_date  # noqa: PLC0415
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.show.cli.progress import shown  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    session = Session(**flags)
    kept, claims, sorts = Kept(), 0, list[str]()
    with closing(open_book(session["db"], create=True)) as book:
        crawls = [source for source in sources if is_batch(source)]
        others = [source for source in sources if source not in crawls]
        told = chain.from_iterable(read_batch(Path(crawl)) for crawl in crawls)
        read = read_new_for(session, others, book, tell=sorts.append) if others else ()
        items = session.counted(chain(told, read), "documents")
        for batch, so_far in keep(book, items, at=now()):
            kept = so_far
            claims += sum(len(item.claims) for item in session.readable(batch))
        with shown(session) as progress:
            bring_up_to_date(book, rates=PublishedRates(), progress=progress)
    if len(sorts) >= _MANY_FILES:
        counted = Counter(sorts).most_common()
        session.say(f"{len(sorts):,} files: " + ", ".join(f"{number:,} {sort}" for sort, number in counted) + ".")
    told_row = {
        "book": session["db"],
        "documents": kept.documents,
        "new": kept.new,
        "known": kept.known,
        "refused": kept.refused,
        "claims": claims,
    }
    if choose_format(format_, output) == "table":
        words = f"{kept.documents - kept.known} documents with {claims} claims read, {kept.new} new to {session['db']}"
        words += f", {kept.known} read before" if kept.known else ""
        write([words + (f", {kept.refused} not readable.\n" if kept.refused else ".\n")], output)
    else:
        write([dumps(told_row) + "\n"], output)
    return session.code()
