"""Work on many hosts side by side, one thing at a time on each."""

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar
from urllib.parse import urlsplit

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_STEP = 0.2
_GRACE = 25


class _Over(Generic[_Task]):
    """Says that a worker has nothing left to do."""


def host_of(url: str) -> str:
    """The host of a URL, empty where it has none.

    >>> host_of("https://News.example:443/a")
    'news.example'
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def by_host(
    tasks: Iterable[_Task],
    *,
    url_of: Callable[[_Task], str],
    work: Callable[[_Task], tuple[_Result, bool]],
    workers: int,
    is_over: Callable[[], bool],
) -> Iterator[_Result]:
    """What `work` makes of each task, as they get done; it says too whether its host may be asked again now.

    Tasks of one host are done one after the other by one of `workers` threads. Once `is_over`, none is begun any
    more, and those that have begun are waited for a few seconds and then left to themselves.
    """
    groups: dict[str, list[_Task]] = {}
    for task in tasks:
        groups.setdefault(host_of(url_of(task)), []).append(task)
    waiting: SimpleQueue[list[_Task]] = SimpleQueue()
    # Those with most to do first: they decide when all is done.
    for group in sorted(groups.values(), key=len, reverse=True):
        waiting.put(group)
    # No more is held than this, however fast pages come in.
    results: Queue[_Result | _Over[_Task]] = Queue(maxsize=max(2, workers))

    def run() -> None:
        try:
            _work_off(waiting, work, results, is_over)
        finally:
            results.put(_Over())

    number = min(workers, len(groups))
    for index in range(number):
        # A daemon: a server that answers a byte a second must not keep the program from ending.
        Thread(target=run, daemon=True, name=f"host worker {index}").start()
    yield from _collected(results, number, is_over)


def _work_off(
    waiting: "SimpleQueue[list[_Task]]",
    work: Callable[[_Task], tuple[_Result, bool]],
    results: "Queue[_Result | _Over[_Task]]",
    is_over: Callable[[], bool],
) -> None:
    while not is_over():
        try:
            group = waiting.get_nowait()
        except Empty:
            return
        for task in group:
            if is_over():
                return
            result, goes_on = work(task)
            results.put(result)
            if not goes_on:
                break


def _collected(
    results: "Queue[_Result | _Over[_Task]]", workers: int, is_over: Callable[[], bool]
) -> Iterator[_Result]:
    patience = _GRACE
    while workers and patience:
        try:
            result = results.get(timeout=_STEP)
        except Empty:
            patience -= is_over()
            continue
        if isinstance(result, _Over):
            workers -= 1
        else:
            yield result
