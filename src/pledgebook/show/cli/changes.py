"""pledgebook changes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from pledgebook.domain import Entry, UsageError
from pledgebook.show.cli.options import Day, db_option, output_options, say_options
from pledgebook.show.cli.output import as_array, choose_format, write
from pledgebook.show.cli.session import Session

if TYPE_CHECKING:
    from pledgebook.ledger import Change


@click.command("changes")
@click.option("--since", type=Day(), required=True, help="From this day on.")
@click.option("--until", type=Day(), help="To this day, as the book knew it at its end.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only this kind of change; may be repeated.")
@click.option("--investor", metavar="NAME", help="Pledged by it.")
@click.option("--recipient", metavar="NAME", help="Pledged to it.")
@click.option("--country", metavar="CODE", help="Pledged to this country (code or English name).")
@click.option("--purpose", metavar="NAME", help="For this purpose.")
@db_option
@output_options()
@say_options
def command(
    *, since: date, until: date | None, kinds: tuple[str, ...], format_: str | None, output: str | None, **flags: Any  # noqa: ANN401 - flags of settings
) -> int:  # fmt: skip
    """What became known since a day: new, replaced, delayed, cancelled, completed, other figures, merged, in conflict.

    KIND is one of new, replaced, rumoured, proposed, announced, under_way, completed, delayed, cancelled, denied,
    figure, merged, split, rejected, conflict.
    """
    from pledgebook.flow import find_changes  # noqa: PLC0415 - loads rooms
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.show.cli.lines import FILTERS, filters_of  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    if until is not None and until < since:
        raise UsageError("changes", f"--until {until} before --since {since}", "Exchange them.")
    wanted = _kinds(kinds)
    filters = filters_of(dict.fromkeys(FILTERS) | {"min_sources": 0, "counted": False} | _filters(flags))
    session = Session(**flags)
    with closing(open_book(session["db"])) as book:
        found = find_changes(book, rates=PublishedRates(), since=since, until=until)
    shown = [
        change
        for change in found.changes
        if (not wanted or change.kind in wanted)
        and ((line := found.lines.get(change.pledge)) is None or filters.keep(line))
    ]
    write(_pieces(shown, found.lines, choose_format(format_, output)), output)
    return 0


def _filters(flags: dict[str, Any]) -> dict[str, Any]:
    return {name: flags.pop(name) for name in ("investor", "recipient", "country", "purpose")}


def _kinds(words: Sequence[str]) -> frozenset[str]:
    from pledgebook.ledger.changes import ChangeKind  # noqa: PLC0415 - loads rooms

    named = [word.strip().lower().replace("-", "_").replace(" ", "_") for word in words]
    for word in named:
        if word not in set(ChangeKind):
            raise UsageError("--kind", repr(word), f"Use one of {', '.join(ChangeKind)}.")
    return frozenset(named)


def _pieces(changes: "Sequence[Change]", lines: Mapping[str, Entry], format_: str) -> Iterator[str]:
    from pledgebook.show.changes import CHANGE_PATHS, change_records, changes_sheet  # noqa: PLC0415 - loads rooms
    from pledgebook.wire import dumps  # noqa: PLC0415

    if format_ == "jsonl":
        yield from (dumps(record) + "\n" for record in change_records(changes, lines))
    elif format_ == "json":
        yield from as_array(dumps(record) for record in change_records(changes, lines))
    elif format_ == "csv":
        from pledgebook.show.sheet import csv_lines  # noqa: PLC0415 - each format loads what it needs

        yield from csv_lines(change_records(changes, lines), CHANGE_PATHS)
    elif format_ == "html":
        from pledgebook.show.page import sheet_page  # noqa: PLC0415

        yield from sheet_page(changes_sheet(changes, lines))
    else:
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415

        yield from table_text(changes_sheet(changes, lines))
