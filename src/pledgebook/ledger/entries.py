"""The lines of the ledger: every pledge with whether it counts, for how much, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pledgebook.domain import Converted, Entry, Pledge, content_id
from pledgebook.ledger.book import Book, open_book
from pledgebook.ledger.bounds import Bounds, convert
from pledgebook.ledger.corroboration import is_unsure, sources_wanted
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import COUNTING, Reason, age_flags, find_flags


def entries(
    pledges: Iterable[Pledge],
    *,
    as_of: date | None,
    rates: Rates,
    currency: str | None = None,
) -> tuple[Entry, ...]:
    """A line for every pledge and one for the unnamed rest of every total, in the order of their ids.

    A pledge with known parts never counts itself: its parts do, and a line of its own for what they leave, so that
    parts and rest make the total. `as_of` sets the flags "overdue" and "stale"; that only what was known by then is
    in the book is for the caller to see to. With `currency` each line is converted at the day's rate as well.
    """
    known = tuple(pledges)
    book = open_book(known, rates=rates)
    own = book.money.own()
    converted: dict[str, Bounds] = {}
    if currency is not None:
        converted = open_book(known, rates=rates, currency=currency).money.own()
    lines = []
    for pledge in book.pledges.values():
        for line in _lines(pledge, book, own.get(pledge.id), as_of):
            there = converted.get(pledge.id) if line.central is not None else None
            lines.append(line if there is None else _converted(line, there, str(currency), rates))
    return tuple(sorted(lines, key=lambda line: line.id))


def aged(lines: Iterable[Entry], day: date) -> tuple[Entry, ...]:
    """The same lines with the flags "overdue" and "stale" as they are on a day; whatever else they say stays."""
    return tuple(replace(line, flags=tuple(sorted({*line.flags, *age_flags(line.pledge, day)}))) for line in lines)


def rest_id(pledge: Pledge) -> str:
    """The id of the line for the unnamed rest of a pledge."""
    return rest_id_of(pledge.id)


def rest_id_of(pledge: str) -> str:
    """The same for the pledge with this id."""
    return content_id("rest", pledge)


def _lines(pledge: Pledge, book: Book, own: Bounds | None, as_of: date | None) -> Iterator[Entry]:
    reason, flags = book.reasons[pledge.id], find_flags(pledge, as_of)
    if pledge.voices + pledge.confirmed < sources_wanted(pledge, book.rates):
        flags = _with(flags, "uncorroborated")
    if is_unsure(pledge, book.rates):
        flags = _with(flags, "read-unsurely")
    if any(book.reasons[part] is Reason.NO_RATE_TO_WHOLE for part in book.money.parts.get(pledge.id, ())):
        flags = _with(flags, "parts-unconverted")
    if reason is not Reason.THROUGH_PARTS:
        if reason is Reason.COUNTS and pledge.amount is None:
            reason = Reason.COUNTS_FOR_THINGS
        yield _line(pledge.id, pledge, reason, flags, bounds=own, as_of=as_of)
        return
    if book.money.exceeding(pledge.id).central > book.money.rounding[pledge.id]:
        flags = _with(flags, "parts-exceed-total")
    if pledge.id in book.presumed:
        flags = _with(flags, "parts-presumed")
    yield _line(pledge.id, pledge, reason, flags, bounds=None, as_of=as_of)
    if own is not None and own != Bounds():
        why = Reason.ROUNDING if book.money.is_rounding(pledge.id, own) else Reason.UNNAMED
        yield _line(rest_id(pledge), pledge, why, flags, bounds=own, as_of=as_of, is_rest=True)


def _with(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return tuple(sorted({*flags, flag}))


def _line(
    line_id: str,
    pledge: Pledge,
    reason: Reason,
    flags: tuple[str, ...],
    *,
    bounds: Bounds | None,
    as_of: date | None,
    is_rest: bool = False,
) -> Entry:
    counted = reason in COUNTING
    return Entry(
        id=line_id,
        pledge=pledge,
        as_of=as_of,
        counted=counted,
        reason=reason.value,
        flags=flags,
        currency=pledge.amount.currency if pledge.amount is not None else None,
        low=bounds.low if bounds is not None and counted else None,
        central=bounds.central if bounds is not None and counted else None,
        high=bounds.high if bounds is not None and counted else None,
        is_rest=is_rest,
    )


def _converted(line: Entry, there: Bounds, currency: str, rates: Rates) -> Entry:
    found = convert(Bounds(), str(line.currency), currency, line.pledge.rate_day, rates)
    if found is None:
        return line
    return replace(line, converted=Converted(currency, there.low, there.central, there.high, found.rate))
