"""pledgebook batch."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from pledgebook.show.cli.options import say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps

if TYPE_CHECKING:
    from pledgebook.flow.batch import Progress, Task
    from pledgebook.flow.batch_report import Report
    from pledgebook.flow.batch_run import Done
    from pledgebook.flow.cluster import Machines

_NAMED = 20


@click.command("batch")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", "folder", metavar="DIR", required=True, help="The folder of results.")
@click.option("--cluster", metavar="ADDRESS", help="Do it on this Dask cluster (tcp://host:8786).")
@click.option("--every-page", is_flag=True, help="Read every page in full, not only those that may tell a pledge.")
@click.option("--reader", metavar="NAME", help="Who reads the documents (default: rules).")
@click.option("--workers", metavar="N", help="Processes side by side; 0: one for each core.")
@click.option("--max-bytes", metavar="N", help="Refuse pages larger than this (default: 20000000).")
@click.option("--document-seconds", metavar="N", help="Give up a document after this time (default: 10).")
@click.option(
    "--format", "format_", type=click.Choice(("table", "json", "jsonl")), help="How the report at the end is given."
)
@say_options
def command(
    inputs: tuple[str, ...],
    folder: str,
    cluster: str | None,
    every_page: bool,  # noqa: FBT001 - click's way
    format_: str | None,
    **flags: Any,  # noqa: ANN401 - flags of settings
) -> int:
    """Claims of a whole crawl, in Parquet; stop it when you like, and call it again: it does what is missing.

    INPUT is a WARC file (plain, gzip or zstd), JSONL or Parquet of documents, a folder of such, or a pattern in quotes
    ("crawl/*.warc.gz"). Pages that can't tell a pledge are passed over at the speed of reading them; damaged bytes are
    passed over, counted and named.

    DIR gets documents.parquet, claims.parquet and manifest.json; `pledgebook ingest DIR` takes it into a book.
    """
    from pledgebook.flow.batch import Settings  # noqa: PLC0415 - loads every room
    from pledgebook.flow.batch_run import finish, plan, run  # noqa: PLC0415

    session = Session(**flags)
    settings = Settings(
        Path(folder).absolute(),
        reader=session["reader"],
        max_bytes=session["max_bytes"],
        seconds=session["document_seconds"],
        every_page=every_page,
    )
    tasks = plan(inputs, settings.folder)
    done: list[Done] = []
    with _machines(cluster, session["workers"], len(tasks)) as machines:
        show = _Show(session, tasks)
        for item in run(tasks, settings, machines=machines, listen=show.hear):
            done.append(item)
            show.done(item)
        show.end()
    report = finish(tasks, settings, done)
    failed = [item for item in done if item.error is not None]
    _tell(session, report, len(failed))
    told = report.to_json() | {"folder": folder, "inputs": len(tasks), "failed": len(failed)}
    if choose_format(format_, None) == "table":
        write(_lines(told), None)
    else:
        write([dumps({key: value for key, value in told.items() if key not in ("lost", "named")}) + "\n"], None)
    session.refused += len(failed) + len(report.lost) + len(report.named)
    return 1 if failed else session.code()


@contextmanager
def _machines(cluster: str | None, workers: int, tasks: int) -> "Iterator[Machines]":
    from pledgebook.flow.cluster import DaskMachines, LocalMachines  # noqa: PLC0415 - loads every room

    if cluster is None:
        local = LocalMachines(workers)
        local.hands = max(1, min(local.hands, tasks))
        yield local
        return
    dask = DaskMachines(cluster)
    try:
        yield dask
    finally:
        dask.close()


class _Show:
    """A line on stderr while a run goes on, and a line for each input with --verbose."""

    def __init__(self, session: Session, tasks: "tuple[Task, ...]") -> None:
        self._session = session
        self._is_shown = sys.stderr.isatty() and not session["quiet"]
        self._sizes = {task.name: task.size for task in tasks}
        self._whole = sum(self._sizes.values())
        self._begun = monotonic()
        self._ended = self._skipped = self._inputs = self._records = self._passed = 0
        self._under_way: dict[str, Progress] = {}

    def hear(self, progress: "Progress") -> None:
        """How far an input is."""
        self._under_way[progress.task] = progress
        self._draw()

    def done(self, item: "Done") -> None:
        """An input is through."""
        self._under_way.pop(item.task.name, None)
        self._inputs += 1
        self._ended += item.task.size
        if item.was_there:
            self._skipped += item.task.size
        elif item.report is not None:
            self._records += item.report.records
            self._passed += item.report.passed_text
        if item.error is not None:
            self._wipe()
            click.echo(f"failed: {item.error}", err=True)
        elif item.report is not None:
            was = ", made earlier" if item.was_there else ""
            self._session.detail(
                f"{item.task.source}: {item.report.records:,} records, {item.report.claims} claims{was}"
            )
        self._draw()

    def end(self) -> None:
        """The run is over."""
        self._wipe()

    def _draw(self) -> None:
        if not self._is_shown:
            return
        at = self._ended + sum(item.position for item in self._under_way.values())
        records = self._records + sum(item.records for item in self._under_way.values())
        passed = self._passed + sum(item.passed for item in self._under_way.values())
        seconds = max(monotonic() - self._begun, 0.001)
        speed = (at - self._skipped) / seconds
        left = f"{_clock((self._whole - at) / speed)} left" if speed > 0 else ""
        pace = f"{records:,} records, {records / seconds:,.0f}/s"
        line = f"{self._inputs}/{len(self._sizes)} inputs, {pace}, {passed:,} survivors, {left}"
        click.echo(f"\r{line:<78}", nl=False, err=True)

    def _wipe(self) -> None:
        if self._is_shown:
            click.echo("\r" + " " * 78 + "\r", nl=False, err=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _tell(session: Session, report: "Report", failed: int) -> None:
    """Names what could not be read: damaged bytes and refused documents; the rest is counted in the report."""
    for source, start, end, reason in report.lost[:_NAMED]:
        session.say(f"{source}: bytes {start:,} to {end:,} lost: {reason}.", kind="damaged")
    for message in report.named[:_NAMED]:
        session.say(message, kind="skipped")
    more = len(report.lost[_NAMED:]) + len(report.named[_NAMED:])
    if more:
        session.say(f"and {more} more: see manifest.json in the folder of results.")
    if failed:
        session.say(f"{failed} inputs failed: run the same command again, it does what is missing.")


def _lines(told: dict[str, Any]) -> Iterator[str]:
    refused = told["refused"]
    yield f"{told['records']:,} records of {told['inputs']} inputs ({told['size']:,} bytes), {told['pages']:,} pages\n"
    yield f"{told['passed_bytes']:,} passed the test of bytes, {told['passed_text']:,} that of the main text\n"
    yield f"{told['read']:,} read, {told['documents']:,} of them with {told['claims']:,} claims, in {told['folder']}\n"
    if refused:
        yield "refused: " + ", ".join(f"{number:,} {reason}" for reason, number in refused.items()) + "\n"
    if told["lost_bytes"]:
        yield f"lost: {told['lost_bytes']:,} damaged bytes\n"
