"""The lines of a book in memory, so that questions which nobody asked before are answered at once.

They are read in the background when the server starts and when the book has other lines; until then, and for what they
can't tell, the book itself is asked. What they show is compared with the book each time.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Event, Lock, Thread
from time import monotonic

from pledgebook.domain import PledgebookError
from pledgebook.flow.figure_image import FigureImage
from pledgebook.flow.text_image import TextImage
from pledgebook.store import Book, EventImage, LineImage, NotInMemoryError

# Reading may take half of the time of one core while nobody waits for it, and in the long run one part in ten.
_WORK, _REST = 0.004, 0.004
_SELDOM = 9
_FIRST_WAIT = 0.05
_MOST_LINES = 2_000_000
_MOST_TEXTS = 48_000_000


@dataclass(frozen=True, slots=True)
class Image:
    """The lines in memory; what totals need of them, what became known when, and their JSON come a little later."""

    lines: LineImage
    figures: FigureImage | None = None
    events: EventImage | None = None
    texts: TextImage | None = None


class Images:
    """Keeps the image of the newest lines. `open_` opens the book anew."""

    def __init__(self, open_: Callable[[], Book]) -> None:
        self._open = open_
        self._image: Image | None = None
        self._lock, self._closed, self._has_figures = Lock(), Event(), Event()
        self._thread: Thread | None = None
        self._wanted, self._not_before = "", 0.0
        self._rested, self._is_awaited, self._reading = 0.0, False, ""

    @property
    def lines(self) -> LineImage | None:
        """The columns of the lines, which may be others by now."""
        image = self._image
        return None if image is None else image.lines

    def of(self, stamp: str, patience: float = 0.0) -> Image | None:
        """The image of the lines with this stamp, where it is there.

        With `patience` what totals need is waited for, while it is being read: that is sooner done than what the book
        is asked without it.
        """
        image = self._image
        is_whole = image is not None and image.figures is not None and image.lines.stamp == stamp
        if patience and not is_whole and self._reading == stamp:
            self._is_awaited = True
            self._has_figures.wait(patience)
            image = self._image
        return image if image is not None and image.lines.stamp == stamp else None

    def want(self, stamp: str) -> None:
        """Has the lines with this stamp read in the background, unless that is done or being done."""
        with self._lock:
            self._wanted = stamp
            is_idle = self._thread is None or not self._thread.is_alive()
            if is_idle and not self._closed.is_set() and stamp and self.of(stamp) is None:
                self._reading = stamp
                self._has_figures.clear()
                self._thread = Thread(target=self._read, name="image", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stops reading."""
        self._closed.set()
        self._has_figures.set()
        thread = self._thread
        if thread is not None:
            thread.join()
        self._image = None

    def _read(self) -> None:
        while not self._closed.wait(max(_FIRST_WAIT, self._not_before - monotonic())):
            began, wanted = monotonic(), self._wanted
            self._reading = wanted
            self._has_figures.clear()
            try:
                with closing(self._open()) as book:
                    self._rested = monotonic()
                    lines = book.lines.image(rest=self._rest)
                    if len(lines) > _MOST_LINES:
                        return
                    self._image = Image(lines)
                    figures = FigureImage.of(book, lines, rest=self._rest)
                    self._image = Image(lines, figures)
                    self._has_figures.set()
                    self._is_awaited = False
                    events = book.lines.event_image(lines, rest=self._rest)
                    self._image = Image(lines, figures, events)
                    texts = TextImage.of(book, lines, most=_MOST_TEXTS, rest=self._rest)
                    self._image = Image(lines, figures, events, texts)
            except (NotInMemoryError, PledgebookError):
                pass  # the book is asked meanwhile
            self._is_awaited, self._reading = False, ""
            self._has_figures.set()
            self._not_before = monotonic() + _SELDOM * (monotonic() - began)
            if self._wanted == wanted:
                return

    def _rest(self) -> None:
        """Lets others work for a while. Raises NotInMemoryError where nobody wants the image any more."""
        if monotonic() - self._rested > _WORK:
            if self._closed.wait(0 if self._is_awaited else _REST):
                raise NotInMemoryError
            self._rested = monotonic()
