"""The ledger as tools for language models, by the Model Context Protocol.

Takes the name of a book, gives a server with tools that only read. Every answer has the words that the figures rest on,
whose words they are, and the snapshot (the last hash of the book's log) that it was read from, so that whoever repeats
a figure can say where it stands. Adds no figure of its own.
"""

from pledgebook.show.mcp.server import make_server

__all__ = ["make_server"]
