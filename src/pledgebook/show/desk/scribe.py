"""Reading a posted document in a process of its own, which is ended where it takes too long."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from pledgebook.domain import DocumentError, Finding, Page, ReadDocument
from pledgebook.flow import load_reader, read_page
from pledgebook.flow.readers import Reader

_reader: Reader | None = None


class Scribe:
    """Reads pages one after the other. A page may be made to keep a reader busy for ever: it gets so many seconds."""

    def __init__(self, reader: str, *, seconds: float) -> None:
        self._name, self._seconds = reader, seconds
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Semaphore(1)

    async def read(self, page: Page) -> ReadDocument:
        """What the reader makes of the page. Raises DocumentError for one that can't be read, or not in time."""
        async with self._turn:
            pool = self._pool or self._start()
            try:
                future = asyncio.wrap_future(pool.submit(_read, page))
                found = await asyncio.wait_for(future, self._seconds)
            except TimeoutError:
                self.close()
                seen = f"takes longer than {self._seconds:g} s to read"
                raise DocumentError(page.source, seen, "Send less of it, or plain text.") from None
            except BrokenProcessPool:
                self.close()
                raise DocumentError(page.source, "ended the process that read it", "Send less of it.") from None
        if isinstance(found, Finding):
            raise DocumentError(page.source, found.message.removeprefix(f"{page.source}: ").rstrip("."))
        return found

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork copies locks that another thread holds.
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _start, (self._name,))
        return self._pool

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):  # noqa: SLF001 - the executor has no word for it before 3.14
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _start(reader: str) -> None:
    global _reader  # noqa: PLW0603 - the process has one reader for all its life
    _reader = load_reader(reader)


def _read(page: Page) -> ReadDocument | Finding:
    if _reader is None:
        raise RuntimeError("the process has no reader")
    return read_page(page, _reader)
