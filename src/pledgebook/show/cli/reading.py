"""Sources read as the settings say."""

import sys
from collections.abc import Iterator, Sequence

from pledgebook.domain import Finding, ReadDocument
from pledgebook.show.cli.session import Session


def read_for(session: Session, sources: Sequence[str]) -> Iterator[ReadDocument | Finding]:
    """What the session's reader makes of the sources."""
    from pledgebook.flow import read  # noqa: PLC0415 - loads every room

    return read(
        sources,
        reader=session["reader"],
        stdin=getattr(sys.stdin, "buffer", None),
        workers=session["workers"],
        max_bytes=session["max_bytes"],
    )
