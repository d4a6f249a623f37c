"""An answer taken apart: every value with its words, whatever shape the answer has."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

_MOST = 60
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and the words that are said to tell it. `figure` is the number of a sum or a count."""

    value: str
    quote: str
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A commitment as a model sees it. Nothing of it is known to be true."""

    investors: tuple[Said, ...] = ()
    recipient: Said | None = None
    destinations: tuple[Said, ...] = ()
    amount: Said | None = None
    deliverables: tuple[Said, ...] = ()
    purposes: tuple[Said, ...] = ()
    stage: Said | None = None
    announced: Said | None = None
    term_end: Said | None = None

    def said(self) -> Iterator[tuple[str, Said]]:
        """Every value under the name of its field."""
        for field in ("investors", "destinations", "deliverables", "purposes"):
            yield from ((field, item) for item in getattr(self, field))
        for field in ("recipient", "amount", "stage", "announced", "term_end"):
            item = getattr(self, field)
            if item is not None:
                yield field, item


def read_answer(words: str) -> tuple[Proposal, ...] | None:
    """The proposals of an answer; None where it is no JSON of the shape that was asked for.

    A value of the wrong type is left out, and the others are read.

    >>> read_answer('{"commitments": [{"amount": {"value": 3, "currency": "EUR", "quote": "3 euros"}}]}')[0].amount
    Said(value='EUR', quote='3 euros', figure=Decimal('3'))
    >>> read_answer("I am sorry") is None
    True
    """
    try:
        found = json.loads(_bare(words), parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError, ArithmeticError):
        return None
    items = found.get("commitments") if isinstance(found, dict) else None
    if not isinstance(items, list):
        return None
    return tuple(_proposal(item) for item in items[:_MOST] if isinstance(item, dict))


def _bare(words: str) -> str:
    """The JSON within a fence of three backticks, which many models put around it."""
    stripped = words.strip()
    if stripped.startswith("```") and stripped.endswith("```"):
        return stripped.partition("\n")[2].rpartition("```")[0]
    return stripped


def _proposal(raw: dict[str, Any]) -> Proposal:
    return Proposal(
        investors=_several(raw.get("investors"), "name"),
        recipient=_one(raw.get("recipient"), "name"),
        destinations=_several(raw.get("destinations"), "code"),
        amount=_one(raw.get("amount"), "currency", "value"),
        deliverables=_several(raw.get("deliverables"), "kind", "count"),
        purposes=_several(raw.get("purposes"), "name"),
        stage=_one(raw.get("stage"), "name"),
        announced=_day(raw.get("announced")),
        term_end=_day(raw.get("term_end")),
    )


def _several(raw: object, name: str, figure: str | None = None) -> tuple[Said, ...]:
    if not isinstance(raw, list):
        return ()
    return tuple(said for item in raw[:_MOST] if (said := _one(item, name, figure)) is not None)


def _one(raw: object, name: str, figure: str | None = None) -> Said | None:
    if not isinstance(raw, dict):
        return None
    value, quote = raw.get(name), raw.get("quote")
    if not isinstance(value, str) or not isinstance(quote, str) or not quote.strip() or len(quote) > _LONGEST:
        return None
    number = raw.get(figure) if figure is not None else None
    if figure is not None and (not isinstance(number, Decimal) or not number.is_finite()):
        return None
    return Said(value.strip(), quote, number)


def _day(raw: object) -> Said | None:
    said = _one(raw, "day")
    if said is None:
        return None
    try:
        date.fromisoformat(said.value)
    except ValueError:
        return None
    return said


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
