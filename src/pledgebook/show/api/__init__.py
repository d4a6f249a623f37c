"""The REST API: the ledger for programs, under /api/v1.

Takes the desk's ledgers; gives JSON in the words of the command line, one shape for every error. Knows no HTML.
"""

from pledgebook.show.api.quick import QuickLane
from pledgebook.show.api.router import QUICK, router

__all__ = ["QUICK", "QuickLane", "router"]
