"""The book as it was when its log had so many records."""

from dataclasses import dataclass
from typing import Self

from pledgebook.store.engine import Engine
from pledgebook.store.rows import key_of, unpacked


@dataclass(frozen=True, slots=True)
class Past:
    """What had been written by then: readings and sources by their keys."""

    readings: frozenset[str]
    sources: frozenset[str]

    @classmethod
    def of(cls, db: Engine, records: int) -> Self:
        """The past of a book that is being read."""
        readings, sources = set(), set()
        for seq, body in db.each("SELECT seq, body FROM log WHERE kind = 'document' AND seq <= ?", (records,)):
            said = unpacked(str(body), f"log record {seq}")
            readings.add(str(said["reading"]))
            sources.add(str(said["source"]))
        return cls(frozenset(readings), frozenset(sources))

    def met(self, document: str, sources: tuple[str, ...]) -> tuple[str, ...]:
        """Those of a document's sources that had been met by then."""
        return tuple(source for source in sources if key_of(document, source) in self.sources)
