"""Lines of a ledger to the files that other programs read.

Takes a Selection (lines, their documents, the book's last hash) and the name of a format, gives bytes on a stream or
a file that is written whole or not at all. The same selection gives the same bytes, always: no clock is read. Adds no
figure of its own.
"""

import tempfile
from pathlib import Path
from typing import BinaryIO

from pledgebook.show.export.formats import Format, find_format, format_names
from pledgebook.show.export.selection import Reporter, Selection
from pledgebook.show.export.whole import whole_file, whole_folder

__all__ = ["Format", "Reporter", "Selection", "export", "find_format", "format_names", "write"]


def write(selection: Selection, format_: str, stream: BinaryIO) -> None:
    """Puts a selection on a binary stream; raises UsageError for an unknown format or a library that is missing.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write(Selection(()), "csv", stream)
    >>> stream.getvalue()[:12]
    b'id,investors'
    """
    find_format(format_).write(selection, stream)


def export(selection: Selection, format_: str, path: Path) -> None:
    """Writes a file, whole or not at all; of an archive a folder, where `path` has no suffix."""
    chosen = find_format(format_)
    if chosen.folder and not path.suffix:
        with tempfile.TemporaryFile() as archive:
            chosen.write(selection, archive)
            whole_folder(path, archive, mark=chosen.folder)
        return
    with whole_file(path) as stream:
        chosen.write(selection, stream)
