"""JSON-LD in the words of schema.org: a dataset of claims about planned investments."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO

from pledgebook.domain import Entry, Party, PartyKind, ReadDocument, Stage, Telling
from pledgebook.rows.pledges import best_quote
from pledgebook.show.countries import country_name
from pledgebook.show.export.naming import title_of, web_address
from pledgebook.show.export.selection import Selection
from pledgebook.wire import Json, dumps, number_json

CONTEXT = "https://schema.org"
_KINDS = {PartyKind.COMPANY: "Corporation", PartyKind.GOVERNMENT: "GovernmentOrganization"}
_STATES = {
    Stage.UNDER_WAY: "ActiveActionStatus",
    Stage.COMPLETED: "CompletedActionStatus",
    Stage.CANCELLED: "FailedActionStatus",
    Stage.DENIED: "FailedActionStatus",
}
_NONE: Mapping[str, ReadDocument] = MappingProxyType({})
_SURE_DIGITS = 15
_WIKIDATA = "https://www.wikidata.org/entity/"


def write_jsonld(selection: Selection, stream: BinaryIO) -> None:
    """One `Dataset` whose parts are claims, written claim by claim."""
    head = dumps(dataset_ld(selection))
    stream.write((head[:-1] + ', "hasPart": [').encode())
    stream.writelines(
        ((",\n" if number else "\n") + dumps(claim_ld(entry, selection.documents))).encode()
        for number, entry in enumerate(selection.entries)
    )
    stream.write(b"\n]}\n")


def dataset_ld(selection: Selection) -> Json:
    """The dataset without its parts."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": f"urn:pledgebook:snapshot:{selection.snapshot or 'none'}",
        "name": "Pledged investments in AI, clouds, data centres and chips",
        "description": (
            "Who pledged what, where or to whom, by when, and in whose words. Claims that do not count in totals"
            " stand beside others (a total beside its parts, a plan that was replaced) and are not to be added up."
        ),
        "identifier": selection.snapshot or None,
        "size": f"{len(selection.entries)} claims",
    }


def claim_ld(entry: Entry, documents: Mapping[str, ReadDocument] = _NONE, *, alone: bool = False) -> Json:
    """A line of the ledger as a `Claim` about a `PlanAction`; `alone` gives it a context of its own, for a page."""
    found: Json = {"@context": CONTEXT} if alone else {}
    quote = best_quote(entry)
    found |= {
        "@type": "Claim",
        "@id": f"urn:pledgebook:{entry.id}",
        "identifier": entry.id,
        "name": title_of(entry),
        "text": None if quote is None else quote[1].text,
        "about": _action(entry),
        "appearance": [_article(telling, documents) for telling in _once(entry)],
        "abstract": _abstract(entry),
        "genre": entry.pledge.role.value,
        "creativeWorkStatus": entry.pledge.stage.value,
        "keywords": [purpose.value for purpose in entry.pledge.purposes],
    }
    return _filled(found)


def _abstract(entry: Entry) -> str:
    counts = "Counts" if entry.counted else "Does not count"
    return f"{counts} in totals: {entry.reason}. Independent sources: {entry.pledge.voices}."


def _action(entry: Entry) -> Json:
    pledge = entry.pledge
    return _filled(
        {
            "@type": "PlanAction",
            "actionStatus": f"https://schema.org/{_STATES.get(pledge.stage, 'PotentialActionStatus')}",
            "agent": [_party(party) for party in pledge.investors],
            "participant": None if pledge.recipient is None else _party(pledge.recipient),
            "location": [_country(code) for code in pledge.destinations]
            + [{"@type": "Place", "name": name} for name in pledge.places],
            "object": _money(entry),
            "startTime": None if pledge.term.start is None else pledge.term.start.isoformat(),
            "endTime": None if pledge.term.end is None else pledge.term.end.isoformat(),
        }
    )


def _money(entry: Entry) -> Json | None:
    """The sum as told, or the rest that is left of a total, between the least and the most that the words name."""
    told = entry.pledge.amount
    if entry.is_rest:
        if entry.central is None or entry.low is None or entry.high is None or entry.currency is None:
            return None
        return _amount(entry.currency, entry.low, entry.central, entry.high)
    return None if told is None else _amount(told.currency, told.low, told.central, told.high)


def _amount(currency: str, low: Decimal, central: Decimal, high: Decimal) -> Json:
    return {
        "@type": "MonetaryAmount",
        "currency": currency,
        "value": _number(central),
        "minValue": _number(low),
        "maxValue": _number(high),
    }


def _number(value: Decimal) -> int | float:
    """A figure as JSON keeps it; a middle of ranges that would need more digits, to the whole unit."""
    whole = value.to_integral_value()
    return number_json(value if len(value.normalize().as_tuple().digits) <= _SURE_DIGITS else whole)


def _party(party: Party) -> Json:
    return _filled(
        {
            "@type": _KINDS.get(party.kind, "Organization"),
            "name": party.name,
            "sameAs": None if party.id is None else _WIKIDATA + party.id,
        }
    )


def _country(code: str) -> Json:
    kind = "Country" if len(code) == 2 and code != "EU" else "Place"
    return {"@type": kind, "identifier": code, "name": country_name(code)}


def _once(entry: Entry) -> list[Telling]:
    return list({telling.document: telling for telling in reversed(entry.pledge.tellings)}.values())[::-1]


def _article(telling: Telling, documents: Mapping[str, ReadDocument]) -> Json:
    known = documents.get(telling.document)
    published = telling.published
    return _filled(
        {
            "@type": "NewsArticle",
            "identifier": telling.document,
            "headline": None if known is None else known.document.title,
            "url": web_address(telling.source),
            "name": telling.source,
            "inLanguage": telling.language,
            "datePublished": published.earliest.isoformat() if published is not None and published.is_day else None,
        }
    )


def _filled(found: Json) -> Json:
    """Without what is not said."""
    return {name: value for name, value in found.items() if value is not None and value != []}
