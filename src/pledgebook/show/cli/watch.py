"""pledgebook watch."""

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from pledgebook.domain import Finding, ReadDocument
from pledgebook.show.cli.clock import SystemClock
from pledgebook.show.cli.options import db_option, fetch_options, output_options, say_options, state_option
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.reading import limits_for
from pledgebook.show.cli.session import Session, now
from pledgebook.wire import dumps

if TYPE_CHECKING:
    from pledgebook.flow.watch import Round, Watch
    from pledgebook.store import Book

# Longer than this we don't sleep without a look at the clock: it may have been set.
_LONGEST_SLEEP = 60.0


@click.command("watch")
@click.argument("sources", metavar="SOURCES.toml", type=click.Path(exists=True, dir_okay=False))
@click.option("--once", is_flag=True, help="Ask every source once, take in what is new, and end: for cron.")
@click.option("--for", "for_", metavar="TIME", help="End after this long (90s, 15m, 2h), in good order.")
@click.option("--reader", metavar="NAME", help="Who reads the documents (default: rules).")
@click.option("--max-bytes", metavar="N", help="Refuse documents larger than this (default: 20000000).")
@fetch_options
@db_option
@state_option
@output_options("table", "jsonl")
@say_options
def command(
    sources: str,
    format_: str | None,
    output: str | None,
    *,
    once: bool,
    for_: str | None,
    **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:
    """What sources have that is new, into the book: feeds, sitemaps, pages, folders.

    Goes on until it is stopped (Ctrl-C, or SIGTERM), asking each source as often as the file says; with --once it asks
    all of them and ends. Each page comes in once. Gives a line for every round that brought something.
    """
    from pledgebook.flow.watch import Watch  # noqa: PLC0415 - loads every room, and httpx
    from pledgebook.flow.watch_read import one_by_one  # noqa: PLC0415
    from pledgebook.flow.watch_sources import read_time, read_watch_sources  # noqa: PLC0415
    from pledgebook.show.cli.fetching import visitor_for  # noqa: PLC0415 - loads httpx
    from pledgebook.show.cli.models import reader_for  # noqa: PLC0415 - loads no model yet
    from pledgebook.store import open_book  # noqa: PLC0415
    from pledgebook.store.watched import Watched  # noqa: PLC0415

    session, clock = Session(**flags), SystemClock()
    path = Path(sources)
    watched = read_watch_sources(path.read_text(encoding="utf-8"), where=sources, folder=path.parent)
    end = None if for_ is None else clock.monotonic() + read_time(for_, "--for")

    def is_over() -> bool:
        return clock.is_stopped or (end is not None and clock.monotonic() >= end)

    with (
        closing(clock),
        closing(open_book(session["db"], create=True)) as book,
        Watched(state_path(session)) as state,
        state.alone(),
        _stopping(clock, session),
    ):
        watch = Watch(
            watched,
            book=book,
            state=state,
            visitor=visitor_for(session, clock, heeds_robots=True),
            clock=clock,
            read=one_by_one(reader=reader_for(session), limits=limits_for(session)),
            max_bytes=session["max_bytes"],
            is_over=is_over,
            tell=lambda item: _tell(session, item),
        )
        rounds = _counted(_once(watch) if once else _steadily(watch, clock, is_over, end), book)
        is_table = choose_format(format_, output) == "table"
        write((_told(one, session["db"], is_table=is_table) for one in rounds), output)
    return session.code() if once else 0


def state_path(session: Session) -> Path:
    """Where the memory of `watch` is: as set, else beside the book."""
    if session["state"]:
        return Path(session["state"])
    is_file = "://" not in session["db"]
    return Path(f"{session['db']}.watch" if is_file else "pledgebook.watch")


def _counted(rounds: "Iterator[Round]", book: "Book") -> "Iterator[Round]":
    """The rounds, each after the ledger knows what it brought."""
    from pledgebook.flow.keeper import Keeper  # noqa: PLC0415 - loads every room
    from pledgebook.ledger import PublishedRates  # noqa: PLC0415

    keeper = Keeper(PublishedRates())
    for came in rounds:
        if came.new:
            keeper.bring_up_to_date(book)
        yield came


def _once(watch: "Watch") -> "Iterator[Round]":
    yield watch.round(every_source=True)


def _steadily(watch: "Watch", clock: SystemClock, is_over: Any, end: float | None) -> "Iterator[Round]":  # noqa: ANN401
    while not is_over():
        came = watch.round(every_source=False)
        if came.documents or came.refused or came.failing:
            yield came
        wait = (watch.next_due() - clock.now()).total_seconds()
        left = wait if end is None else min(wait, end - clock.monotonic())
        if left > 0 and not is_over():
            clock.sleep(min(left, _LONGEST_SLEEP))


def _told(came: "Round", book: str, *, is_table: bool) -> str:
    if not is_table:
        return dumps({
            "at": now().isoformat(timespec="seconds"), "book": book, "polled": came.polled, "failing": came.failing,
            "documents": came.documents, "new": came.new, "claims": came.claims, "refused": came.refused,
            "waiting": came.waiting,
        }) + "\n"  # fmt: skip
    words = f"{came.polled} sources asked, {came.documents} documents with {came.claims} claims read, {came.new} new"
    more = [f"{came.failing} sources failing"] if came.failing else []
    more += [f"{came.refused} pages not readable"] if came.refused else []
    more += [f"{came.waiting} pages wait"] if came.waiting else []
    return ", ".join([words, *more]) + ".\n"


def _tell(session: Session, item: ReadDocument | Finding) -> None:
    for document in session.readable([item]):
        session.detail(f"{document.document.source}: {len(document.claims)} claims")


@contextmanager
def _stopping(clock: SystemClock, session: Session) -> Iterator[None]:
    """While it lasts, the first SIGINT or SIGTERM asks for an end in good order, the next one ends at once."""

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's signature
        if clock.is_stopped:
            raise KeyboardInterrupt
        clock.stop()
        session.say("Stopping: what is being read is kept. Once more ends at once.")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
