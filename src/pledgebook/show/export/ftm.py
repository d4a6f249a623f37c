"""FollowTheMoney 4: entities that Aleph, OpenSanctions and their kin load, a line of JSON each."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pledgebook.domain import Entry, Evidence, Party, PartyKind, ReadDocument, Telling, content_id
from pledgebook.show.export.cells import figure_text
from pledgebook.show.export.naming import title_of, web_address
from pledgebook.show.export.selection import Selection
from pledgebook.wire import dumps

_SCHEMATA = {
    PartyKind.COMPANY: "Company",
    PartyKind.GOVERNMENT: "PublicBody",
    PartyKind.FUND: "Organization",
    PartyKind.ORGANISATION: "Organization",
    PartyKind.UNKNOWN: "LegalEntity",
}
# FollowTheMoney names languages by their three letters of ISO 639-3.
_LANGUAGES = {
    "af": "afr", "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg",
    "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ko": "kor",
    "lt": "lit", "lv": "lav", "ms": "msa", "nb": "nob", "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
    "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip
Entity = dict[str, Any]


def write_ftm(selection: Selection, stream: BinaryIO) -> None:
    """Parties, articles, projects, who takes part in them, and which article tells of them, each once.

    A project's amount is what the pledge was told to be; `notes` say whether it counts, so that a total and its parts
    are not added up by mistake. The unnamed rests of totals, which nobody told of, stay out.
    """
    stream.writelines((dumps(entity) + "\n").encode() for entity in entities(selection))


def entities(selection: Selection) -> Iterator[Entity]:
    """All entities: what is named before what names it."""
    pledges = selection.pledges
    yield from (party_entity(party) for party in selection.parties())
    told = {telling.document: telling for entry in pledges for telling in entry.pledge.tellings}
    yield from (_article(told[name], selection.documents.get(name)) for name in sorted(told))
    for entry in pledges:
        yield _project(entry)
        yield from _participants(entry)
        yield from _documentation(entry)


def party_entity(party: Party) -> Entity:
    """A party as a company, a public body, an organisation, or, where nobody says what it is, a legal entity."""
    return _entity(party_id(party), _SCHEMATA[party.kind], name=party.name, wikidataId=party.id)


def party_id(party: Party) -> str:
    """The id of a party: the same for the same name."""
    return content_id("party", party.name)


def _article(telling: Telling, document: ReadDocument | None) -> Entity:
    published = telling.published
    return _entity(
        telling.document,
        "Article",
        title=None if document is None else document.document.title,
        fileName=None if web_address(telling.source) else telling.source,
        sourceUrl=web_address(telling.source),
        language=_LANGUAGES.get(telling.language.partition("-")[0].lower()),
        publishedAt=published.earliest.isoformat() if published is not None and published.is_day else None,
    )


def _project(entry: Entry) -> Entity:
    pledge = entry.pledge
    told, announced = pledge.amount, pledge.announced
    converted = entry.converted
    in_currency = converted.currency if converted is not None and entry.counted else ""
    there = figure_text(converted.central) if converted is not None else None
    counts = "counts" if entry.counted else "does not count"
    return _entity(
        entry.id,
        "Project",
        name=title_of(entry),
        projectId=entry.id,
        status=pledge.stage.value,
        amount=figure_text(told.central) if told is not None else None,
        currency=told.currency if told is not None else None,
        amountUsd=there if in_currency == "USD" else None,
        amountEur=there if in_currency == "EUR" else None,
        date=announced.earliest.isoformat() if announced is not None and announced.is_day else None,
        startDate=_day(pledge.term.start),
        endDate=_day(pledge.term.end),
        country=[code.lower() for code in pledge.destinations if len(code) == 2],
        keywords=[purpose.value for purpose in pledge.purposes],
        address=list(pledge.places),
        notes=f"{counts} in totals: {entry.reason}",
    )


def _participants(entry: Entry) -> Iterator[Entity]:
    pledge = entry.pledge
    parts = [(party, "investor") for party in {party.name: party for party in pledge.investors}.values()]
    if pledge.recipient is not None:
        parts.append((pledge.recipient, "recipient"))
    for party, role in parts:
        name = content_id("participant", entry.id, party.name, role)
        yield _entity(name, "ProjectParticipant", project=entry.id, participant=party_id(party), role=role)


def _documentation(entry: Entry) -> Iterator[Entity]:
    for telling in _first_of_each(entry.pledge.tellings):
        quotes = _quotes(telling.claim.evidence)
        yield _entity(
            content_id("documentation", entry.id, telling.document),
            "Documentation",
            entity=entry.id,
            document=telling.document,
            role=telling.claim.role.value,
            summary=quotes,
        )


def _first_of_each(tellings: Iterable[Telling]) -> Iterable[Telling]:
    found: dict[str, Telling] = {}
    for telling in tellings:
        found.setdefault(telling.document, telling)
    return found.values()


def _quotes(evidence: Iterable[Evidence]) -> list[str]:
    """The words for the sum and for who pledges it, each once."""
    return list(dict.fromkeys(item.text for item in evidence if item.field in ("amount", "investors", "stage")))


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _entity(name: str, schema: str, /, **properties: str | list[str] | None) -> Entity:
    kept = {}
    for key, value in properties.items():
        values = value if isinstance(value, list) else [value]
        if found := [" ".join(words.split()) for words in values if words is not None and words.strip()]:
            kept[key] = found
    return {"id": name, "schema": schema, "properties": kept}
