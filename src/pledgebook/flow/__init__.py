"""The order of the rooms, on one page.

    sources --read--> Page --clean--> Document --extract--> Claims      read()
                      documents and claims --> store                    keep()
    store --> Tellings --reconcile--> Pledges --ledger--> Entries       entries()
                                      Entries --ledger--> Tallies       pledgebook.ledger.totals()

Takes the names of sources or a book, gives what the rooms make of them. Each room gets what it needs from outside
(rates, the day, the reader, the book) as an argument from here. Decides nothing itself.
"""

from pledgebook.flow.keep import Kept, keep
from pledgebook.flow.ledger import entries, entries_of
from pledgebook.flow.local import read, read_pages
from pledgebook.flow.one import read_page
from pledgebook.flow.readers import Reader, load_reader
from pledgebook.flow.tellings import tellings

__all__ = [
    "Kept",
    "Reader",
    "entries",
    "entries_of",
    "keep",
    "load_reader",
    "read",
    "read_page",
    "read_pages",
    "tellings",
]
