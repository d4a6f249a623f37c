"""Outside to Page.

Takes the names of sources (files, folders, URLs, `-` for standard input), gives for each document a Page, or Told
where the source brings claims already made, or a Finding that says why it could not be read. Lazy: nothing is opened
before its turn, and no more than one document is held. Decodes nothing and understands nothing: that is clean's work.
"""

from typing import TYPE_CHECKING

from pledgebook.read.contents import MAX_BYTES, Item
from pledgebook.read.sources import is_url, read_sources
from pledgebook.read.told import Told

if TYPE_CHECKING:
    from pledgebook.read.pdf import read_pdf

__all__ = ["MAX_BYTES", "Item", "Told", "is_url", "read_pdf", "read_sources"]


def __getattr__(name: str) -> object:
    if name == "read_pdf":  # few pages are PDF, and each rule for their lines takes time to load
        from pledgebook.read.pdf import read_pdf  # noqa: PLC0415 - see above

        return read_pdf
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
