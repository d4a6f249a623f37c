"""The columns of a line of the ledger."""

from collections.abc import Callable

from pledgebook.domain import Amount, Converted, Entry, Evidence, Telling
from pledgebook.rows.fields import Cell, Field, Type
from pledgebook.wire import deliverable_json, dumps
from pledgebook.wire_book import claims_json, pledge_json

_Read = Callable[[Entry], Cell]


def _amount(read: Callable[[Amount], Cell]) -> _Read:
    """What `read` makes of the sum that is told; nothing for the unnamed rest of a total, which nobody told."""
    return lambda entry: None if entry.is_rest or entry.pledge.amount is None else read(entry.pledge.amount)


def _converted(read: Callable[[Converted], Cell]) -> _Read:
    return lambda entry: None if entry.converted is None else read(entry.converted)


def _relations(entry: Entry) -> str | None:
    if entry.is_rest or not entry.pledge.relations:
        return None
    return dumps([{"type": relation.type.value, "pledge": relation.claim} for relation in entry.pledge.relations])


def _conflicts(entry: Entry) -> str | None:
    # The whole line's JSON is made for the few lines that need a part of it.
    return dumps(pledge_json(entry)["conflicts"]) if entry.pledge.conflicts else None


def _claims(entry: Entry) -> str | None:
    return None if entry.is_rest else dumps(claims_json(entry.pledge))


def _deliverables(entry: Entry) -> str | None:
    if entry.is_rest or not entry.pledge.deliverables:
        return None
    return dumps([deliverable_json(item) for item in entry.pledge.deliverables])


def best_quote(entry: Entry) -> tuple[Telling, Evidence] | None:
    """The words that tell the sum as the book has it, else those that tell a sum, else any, with who says them."""
    best: tuple[int, Telling, Evidence] | None = None
    for telling in entry.pledge.tellings:
        for item in telling.claim.evidence:
            rank = _rank(entry, telling, item)
            if best is None or rank < best[0]:
                best = (rank, telling, item)
            if rank == 0:
                return telling, item
    return None if best is None else best[1:]


def _rank(entry: Entry, telling: Telling, item: Evidence) -> int:
    told, kept = telling.claim.amount, entry.pledge.amount
    if item.field == "amount":
        return 0 if told is not None and kept is not None and told.money == kept.money else 1
    return {"deliverables.0": 2, "stage": 3}.get(item.field, 4)


def _quote(entry: Entry) -> str | None:
    found = best_quote(entry)
    return None if found is None else found[1].text


def _quote_source(entry: Entry) -> str | None:
    found = best_quote(entry)
    return None if found is None else found[0].source


def _day(entry: Entry, name: str) -> Cell:
    days = entry.pledge.announced
    return None if days is None else (days.earliest if name == "earliest" else days.latest)


def _recipient(entry: Entry) -> str | None:
    return None if entry.pledge.recipient is None else entry.pledge.recipient.name


def _documents(entry: Entry) -> int:
    return len({telling.document for telling in entry.pledge.tellings})


PLEDGE_FIELDS: tuple[Field[Entry], ...] = (
    Field("id", Type.TEXT, "the line's id; the same for the same claims on every machine", lambda e: e.id),
    Field("investors", Type.TEXTS, "who commits, by canonical English name; empty where nobody is named",
          lambda e: tuple(party.name for party in e.pledge.investors)),
    Field("recipient", Type.TEXT, "who receives the money; empty where it is spent on own sites", _recipient),
    Field("destinations", Type.TEXTS, "ISO 3166-1 alpha-2 codes, EU, or UN M49 codes of world regions",
          lambda e: e.pledge.destinations),
    Field("places", Type.TEXTS, "cities, provinces and regions named as sites", lambda e: e.pledge.places),
    Field("amount_value", Type.FIGURE, "the sum as told, in whole currency units", _amount(lambda a: a.value)),
    Field("amount_value_max", Type.FIGURE, "the upper end where a range is told", _amount(lambda a: a.value_max)),
    Field("amount_currency", Type.TEXT, "ISO 4217 code of the sum", _amount(lambda a: a.currency)),
    Field("amount_qualifier", Type.TEXT, "exact, about, at_least, up_to or range",
          _amount(lambda a: a.qualifier.value)),
    Field("amount_basis", Type.TEXT, "stated, repaired (the text is damaged) or implied (follows from other figures)",
          _amount(lambda a: a.basis.value)),
    Field("amount_low", Type.FIGURE, "the least that the words promise", _amount(lambda a: a.low)),
    Field("amount_central", Type.FIGURE, "the figure to quote", _amount(lambda a: a.central)),
    Field("amount_high", Type.FIGURE, "the most that the words name", _amount(lambda a: a.high)),
    Field("adds_currency", Type.TEXT, "currency of what the line adds to a sum", lambda e: e.currency),
    Field("adds_low", Type.FIGURE, "what it adds at least: less than its amount where its parts count for themselves",
          lambda e: e.low),
    Field("adds_central", Type.FIGURE, "what it adds", lambda e: e.central),
    Field("adds_high", Type.FIGURE, "what it adds at most", lambda e: e.high),
    Field("in_currency", Type.TEXT, "the currency that was asked for", _converted(lambda c: c.currency)),
    Field("in_low", Type.FIGURE, "adds_low in that currency", _converted(lambda c: c.low)),
    Field("in_central", Type.FIGURE, "adds_central in that currency", _converted(lambda c: c.central)),
    Field("in_high", Type.FIGURE, "adds_high in that currency", _converted(lambda c: c.high)),
    Field("in_rate", Type.RATE, "how much of it one unit bought", _converted(lambda c: c.rate.rate)),
    Field("in_source", Type.TEXT, "who published the rate", _converted(lambda c: c.rate.publisher)),
    Field("in_day", Type.DAY, "for which day", _converted(lambda c: c.rate.day)),
    Field("deliverables", Type.JSON, "what is countable: kind, count, count_max, qualifier, due", _deliverables),
    Field("purposes", Type.TEXTS, "what it is for", lambda e: tuple(item.value for item in e.pledge.purposes)),
    Field("announced_earliest", Type.DAY, "the first day on which it can have been made public",
          lambda e: _day(e, "earliest")),
    Field("announced_latest", Type.DAY, "the last such day; the same one where the day is known",
          lambda e: _day(e, "latest")),
    Field("term_start", Type.DAY, "when the spending or building begins", lambda e: e.pledge.term.start),
    Field("term_end", Type.DAY, "when it ends", lambda e: e.pledge.term.end),
    Field("stage", Type.TEXT, "rumoured, proposed, announced, under_way, completed, delayed, cancelled or denied",
          lambda e: e.pledge.stage.value),
    Field("role", Type.TEXT, "new, earlier or total", lambda e: e.pledge.role.value),
    Field("relations", Type.JSON, "part_of, total_of, adds_to, replaces: type and the other pledge's id",
          _relations),
    Field("counted", Type.TRUTH, "whether it counts in totals", lambda e: e.counted),
    Field("reason", Type.TEXT, "why it counts or not", lambda e: e.reason),
    Field("flags", Type.TEXTS, "what to mind: delayed, overdue, conflicting amounts ...", lambda e: e.flags),
    Field("sources_all", Type.WHOLE, "documents that tell of it", _documents),
    Field("sources_independent", Type.WHOLE, "independent voices among them: copies of one story are one voice",
          lambda e: e.pledge.voices),
    Field("conflicts", Type.JSON, "figures that disagree: what was kept, what not, and why", _conflicts),
    Field("rest_of", Type.TEXT, "the total whose unnamed rest this line is",
          lambda e: e.pledge.id if e.is_rest else None),
    Field("claims", Type.JSON, "every telling: document, source and claim", _claims),
    Field("quote", Type.TEXT, "words that say it, literally", _quote),
    Field("quote_source", Type.TEXT, "whose words these are", _quote_source),
    Field("as_of", Type.DAY, "the day as of which the book is read; empty for all that it knows", lambda e: e.as_of),
)  # fmt: skip
