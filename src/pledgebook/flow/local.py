"""Reading documents on this machine: here, or in a few processes side by side."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from typing import BinaryIO

from pledgebook.domain import BookError, Finding, Page, ReadDocument
from pledgebook.flow.one import passed, read_page
from pledgebook.flow.readers import Reader, load_reader
from pledgebook.read import MAX_BYTES, Item, read_sources

# Starting processes takes as long as reading some dozens of documents.
_WORTH_IT = 48
_reader: Reader | None = None


def read(
    sources: Iterable[str],
    *,
    reader: str,
    stdin: BinaryIO | None = None,
    workers: int = 0,
    max_bytes: int = MAX_BYTES,
    fetch: Callable[[str], Iterator[Item]] | None = None,
) -> Iterator[ReadDocument | Finding]:
    """What `reader` makes of each document of `sources`, in the order given; a Finding for each that can't be read.

    `fetch` brings what stands at a URL; without it a URL is wrong usage.

    `workers` processes read side by side; 0 takes one for each core where there are enough documents to pay for it.
    The number never changes what is read. Wrong names of sources and readers raise at once.
    """
    return read_pages(
        read_sources(sources, stdin=stdin, max_bytes=max_bytes, fetch=fetch), reader=reader, workers=workers
    )


def read_pages(items: Iterable[Item], *, reader: str, workers: int = 0) -> Iterator[ReadDocument | Finding]:
    """The same for pages that somebody else has fetched."""
    items = iter(items)
    if workers == 1:
        return in_process(items, reader=reader)
    if workers == 0:
        first = list(islice(items, _WORTH_IT))
        items, cores = chain(first, items), _cores()
        if len(first) < _WORTH_IT or cores == 1:
            return in_process(items, reader=reader)
        workers = cores
    return in_processes(items, reader=reader, workers=workers)


def in_process(items: Iterable[Item], *, reader: str) -> Iterator[ReadDocument | Finding]:
    """What the reader makes of each item, one after the other."""
    loaded = load_reader(reader)
    return (read_page(item, loaded) if isinstance(item, Page) else passed(item) for item in items)


def in_processes(items: Iterable[Item], *, reader: str, workers: int) -> Iterator[ReadDocument | Finding]:
    """The same as `in_process` gives, in the same order, worked out by `workers` processes.

    Each process holds one page, and as many again wait, however many there are to read.
    """
    load_reader(reader)  # a wrong name is an error here and now, not in a process
    return _in_processes(items, reader, workers)


def _in_processes(items: Iterable[Item], reader: str, workers: int) -> Iterator[ReadDocument | Finding]:
    waiting: deque[Future[ReadDocument | Finding] | ReadDocument | Finding] = deque()
    # Spawned, not forked: a fork copies locks that another thread holds (SQLite's, a progress bar's).
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (reader,)) as pool:
        try:
            for item in items:
                waiting.append(pool.submit(_read, item) if isinstance(item, Page) else passed(item))
                if len(waiting) > 2 * workers:
                    yield _done(waiting.popleft())
            while waiting:
                yield _done(waiting.popleft())
        except BrokenProcessPool as error:
            raise BookError(
                "a process that reads",
                "ended before its time (was there memory enough?)",
                "Documents before it are kept: run the command again with --workers 1 to see where it stops.",
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows don't tell what is left to this process
        return os.cpu_count() or 1


def _done(item: "Future[ReadDocument | Finding] | ReadDocument | Finding") -> ReadDocument | Finding:
    return item.result() if isinstance(item, Future) else item


def _start(reader: str) -> None:
    global _reader  # noqa: PLW0603 - a process of the pool has one reader for all its life
    _reader = load_reader(reader)


def _read(page: Page) -> ReadDocument | Finding:
    if _reader is None:
        raise RuntimeError("the process has no reader")
    return read_page(page, _reader)
