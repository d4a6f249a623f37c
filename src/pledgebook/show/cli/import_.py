"""pledgebook import."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from pledgebook.domain import Finding, ReadDocument, UsageError
from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session, now
from pledgebook.wire import dumps


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--map", "pairs", metavar="FIELD=HEADING", multiple=True, help="Which column has which field.")
@click.option("--sheet", metavar="NAME", help="Of a workbook the sheet (default: the first).")
@click.option("--currency", "cell_currency", metavar="CUR", help="The currency of sums that name none.")
@click.option("--unit", metavar="N", default="1", help="What one stands for in the column of sums: 1e6 for millions.")
@click.option("--language", metavar="CODE", default="en", help="The language of the cells (default: en).")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(
    file: Path, *, pairs: tuple[str, ...], sheet: str | None, cell_currency: str | None, unit: str, language: str,
    format_: str | None, output: str | None, **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:  # fmt: skip
    """Somebody's own spreadsheet, or a data package that Pledgebook wrote, into the book.

    Of a spreadsheet (CSV or XLSX) each row becomes a claim, and each of its cells the evidence for what it says.
    Columns are known by their headings, named with --map, or asked for on a terminal.
    """
    from pledgebook.flow import Kept, keep  # noqa: PLC0415 - loads every room
    from pledgebook.store import open_book  # noqa: PLC0415

    session = Session(**flags)
    decisions: tuple[Any, ...] = ()
    if file.is_dir() or file.suffix.lower() == ".zip":
        from pledgebook.show.export.datapackage import read_package  # noqa: PLC0415 - next to its use

        package = read_package(file)
        items: Iterator[ReadDocument | Finding] = _met(package.documents)
        decisions = package.decisions
    else:
        items = _rows(file, sheet, pairs, currency=cell_currency, unit=unit, language=language)
    kept = Kept()
    with closing(open_book(session["db"], create=True)) as book:
        for batch, so_far in keep(book, items, at=now()):
            kept = so_far
            for _ in session.readable(batch):
                pass
        new_decisions = sum(book.decide(decision) for decision in decisions)
    told = {
        "book": session["db"], "documents": kept.documents, "new": kept.new, "refused": kept.refused,
        "decisions": new_decisions,
    }  # fmt: skip
    if choose_format(format_, output) == "table":
        words = f"{kept.documents} rows or documents read, {kept.new} new to {session['db']}"
        write([words + (f", {kept.refused} not readable.\n" if kept.refused else ".\n")], output)
    else:
        write([dumps(told) + "\n"], output)
    return session.code()


def _met(documents: Iterable[ReadDocument]) -> Iterator[ReadDocument]:
    """Each document once for every place where it was met."""
    for item in documents:
        for source in item.sources or (item.document.source,):
            yield replace(item, document=replace(item.document, source=source))


def _rows(
    file: Path, sheet: str | None, pairs: tuple[str, ...], *, currency: str | None, unit: str, language: str
) -> Iterator[ReadDocument | Finding]:
    from pledgebook.flow.spreadsheet import Habits, guess_columns, read_rows  # noqa: PLC0415 - loads rooms
    from pledgebook.read.spreadsheet import read_spreadsheet  # noqa: PLC0415

    table = read_spreadsheet(file, sheet=sheet)
    columns = guess_columns(table.headings) | _mapped(pairs, table.headings)
    for field in ("amount", "investors"):
        if field not in columns:
            columns[field] = _asked(field, table.headings, file)
    click.echo(f"{file.name}: {', '.join(f'{field} from {name!r}' for field, name in columns.items())}", err=True)
    try:
        size = Decimal(unit.replace("_", ""))
    except InvalidOperation:
        raise UsageError("--unit", repr(unit), "Write a figure, as 1e6.") from None
    return read_rows(table, Habits(columns, language, size, currency))


def _mapped(pairs: tuple[str, ...], headings: tuple[str, ...]) -> dict[str, str]:
    from pledgebook.flow.spreadsheet import FIELDS  # noqa: PLC0415 - loads rooms

    found = {}
    for pair in pairs:
        field, _, heading = pair.partition("=")
        if field not in FIELDS:
            raise UsageError("--map", repr(pair), f"Write FIELD=HEADING with one of {', '.join(FIELDS)}.")
        if heading not in headings:
            raise UsageError("--map", f"no heading {heading!r}", f"There are {', '.join(headings)}.")
        found[field] = heading
    return found


def _asked(field: str, headings: tuple[str, ...], file: Path) -> str:
    """The heading that somebody at a terminal names for a field."""
    if not sys.stdin.isatty():
        raise UsageError(
            str(file), f"no heading for {field} among {', '.join(headings)}", f"Name it: --map {field}=HEADING."
        )
    return str(click.prompt(f"Which column has {field}?", type=click.Choice(headings), err=True))
