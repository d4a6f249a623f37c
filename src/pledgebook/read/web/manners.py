"""How often one host is asked."""

from threading import Lock

from pledgebook.read.web.ports import Clock


class Manners:
    """Leaves a pause between two requests to one host, whoever makes them."""

    def __init__(self, clock: Clock, *, pause: float) -> None:
        self._clock, self._pause = clock, pause
        self._free_at: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, host: str, *, asked: float | None = None) -> None:
        """Comes back when `host` may be asked; the next waits the longer of our pause and what the site asked for."""
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + max(self._pause, asked or 0.0)
        if turn > now:
            self._clock.sleep(turn - now)
