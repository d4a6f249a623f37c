"""The columns of a claim in its document."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pledgebook.domain import Amount, Claim, Document, Interval, ReadDocument
from pledgebook.rows.fields import Cell, Field, Type
from pledgebook.wire import deliverable_json, dumps


@dataclass(frozen=True, slots=True)
class Told:
    """A claim and the document that makes it."""

    document: Document
    claim: Claim

    def quote(self, field: str) -> str | None:
        """The first words behind a field, None where there are none."""
        return next((item.text for item in self.claim.evidence if item.field == field), None)


def told_claims(documents: Iterable[ReadDocument]) -> tuple[Told, ...]:
    """Every claim with its document, in the order of both."""
    return tuple(Told(item.document, claim) for item in documents for claim in item.claims)


def _amount(read: Callable[[Amount], Cell]) -> Callable[[Told], Cell]:
    return lambda told: None if told.claim.amount is None else read(told.claim.amount)


def _earliest(days: Interval | None) -> Cell:
    return None if days is None else days.earliest


def _latest(days: Interval | None) -> Cell:
    return None if days is None else days.latest


def _deliverables(told: Told) -> str | None:
    items = told.claim.deliverables
    return dumps([deliverable_json(item) for item in items]) if items else None


CLAIM_FIELDS: tuple[Field[Told], ...] = (
    Field("document", Type.TEXT, "the document's id", lambda t: t.document.id),
    Field("source", Type.TEXT, "where it came from", lambda t: t.document.source),
    Field("title", Type.TEXT, "its headline", lambda t: t.document.title),
    Field("language", Type.TEXT, "BCP 47 code of its language", lambda t: t.document.language),
    Field("published_earliest", Type.DAY, "the first day on which it can have come out",
          lambda t: _earliest(t.document.published)),
    Field("published_latest", Type.DAY, "the last such day", lambda t: _latest(t.document.published)),
    Field("id", Type.TEXT, "the claim's id, unique in its document", lambda t: t.claim.id),
    Field("investors", Type.TEXTS, "who commits", lambda t: tuple(party.name for party in t.claim.investors)),
    Field("recipient", Type.TEXT, "who receives the money",
          lambda t: None if t.claim.recipient is None else t.claim.recipient.name),
    Field("destinations", Type.TEXTS, "ISO 3166-1 or UN M49 codes", lambda t: t.claim.destinations),
    Field("places", Type.TEXTS, "cities, provinces and regions named as sites", lambda t: t.claim.places),
    Field("amount_value", Type.FIGURE, "the sum in whole currency units", _amount(lambda a: a.value)),
    Field("amount_value_max", Type.FIGURE, "the upper end of a range", _amount(lambda a: a.value_max)),
    Field("amount_currency", Type.TEXT, "ISO 4217 code", _amount(lambda a: a.currency)),
    Field("amount_qualifier", Type.TEXT, "exact, about, at_least, up_to or range",
          _amount(lambda a: a.qualifier.value)),
    Field("amount_basis", Type.TEXT, "stated, repaired or implied", _amount(lambda a: a.basis.value)),
    Field("deliverables", Type.JSON, "what is countable", _deliverables),
    Field("purposes", Type.TEXTS, "what it is for", lambda t: tuple(item.value for item in t.claim.purposes)),
    Field("announced_earliest", Type.DAY, "the first day of its announcement", lambda t: _earliest(t.claim.announced)),
    Field("announced_latest", Type.DAY, "the last such day", lambda t: _latest(t.claim.announced)),
    Field("term_start", Type.DAY, "when the spending or building begins", lambda t: t.claim.term.start),
    Field("term_end", Type.DAY, "when it ends", lambda t: t.claim.term.end),
    Field("stage", Type.TEXT, "how far it has come, as this document tells it", lambda t: t.claim.stage.value),
    Field("role", Type.TEXT, "new, earlier or total", lambda t: t.claim.role.value),
    Field("quote_amount", Type.TEXT, "the words of the sum", lambda t: t.quote("amount")),
    Field("quote_investors", Type.TEXT, "the words that name who commits", lambda t: t.quote("investors")),
    Field("quote_destinations", Type.TEXT, "the words that name where", lambda t: t.quote("destinations")),
)  # fmt: skip
