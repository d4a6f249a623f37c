"""The book as it stood at the end of a period: what was announced by then, at the stage that it had then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pledgebook.domain import Entry, Pledge
from pledgebook.ledger.entries import entries
from pledgebook.ledger.period import Period
from pledgebook.ledger.ports import Rates


def standing(pledges: Iterable[Pledge], *, until: date, rates: Rates) -> tuple[Entry, ...]:
    """The lines of the pledges that had been announced by the end of a day, replaced and given up as far as then.

    What became known later about that time is used: it is the past as the book knows it now, not as it was known.
    """
    period = Period(None, until, new_only=False)
    then = [_as_it_stood(pledge, until) for pledge in pledges if period.holds(pledge)]
    ids = {pledge.id for pledge in then}
    kept = [replace(it, relations=tuple(r for r in it.relations if r.claim in ids)) for it in then]
    return entries(kept, as_of=None, rates=rates)


def _as_it_stood(pledge: Pledge, until: date) -> Pledge:
    life = tuple(step for step in pledge.life if step.day is None or step.day <= until)
    if not life or len(life) == len(pledge.life):
        return pledge
    return replace(pledge, life=life, stage=life[-1].stage)
