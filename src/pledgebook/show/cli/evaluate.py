"""pledgebook evaluate."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from pledgebook.domain import ReadDocument
from pledgebook.show.cli.options import output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps

if TYPE_CHECKING:
    from pledgebook.show.evaluation import Gold


@click.command("evaluate")
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True)
@click.option(
    "--names", metavar="FILE", help="Other names by which documents call their parties, which count too (JSON)."
)
@click.option("--reader", metavar="NAME", help="The reader to measure (default: rules).")
@click.option("--workers", metavar="N", help="Processes side by side; 0: as many as it pays to have.")
@output_options()
@say_options
def command(gold: tuple[str, ...], names: str | None, format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Precision, recall and F1 of a reader, by field, by language and by kind of document, on gold files (JSONL).

    The reader gets each document's content alone. A claim is strictly right where its investors, its destinations or
    recipient, and its amount are. As HTML it is a page that shows each disagreement in its text.
    """
    from pledgebook.show.evaluation import read_gold, read_names  # noqa: PLC0415 - loads the lexicon

    session = Session(**flags)
    known = None if names is None else read_names(names)
    documents = [document for path in gold for document in read_gold(path, names=known)]
    pairs = list(_read(session, documents))
    write(_pieces(pairs, session["reader"], choose_format(format_, output)), output)
    return session.code()


def _read(session: Session, documents: "Sequence[Gold]") -> "Iterator[tuple[Gold, ReadDocument | None]]":
    from pledgebook.flow import read_pages  # noqa: PLC0415 - loads every room
    from pledgebook.show.cli.models import reader_for, telling_cost  # noqa: PLC0415
    from pledgebook.show.evaluation import gold_page  # noqa: PLC0415

    reader = reader_for(session)
    pages = (gold_page(document) for document in documents)
    found = telling_cost(session, reader, read_pages(pages, reader=reader, workers=session["workers"]))
    for document, item in zip(documents, session.counted(found, "documents"), strict=True):
        if isinstance(item, ReadDocument):
            yield document, item
        else:
            session.refuse(item)
            yield document, None


def _pieces(pairs: "Sequence[tuple[Gold, ReadDocument | None]]", reader: str, format_: str) -> Iterator[str]:
    from pledgebook.show import evaluation  # noqa: PLC0415 - loads the lexicon

    scores = evaluation.score_documents(pairs)
    if format_ == "json":
        yield dumps(evaluation.scores_json(scores)) + "\n"
    elif format_ == "jsonl":
        yield from (dumps(record) + "\n" for record in evaluation.score_lines(scores))
    elif format_ == "csv":
        from pledgebook.show.sheet import csv_lines  # noqa: PLC0415

        yield from csv_lines(evaluation.score_records(scores), evaluation.RECORD_PATHS)
    elif format_ == "html":
        yield from evaluation.scores_page(scores, pairs, reader)
    else:
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415

        for number, sheet in enumerate(evaluation.scores_sheets(scores, reader)):
            yield "\n" if number else ""
            yield from table_text(sheet)
