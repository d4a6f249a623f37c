"""The queue of what a person should look at, and what was decided. The forms post to the application."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Entry, RelationType, Telling
from pledgebook.show.desk.queue import Item, Queue, Waiting
from pledgebook.show.desk.review import FIELDS, present_value
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import Asked, ask, window
from pledgebook.show.web.pages.document import claim_values
from pledgebook.show.web.pages.pledge import sides_of, undone
from pledgebook.show.web.quoting import in_sentence, quotes_of

router = APIRouter()
_AT_ONCE = 20
_DECIDED = 50
_SUBJECTS, _TELLINGS = 3, 8
_MOST_ROWS = 2000
_PATHS = ("kind", "key", "pledges", "why", "field", "kept", "deprecated", "score")


@router.get("/review")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/review.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    queue = Queue(asked.ledger)
    counts = queue.counts()
    said = request.query_params.get("kind")
    kind = next((it for it in Waiting if it.value == said or (said is None and counts[it])), Waiting.CONFLICT)
    made = Page(
        f"review-{kind.value}", "review.html", _context(asked, queue, counts, kind) if form == "html" else {},
        rows=lambda: Rows([_record(it) for it in _items(asked, queue, kind)], _PATHS),
    )  # fmt: skip
    return answer(request, made, form, asked.ledger.edition)


def _items(asked: Asked, queue: Queue, kind: Waiting) -> Sequence[Item]:
    offset, limit = window(asked, _AT_ONCE)
    return queue.items(kind, offset=offset, limit=limit or _MOST_ROWS)


def _context(asked: Asked, queue: Queue, counts: Mapping[Waiting, int], kind: Waiting) -> dict[str, Any]:
    pages = max(1, -(-counts[kind] // _AT_ONCE))
    page = min(asked.page, pages)
    decisions = sorted(asked.ledger.decisions, key=lambda it: (it.at, it.id), reverse=True)
    told = asked.ledger.telling([key for item in decisions[:_DECIDED] for key in item.subjects[:_SUBJECTS]])
    return {
        "section": "review",
        "kind": kind.value,
        "counts": {it.value: counts[it] for it in Waiting},
        "items": [_item(asked, it) for it in queue.items(kind, offset=(page - 1) * _AT_ONCE, limit=_AT_ONCE)],
        "shown": min(_AT_ONCE, counts[kind] - (page - 1) * _AT_ONCE),
        "page": page,
        "pages": pages,
        "settable": FIELDS,
        "decisions": decisions[:_DECIDED],
        "all_decisions": len(decisions),
        "undone": undone(asked.ledger),
        "entry_of": lambda decision: next((told[key] for key in decision.subjects if key in told), None),
    }


def _item(asked: Asked, item: Item) -> dict[str, Any]:
    pledge = item.entries[0].pledge
    field = item.field if item.field in FIELDS else "amount"
    return {
        "doubt": item,
        "kind": item.kind.value,
        "is_pair": len(item.entries) > 1,
        "field": field,
        "value": present_value(pledge, field) or "",
        "sides": None if item.conflict is None else sides_of(asked, item.entries[0], item.conflict),
        "quotes": [quotes_of(entry.pledge.tellings).get("amount", [])[:2] for entry in item.entries],
        "told": [(it, next(iter(quotes_of([it]).get("amount", [])), None)) for it in pledge.tellings[:_TELLINGS]],
        "why_one": item.why.split("; "),
        "sentence": None if item.telling is None else _sentence(asked, item.telling),
        "parts": _parts(asked, item.entries[0]) if item.kind is Waiting.FINDING else (),
        "values": {} if item.telling is None else claim_values(asked.words, item.telling.claim),
    }


def _sentence(asked: Asked, telling: Telling) -> tuple[str, str, str] | None:
    """The sentence in which a claim tells its sum, or what else it tells first."""
    found = asked.ledger.documents.find(telling.document)
    evidence = sorted(telling.claim.evidence, key=lambda it: it.field != "amount")
    return None if found is None or not evidence else in_sentence(found.document, evidence[0].span)


def _parts(asked: Asked, entry: Entry) -> Sequence[Entry]:
    """The pledges that are part of one."""
    return [other for kind, other in asked.ledger.named_by(entry.pledge.id) if kind == RelationType.PART_OF.value]


def _record(item: Item) -> dict[str, Any]:
    conflict = item.conflict
    return {
        "kind": item.kind.value,
        "key": item.key,
        "pledges": [entry.id for entry in item.entries],
        "why": item.why,
        "field": item.field,
        "kept": None if conflict is None else conflict.kept,
        "deprecated": [] if conflict is None else list(conflict.deprecated),
        "score": item.score,
    }
