"""Formats of files that the server adds to JSON Lines and CSV."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from pledgebook.domain import Entry
from pledgebook.show.desk.ledger import Ledger


class Download(Protocol):
    """Writes lines of a ledger in one format."""

    @property
    def media_type(self) -> str:
        """What the file is, for HTTP."""

    @property
    def suffix(self) -> str:
        """How the file's name ends, with its dot."""

    def pieces(self, ledger: Ledger, lines: Sequence[Entry]) -> Iterator[bytes]:
        """The file."""
