"""pledgebook extract."""

from collections.abc import Iterable, Iterator
from typing import Any

import click

from pledgebook.domain import ReadDocument
from pledgebook.show.cli.options import output_options, say_options, source_options
from pledgebook.show.cli.output import as_array, choose_format, write
from pledgebook.show.cli.reading import read_for
from pledgebook.show.cli.session import Session


@click.command("extract")
@source_options
@output_options()
@click.option("--explain", is_flag=True, help="Say on stderr why each claim reads as it does, with scores.")
@say_options
def command(
    sources: tuple[str, ...],
    format_: str | None,
    output: str | None,
    *,
    explain: bool,
    **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:
    """Claims of documents, with the words that say so. Nothing is kept.

    SOURCE is a file (text, HTML, PDF, e-mail, JSONL, CSV, Parquet, ZIP), a folder, a URL, a list of URLs, or `-` for
    standard input. JSONL is a line of claim.schema.json for every document, in the order given.
    """
    session = Session(**flags)
    documents = session.readable(session.counted(read_for(session, sources), "documents"))
    if explain:
        documents = _explained(documents)
    write(_pieces(documents, choose_format(format_, output)), output)
    return session.code()


def _explained(documents: Iterable[ReadDocument]) -> Iterator[ReadDocument]:
    """The documents as they are, the reasons for each of their claims told on the way."""
    for item in documents:
        for claim in item.claims:
            amount = f"{claim.amount.value:,} {claim.amount.currency}" if claim.amount else "no sum"
            payers = ", ".join(party.name for party in claim.investors) or "nobody named"
            click.echo(f"{item.document.source}: {payers}, {amount} ({claim.id}, {claim.score:.2f})", err=True)
            for reason in claim.reasons:
                click.echo(f"    {reason}", err=True)
        yield item


def _pieces(documents: Iterable[ReadDocument], format_: str) -> Iterator[str]:
    from pledgebook.show import claims  # noqa: PLC0415 - each format loads what it needs
    from pledgebook.wire import document_line  # noqa: PLC0415

    lines = (document_line(item.document, item.claims) for item in documents)
    if format_ == "jsonl":
        yield from (line + "\n" for line in lines)
    elif format_ == "json":
        yield from as_array(lines)
    elif format_ == "csv":
        from pledgebook.show.sheet import csv_lines  # noqa: PLC0415

        yield from csv_lines(claims.claim_records(documents), claims.CSV_PATHS)
    elif format_ == "html":
        from pledgebook.show.evidence import evidence_page  # noqa: PLC0415

        yield from evidence_page(documents)
    else:
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415

        yield from table_text(claims.claims_sheet(documents))
