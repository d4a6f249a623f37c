"""pledgebook search."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import as_array, choose_format, write
from pledgebook.show.cli.session import Session

if TYPE_CHECKING:
    from pledgebook.store import Hit


@click.command("search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 200), default=20, help="So many documents at most (default: 20).")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(words: tuple[str, ...], limit: int, format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Documents that hold all of WORDS, in any script, the best first, each with the sentence that fits.

    Case, accents and width don't matter; a star behind a word lets it go on (invest*).
    """
    from pledgebook.store import open_book  # noqa: PLC0415 - loads the database

    session = Session(**flags)
    with closing(open_book(session["db"])) as book:
        found = book.search(" ".join(words), limit=limit)
    write(_pieces(found, choose_format(format_, output)), output)
    return 0


def _pieces(found: "Sequence[Hit]", format_: str) -> Iterator[str]:
    from pledgebook.wire import dumps  # noqa: PLC0415 - each format loads what it needs

    if format_ == "table":
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415
        from pledgebook.show.sheet import Column, Sheet  # noqa: PLC0415
        from pledgebook.show.values import interval  # noqa: PLC0415

        columns = (Column("document"), Column("published"), Column("source", grows=True), Column("words", grows=True))
        rows = tuple(
            (
                hit.document.document.id,
                interval(hit.document.document.published),
                hit.document.document.source,
                " ".join(hit.text.split()),
            )
            for hit in found
        )
        yield from table_text(Sheet(f"{len(found)} documents", columns, rows))
    elif format_ == "json":
        yield from as_array(dumps(_record(hit)) for hit in found)
    else:
        yield from (dumps(_record(hit)) + "\n" for hit in found)


def _record(hit: "Hit") -> dict[str, Any]:
    from pledgebook.wire import interval_json  # noqa: PLC0415 - next to its use

    document = hit.document.document
    return {
        "document": document.id,
        "source": document.source,
        "title": document.title,
        "language": document.language,
        "published": interval_json(document.published),
        "score": hit.score,
        "sentence": {"start": hit.sentence.start, "end": hit.sentence.end, "text": hit.text},
        "words": [
            {"start": span.start, "end": span.end, "text": document.text[span.start : span.end]} for span in hit.words
        ],
        "claims": len(hit.document.claims),
    }
