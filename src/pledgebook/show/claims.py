"""Documents and their claims as rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from pledgebook.domain import Claim, ReadDocument
from pledgebook.show.sheet import Column, Sheet
from pledgebook.show.values import UNKNOWN, amount, deliverable, interval
from pledgebook.wire import claim_json, document_json

CSV_PATHS = (
    "document.id", "document.source", "document.title", "document.language", "document.published.earliest",
    "document.published.latest", "id", "investors", "recipient.name", "destinations", "places", "amount.value",
    "amount.value_max", "amount.currency", "amount.qualifier", "amount.basis", "amount.also", "deliverables",
    "purposes", "announced.earliest", "announced.latest", "term.start", "term.end", "stage", "role", "relations",
    "quotes.amount", "quotes.investors", "quotes.destinations", "quotes.stage",
)  # fmt: skip
_COLUMNS = (
    Column("document", grows=True),
    Column("who", grows=True),
    Column("where"),
    Column("amount", is_figure=True),
    Column("things", grows=True),
    Column("announced"),
    Column("stage"),
    Column("role"),
)


def claim_records(items: Iterable[ReadDocument]) -> Iterator[dict[str, Any]]:
    """Every claim as in the contract, with its document (without the text) and the first quote of each field."""
    for item in items:
        document = document_json(item.document)
        del document["text"]
        for claim in item.claims:
            quotes: dict[str, str] = {}
            for evidence in claim.evidence:
                quotes.setdefault(evidence.field, evidence.text)
            yield {"document": document, **claim_json(claim), "quotes": quotes}


def claims_sheet(items: Iterable[ReadDocument]) -> Sheet:
    """All claims, a row each, under the name of their document."""
    rows, documents = [], 0
    for item in items:
        documents += 1
        rows += [(item.document.source, *_row(claim)) for claim in item.claims]
    return Sheet(f"{len(rows)} claims in {documents} documents", _COLUMNS, tuple(rows))


def who(claim: Claim) -> str:
    """Investors, and whom the money goes to."""
    names = ", ".join(party.name for party in claim.investors) or UNKNOWN
    return names if claim.recipient is None else f"{names} → {claim.recipient.name}"


def where(destinations: tuple[str, ...], places: tuple[str, ...]) -> str:
    """Destinations, and the places in them."""
    words = ", ".join(destinations) or UNKNOWN
    return f"{words} ({', '.join(places)})" if places else words


def _row(claim: Claim) -> tuple[str, ...]:
    return (
        who(claim),
        where(claim.destinations, claim.places),
        amount(claim.amount),
        "; ".join(deliverable(item) for item in claim.deliverables),
        interval(claim.announced),
        claim.stage.value,
        claim.role.value,
    )
