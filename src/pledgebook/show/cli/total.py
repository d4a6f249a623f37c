"""pledgebook total."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from pledgebook.domain import Entry, Kind, Tally, UsageError
from pledgebook.show.cli.frozen import frozen_for, snapshot_option
from pledgebook.show.cli.options import db_option, filter_options, output_options, say_options
from pledgebook.show.cli.output import as_array, choose_format, write
from pledgebook.show.cli.session import Session

if TYPE_CHECKING:
    from pledgebook.show.filters import Filters


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
    from pledgebook.show.cli.lines import filters_of  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.program import CONFLICTS  # noqa: PLC0415 - main loads the commands

    since, until = flags["since"], flags["until"]
    # The ledger itself knows how to tell what belongs to a period; the other filters choose lines.
    filters = filters_of(flags | {"since": None, "until": None})
    session = Session(
        **{name: value for name, value in flags.items() if name in ("db", "currency", "quiet", "verbose")}
    )
    asked = _Asked(by, since, until, session["currency"], new_only, split, _kind(deliverable, new_only, split), explain)
    tallies, lines, is_clash = _answered(session, filters, asked, as_of=as_of, snapshot=snapshot)
    shown = _pieces(tallies, lines, choose_format(format_, output), by=by, explain=explain, naive=naive)
    write(shown, output)
    return CONFLICTS if strict and is_clash else 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be added up."""

    by: str | None
    since: date | None
    until: date | None
    currency: str
    new_only: bool
    split: bool
    kind: Kind | None
    explain: bool


_Answer = tuple[Sequence[Tally], Sequence[Entry], bool]


def _answered(
    session: Session, filters: "Filters", asked: _Asked, *, as_of: date | None, snapshot: str | None
) -> _Answer:
    """The rows; the lines in and out of them, where these are to be named; and whether any line is in conflict."""
    from pledgebook.flow.lines import find_lines, find_totals, query_of  # noqa: PLC0415 - loads rooms
    from pledgebook.flow.moments import moment  # noqa: PLC0415
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    if snapshot is not None:
        return _frozen(session, filters, asked, as_of=as_of, snapshot=snapshot)
    rates = PublishedRates()
    with closing(open_book(session["db"])) as book, moment(book, rates=rates, as_of=as_of) as kept:
        tallies = find_totals(
            kept, filters, rates=rates, by=asked.by, currency=asked.currency, kind=asked.kind, since=asked.since,
            until=asked.until, new_only=asked.new_only, split=asked.split, explain=asked.explain, fresh=False,
        )  # fmt: skip
        lines = find_lines(kept, filters, rates=rates, has_claims=False, fresh=False).entries if asked.explain else ()
        conflicting = replace(query_of(kept, filters), conflicting=True, limit=1)
        return tallies, lines, bool(kept.lines.numbers(conflicting))


def _frozen(session: Session, filters: "Filters", asked: _Asked, *, as_of: date | None, snapshot: str) -> _Answer:
    from pledgebook.ledger import PublishedRates, total_things, totals  # noqa: PLC0415 - loads rooms
    from pledgebook.show.cli.lines import in_conflict  # noqa: PLC0415

    known = frozen_for(session, snapshot, as_of=as_of, currency=None).entries
    lines = [entry for entry in known if filters.keep(entry)]
    if asked.kind is not None:
        tallies = total_things(lines, kind=asked.kind, by=asked.by, since=asked.since, until=asked.until)
    else:
        tallies = totals(
            lines, currency=asked.currency, rates=PublishedRates(), by=asked.by, since=asked.since, until=asked.until,
            new_only=asked.new_only, split=asked.split, among=known,
        )  # fmt: skip
    return tallies, lines, in_conflict(lines)


def _kind(words: str | None, new_only: bool, split: bool) -> Kind | None:  # noqa: FBT001 - flags of the command
    if words is None:
        return None
    for name, given in (("--new-only", new_only), ("--split", split)):
        if given:
            raise UsageError(name, "given together with --deliverable", "Leave one of them out.")
    try:
        return Kind(words.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError("--deliverable", repr(words), f"Use one of {', '.join(Kind)}.") from None


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
