"""Pledges to entries and totals: what counts, for how much, and why.

Takes pledges, a day and exchange rates; gives entries (a line for each pledge and for the unnamed rest of each
total), totals over them that name what they leave out, and what has changed since a day. Never looks at another
room, a clock or a disk.
"""

from pledgebook.ledger.changes import Change, changes
from pledgebook.ledger.entries import aged, entries
from pledgebook.ledger.rates import PublishedRates
from pledgebook.ledger.things import total_things
from pledgebook.ledger.totals import totals

__all__ = ["Change", "PublishedRates", "aged", "changes", "entries", "total_things", "totals"]
