"""One pledge: its fields with their quotes, every telling, disagreements, relations, history, and how to cite it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Conflict, Decision, DecisionKind, Entry, Telling
from pledgebook.flow import rulings
from pledgebook.ledger.corroboration import sources_wanted
from pledgebook.ledger.entries import rest_id
from pledgebook.show.claims import CSV_PATHS
from pledgebook.show.desk import Ledger
from pledgebook.show.pledge import pledge_record
from pledgebook.show.web.answers import FORMATS, Page, Rows, answer, missing, split_form
from pledgebook.show.web.asked import Asked, ask, kept
from pledgebook.show.web.cite import bibtex, citation
from pledgebook.show.web.quoting import Quote, quotes_of
from pledgebook.show.web.render import desk_of
from pledgebook.show.web.terms import NAMED_BY, PURPOSES, STAGES
from pledgebook.show.web.words import Words
from pledgebook.wire import claim_json, interval_json

router = APIRouter()
_QUOTES = 3
SETTABLE = ("amount", "stage", "announced", "term", "destinations", "places", "investors", "recipient", "purposes")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the pledge as the page shows it; `ruling` is what a person set it by."""

    name: str
    value: str
    quotes: tuple[Quote, ...]
    shown: int
    links: tuple[tuple[str, str], ...] = ()
    ruling: Decision | None = None


@router.get("/pledges")
def index(request: Request) -> Response:
    """The list of pledges is the ledger."""
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=308, headers={"Location": f"/{query}"})


@router.get("/pledges/{name:path}")
def page(request: Request, name: str) -> Response:
    """A pledge by its id, or by as much of it as no other has."""
    asked = ask(request)
    formats = [*FORMATS, "bib", *desk_of(request).exports]
    name, form = split_form(name, lambda it: asked.ledger.entry(it) is not None, formats)
    entry = asked.ledger.entry(name)
    if entry is None:
        return missing(request)
    if form == "bib":
        return Response(bibtex(asked, entry), media_type="application/x-bibtex; charset=utf-8")
    made = Page(
        entry.id,
        "pledge.html",
        _context(asked, entry) if form == "html" else {},
        data=lambda: _record(asked.ledger, entry),
        rows=lambda: telling_rows(asked.ledger, entry.pledge.tellings),
    )
    return answer(request, made, form, asked.ledger.edition)


def telling_rows(ledger: Ledger, tellings: Sequence[Telling]) -> Rows:
    """The tellings as records: each claim with its document and the first quote of each field."""
    records = []
    for telling in tellings:
        item = ledger.documents.find(telling.document)
        quotes: dict[str, str] = {}
        for evidence in telling.claim.evidence:
            quotes.setdefault(evidence.field, evidence.text)
        about = {
            "id": telling.document,
            "source": telling.source,
            "title": None if item is None else item.document.title,
            "language": telling.language,
            "published": interval_json(telling.published),
        }
        records.append({"document": about, **claim_json(telling.claim), "quotes": quotes})
    return Rows(records, CSV_PATHS)


def _record(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    others = {other.id: other for _, other in ledger.named_by(entry.pledge.id)}
    record: dict[str, Any] = pledge_record(
        entry, tuple(others.values()), rulings=rulings(entry.pledge, ledger.decisions)
    )
    return record


def _context(asked: Asked, entry: Entry) -> dict[str, Any]:
    ledger, pledge = asked.ledger, entry.pledge
    names = [it.claim for it in pledge.relations]
    others, named_by = ledger.some([*names, rest_id(pledge)]), ledger.named_by(pledge.id)
    wanted = sources_wanted(pledge, ledger.rates)
    return {
        "section": "ledger",
        "entry": entry,
        "pledge": pledge,
        "fields": fields_of(asked.words, entry, _decided(entry, ledger.decisions)),
        "why_one": _why_one(pledge.reasons),
        "wanted": wanted,
        "documents": len({telling.document for telling in pledge.tellings}),
        "tellings": _tellings(ledger, pledge.tellings),
        "conflicts": [sides_of(asked, entry, conflict) for conflict in pledge.conflicts],
        "related": [(it.type.value, other) for it in pledge.relations if (other := others.get(it.claim))],
        "named_by": [it for it in named_by if it[0] in NAMED_BY],
        "parts": [other for kind, other in named_by if kind == "part_of"],
        "rest": None if entry.is_rest else others.get(rest_id(pledge)),
        "life": [(step, ledger.documents.find(step.telling[0])) for step in pledge.life],
        "decisions": decisions_about(ledger, entry),
        "undone": undone(ledger),
        "cite": citation(asked, entry),
        "bibtex": bibtex(asked, entry),
        "settable": SETTABLE,
        "worth": ledger.worth(entry),
        "currency": ledger.currency,
        "day": asked.today,
    }  # fmt: skip


def fields_of(w: Words, entry: Entry, decided: Mapping[str, Decision]) -> list[Field]:
    """The fields that have a value, each with the words behind it; `decided` is what people have set."""
    pledge = entry.pledge
    told = None if pledge.amount is None else pledge.amount.money
    quotes = quotes_of(pledge.tellings, language=w.catalogue.language, amount=told)
    values: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
        "investors": ("", tuple((party.name, "investors") for party in pledge.investors)),
        "recipient": (pledge.recipient.name if pledge.recipient is not None else "", ()),
        "amount": (w.amount(pledge.amount) if pledge.amount is not None else "", ()),
        "deliverables": ("; ".join(w.deliverable(item) for item in pledge.deliverables), ()),
        "destinations": ("", tuple((code, "countries") for code in pledge.destinations)),
        "places": ("", tuple((place, "places") for place in pledge.places)),
        "purposes": (", ".join(w.named(p.value, PURPOSES) for p in pledge.purposes), ()),
        "announced": (w.interval(pledge.announced) if pledge.announced is not None else "", ()),
        "term": (_term(w, entry), ()),
        "stage": (w.named(pledge.stage.value, STAGES), ()),
    }
    found = []
    for name, (value, links) in values.items():
        if value or links:
            words = quotes.get(name, [])
            found.append(Field(name, value, tuple(words), _QUOTES, links, decided.get(name)))
    return found


def _decided(entry: Entry, decisions: Sequence[Decision]) -> Mapping[str, Decision]:
    """The decision that holds for each field that people have set to something else than they found."""
    found = {}
    for ruling in rulings(entry.pledge, decisions):
        item = ruling.decision
        if item.kind is DecisionKind.SET and item.field and ruling.undone_by is None:
            found[item.field] = item
    return found


def _why_one(reasons: Sequence[str]) -> Sequence[str]:
    """Of the reasons of a pledge those that tell why its tellings are one; they end in the points in all."""
    ends = [n for n, reason in enumerate(reasons) if reason.startswith("in all ")]
    return reasons[: ends[0] + 1] if ends else ()


def _term(w: Words, entry: Entry) -> str:
    term = entry.pledge.term
    if term.start is None and term.end is None:
        return ""
    if term.start is None:
        return w.say("until {day}").format(day=w.day(term.end))
    if term.end is None:
        return w.say("from {day}").format(day=w.day(term.start))
    return f"{w.day(term.start)} – {w.day(term.end)}"


def _tellings(ledger: Ledger, tellings: Sequence[Telling]) -> list[dict[str, Any]]:
    voices = {voice: n for n, voice in enumerate(dict.fromkeys(telling.voice for telling in tellings), 1)}
    rows = []
    for telling in sorted(tellings, key=lambda it: (str(it.day_known or "9999"), it.document, it.claim.id)):
        item = ledger.documents.find(telling.document)
        rows.append(
            {
                "telling": telling,
                "title": (item.document.title if item is not None else None) or telling.source,
                "voice": voices[telling.voice],
                "quote": next(iter(quotes_of([telling]).get("amount", [])), None),
            }
        )
    return rows


def sides_of(asked: Asked, entry: Entry, conflict: Conflict) -> dict[str, Any]:
    """A conflict with the tellings of each value side by side."""
    w = asked.words
    by_value: dict[str, list[dict[str, Any]]] = {}
    for row in _tellings(asked.ledger, entry.pledge.tellings):
        claim = row["telling"].claim
        value = w.amount(claim.amount) if conflict.field == "amount" else str(_plain(w, claim, conflict.field))
        if value:
            quotes = quotes_of([row["telling"]]).get(conflict.field, [])
            by_value.setdefault(value, []).append(row | {"quote": quotes[0] if quotes else None})
    told = entry.pledge.amount
    kept_value = w.amount(told) if conflict.field == "amount" and told is not None else conflict.kept
    return {
        "conflict": conflict,
        "kept": kept_value,
        "values": sorted(by_value.items(), key=lambda it: (-len(it[1]), it[0])),
    }


def _plain(w: Words, claim: Any, field: str) -> str:  # noqa: ANN401 - any claim
    value = getattr(claim, field, None)
    if field == "announced":
        return w.interval(value)
    if field == "stage" and value is not None:
        return w.named(value.value, STAGES)
    if isinstance(value, tuple):
        return ", ".join(getattr(item, "name", None) or str(item) for item in value)
    return "" if value is None else str(getattr(value, "name", value))


def decisions_about(ledger: Ledger, entry: Entry) -> list[Decision]:
    """What people decided about the pledge's claims, and what took it back, the latest first."""
    mine = {telling.key for telling in entry.pledge.tellings}
    about = [item for item in ledger.decisions if not mine.isdisjoint(item.subjects)]
    names = {item.id for item in about}
    for item in ledger.decisions:
        if item.kind is DecisionKind.UNDO and item.undoes in names and item.id not in names:
            about.append(item)
            names.add(item.id)
    return sorted(about, key=lambda item: (item.at, item.id), reverse=True)


def undone(ledger: Ledger) -> frozenset[str]:
    """The decisions that are taken back; an undo can be taken back, too."""

    def work() -> frozenset[str]:
        off: set[str] = set()
        for item in sorted(ledger.decisions, key=lambda it: (it.at, it.id), reverse=True):
            if item.kind is DecisionKind.UNDO and item.id not in off and item.undoes is not None:
                off.add(item.undoes)
        return frozenset(off)

    return kept(ledger, "undone", work)
