"""What has changed in a book between two days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pledgebook.domain import Entry
from pledgebook.flow.ledger import entries
from pledgebook.ledger import Change
from pledgebook.ledger import changes as changes_between
from pledgebook.ledger.ports import Rates
from pledgebook.reconcile.marks import bind
from pledgebook.store import Book


@dataclass(frozen=True, slots=True)
class History:
    """Changes by day, and the line of each pledge that they name: as it is at the end, or was before it went."""

    changes: tuple[Change, ...]
    lines: Mapping[str, Entry]


def find_changes(book: Book, *, rates: Rates, since: date, until: date | None = None) -> History:
    """What became known from `since` to `until`, both included: the book of then against that of the day before.

    New pledges, steps of their stages, replacements, changed figures, pledges that were merged, split or rejected,
    and conflicts. Without `until`, all that the book knows.
    """
    after = entries(book, rates=rates, as_of=until)
    before = entries(book, rates=rates, as_of=since - timedelta(days=1))
    pledges = [line.pledge for line in after if not line.is_rest]
    tellings = [telling for pledge in pledges for telling in pledge.tellings]
    found = changes_between(
        pledges,
        since=since,
        until=until,
        before=[line.pledge for line in before if not line.is_rest],
        decisions=bind(book.decisions(), tellings).decisions,
    )
    lines = {line.id: line for line in (*before, *after) if not line.is_rest}
    return History(found, lines)
