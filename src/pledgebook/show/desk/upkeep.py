"""Working the ledger of a book out again while people read it: in a thread where it is small, else in a process."""

from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import closing, suppress
from functools import lru_cache
from multiprocessing import get_context
from threading import Lock
from time import monotonic

from pledgebook.flow.keeper import Keeper
from pledgebook.ledger import PublishedRates
from pledgebook.store import LineQuery, open_book

# A ledger of more lines takes seconds: whoever reads meanwhile would feel it.
_SMALL = 3000
_SMALL_BOOK = 3000
_PAUSE = 10.0


class Upkeep:
    """Brings the lines of a book up to date, once for all who want it."""

    def __init__(self, db: str) -> None:
        self._db = db
        self._lock = Lock()
        self._thread: Executor | None = None
        self._process: Executor | None = None
        self._running: Future[bool] | None = None
        self._began = 0.0

    def wait(self, seconds: float) -> None:
        """Has the work done where nobody does it, and waits until it is done or has been worked at for so long.

        Raises BookError where it failed a moment ago: it is not begun again at once.
        """
        with self._lock:
            age = monotonic() - self._began
            if self._running is None or (self._running.done() and (self._worked(self._running) or age > _PAUSE)):
                self._running, self._began, age = self._executor().submit(_bring_up_to_date, self._db), monotonic(), 0.0
            running = self._running
        with suppress(FutureTimeoutError):
            running.result(max(0.0, seconds - age))

    @staticmethod
    def _worked(done: "Future[bool]") -> bool:
        return not done.cancelled() and done.exception() is None

    def close(self) -> None:
        """Ends what nobody waits for any more."""
        with self._lock:
            for executor in (self._thread, self._process):
                if isinstance(executor, ProcessPoolExecutor):
                    for process in list((executor._processes or {}).values()):  # noqa: SLF001 - no word for it before 3.14
                        process.kill()
                if executor is not None:
                    executor.shutdown(wait=False, cancel_futures=True)
            self._thread = self._process = self._running = None

    def _executor(self) -> Executor:
        if is_small(self._db):
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")
            return self._thread
        if self._process is None:
            # Spawned, not forked: a fork copies locks that another thread holds.
            self._process = ProcessPoolExecutor(1, get_context("spawn"))
        return self._process


def is_small(db: str) -> bool:
    """Whether working out the lines of a book takes no more than a moment."""
    with closing(open_book(db)) as book:
        return book.lines.count(LineQuery()) <= _SMALL and book.facts().documents <= _SMALL_BOOK


def _bring_up_to_date(db: str) -> bool:
    with closing(open_book(db)) as book:
        return _keeper(db).bring_up_to_date(book)


@lru_cache(maxsize=1)
def _keeper(db: str) -> Keeper:  # noqa: ARG001 - the memory of the one who works on this book
    return Keeper(PublishedRates())
