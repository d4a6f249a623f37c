"""One input of a crawl: through the funnel, read, and into a part file.

    plan() --tasks--> run_task() on many processes or machines --parts--> merge()

See batch_run.py for the whole run and cluster.py for where its tasks are done.
"""

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pledgebook.domain import Finding, Page, ReadDocument
from pledgebook.flow.batch_guard import TOO_SLOW, Guard
from pledgebook.flow.batch_parts import PARTS, WORK, Row, read_note, write_part
from pledgebook.flow.batch_report import Report
from pledgebook.flow.funnel import load_funnel
from pledgebook.flow.limits import SECONDS
from pledgebook.flow.one import passed, read_page
from pledgebook.flow.readers import Reader, load_reader
from pledgebook.read import MAX_BYTES, Told, read_sources
from pledgebook.read.warc import Captured, read_warc
from pledgebook.read.warc_damage import Lost

WARC_NAMES = (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz")
_TELL_EVERY = 500
_FIRST = b"<html><body><article><p>Acme invests 2 billion euros in a data centre.</p></article></body></html>"
_ONE_AT_A_TIME = threading.Lock()

Listener = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every task of a run. With `every_page` all pages are read in full."""

    folder: Path
    reader: str = "rules"
    max_bytes: int = MAX_BYTES
    seconds: float = SECONDS
    every_page: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One input file, and the name of its part."""

    name: str
    source: str
    size: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: bytes of its input, records, survivors."""

    task: str
    position: int
    records: int
    passed: int


class _Met(NamedTuple):
    """One document of an input, whatever that is."""

    content: Captured | Page | Told
    offset: int
    captured: str = ""


def run_task(task: Task, settings: Settings, tell: Listener | None = None) -> Report:
    """What one input has come to; its part is in its place when this returns.

    A part that is there already and was made by the same reader and the same rules is not made again.
    """
    with _ONE_AT_A_TIME:  # the watch over documents is one of the process
        path = settings.folder / PARTS / f"{task.name}.parquet"
        made_by = made_by_of(settings)
        if (done := done_report(path, task, made_by)) is not None:
            return done
        work = settings.folder / WORK
        work.mkdir(parents=True, exist_ok=True)
        with Guard(work / task.name, seconds=settings.seconds) as guard:
            rows, report = _read_input(task, settings, guard, tell)
            write_part(path, rows, source=task.source, report=report, made_by=made_by)
    return report


def done_report(path: Path, task: Task, made_by: str) -> Report | None:
    """The report of a part that need not be made again, None where it has to be."""
    note = read_note(path) if path.exists() else None
    if note is None or note["made_by"] != made_by or note["input"] != task.source:
        return None
    report = Report.from_json(note["report"])
    return report if report.size == task.size else None


def made_by_of(settings: Settings) -> str:
    """What a part follows from beside its input: another reader, other rules or other limits make another part."""
    reader = _reader(settings.reader)
    return f"{reader.name} {reader.version} {settings.max_bytes} {'every page' if settings.every_page else 'funnel'}"


@cache
def _reader(name: str) -> Reader:
    reader = load_reader(name)
    # What a first page has to wait for is loaded before the time of any page counts.
    read_page(Page("", _FIRST, "text/html"), reader)
    # What is loaded stays for good: without it the collector has little to look through.
    gc.collect()
    gc.freeze()
    return reader


def _read_input(task: Task, settings: Settings, guard: Guard, tell: Listener | None) -> tuple[list[Row], Report]:
    report = Report(inputs=1, size=task.size)
    rows: list[Row] = []
    for met in _met(task, settings, report):
        report.records += 1
        if tell is not None and report.records % _TELL_EVERY == 0:
            tell(Progress(task.name, 0 if met is None else met.offset, report.records, report.passed_text))
        if met is None:
            continue
        report.pages += 1
        if guard.bad and (name := str(met.offset)) in guard.bad:
            reason = guard.bad[name]
            seen = (
                f"took longer than {settings.seconds:g} s" if reason == TOO_SLOW else "ended the process that read it"
            )
            report.name(reason, f"{_source(met)} ({task.source}, {met.offset:,}): {seen}.")
            continue
        read = _read_one(met, settings, guard, report)
        if read is not None:
            report.documents += 1
            report.claims += len(read.claims)
            rows.append(Row(read, met.offset, met.captured))
    return rows, report


def _read_one(met: _Met, settings: Settings, guard: Guard, report: Report) -> ReadDocument | None:
    """The document of a page that tells claims; None for all others."""
    found: ReadDocument | Finding | None
    if isinstance(met.content, Told):
        found = passed(met.content)
        report.passed_bytes += 1
        report.passed_text += 1
    else:
        found = _through(met.offset, met.content, settings, guard, report)
    if found is None:
        return None
    if isinstance(found, Finding):
        report.name(found.name, found.message)
        return None
    report.read += 1
    return found if found.claims else None


def _through(
    offset: int, held: Captured | Page, settings: Settings, guard: Guard, report: Report
) -> ReadDocument | Finding | None:
    funnel = None if settings.every_page else load_funnel()
    if funnel is not None and not funnel.passes_bytes(held.content, held.charset):
        return None
    report.passed_bytes += 1
    with guard.over(str(offset)):
        is_plain = held.media_type == "text/plain"
        if funnel is not None and not is_plain and not funnel.passes_text(held.content, held.charset):
            return None
        report.passed_text += 1
        return read_page(_page(held) if isinstance(held, Captured) else held, _reader(settings.reader))


def _met(task: Task, settings: Settings, report: Report) -> Iterator[_Met | None]:
    """Every document of an input; None for a record that is none, once it has been counted."""
    if task.source.lower().endswith(WARC_NAMES):
        yield from _of_warc(task, settings, report)
        return
    for number, item in enumerate(read_sources([task.source], max_bytes=settings.max_bytes)):
        if isinstance(item, Finding):
            report.name(item.name, item.message)
            yield None
        else:
            yield _Met(item, number)


def _of_warc(task: Task, settings: Settings, report: Report) -> Iterator[_Met | None]:
    for item in read_warc(task.source, max_bytes=settings.max_bytes):
        if isinstance(item, Lost):
            report.lose(task.source, item.start, item.end, item.reason)
        elif item.refused:
            report.refused[item.refused] += 1
            yield None
        else:
            if item.is_cut:
                report.refused["cut-by-crawler"] += 1
            yield _Met(item, item.offset, item.date)


def _page(item: Captured) -> Page:
    return Page(item.uri, bytes(item.content), item.media_type, charset=item.charset)


def _source(met: _Met) -> str:
    content = met.content
    if isinstance(content, Captured):
        return content.uri
    return content.document.source if isinstance(content, Told) else content.source
