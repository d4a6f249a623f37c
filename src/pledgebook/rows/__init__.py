"""Things as rows of typed columns: what notebooks, data frames, spreadsheets and data packages share.

Takes entries, tallies, changes or read documents, gives `Rows`: a sequence of them that data-frame libraries read
without a copy of ours in between (`__arrow_c_stream__`), that a notebook shows as a table, and that draws itself.
Field by field the columns have a type and a meaning in words. Adds no figure of its own and reaches nothing outside.
"""

from pledgebook.rows.claims import CLAIM_FIELDS, Told, told_claims
from pledgebook.rows.counts import CHANGE_FIELDS, TALLY_FIELDS
from pledgebook.rows.fields import Cell, Field, Type
from pledgebook.rows.pledges import PLEDGE_FIELDS
from pledgebook.rows.rows import Rows

__all__ = [
    "CHANGE_FIELDS",
    "CLAIM_FIELDS",
    "PLEDGE_FIELDS",
    "TALLY_FIELDS",
    "Cell",
    "Field",
    "Rows",
    "Told",
    "Type",
    "told_claims",
]
