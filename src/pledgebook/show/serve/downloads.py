"""The formats of `export` as downloads."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from pledgebook.domain import Entry
from pledgebook.show.desk.downloads import Download
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.export import Format, Reporter, Selection, find_format, format_names, write

# JSON Lines and CSV are written by the API itself, line by line.
_OWN = frozenset({"jsonl", "csv"})
_IN_MEMORY, _PIECE = 4_000_000, 262_144


@dataclass(frozen=True, slots=True)
class Exported:
    """One format of `export`."""

    format: Format
    reporter: Reporter

    @property
    def media_type(self) -> str:
        """What the file is, for HTTP."""
        return self.format.media_type

    @property
    def suffix(self) -> str:
        """How the file's name ends."""
        return self.format.suffix

    def pieces(self, ledger: Ledger, lines: Sequence[Entry]) -> Iterator[bytes]:
        """The file, written first and then sent: several formats know only at their end how they begin.

        Raises UsageError where the library of the format is missing.
        """
        selection = Selection(
            entries=lines,
            documents=ledger.documents if self.format.needs_documents else {},
            decisions=ledger.decisions,
            snapshot=ledger.version,
            reporter=self.reporter,
        )
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by who has sent it
        try:
            write(selection, self.format.name, cast("BinaryIO", file))
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return _sent(file)


def downloads(reporter: Reporter) -> Mapping[str, Download]:
    """All formats by name."""
    return {name: Exported(find_format(name), reporter) for name in format_names() if name not in _OWN}


def _sent(file: "tempfile.SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
