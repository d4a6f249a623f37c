"""Where the tasks of a run are done: processes of this machine, or those of a Dask cluster.

Both are a `Machines`: they take a function and tasks, and give what comes of each as it comes. A process that dies is
replaced, and its task is done again; what a task has to remember over that is its own affair.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from pledgebook.domain import BookError, PledgebookError, UsageError
from pledgebook.flow.batch import Listener, Progress

# A task may lose a process for each hostile document that it has: so many, and it is given up.
MAX_DEATHS = 25
_ASK_SECONDS = 20

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
Work = Callable[[_Task], _Result]


class Machines(Protocol):
    """Does tasks."""

    @property
    def hands(self) -> int:
        """How many tasks are done at the same time."""

    def map(
        self, work: Callable[[_Task], _Result], tasks: Sequence[_Task], listen: Listener | None = None
    ) -> Iterator[tuple[_Task, _Result | PledgebookError]]:
        """Each task with what came of it, in the order in which they are done."""


class LocalMachines:
    """So many processes of this machine; with one task they are not worth starting, and yet they shield from it."""

    def __init__(self, workers: int = 0) -> None:
        self.hands = workers or _cores()

    def map(
        self, work: Callable[..., _Result], tasks: Sequence[_Task], listen: Listener | None = None
    ) -> Iterator[tuple[_Task, _Result | PledgebookError]]:
        """Each task with what came of it. `work` gets a second argument where it can tell its progress."""
        queue = deque(tasks)
        deaths: dict[int, int] = {}
        crew: list[_Worker[_Task]] = []
        try:
            while queue or any(worker.task is not None for worker in crew):
                while queue and (idle := _idle(crew, self.hands, work)) is not None:
                    idle.give(queue.popleft())
                busy = [worker for worker in crew if worker.task is not None]
                ready = set(wait([worker.ear for worker in busy]))
                for worker in busy:
                    if worker.ear not in ready or worker.task is None:
                        continue
                    task, said = worker.task, worker.hear()
                    if isinstance(said, Progress):
                        if listen is not None:
                            listen(said)
                        continue
                    worker.task = None
                    if not isinstance(said, _Died):
                        yield task, said
                        continue
                    crew.remove(worker)
                    deaths[id(task)] = deaths.get(id(task), 0) + 1
                    if deaths[id(task)] < MAX_DEATHS:
                        queue.appendleft(task)
                    else:
                        seen = f"its process ended {MAX_DEATHS} times, at last with exit status {said.code}"
                        yield task, BookError(str(task), seen, "Look at the input.")
        finally:
            for worker in crew:
                worker.end()


class _Died:
    def __init__(self, code: int | None) -> None:
        self.code = code


class _Worker(Generic[_Task]):
    """One process, and the task that it has."""

    def __init__(self, work: Callable[..., Any]) -> None:
        context = get_context("spawn")
        self.ear, mouth = context.Pipe()
        self.task: _Task | None = None
        self._process: BaseProcess = context.Process(target=_serve, args=(mouth, work), daemon=True)
        self._process.start()
        mouth.close()

    def give(self, task: _Task) -> None:
        self.task = task
        with suppress(BrokenPipeError):  # it has died: hearing it tells
            self.ear.send(task)

    def hear(self) -> Any:  # noqa: ANN401 - a result of any kind, progress, or its death
        try:
            return self.ear.recv()
        except (EOFError, OSError):
            self._process.join()
            return _Died(self._process.exitcode)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.ear.close()


def _idle(crew: list[Any], hands: int, work: Callable[..., Any]) -> Any | None:  # noqa: ANN401 - a worker of any task
    for worker in crew:
        if worker.task is None:
            return worker
    if len(crew) >= hands:
        return None
    crew.append(_Worker(work))
    return crew[-1]


def _serve(mouth: Connection, work: Callable[..., Any]) -> None:
    """The life of a process: task by task, until nobody asks any more."""
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            task = mouth.recv()
            try:
                said: Any = work(task, mouth.send)
            except PledgebookError as error:
                said = error
            except OSError as error:
                said = BookError(
                    str(error.filename or task), (error.strerror or str(error)).lower(), "Look at the file."
                )
            mouth.send(said)


class DaskMachines:
    """The workers of a Dask cluster, which see the same files under the same names.

    Start them with one thread each: `dask worker ADDRESS --nworkers 8 --nthreads 1`.
    """

    def __init__(self, address: str) -> None:
        """Raises UsageError where dask.distributed is not installed, BookError where nobody answers."""
        try:
            import distributed  # noqa: PLC0415 - of the extra [cluster]
        except ImportError as error:
            raise UsageError(
                "--cluster", "no dask.distributed here", "Install it: pip install 'pledgebook[cluster]'."
            ) from error
        try:
            self._client: Any = _untyped(distributed).Client(address, timeout=_ASK_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BookError(f"--cluster {address}", "nobody who answers", "Is its scheduler running?") from error

    @property
    def hands(self) -> int:
        """Threads of all workers."""
        return sum(self._client.nthreads().values()) or 1

    def map(
        self,
        work: Callable[[_Task], _Result],
        tasks: Sequence[_Task],
        listen: Listener | None = None,  # noqa: ARG002 - a task tells when it is done
    ) -> Iterator[tuple[_Task, _Result | PledgebookError]]:
        """Each task with what came of it. Raises BookError where the scheduler is gone."""
        import distributed  # noqa: PLC0415 - loaded already
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        gone = BookError("the cluster", "its scheduler is gone", "Run the same command again: it goes on.")
        deaths: dict[int, int] = {}
        waiting = {self._submit(work, task): task for task in tasks}
        order = _untyped(distributed).as_completed(list(waiting), loop=self._client.loop)
        for future in order:
            task = waiting.pop(future)
            # Lost to a scheduler that is there is what a worker had done, and died with before it was asked for it.
            is_lost = future.status == "lost" and self._client.status == "running"
            if future.status in ("cancelled", "lost") and not is_lost:
                raise gone
            try:
                result = _done(future, is_lost=is_lost)
            except (KilledWorker, _LostError) as error:
                deaths[id(task)] = deaths.get(id(task), 0) + 1
                if deaths[id(task)] < MAX_DEATHS:
                    again = self._submit(work, task)
                    waiting[again] = task
                    order.add(again)
                else:
                    yield task, BookError(str(task), f"{error}"[:300], "Look at the input.")
            except PledgebookError as error:
                yield task, error
            except (OSError, CancelledError) as error:
                if self._client.status != "running" or isinstance(error, CancelledError | CommClosedError):
                    raise gone from error
                yield task, BookError(str(task), f"{error}"[:300], "Look at the file.")
            else:
                yield task, result

    def _submit(self, work: Callable[[_Task], _Result], task: _Task) -> Any:  # noqa: ANN401 - dask's future
        return self._client.submit(work, task, pure=False)

    def close(self) -> None:
        """Lets go of the cluster."""
        with suppress(OSError, TimeoutError):
            self._client.close()


def _done(future: Any, *, is_lost: bool) -> Any:  # noqa: ANN401 - dask's own types
    """What a task has come to. Raises _LostError where that is lost."""
    if is_lost:
        raise _LostError(f"{future.key}: the worker that had done it is gone")
    return future.result()


class _LostError(Exception):
    """A result that nobody has any more."""


def _untyped(module: Any) -> Any:  # noqa: ANN401 - a library without types
    return module


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows don't tell what is left to this process
        return os.cpu_count() or 1
