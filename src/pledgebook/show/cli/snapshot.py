"""pledgebook snapshot."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import click

from pledgebook.domain import Snapshot
from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session, now


@click.command("snapshot")
@click.argument("name", metavar="NAME", required=False)
@click.option("--note", metavar="TEXT", default="", help="What it is for.")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(name: str | None, note: str, format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """A version of the book that can be cited, kept in it for good; without NAME the list of them.

    It names the log's last hash, the day, how much the book held, the rules, and the digest of the ledger. `list`,
    `show` and `total` with --snapshot NAME answer as they did then.
    """
    from pledgebook.flow import take_snapshot  # noqa: PLC0415 - loads rooms
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415
    from pledgebook.wire import dumps  # noqa: PLC0415
    from pledgebook.wire_book import snapshot_json  # noqa: PLC0415

    session = Session(**flags)
    with closing(open_book(session["db"])) as book:
        if name is None:
            known: Sequence[Snapshot] = book.snapshots()
        else:
            known = [take_snapshot(book, name, at=now(), rates=PublishedRates(), note=note)]
    if choose_format(format_, output) == "table":
        write(_words(known), output)
    else:
        write([dumps(snapshot_json(item)) + "\n" for item in known], output)
    return 0


def _words(snapshots: Sequence[Snapshot]) -> Iterator[str]:
    from pledgebook.show.text import plain  # noqa: PLC0415 - loads rooms

    for item in snapshots:
        yield (
            plain(
                f"{item.name}, {item.at.date().isoformat()}: {item.documents} documents, {item.claims} claims, "
                f"{item.decisions} decisions; {item.lines} lines, {item.counted} of them count. Log {item.records}:"
                f"{item.head[:16]}, ledger {item.ledger[:16]}, rules {item.rules}. {item.note}".rstrip()
            )
            + "\n"
        )
