"""The columns of totals and of changes."""

from pledgebook.domain import Tally
from pledgebook.ledger import Change
from pledgebook.rows.fields import Field, Type
from pledgebook.wire import dumps, number_json


def _unconverted(tally: Tally) -> str | None:
    if not tally.unconverted:
        return None
    return dumps([{"value": number_json(item.value), "currency": item.currency} for item in tally.unconverted])


def _currency(change: Change) -> str | None:
    """The currency of the figure that is, else of the one that was."""
    amount = change.after or change.before
    return None if amount is None else amount.currency


TALLY_FIELDS: tuple[Field[Tally], ...] = (
    Field("key", Type.TEXT, "the value of what was grouped by; empty for the whole, which comes last", lambda t: t.key),
    Field("currency", Type.TEXT, "ISO 4217 code, or the kind of thing that is counted", lambda t: t.currency),
    Field("low", Type.FIGURE, "the least that was pledged", lambda t: t.low),
    Field("central", Type.FIGURE, "the figure to quote", lambda t: t.central),
    Field("high", Type.FIGURE, "the most that was pledged", lambda t: t.high),
    Field("naive", Type.FIGURE, "what adding up every report would say", lambda t: t.naive),
    Field("pledges", Type.WHOLE, "lines that count here", lambda t: t.pledges),
    Field("unnamed", Type.FIGURE, "how much of central is the unnamed part of totals", lambda t: t.unnamed),
    Field("unallocated", Type.FIGURE, "how much is told for several keys together, or for none",
          lambda t: t.unallocated),
    Field("left_out", Type.JSON, "how many lines are left out, by reason",
          lambda t: dumps(dict(t.left_out)) if t.left_out else None),
    Field("unconverted", Type.JSON, "sums for which no exchange rate is known", _unconverted),
    Field("overlapping", Type.TRUTH, "whether rows share pledges and are not to be added", lambda t: t.overlapping),
)  # fmt: skip

CHANGE_FIELDS: tuple[Field[Change], ...] = (
    Field("day", Type.DAY, "when it became known", lambda c: c.day),
    Field("pledge", Type.TEXT, "the pledge's id", lambda c: c.pledge),
    Field("kind", Type.TEXT, "new, replaced, delayed, cancelled, conflict ...", lambda c: c.kind.value),
    Field("note", Type.TEXT, "what there is to say about it", lambda c: c.note or None),
    Field("other", Type.TEXT, "the pledge that replaced it, was merged into it, or that it was split from",
          lambda c: c.other),
    Field("currency", Type.TEXT, "of a changed figure", _currency),
    Field("before", Type.FIGURE, "the figure as it was", lambda c: None if c.before is None else c.before.central),
    Field("after", Type.FIGURE, "the figure as it is", lambda c: None if c.after is None else c.after.central),
)  # fmt: skip
