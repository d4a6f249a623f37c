"""Claims to pledges: which tellings, across documents and languages, tell of one commitment.

Takes tellings (claims with their documents), the decisions of people and exchange rates; gives pledges with their
values, conflicts, relations and reasons. Never looks at another room, a clock or the order of what it is given.
"""

from pledgebook.reconcile.pledges import reconcile

__all__ = ["reconcile"]
