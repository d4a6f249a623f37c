"""Pledgebook reads news of investment pledges and keeps the ledger: who pledged what, where, by when, in whose words."""

__version__ = "0.1.0"
