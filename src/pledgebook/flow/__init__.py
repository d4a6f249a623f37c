"""The order of the rooms, on one page.

    sources --read--> Page --clean--> Document --extract--> Claims      read()
                      documents and claims --> store                    keep()
    store --> Tellings --reconcile--> Pledges --ledger--> Entries       entries()
                                      Entries --ledger--> Tallies       pledgebook.ledger.totals()
    people --> Decisions --> store                                      decide()
    store, then and now --> Changes                                     find_changes()

Takes the names of sources or a book, gives what the rooms make of them. Each room gets what it needs from outside
(rates, the day, the reader, the book) as an argument from here. Decides nothing itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from pledgebook.flow.local import read, read_pages
from pledgebook.flow.one import read_page
from pledgebook.flow.readers import Reader, load_reader

if TYPE_CHECKING:
    from pledgebook.flow.decisions import Ruling, decide, rulings
    from pledgebook.flow.heard import tellings
    from pledgebook.flow.history import History, find_changes
    from pledgebook.flow.kept import Kept, keep
    from pledgebook.flow.ledger import entries, entries_of
    from pledgebook.flow.snapshots import (
        Frozen,
        Version,
        find_snapshot,
        find_version,
        read_snapshot,
        take_snapshot,
        version_of,
    )

__all__ = [
    "Frozen",
    "History",
    "Kept",
    "Reader",
    "Ruling",
    "Version",
    "decide",
    "entries",
    "entries_of",
    "find_changes",
    "find_snapshot",
    "find_version",
    "keep",
    "load_reader",
    "read",
    "read_page",
    "read_pages",
    "read_snapshot",
    "rulings",
    "take_snapshot",
    "tellings",
    "version_of",
]

# Reading needs neither store nor reconcile nor ledger: their modules are loaded when somebody asks for them.
_LATER = {
    "Frozen": "snapshots",
    "History": "history",
    "Kept": "kept",
    "Ruling": "decisions",
    "Version": "snapshots",
    "decide": "decisions",
    "entries": "ledger",
    "entries_of": "ledger",
    "find_changes": "history",
    "find_snapshot": "snapshots",
    "find_version": "snapshots",
    "keep": "kept",
    "read_snapshot": "snapshots",
    "rulings": "decisions",
    "take_snapshot": "snapshots",
    "tellings": "heard",
    "version_of": "snapshots",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
