"""The lines of a book that somebody asked for."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import Any

from pledgebook.domain import Decision, Entry, Purpose, Stage, UsageError
from pledgebook.show.cli.session import Session, now
from pledgebook.show.filters import Filters

FILTERS = ("investor", "recipient", "country", "place", "purpose", "stage", "since", "until", "min_sources", "counted")


def filters_of(flags: dict[str, Any]) -> Filters:
    """The filters among the flags of a command, which are taken out of them."""
    from pledgebook.show.countries import country_code  # noqa: PLC0415 - reads a file

    wanted = {name: flags.pop(name) for name in FILTERS}
    if wanted["country"] is not None:
        wanted["country"] = country_code(wanted["country"])
    for name, kind in (("purpose", Purpose), ("stage", Stage)):
        if wanted[name] is not None:
            wanted[name] = _member(kind, wanted[name], name)
    return Filters(**wanted)


def _member(kind: type[Purpose | Stage], words: str, name: str) -> Purpose | Stage:
    try:
        return kind(words.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        raise UsageError(f"--{name}", repr(words), f"Use one of {allowed}.") from None


def lines_for(session: Session, filters: Filters, *, as_of: date | None, currency: str | None) -> tuple[Entry, ...]:
    """The lines that pass, looked up in the book; what is overdue or stale is so today, or on the day asked for."""
    from pledgebook.flow.lines import find_lines  # noqa: PLC0415 - loads every room
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    with closing(open_book(session["db"])) as book:
        return find_lines(
            book, filters, rates=PublishedRates(), as_of=as_of, currency=currency, has_claims=False,
            day=as_of or now().date(),
        ).entries  # fmt: skip


def line_for(
    session: Session, name: str, *, as_of: date | None, currency: str | None
) -> tuple[Entry, tuple[Entry, ...]]:
    """The line with that id, or whose id alone begins so, and the lines that it names or that name it.

    Raises UsageError where there is none, or more than one.
    """
    from pledgebook.flow.lines import Lines  # noqa: PLC0415 - loads every room
    from pledgebook.flow.moments import moment  # noqa: PLC0415
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    with (
        closing(open_book(session["db"])) as book,
        moment(book, rates=PublishedRates(), as_of=as_of, currency=currency) as kept,
    ):
        lines = Lines(kept, has_converted=currency is not None, day=as_of or now().date())
        try:
            entry = lines.line(name)
        except UsageError:
            raise UsageError("show", f"{name!r}, with which several ids begin", "Give more of the id.") from None
        if entry is None:
            raise UsageError("show", f"no pledge {name!r} in the book", "`pledgebook list` names them all.")
        others = lines.some([relation.claim for relation in entry.pledge.relations])
        others |= {other.id: other for other in lines.about("relation", [entry.pledge.id], has_claims=False)}
        return entry, tuple(others[name] for name in sorted(others))


def decisions_for(session: Session, *, as_of: date | None = None) -> tuple[Decision, ...]:
    """What people decided in the session's book, by the end of a day where one is given."""
    from pledgebook.store import open_book  # noqa: PLC0415 - loads SQLite

    with closing(open_book(session["db"])) as book:
        return tuple(item for item in book.decisions() if as_of is None or item.at.date() <= as_of)


def in_conflict(entries: Sequence[Entry]) -> bool:
    """Whether sources of any of these contradict each other."""
    return any(entry.pledge.conflicts for entry in entries)


def asked_currency(session: Session) -> str | None:
    """The currency to convert lines to: only where it was asked for, or set for good."""
    chosen = session.settings["currency"]
    return None if chosen.origin == "default" else str(chosen.value)
