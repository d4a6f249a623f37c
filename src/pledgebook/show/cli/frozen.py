"""The lines of a snapshot, for commands that can answer from one."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pledgebook.domain import UsageError
from pledgebook.show.cli.session import Session

if TYPE_CHECKING:
    from pledgebook.flow import Frozen

_Command = TypeVar("_Command", bound=Callable[..., Any])


def snapshot_option(command: _Command) -> _Command:
    """--snapshot."""
    return click.option("--snapshot", metavar="NAME", help="As the book was when this snapshot was taken.")(command)


def frozen_for(session: Session, name: str, *, as_of: date | None, currency: str | None) -> "Frozen":
    """What the session's book held when the snapshot was taken; what is not as it was then is said on stderr."""
    from dataclasses import replace  # noqa: PLC0415 - only where it is asked for

    from pledgebook.flow import read_snapshot  # noqa: PLC0415 - loads rooms
    from pledgebook.ledger import PublishedRates, aged  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415

    if as_of is not None:
        raise UsageError("--as-of", "given together with --snapshot", "Leave one of them out.")
    with closing(open_book(session["db"])) as book:
        found = read_snapshot(book, name, rates=PublishedRates(), currency=currency)
    if not found.is_same:
        session.say(f"{name}: the lines are not those of {found.snapshot.at.date()}: {found.why}.", kind="snapshot")
    return replace(found, entries=aged(found.entries, found.snapshot.at.date()))
