"""Lines of the ledger and totals as tables."""

from collections.abc import Sequence
from decimal import Decimal

from pledgebook.domain import Entry, Party, Tally
from pledgebook.show.claims import where
from pledgebook.show.countries import country_name
from pledgebook.show.sheet import Column, Sheet
from pledgebook.show.values import UNKNOWN, amount, deliverable, interval, money, number

ENTRY_PATHS = (
    "id", "investors", "recipient.name", "destinations", "places", "amount.value", "amount.value_max",
    "amount.currency", "amount.qualifier", "amount.basis", "amount.low", "amount.central", "amount.high",
    "adds.currency", "adds.low", "adds.central", "adds.high", "in.currency", "in.low", "in.central", "in.high",
    "in.rate", "in.source", "in.day", "deliverables", "purposes", "announced.earliest", "announced.latest",
    "term.start", "term.end", "stage", "role", "relations", "counted", "reason", "flags", "sources.all",
    "sources.independent", "conflicts", "rest_of", "claims",
)  # fmt: skip
TALLY_PATHS = (
    "key", "currency", "low", "central", "high", "naive", "pledges", "unnamed", "unallocated", "left_out",
    "unconverted", "joint", "allotted", "new", "outstanding", "overlapping", "included", "excluded",
)  # fmt: skip


def parties(named: Sequence[Party]) -> str:
    """Names, or a dash where nobody is named."""
    return ", ".join(party.name for party in named) or UNKNOWN


def entry_who(entry: Entry) -> str:
    """Who pledges, and to whom."""
    pledge = entry.pledge
    names = parties(pledge.investors)
    if entry.is_rest:
        whole = amount(pledge.amount)
        return f"unnamed part of {whole}" + (f", {names}" if pledge.investors else "")
    return names if pledge.recipient is None else f"{names} → {pledge.recipient.name}"


def entries_sheet(entries: Sequence[Entry]) -> Sheet:
    """The lines, each with what it adds and why it counts or not."""
    converted = next((entry.converted.currency for entry in entries if entry.converted is not None), None)
    columns = [Column("id"), Column("who", grows=True), Column("where", grows=True), Column("amount", is_figure=True)]
    if converted is not None:
        columns.append(Column(f"in {converted}", is_figure=True))
    columns += [
        Column("things", grows=True),
        Column("announced"),
        Column("stage"),
        Column("counts"),
        Column("sources", is_figure=True),
    ]
    rows = tuple(_entry_row(entry, has_converted=converted is not None) for entry in entries)
    counted = sum(entry.counted for entry in entries)
    return Sheet(f"{len(entries)} lines, {counted} of them count", tuple(columns), rows)


def _entry_row(entry: Entry, *, has_converted: bool) -> tuple[str, ...]:
    pledge = entry.pledge
    rest = entry.is_rest and entry.central is not None and entry.currency is not None
    told = money(entry.central or Decimal(0), entry.currency or "") if rest else amount(pledge.amount)
    other = [UNKNOWN if entry.converted is None else number(entry.converted.central)] if has_converted else []
    return (
        entry.id,
        entry_who(entry),
        where(pledge.destinations, pledge.places),
        told,
        *other,
        "" if entry.is_rest else "; ".join(deliverable(item) for item in pledge.deliverables),
        interval(pledge.announced),
        pledge.stage.value,
        "yes"
        if entry.counted and not entry.flags
        else (f"yes ({', '.join(entry.flags)})" if entry.counted else f"no: {entry.reason}"),
        f"{pledge.voices} of {len({telling.document for telling in pledge.tellings})}",
    )


def ledger_sheet(entries: Sequence[Entry]) -> Sheet:
    """What counts, in the order of announcement: who, where, how much, told by how many; below it what does not."""
    counting = sorted((entry for entry in entries if entry.counted), key=_by_day)
    columns = (
        Column("announced"), Column("who", grows=True), Column("where", grows=True), Column("amount", is_figure=True),
        Column("adds", is_figure=True), Column("stage"), Column("sources", is_figure=True),
    )  # fmt: skip
    rows = tuple(
        (
            interval(entry.pledge.announced),
            entry_who(entry),
            where(entry.pledge.destinations, entry.pledge.places),
            UNKNOWN if entry.is_rest else amount(entry.pledge.amount),
            UNKNOWN if entry.central is None or entry.currency is None else money(entry.central, entry.currency),
            entry.pledge.stage.value,
            f"{entry.pledge.voices} of {len({telling.document for telling in entry.pledge.tellings})}",
        )
        for entry in counting
    )
    left: dict[str, int] = {}
    for entry in sorted(entries, key=lambda entry: entry.reason):
        if not entry.counted:
            left[entry.reason] = left.get(entry.reason, 0) + 1
    notes = (
        ("Kept and not counted: " + "; ".join(f"{count} {reason}" for reason, count in left.items()) + ".",)
        if left
        else ()
    )
    bare = sum(entry.central is None for entry in counting)
    without = f", {bare} of them without a sum" if bare else ""
    return Sheet(f"The ledger: {len(counting)} lines that count{without}", columns, rows, notes)


def _by_day(entry: Entry) -> tuple[str, str]:
    days = entry.pledge.announced
    return ("9999" if days is None else days.earliest.isoformat(), entry.id)


def tallies_sheet(tallies: Sequence[Tally], *, by: str | None, has_naive: bool = True) -> Sheet:
    """Totals: a row for each value of `by`, the whole last; below it what was left out and why."""
    unit = tallies[-1].currency if tallies else ""
    columns = [
        Column(by or "", grows=True),
        Column("low", is_figure=True),
        Column("central", is_figure=True),
        Column("high", is_figure=True),
    ]
    if has_naive:
        columns.append(Column("every report added up", is_figure=True))
    columns.append(Column("pledges", is_figure=True))
    rows = tuple(_tally_row(tally, by, has_naive=has_naive) for tally in tallies)
    return Sheet(f"Pledged, {unit}" if unit.isupper() else f"Pledged: {unit}", tuple(columns), rows, _notes(tallies))


def _tally_row(tally: Tally, by: str | None, *, has_naive: bool) -> tuple[str, ...]:
    key = "the whole" if tally.key is None else tally.key
    name = country_name(key) if by in ("country", "region", "subregion") else key
    figures = [tally.low, tally.central, tally.high, *([tally.naive] if has_naive else [])]
    return (name, *(number(figure) for figure in figures), str(tally.pledges))


def _notes(tallies: Sequence[Tally]) -> tuple[str, ...]:
    if not tallies:
        return ()
    whole = tallies[-1]
    notes = []
    if whole.unnamed:
        notes.append(f"{number(whole.unnamed)} of it is the unnamed part of totals.")
    if whole.unallocated:
        notes.append(f"{number(whole.unallocated)} of it is told for several destinations together, or for none.")
    if whole.joint:
        notes.append(f"{number(whole.joint)} of it is pledged jointly, and stands in full under each investor.")
    if whole.allotted:
        notes.append(f"{number(whole.allotted)} of it is shared out between rows by rule: nobody told how.")
    if whole.new is not None and whole.outstanding is not None:
        notes.append(f"New in the period: {number(whole.new)}. Outstanding at its end: {number(whole.outstanding)}.")
    if whole.left_out:
        notes.append("Left out: " + "; ".join(f"{count} {reason}" for reason, count in whole.left_out) + ".")
    if whole.unconverted:
        sums = ", ".join(money(item.value, item.currency) for item in whole.unconverted)
        notes.append(f"Not converted, because no rate is known: {sums}.")
    if any(tally.overlapping for tally in tallies):
        notes.append("Rows share pledges and are not to be added.")
    return tuple(notes)


def explanation(tallies: Sequence[Tally], entries: Sequence[Entry]) -> Sheet:
    """Every line in and out of the rows, with its reason."""
    by_id = {entry.id: entry for entry in entries}
    rows = []
    for tally in tallies:
        for mark, named in (("in", tally.included), ("out", tally.excluded)):
            for name, reason in named:
                entry = by_id.get(name)
                told = UNKNOWN if entry is None else amount(entry.pledge.amount)
                rows.append(
                    (tally.key or "the whole", mark, name, "" if entry is None else entry_who(entry), told, reason)
                )
    columns = (
        Column("row"),
        Column(""),
        Column("id"),
        Column("who", grows=True),
        Column("amount", is_figure=True),
        Column("why", grows=True),
    )
    return Sheet("What is in, what is out, and why", columns, tuple(rows))
