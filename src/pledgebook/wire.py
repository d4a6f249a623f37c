"""Things to JSON and back: the one place that knows `claim.schema.json`.

A line of `pledgebook extract --format jsonl` is `document_line(document, claims)`; `read_line` gives back what was
written. Figures are JSON numbers, read as Decimal; days are ISO 8601.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from pledgebook.domain import (
    Amount,
    Basis,
    Claim,
    Deliverable,
    Document,
    Evidence,
    Interval,
    Kind,
    Money,
    Party,
    PartyKind,
    PublishedBasis,
    Purpose,
    Qualifier,
    Relation,
    RelationType,
    Role,
    Span,
    Stage,
    Term,
    WireError,
)

Json = dict[str, Any]
_E = TypeVar("_E", bound=StrEnum)
_SURE_DIGITS = 15
_SCHEMA = "See claim.schema.json."


def number_json(value: Decimal) -> int | float:
    """A JSON number that reads back as the same Decimal.

    >>> number_json(Decimal("2100000000.00")), number_json(Decimal("0.5"))
    (2100000000, 0.5)
    """
    if value == value.to_integral_value():
        return int(value)
    if len(value.normalize().as_tuple().digits) > _SURE_DIGITS:
        raise WireError(str(value), "more digits than a JSON number keeps", "Round it to 15 digits.")
    return float(value)


def interval_json(interval: Interval | None) -> Json | None:
    """An interval as the schema has it."""
    if interval is None:
        return None
    return {"earliest": interval.earliest.isoformat(), "latest": interval.latest.isoformat()}


def party_json(party: Party) -> Json:
    """A party as the schema has it."""
    return {"name": party.name, "id": party.id, "kind": party.kind.value}


def amount_json(amount: Amount | None) -> Json | None:
    """An amount as the schema has it."""
    if amount is None:
        return None
    return {
        "value": number_json(amount.value),
        "value_max": None if amount.value_max is None else number_json(amount.value_max),
        "currency": amount.currency,
        "qualifier": amount.qualifier.value,
        "basis": amount.basis.value,
        "also": [{"value": number_json(money.value), "currency": money.currency} for money in amount.also],
    }


def deliverable_json(deliverable: Deliverable) -> Json:
    """A deliverable as the schema has it."""
    return {
        "kind": deliverable.kind.value,
        "count": number_json(deliverable.count),
        "count_max": None if deliverable.count_max is None else number_json(deliverable.count_max),
        "qualifier": deliverable.qualifier.value,
        "due": _day_json(deliverable.due),
    }


def claim_json(claim: Claim) -> Json:
    """A claim as the schema has it: its score and reasons stay behind."""
    return {
        "id": claim.id,
        "investors": [party_json(party) for party in claim.investors],
        "recipient": None if claim.recipient is None else party_json(claim.recipient),
        "destinations": list(claim.destinations),
        "places": list(claim.places),
        "amount": amount_json(claim.amount),
        "deliverables": [deliverable_json(deliverable) for deliverable in claim.deliverables],
        "purposes": [purpose.value for purpose in claim.purposes],
        "announced": interval_json(claim.announced),
        "term": {"start": _day_json(claim.term.start), "end": _day_json(claim.term.end)},
        "stage": claim.stage.value,
        "role": claim.role.value,
        "relations": [{"type": relation.type.value, "claim": relation.claim} for relation in claim.relations],
        "evidence": [
            {"field": item.field, "start": item.span.start, "end": item.span.end, "text": item.text}
            | ({} if item.page is None else {"page": item.page})
            for item in claim.evidence
        ],
    }


def document_json(document: Document) -> Json:
    """A document as the schema has it."""
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "language": document.language,
        "text": document.text,
        "published": interval_json(document.published),
        "published_basis": document.published_basis.value,
    }


def document_line(document: Document, claims: Sequence[Claim]) -> str:
    """One line of JSON for a document and its claims, without a line end."""
    return dumps({"document": document_json(document), "claims": [claim_json(claim) for claim in claims]})


def dumps(value: object) -> str:
    """JSON on one line: other alphabets as they are, lone surrogates escaped so that the line is valid UTF-8."""
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value, ensure_ascii=True, separators=(", ", ": "))
    return line


def loads(line: str, *, where: str = "line") -> Any:  # noqa: ANN401 - JSON is whatever the sender wrote
    """What a line of JSON says, its figures as Decimal. Raises WireError with the place of the first fault."""
    try:
        return json.loads(line, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise WireError(where, f"no JSON ({error})", "Write one JSON object a line.") from error


def read_line(line: str, *, where: str = "line") -> tuple[Document, tuple[Claim, ...]]:
    """The document and the claims of a line that `document_line` wrote.

    Raises WireError naming the path of what is missing or of the wrong type.

    >>> read_line('{"document": {"id": "d", "source": "a.txt", "language": "en"}, "claims": []}')
    Traceback (most recent call last):
    pledgebook.domain.errors.WireError: line.document: no 'text'. See claim.schema.json.
    """
    data = loads(line, where=where)
    document = read_document(_get(data, "document", where), where=f"{where}.document")
    _get(data, "claims", where)
    claims = tuple(read_claim(raw, where=place) for raw, place in _items(data, "claims", where))
    return document, claims


def read_document(raw: Mapping[str, Any], *, where: str = "document") -> Document:
    """A document from its JSON. Its noise and sentences are not part of the contract and stay empty."""
    return Document(
        source=_text(raw, "source", where),
        text=_text(raw, "text", where),
        language=_text(raw, "language", where),
        title=_optional_text(raw, "title", where),
        published=read_interval(raw.get("published"), where=f"{where}.published"),
        published_basis=_enum(PublishedBasis, raw.get("published_basis", "unknown"), f"{where}.published_basis"),
        name=_text(raw, "id", where),
    )


def read_claim(raw: Mapping[str, Any], *, where: str = "claim") -> Claim:
    """A claim from its JSON. Raises WireError naming the path of the first thing that is wrong."""
    identity = _text(raw, "id", where)
    recipient, term = raw.get("recipient"), raw.get("term")
    return Claim(
        id=identity,
        investors=tuple(_party(*item) for item in _items(raw, "investors", where)),
        recipient=None if recipient is None else _party(recipient, f"{where}.recipient"),
        destinations=tuple(_string(*item) for item in _items(raw, "destinations", where)),
        places=tuple(_string(*item) for item in _items(raw, "places", where)),
        amount=read_amount(raw.get("amount"), where=f"{where}.amount"),
        deliverables=tuple(_deliverable(*item) for item in _items(raw, "deliverables", where)),
        purposes=tuple(_enum(Purpose, *item) for item in _items(raw, "purposes", where)),
        announced=read_interval(raw.get("announced"), where=f"{where}.announced"),
        term=Term() if term is None else _term(term, f"{where}.term"),
        stage=_enum(Stage, _get(raw, "stage", where), f"{where}.stage"),
        role=_enum(Role, _get(raw, "role", where), f"{where}.role"),
        relations=tuple(_relation(*item) for item in _items(raw, "relations", where)),
        evidence=tuple(_evidence(*item) for item in _items(raw, "evidence", where)),
    )


def read_amount(raw: Mapping[str, Any] | None, *, where: str = "amount") -> Amount | None:
    """An amount from its JSON."""
    if raw is None:
        return None
    value = _decimal(_get(raw, "value", where), f"{where}.value")
    value_max = raw.get("value_max")
    with _at(where):
        return Amount(
            value=value,
            currency=_text(raw, "currency", where),
            qualifier=_enum(Qualifier, raw.get("qualifier", "exact"), f"{where}.qualifier"),
            value_max=None if value_max is None else _decimal(value_max, f"{where}.value_max"),
            basis=_enum(Basis, raw.get("basis", "stated"), f"{where}.basis"),
            also=tuple(_money(*item) for item in _items(raw, "also", where)),
        )


def read_interval(raw: Mapping[str, Any] | None, *, where: str = "interval") -> Interval | None:
    """An interval from its JSON."""
    if raw is None:
        return None
    earliest = _day(_get(raw, "earliest", where), f"{where}.earliest")
    latest = _day(_get(raw, "latest", where), f"{where}.latest")
    if earliest is None or latest is None:
        raise WireError(where, f"an interval without both ends: {dict(raw)}", "Give earliest and latest.")
    if earliest > latest:
        raise WireError(where, f"earliest {earliest} after latest {latest}", "Swap them.")
    return Interval(earliest, latest)


def _day_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _party(raw: Mapping[str, Any], where: str) -> Party:
    name = _text(raw, "name", where)
    return Party(
        name, _enum(PartyKind, raw.get("kind") or "unknown", f"{where}.kind"), _optional_text(raw, "id", where)
    )


def _term(raw: Mapping[str, Any], where: str) -> Term:
    start, end = _get(raw, "start", where), _get(raw, "end", where)
    return Term(_day(start, f"{where}.start"), _day(end, f"{where}.end"))


def _money(raw: Mapping[str, Any], where: str) -> Money:
    with _at(where):
        return Money(_decimal(_get(raw, "value", where), f"{where}.value"), _text(raw, "currency", where))


def _deliverable(raw: Mapping[str, Any], where: str) -> Deliverable:
    count = _decimal(_get(raw, "count", where), f"{where}.count")
    count_max = raw.get("count_max")
    with _at(where):
        return Deliverable(
            kind=_enum(Kind, _get(raw, "kind", where), f"{where}.kind"),
            count=count,
            qualifier=_enum(Qualifier, raw.get("qualifier", "exact"), f"{where}.qualifier"),
            count_max=None if count_max is None else _decimal(count_max, f"{where}.count_max"),
            due=_day(raw.get("due"), f"{where}.due"),
        )


def _relation(raw: Mapping[str, Any], where: str) -> Relation:
    return Relation(_enum(RelationType, _get(raw, "type", where), f"{where}.type"), _text(raw, "claim", where))


def _evidence(raw: Mapping[str, Any], where: str) -> Evidence:
    field, text = _text(raw, "field", where), _text(raw, "text", where)
    with _at(where):
        page = None if raw.get("page") is None else _offset(raw, "page", where)
        return Evidence(field, Span(_offset(raw, "start", where), _offset(raw, "end", where)), text, page)


def _decimal(raw: object, where: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        raise WireError(where, f"{raw!r}, not a number", "Write a JSON number.")
    try:
        return Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    except ArithmeticError as error:
        raise WireError(where, f"{raw!r}, not a number", "Write a JSON number.") from error


def _day(raw: object, where: str) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError as error:
        raise WireError(where, f"{raw!r}, not a day", "Write YYYY-MM-DD.") from error


def _enum(kind: type[_E], raw: object, where: str) -> _E:
    try:
        return kind(str(raw))
    except ValueError as error:
        allowed = ", ".join(member.value for member in kind)
        raise WireError(where, f"{raw!r}", f"Use one of {allowed}.") from error


def _get(raw: object, key: str, where: str) -> Any:  # noqa: ANN401 - JSON is whatever the sender wrote
    if not isinstance(raw, Mapping):
        raise WireError(where, f"{type(raw).__name__}, not an object", _SCHEMA)
    if key not in raw:
        raise WireError(where, f"no {key!r}", _SCHEMA)
    return raw[key]


def _items(raw: Mapping[str, Any], key: str, where: str) -> Iterator[tuple[Any, str]]:
    """The items of a list with the path of each; nothing where the list is missing."""
    items = raw.get(key)
    if items is None:
        return
    if not isinstance(items, list):
        raise WireError(f"{where}.{key}", f"{type(items).__name__}, not a list", _SCHEMA)
    for number, item in enumerate(items):
        yield item, f"{where}.{key}[{number}]"


def _text(raw: object, key: str, where: str) -> str:
    return _string(_get(raw, key, where), f"{where}.{key}")


def _optional_text(raw: Mapping[str, Any], key: str, where: str) -> str | None:
    value = raw.get(key)
    return None if value is None else _string(value, f"{where}.{key}")


def _string(raw: object, where: str) -> str:
    if not isinstance(raw, str):
        raise WireError(where, f"{raw!r}, not a string", _SCHEMA)
    return raw


def _offset(raw: Mapping[str, Any], key: str, where: str) -> int:
    value = _get(raw, key, where)
    if not isinstance(value, int) or isinstance(value, bool):
        raise WireError(f"{where}.{key}", f"{value!r}, not a whole number", "Count code points from 0.")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


@contextmanager
def _at(where: str) -> Iterator[None]:
    """Names the path of what contradicts itself: a range that falls, a span that ends before it begins."""
    try:
        yield
    except ValueError as error:
        raise WireError(where, str(error), _SCHEMA) from error
