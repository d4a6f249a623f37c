"""pledgebook sources."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pledgebook.domain import UsageError
from pledgebook.show.cli.options import db_option, output_options, say_options, state_option
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps

if TYPE_CHECKING:
    from pledgebook.store.watched import Health


@click.command("sources")
@click.argument("sources", metavar="[SOURCES.toml]", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option("--starter", is_flag=True, help="Print a file of public sources in many countries to start from.")
@db_option
@state_option
@output_options("table", "json", "jsonl")
@say_options
def command(
    sources: str | None,
    format_: str | None,
    output: str | None,
    *,
    starter: bool,
    **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:
    """How the sources of `watch` are: when each was asked, what it answered, what it has brought."""
    if starter:
        write([starter_text()], output)
        return 0
    if sources is None:
        raise UsageError("sources", "no SOURCES.toml", "Name the file, or use --starter to get one.")
    from pledgebook.flow.watch_sources import read_watch_sources  # noqa: PLC0415 - next to its use
    from pledgebook.show.cli.watch import state_path  # noqa: PLC0415
    from pledgebook.store.watched import Health, Watched  # noqa: PLC0415 - loads SQLite

    session, path = Session(**flags), Path(sources)
    watched = read_watch_sources(path.read_text(encoding="utf-8"), where=sources, folder=path.parent)
    memory = state_path(session)
    if memory.exists():
        with Watched(memory) as state:
            found = [state.health(one.name, url=one.url, kind=one.kind) for one in watched]
    else:
        found = [Health(one.name, one.url, one.kind) for one in watched]
    if choose_format(format_, output) == "table":
        write(_table(found), output)
    else:
        write((dumps(_record(one)) + "\n" for one in found), output)
    return 0


def starter_text() -> str:
    """The file of public sources that comes along."""
    from importlib.resources import files  # noqa: PLC0415 - only for this

    return (files("pledgebook.show") / "starter_sources.toml").read_text(encoding="utf-8")


def state_of(health: "Health") -> str:
    """How a source is, in a word: `new`, `well`, `moved` or `failing`."""
    if health.failures:
        return "failing"
    if health.tried_at is None:
        return "new"
    return "moved" if health.moved_to else "well"


def _record(health: "Health") -> dict[str, object]:
    return {
        "name": health.name, "url": health.url, "kind": health.kind, "state": state_of(health),
        "asked": _time(health.tried_at), "well": _time(health.well_at), "next": _time(_next(health)),
        "failures": health.failures, "message": health.message, "moved_to": health.moved_to, "listed": health.listed,
        "new": health.new, "last_new": _time(health.new_at),
    }  # fmt: skip


def _table(found: "Sequence[Health]") -> Any:  # noqa: ANN401 - an iterator of text
    from pledgebook.show.cli.table import table_text  # noqa: PLC0415 - next to its use
    from pledgebook.show.sheet import Column, Sheet  # noqa: PLC0415

    columns = (
        Column("source", grows=True), Column("kind"), Column("state"), Column("asked"), Column("next"),
        Column("listed", is_figure=True), Column("new", is_figure=True), Column("said", grows=True),
    )  # fmt: skip
    rows = tuple(
        (
            one.name, one.kind, state_of(one) + (f" ({one.failures})" if one.failures else ""), _minute(one.tried_at),
            _minute(_next(one)), str(one.listed), str(one.new),
            f"moved to {one.moved_to}" if one.moved_to and not one.failures else one.message,
        )
        for one in found
    )  # fmt: skip
    return table_text(Sheet("Sources", columns, rows))


def _next(health: "Health") -> datetime | None:
    return max((time for time in (health.due_at, health.held_until) if time is not None), default=None)


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def _minute(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%Y-%m-%d %H:%M")
