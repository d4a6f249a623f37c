"""pledgebook decide."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeVar

import click

from pledgebook.domain import Decision
from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session, now

_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group("decide")
def command() -> None:
    """What a reviewer decides about pledges and claims: it wins over every rule and survives every later run.

    A pledge is named by its id (or an unambiguous beginning), a claim as document/claim; `pledgebook show` tells both.
    """


def _who_options(decorated: _Command) -> _Command:
    for option in (
        say_options,
        output_options("table", "json", "jsonl"),
        db_option,
        click.option("--why", metavar="TEXT", required=True, help="The reason, for whoever reads it later."),
        click.option("--by", metavar="NAME", required=True, help="Who decides."),
    ):
        decorated = option(decorated)
    return decorated


@command.command("same")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@_who_options
def same(names: tuple[str, ...], **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """They are one pledge."""
    return _decide("same", names, flags)


@command.command("different")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@_who_options
def different(names: tuple[str, ...], **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """They are different pledges; a claim that is named beside its pledge is taken out of it."""
    return _decide("different", names, flags)


@command.command("set")
@click.argument("name", metavar="ID")
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE")
@_who_options
def set_(name: str, field: str, value: str, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """The pledge's FIELD has this VALUE: amount "2.1 bn EUR", stage delayed, announced 2024-05-13; "" for not known."""
    return _decide("set", (name,), flags, field=field, value=value or None)


@command.command("reject")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@_who_options
def reject(names: tuple[str, ...], **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """They are no claims: kept, and never counted."""
    return _decide("reject", names, flags)


@command.command("undo")
@click.argument("decision", metavar="DECISION")
@_who_options
def undo(decision: str, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Takes a decision back; it stays in the history."""
    return _decide("undo", (decision,), flags)


def _decide(
    kind: str, names: tuple[str, ...], flags: dict[str, Any], *, field: str | None = None, value: str | None = None
) -> int:
    from pledgebook.flow import decide, entries  # noqa: PLC0415 - loads rooms
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415
    from pledgebook.reconcile.decided import CONTRADICTING  # noqa: PLC0415
    from pledgebook.store import open_book  # noqa: PLC0415
    from pledgebook.wire import dumps  # noqa: PLC0415
    from pledgebook.wire_book import decision_json  # noqa: PLC0415

    by, why, format_, output = (flags.pop(name) for name in ("by", "why", "format_", "output"))
    session, rates = Session(**flags), PublishedRates()
    with closing(open_book(session["db"])) as book:
        decision = decide(book, kind, names, by=by, why=why, at=now(), rates=rates, field=field, value=value)
        undone = next((item for item in book.decisions() if item.id == decision.undoes), None)
        touched = set((undone or decision).subjects)
        pledges = [
            line.pledge
            for line in entries(book, rates=rates)
            if not line.is_rest and any(telling.key in touched for telling in line.pledge.tellings)
        ]
    clashes = {it.message for pledge in pledges for it in pledge.findings if it.name == CONTRADICTING}
    for message in sorted(clashes):
        session.say(message, kind=CONTRADICTING)
    if choose_format(format_, output) == "table":
        write(_table(decision, [(pledge.id, len(pledge.tellings)) for pledge in pledges]), output)
    else:
        record = {**decision_json(decision), "pledges": [pledge.id for pledge in pledges]}
        write([dumps(record) + "\n"], output)
    return 0


def _table(decision: Decision, pledges: list[tuple[str, int]]) -> Iterator[str]:
    from pledgebook.flow import Ruling  # noqa: PLC0415 - loads rooms
    from pledgebook.show.pledge import ruling_words  # noqa: PLC0415
    from pledgebook.show.text import plain  # noqa: PLC0415

    yield plain(ruling_words(Ruling(decision))) + "\n"
    for name, tellings in pledges:
        yield f"  {name}, told {tellings} times\n" if tellings > 1 else f"  {name}, told once\n"
