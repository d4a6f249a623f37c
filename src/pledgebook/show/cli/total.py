"""pledgebook total."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from pledgebook.domain import Entry, Kind, Tally, UsageError
from pledgebook.show.cli.frozen import frozen_for, snapshot_option
from pledgebook.show.cli.options import db_option, filter_options, output_options, say_options
from pledgebook.show.cli.output import as_array, choose_format, write
from pledgebook.show.cli.session import Session


@click.command("total")
@filter_options
@snapshot_option
@click.option("--by", metavar="FIELD", help="A row for each country, investor, year, purpose, ...")
@click.option("--new-only", is_flag=True, help="Only what is new in the period: of a raised plan the increase.")
@click.option("--split", is_flag=True, help="Share money for several destinations equally, which nobody told.")
@click.option("--explain", is_flag=True, help="Name every pledge in and out with its reason.")
@click.option("--naive", is_flag=True, help="Show beside it what adding up every report would say.")
@click.option("--deliverable", metavar="KIND", help="Count things (megawatts, gpus, jobs, ...) and not money.")
@db_option
@output_options()
@say_options
def command(
    *, as_of: date | None, snapshot: str | None, strict: bool, by: str | None, new_only: bool,
    split: bool, explain: bool, naive: bool, deliverable: str | None,
    format_: str | None, output: str | None, **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:  # fmt: skip
    """Sums over pledges: low, central and high, and what was left out.

    The last row, whose key is null, is the whole. A pledge counts once, a total through its parts.
    """
    from pledgebook.show.cli.lines import entries_for, filters_of, in_conflict  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.program import CONFLICTS  # noqa: PLC0415 - main loads the commands

    since, until = flags["since"], flags["until"]
    # The ledger itself knows how to tell what belongs to a period; the other filters choose lines.
    filters = filters_of(flags | {"since": None, "until": None})
    session = Session(
        **{name: value for name, value in flags.items() if name in ("db", "currency", "quiet", "verbose")}
    )
    if snapshot is None:
        lines = entries_for(session, as_of=as_of, currency=None)
    else:
        lines = frozen_for(session, snapshot, as_of=as_of, currency=None).entries
    chosen = [entry for entry in lines if filters.keep(entry)]
    tallies = _tallies(
        chosen,
        lines,
        deliverable,
        by=by,
        since=since,
        until=until,
        currency=session["currency"],
        new_only=new_only,
        split=split,
    )
    shown = _pieces(tallies, chosen, choose_format(format_, output), by=by, explain=explain, naive=naive)
    write(shown, output)
    return CONFLICTS if strict and in_conflict(chosen) else 0


def _tallies(
    entries: Sequence[Entry], among: Sequence[Entry], deliverable: str | None, *, by: str | None,
    since: date | None, until: date | None, currency: str, new_only: bool, split: bool,
) -> tuple[Tally, ...]:  # fmt: skip
    from pledgebook.ledger import PublishedRates, total_things, totals  # noqa: PLC0415 - loads rooms

    if deliverable is None:
        return totals(
            entries, currency=currency, rates=PublishedRates(), by=by, since=since, until=until, new_only=new_only,
            split=split, among=among,
        )  # fmt: skip
    for name, given in (("--new-only", new_only), ("--split", split)):
        if given:
            raise UsageError(name, "given together with --deliverable", "Leave one of them out.")
    try:
        kind = Kind(deliverable.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError("--deliverable", repr(deliverable), f"Use one of {', '.join(Kind)}.") from None
    return total_things(entries, kind=kind, by=by, since=since, until=until)


def _pieces(
    tallies: Sequence[Tally], entries: Sequence[Entry], format_: str, *, by: str | None, explain: bool, naive: bool
) -> Iterator[str]:
    from pledgebook.show.entries import TALLY_PATHS, explanation, tallies_sheet  # noqa: PLC0415 - each format loads what it needs
    from pledgebook.wire import dumps  # noqa: PLC0415
    from pledgebook.wire_book import tally_json  # noqa: PLC0415

    records = (tally_json(tally, explain=explain) for tally in tallies)
    if format_ == "jsonl":
        yield from (dumps(record) + "\n" for record in records)
    elif format_ == "json":
        yield from as_array(dumps(record) for record in records)
    elif format_ == "csv":
        from pledgebook.show.sheet import csv_lines  # noqa: PLC0415

        yield from csv_lines(records, TALLY_PATHS if explain else TALLY_PATHS[:-2])
    elif format_ == "html":
        from pledgebook.show.page import sheet_page  # noqa: PLC0415

        yield from sheet_page(tallies_sheet(tallies, by=by, has_naive=naive))
    else:
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415

        yield from table_text(tallies_sheet(tallies, by=by, has_naive=naive))
        if explain:
            yield "\n"
            yield from table_text(explanation(tallies, entries))
