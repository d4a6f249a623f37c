"""Processes that read pages, each of which can be ended when a page takes too long or too much."""

import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from pledgebook.domain import BookError, Finding, Page, PledgebookError, ReadDocument
from pledgebook.flow.limits import Limits, crashed_document, heavy_document, slow_document
from pledgebook.flow.one import passed, read_page, warm_up
from pledgebook.flow.readers import Reader, load_reader
from pledgebook.read import Item

# Loading a reader may take this long on a busy machine.
_START_SECONDS = 120.0
_LOOK_SECONDS = 0.25
_AHEAD = 4
_PAGE_BYTES = 4096 if not hasattr(os, "sysconf") else os.sysconf("SC_PAGE_SIZE")

Answer = ReadDocument | Finding


@dataclass(slots=True)
class _Job:
    """A page to be read, or what came of it."""

    page: Page | None
    answer: Answer | None = None


def read_in_workers(
    items: Iterable[Item], *, reader: str | Reader, workers: int, limits: Limits
) -> Iterator[ReadDocument | Finding]:
    """What the reader makes of each item, in the same order, worked out by `workers` processes.

    A page that takes more than `limits` ends its process and is a Finding; the others go on. Each process holds one
    page, and a few wait, however many there are to read.
    """
    load_reader(reader)  # a wrong name is an error here and now, not in a process
    return _read_all(items, reader, workers, limits)


def _read_all(items: Iterable[Item], reader: str | Reader, workers: int, limits: Limits) -> Iterator[Answer]:
    crew = Crew(reader, workers, limits)
    waiting: deque[_Job] = deque()
    try:
        for item in items:
            job = _Job(item) if isinstance(item, Page) else _Job(None, passed(item))
            waiting.append(job)
            if job.page is not None:
                crew.give(job)
            while len(waiting) > _AHEAD * workers or (waiting and waiting[0].answer is not None):
                yield _first(crew, waiting)
        while waiting:
            yield _first(crew, waiting)
    finally:
        crew.dismiss()


def _first(crew: "Crew", waiting: deque[_Job]) -> Answer:
    while waiting[0].answer is None:
        crew.listen()
    answer = waiting.popleft().answer
    if answer is None:
        raise RuntimeError("a page without an answer")
    return answer


class Crew:
    """So many workers, hired when there is work, and the pages that wait for them."""

    def __init__(self, reader: str | Reader, size: int, limits: Limits) -> None:
        self._reader, self._size, self._limits = reader, size, limits
        self._workers: list[_Worker] = []
        self._queue: deque[_Job] = deque()

    def read(self, page: Page) -> Answer:
        """What comes of one page."""
        job = _Job(page)
        self.give(job)
        while job.answer is None:
            self.listen()
        return job.answer

    def give(self, job: _Job) -> None:
        """Puts a page in line."""
        self._queue.append(job)
        self._hand_out()

    def listen(self) -> None:
        """Waits a moment for answers, and ends the workers whose page costs too much."""
        self._hand_out()
        busy = [worker for worker in self._workers if worker.job is not None]
        ready = set(wait([worker.ear for worker in busy], _LOOK_SECONDS))
        for worker in busy:
            if worker.ear in ready:
                worker.hear()
            if worker.job is not None:
                worker.watch()
        self._workers = [worker for worker in self._workers if worker.is_fit]
        self._hand_out()

    def _hand_out(self) -> None:
        while self._queue:
            idle = next((worker for worker in self._workers if worker.job is None), None)
            if idle is None:
                if len(self._workers) >= self._size:
                    return
                idle = _Worker(self._reader, self._limits)
                self._workers.append(idle)
            idle.take(self._queue.popleft())

    def dismiss(self) -> None:
        """Ends all workers."""
        for worker in self._workers:
            worker.end()
        self._workers = []


class _Worker:
    """One process, and the page that it reads."""

    def __init__(self, reader: str | Reader, limits: Limits) -> None:
        # Spawned, not forked: a fork copies locks that another thread holds (SQLite's, a progress bar's).
        context = get_context("spawn")
        self.ear, mouth = context.Pipe()
        self.job: _Job | None = None
        self.is_fit = True
        self._limits = limits
        self._ends = 0.0
        self._weight: int | None = None
        self._process: BaseProcess = context.Process(target=_work, args=(mouth, reader, limits), daemon=True)
        self._process.start()
        mouth.close()
        self._is_ready = False

    def take(self, job: _Job) -> None:
        """Begins a page."""
        self.job = job
        self._ends = time.monotonic() + (self._limits.seconds if self._is_ready else _START_SECONDS)
        with suppress(BrokenPipeError):  # it has ended: the next look tells
            self.ear.send(job.page)

    def hear(self) -> None:
        """Takes what the process says: that it is ready, an answer, or nothing any more."""
        try:
            said = self.ear.recv()
        except (EOFError, OSError):
            self._process.join(5)
            self._lose()
            return
        if isinstance(said, int):
            self._is_ready, self._weight = True, said
            self._ends = time.monotonic() + self._limits.seconds
        elif isinstance(said, PledgebookError):
            self.end()
            raise said
        elif self.job is not None:
            self.job.answer, self.job = said, None

    def _lose(self) -> None:
        """The process has ended by itself."""
        code = self._process.exitcode
        self.is_fit = False
        if self.job is None:
            return
        if not self._is_ready:
            self.end()
            seen = f"ended before it could begin (exit status {code})"
            raise BookError("a process that reads", seen, "Run the command again with --workers 1.")
        self._answer(crashed_document(self._source, code))

    def watch(self) -> None:
        """Ends the process where its page takes too long or too much."""
        if time.monotonic() > self._ends:
            self._answer(slow_document(self._source, self._limits))
            self.end()
        elif self._is_ready and (_weight_of(self._process.pid) - (self._weight or 0)) > self._limits.memory:
            self._answer(heavy_document(self._source, self._limits))
            self.end()

    @property
    def _source(self) -> str:
        return "" if self.job is None or self.job.page is None else self.job.page.source

    def _answer(self, finding: Finding) -> None:
        if self.job is not None:
            self.job.answer, self.job = finding, None

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.is_fit = False
        self._process.kill()
        self._process.join()
        self.ear.close()


def _work(mouth: Connection, reader: str | Reader, limits: Limits) -> None:
    """The life of a process: loads the reader, says so, reads page by page until nobody asks any more."""
    try:
        loaded = load_reader(reader)
        warm_up(loaded)
        weight = _weight_of(os.getpid())
        _limit_memory(limits.memory)
        mouth.send(weight)
        while True:
            page = mouth.recv()
            try:
                answer: Answer | PledgebookError = read_page(page, loaded)
            except MemoryError:
                answer = heavy_document(page.source, limits)
            except PledgebookError as error:
                answer = error
            mouth.send(answer)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _limit_memory(memory: int) -> None:
    """Has the system refuse memory beyond what is taken already: most reading then fails in an orderly way."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - not on every system

    with suppress(OSError, ValueError):
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _weight_of(pid: int | None) -> int:
    """The memory of a process; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return 0
