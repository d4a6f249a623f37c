"""What the desk is given from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Exporter(Protocol):
    """Writes rows in one format."""

    @property
    def media_type(self) -> str:
        """What the file is, for HTTP."""

    @property
    def suffix(self) -> str:
        """How the file's name ends, with its dot."""

    def write(self, records: Sequence[dict[str, Any]], paths: Sequence[str]) -> bytes:
        """The file: of each record what stands at each of the dotted paths."""


class Asked(Protocol):
    """A request, as far as the desk looks at it."""

    @property
    def state(self) -> Any:  # noqa: ANN401 - whatever the gate has put there
        """What the gate has found out."""


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """A frozen version of the book: its name, when it was made, the head that it froze, and what was noted.

    `documents`, `lines` and `counted` are how many it holds, and how many of the lines count.
    """

    name: str
    at: datetime
    head: str
    note: str = ""
    documents: int = 0
    lines: int = 0
    counted: int = 0
