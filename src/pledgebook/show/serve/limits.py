"""How often somebody may try."""

from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic

_MOST_NAMES = 10_000


class Attempts:
    """Counts failures by name: more than `most` within `seconds` and the name has to wait."""

    def __init__(self, most: int, seconds: float, *, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, name: str) -> float:
        """How many seconds the name has to wait before the next try; 0 where it may go on."""
        times = self._failed.get(name)
        if times is None:
            return 0.0
        now = self._clock()
        while times and now - times[0] >= self._seconds:
            times.popleft()
        return 0.0 if len(times) < self._most else self._seconds - (now - times[0])

    def fail(self, name: str) -> None:
        """Counts a failure."""
        self._failed.setdefault(name, deque(maxlen=self._most)).append(self._clock())
        self._failed.move_to_end(name)
        while len(self._failed) > _MOST_NAMES:  # a flood of names must not fill the memory
            self._failed.popitem(last=False)

    def forget(self, name: str) -> None:
        """Forgets the failures of a name that has succeeded."""
        self._failed.pop(name, None)
