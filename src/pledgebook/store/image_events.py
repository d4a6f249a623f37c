"""What became known of pledges, in memory: of each event the day, and where its pledge stands among the lines."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from pledgebook.store.engine import Engine
from pledgebook.store.image import LineImage, Mask, NotInMemoryError, Rest, asked_day, day_number
from pledgebook.store.lines_kept import writing_of

_AT_ONCE = 500
_NOWHERE = -1
_Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EventImage:
    """The events of the pledges of an image: `owners` are the positions of the pledges' own lines.

    `rests` are the lines that stand for the rest of a total, `totals` the own lines of these.
    """

    lines: LineImage
    days: _Codes
    owners: _Codes
    rests: _Codes
    totals: _Codes

    @classmethod
    def of(cls, engine: Engine, lines: LineImage, *, rest: Rest = None) -> Self:
        """The image of a book's events. Raises NotInMemoryError where its lines are others by now."""
        pledges, days, last = list[str](), list[int](), -1
        while True:
            with engine.reading():
                if writing_of(engine) != lines.writing:
                    raise NotInMemoryError
                lot = "SELECT no FROM lines WHERE no > ? ORDER BY no LIMIT ?"
                ((upto,),) = engine.rows(f"SELECT max(no) FROM ({lot}) lot", (last, _AT_ONCE))  # noqa: S608 - our own words
                if upto is None:
                    break
                for pledge, day in engine.rows(
                    "SELECT pledge, day FROM events WHERE line > ? AND line <= ?", (last, upto)
                ):
                    pledges.append(str(pledge))
                    days.append(day_number(str(day)))
            last = int(upto)
            if rest is not None:
                rest()
        with engine.reading():
            if writing_of(engine) != lines.writing:
                raise NotInMemoryError
            rests = engine.rows("SELECT no, pledge FROM lines WHERE id <> pledge")
        return cls(
            lines,
            np.array(days, np.int32),
            _places(lines, pledges),
            lines.positions(np.array([no for no, _ in rests], np.int64)).astype(np.int32),
            _places(lines, [str(pledge) for _, pledge in rests]),
        )

    def count(self, mask: Mask | None, since: str) -> int:
        """How much became known since a day of the pledges whose lines pass."""
        owners = self.owners if not since else self.owners[self.days >= asked_day(since)]
        if mask is None:
            return len(owners)
        if (self.totals == _NOWHERE).any() or (owners == _NOWHERE).any():
            raise NotInMemoryError
        chosen = mask.copy()
        chosen[self.totals[mask[self.rests]]] = True
        return int(np.count_nonzero(chosen[owners]))


def _places(lines: LineImage, names: list[str]) -> _Codes:
    """Where lines with these ids stand, -1 for those that there are not."""
    if not names or not len(lines):
        return np.full(len(names), _NOWHERE, np.int32)
    wanted = np.array([name.encode("utf-8", "replace") for name in names])
    at = np.minimum(np.searchsorted(lines.ids, wanted), len(lines) - 1).astype(np.int32)
    at[lines.ids[at] != wanted] = _NOWHERE
    return at
