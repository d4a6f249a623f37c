"""What the pages and the API have in common: the ledger of a book for many readers at once, and who they are.

Takes the name of a book; gives ledgers as of a day (kept until the book changes), pages of lines, what a URL asks
for, and the person who asks. Knows nothing of HTML and of JSON answers; `request` alone knows that FastAPI asks.
"""

from pledgebook.show.desk.desk import Desk
from pledgebook.show.desk.ledger import Key, Ledger
from pledgebook.show.desk.people import Person, Role
from pledgebook.show.desk.query import Query, read_query

__all__ = ["Desk", "Key", "Ledger", "Person", "Query", "Role", "read_query"]
