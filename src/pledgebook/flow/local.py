"""Reading documents on this machine: here, or in a few processes side by side."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from pledgebook.domain import Finding, Page, ReadDocument
from pledgebook.flow.limits import Limits, TooSlowError, heavy_document, slow_document, within
from pledgebook.flow.one import Known, page_key, passed, read_page
from pledgebook.flow.readers import Reader, load_reader
from pledgebook.read import MAX_BYTES, Item, read_sources

if TYPE_CHECKING:
    from pledgebook.flow.workers import Crew

# Starting processes takes as long as reading some dozens of documents.
_WORTH_IT = 48
# A page of this size may do something that can't be stopped from within: it is read in a process of its own.
_SMALL = 400_000
_NO_LIMITS = Limits()


def read(
    sources: Iterable[str],
    *,
    reader: str | Reader,
    stdin: BinaryIO | None = None,
    workers: int = 0,
    max_bytes: int = MAX_BYTES,
    fetch: Callable[[str], Iterator[Item]] | None = None,
    limits: Limits = _NO_LIMITS,
) -> Iterator[ReadDocument | Finding]:
    """What `reader` makes of each document of `sources`, in the order given; a Finding for each that can't be read.

    `fetch` brings what stands at a URL; without it a URL is wrong usage. A document that costs more than `limits` is
    a Finding too.

    `workers` processes read side by side; 0 takes one for each core where there are enough documents to pay for it.
    The number never changes what is read. Wrong names of sources and readers raise at once.
    """
    items = read_sources(sources, stdin=stdin, max_bytes=max_bytes, fetch=fetch)
    return read_pages(items, reader=reader, workers=workers, limits=limits)


def read_pages(
    items: Iterable[Item], *, reader: str | Reader, workers: int = 0, limits: Limits = _NO_LIMITS
) -> Iterator[ReadDocument | Finding]:
    """The same for pages that somebody else has fetched."""
    items = iter(items)
    if workers == 1 or not isinstance(reader, str):
        # A reader that was made elsewhere may have something to mind (a budget, a memory): there is only one of it.
        return in_process(items, reader=reader, limits=limits)
    if workers == 0:
        first = list(islice(items, _WORTH_IT))
        items, cores = chain(first, items), _cores()
        if len(first) < _WORTH_IT or cores == 1:
            return in_process(items, reader=reader, limits=limits)
        workers = cores
    return in_processes(items, reader=reader, workers=workers, limits=limits)


def read_new(
    sources: Iterable[str],
    *,
    known: Callable[[str], bool],
    reader: str | Reader,
    stdin: BinaryIO | None = None,
    workers: int = 0,
    max_bytes: int = MAX_BYTES,
    fetch: Callable[[str], Iterator[Item]] | None = None,
    limits: Limits = _NO_LIMITS,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[ReadDocument | Finding | Known]:
    """As `read` gives, but pages for whose key `known` says yes are not read again: for each of them a Known.

    They come a little earlier than their place, since nothing has to be done for them. `tell` hears the sort of every
    file that is opened.
    """
    loaded = load_reader(reader)
    items = read_sources(sources, stdin=stdin, max_bytes=max_bytes, fetch=fetch, tell=tell)
    skipped: list[Known] = []

    def unread() -> Iterator[Item]:
        for item in items:
            # How a page was fetched is news each time.
            if isinstance(item, Page) and item.capture is None and known(page_key(item, loaded)):
                skipped.append(Known(item.source))
            else:
                yield item

    def all_of_them() -> Iterator[ReadDocument | Finding | Known]:
        for answer in read_pages(unread(), reader=reader, workers=workers, limits=limits):
            yield from skipped
            skipped.clear()
            yield answer
        yield from skipped

    return all_of_them()


def in_process(
    items: Iterable[Item], *, reader: str | Reader, limits: Limits = _NO_LIMITS
) -> Iterator[ReadDocument | Finding]:
    """What the reader makes of each item, one after the other; large pages in a process that can be ended."""
    return _in_process(items, load_reader(reader), reader, limits)


def _in_process(
    items: Iterable[Item], loaded: Reader, reader: str | Reader, limits: Limits
) -> Iterator[ReadDocument | Finding]:
    crew: Crew | None = None
    try:
        for item in items:
            if not isinstance(item, Page):
                yield passed(item)
            elif not isinstance(reader, str):
                # It may ask somebody far away, and has its own idea of how long that may take.
                yield read_page(item, loaded)
            elif len(item.content) > _SMALL:
                if crew is None:
                    from pledgebook.flow import workers  # noqa: PLC0415 - hardly any page is so large

                    crew = workers.Crew(reader, 1, limits)
                yield crew.read(item)
            else:
                yield _read_here(item, loaded, limits)
    finally:
        if crew is not None:
            crew.dismiss()


def _read_here(page: Page, reader: Reader, limits: Limits) -> ReadDocument | Finding:
    try:
        with within(limits.seconds):
            return read_page(page, reader)
    except TooSlowError:
        return slow_document(page.source, limits)
    except MemoryError:
        return heavy_document(page.source, limits)


def in_processes(
    items: Iterable[Item], *, reader: str | Reader, workers: int, limits: Limits = _NO_LIMITS
) -> Iterator[ReadDocument | Finding]:
    """The same as `in_process` gives, in the same order, worked out by `workers` processes."""
    from pledgebook.flow.workers import read_in_workers  # noqa: PLC0415 - few documents need no processes

    return read_in_workers(items, reader=reader, workers=workers, limits=limits)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows don't tell what is left to this process
        return os.cpu_count() or 1
