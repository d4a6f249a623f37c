"""Ledgers that a book does not keep, of other days, currencies and versions: worked out once, the last few kept."""

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import finalize

from pledgebook.flow import Version
from pledgebook.flow.derived import CURRENCY
from pledgebook.flow.moments import worked_out
from pledgebook.ledger import PublishedRates
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.pool import Pool
from pledgebook.show.desk.shelf import Shelf
from pledgebook.show.desk.state import Open

_MOST = 6


@dataclass(frozen=True, slots=True)
class Moment:
    """A ledger that the book does not keep: `version` is the state it follows from, None for the newest.

    `is_present` tells that the newest is no other. `head` is the newest one's hash where the ledger follows from that.
    """

    head: str
    as_of: date | None
    currency: str
    version: Version | None
    is_present: bool
    day: date


class Moments:
    """The ledgers of such moments. `open_` opens the book; one thread works them out."""

    def __init__(self, open_: Open, rates: PublishedRates) -> None:
        self._open, self._rates = open_, rates
        self._moments: OrderedDict[Moment, Ledger] = OrderedDict()
        self._making: dict[Moment, Future[Ledger]] = {}
        self._lock = Lock()
        self._worker: ThreadPoolExecutor | None = None

    def of(self, moment: Moment) -> Ledger:
        """The ledger of that moment."""
        return self._kept(moment) or self._made(moment).result()

    def close(self) -> None:
        """Ends what nobody waits for any more."""
        with self._lock:
            worker, self._worker = self._worker, None
            self._moments.clear()
            self._making.clear()
        if worker is not None:
            worker.shutdown(wait=False, cancel_futures=True)

    def _kept(self, moment: Moment) -> Ledger | None:
        with self._lock:
            found = self._moments.get(moment)
            if found is None:
                return None
            self._moments.move_to_end(moment)
            return found

    def _made(self, moment: Moment) -> Future[Ledger]:
        """The ledger of that moment as it will be: all who want it wait for the same one."""
        with self._lock:
            future = self._making.get(moment)
            if future is None:
                if self._worker is None:
                    self._worker = ThreadPoolExecutor(1, thread_name_prefix="moments")
                future = self._making[moment] = self._worker.submit(self._make, moment)
            return future

    def _make(self, moment: Moment) -> Ledger:
        try:
            found = self._kept(moment)
            if found is not None:
                return found
            made = self._work_out(moment)
        finally:
            with self._lock:
                self._making.pop(moment, None)
        with self._lock:
            self._moments[moment] = made
            while len(self._moments) > _MOST:
                self._moments.popitem(last=False)
        return made

    def _work_out(self, moment: Moment) -> Ledger:
        version, head = moment.version, moment.head
        upto = None if version is None or moment.is_present else version.records
        stack = ExitStack()
        try:
            with self._open() as book:
                decisions = book.decisions(upto=upto)
                past = None if upto is None else book.past(upto)
                lines = None
                # What the book keeps is looked up there; all else is worked out.
                if not moment.is_present or moment.as_of is not None or moment.currency != CURRENCY:
                    asked = worked_out(book, rates=self._rates, as_of=moment.as_of, currency=moment.currency, upto=upto)
                    lines = stack.enter_context(asked)
            pool = None if lines is None else Pool(lambda: lines, most=1)
            made = Ledger(
                self._open if pool is None else pool.book,
                version=head if version is None else version.head,
                as_of=moment.as_of,
                day=moment.day,
                currency=moment.currency,
                rates=self._rates,
                documents=Shelf(self._open, papers=None if pool is None else pool.book, past=past),
                decisions=[item for item in decisions if moment.as_of is None or item.at.date() <= moment.as_of],
                known_at=head,
                frozen=version,
            )
        except BaseException:
            stack.close()
            raise
        # Its lines go when nobody asks for them any more.
        finalize(made, stack.close)
        return made
