"""Which lines of the ledger somebody wants to see: the same filters in commands, pages and notebooks."""

from pledgebook.rows.filters import Filters

__all__ = ["Filters"]
