"""IATI 2.03: activities with outgoing pledges, reported by a secondary reporter."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from lxml import etree

from pledgebook.domain import Entry, Party, PartyKind, RelationType, Stage
from pledgebook.rows.pledges import best_quote
from pledgebook.show.countries import country_name
from pledgebook.show.export.cells import figure_text
from pledgebook.show.export.naming import title_of, web_address
from pledgebook.show.export.selection import Reporter, Selection

Element = Any
_PLEDGE, _FUNDING, _IMPLEMENTING = "12", "1", "4"
_OTHER = "90"
# The organisation types and activity states of the standard's code lists.
_KINDS = {PartyKind.COMPANY: "70", PartyKind.GOVERNMENT: "10", PartyKind.FUND: "70", PartyKind.ORGANISATION: _OTHER}
_STATES = {
    Stage.RUMOURED: "1", Stage.PROPOSED: "1", Stage.ANNOUNCED: "1", Stage.DELAYED: "1", Stage.UNDER_WAY: "2",
    Stage.COMPLETED: "4", Stage.CANCELLED: "5", Stage.DENIED: "5",
}  # fmt: skip
_PARENT, _CHILD, _SIBLING = "1", "2", "3"
_LINKS = {
    RelationType.PART_OF: _PARENT, RelationType.TOTAL_OF: _CHILD, RelationType.ADDS_TO: _SIBLING,
    RelationType.REPLACES: _SIBLING,
}  # fmt: skip
_PLANNED_START, _PLANNED_END = "1", "3"
_UN_REGIONS, _OWN_LIST = "2", "99"
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_iati(selection: Selection, stream: BinaryIO) -> None:
    """An `iati-activities` document; written activity by activity.

    An activity has a transaction only where its line counts, over what the line adds: whoever adds up transactions gets
    the ledger's total. A line of which no day is known stays out, since the standard asks for one. Money for several
    countries is not split over them: they are locations, and the region says so.
    """
    known = {entry.id for entry in selection.entries if _first_day(entry) is not None}
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("iati-activities", version="2.03"):
            for entry in selection.entries:
                if entry.id in known:
                    file.write("\n", _activity(entry, selection, known), pretty_print=True)


def _activity(entry: Entry, selection: Selection, known: set[str]) -> Element:
    pledge = entry.pledge
    activity = etree.Element("iati-activity", {_LANG: "en"})
    if entry.currency is not None:
        activity.set("default-currency", entry.currency)
    us = selection.reporter
    _add(activity, "iati-identifier", text=_identifier(us, entry.id))
    reporter = _add(activity, "reporting-org", ref=us.ref, type=_OTHER, **{"secondary-reporter": "1"})
    _narrate(reporter, us.name)
    _narrate(_add(activity, "title"), title_of(entry))
    counts = "Counts" if entry.counted else "Does not count"
    _narrate(_add(activity, "description", type="1"), f"{counts} in totals: {entry.reason}.")
    quote = best_quote(entry)
    if quote is not None:
        _narrate(_add(activity, "description", type="4"), f"{quote[0].source}: {quote[1].text}", quote[0].language)
    _parties(activity, entry)
    _add(activity, "activity-status", code=_STATES[pledge.stage])
    activity.extend(_dates(entry))
    activity.extend(_where(entry))
    _purposes(activity, entry)
    if entry.counted and entry.central is not None and entry.central > 0:
        activity.append(_transaction(entry, entry.central, quote[1].text if quote is not None else ""))
    activity.extend(_documents(entry, selection))
    _links(activity, entry, known, us)
    return activity


def _identifier(reporter: Reporter, name: str) -> str:
    return f"{reporter.ref}-{name}"


def _links(activity: Element, entry: Entry, known: set[str], reporter: Reporter) -> None:
    if entry.is_rest:
        links = [(entry.pledge.id, _PARENT)]
    else:
        links = [(relation.claim, _LINKS[relation.type]) for relation in sorted(set(entry.pledge.relations))]
    for other, kind in links:
        if other in known:
            _add(activity, "related-activity", ref=_identifier(reporter, other), type=kind)


def _parties(activity: Element, entry: Entry) -> None:
    pledge = entry.pledge
    for party in pledge.investors:
        _party(activity, party, _FUNDING)
    if pledge.recipient is not None:
        _party(activity, pledge.recipient, _IMPLEMENTING)
    if not pledge.investors and pledge.recipient is None:
        _narrate(_add(activity, "participating-org", role=_FUNDING), "Nobody is named")


def _party(activity: Element, party: Party, role: str) -> None:
    element = _add(activity, "participating-org", role=role)
    if party.kind in _KINDS:
        element.set("type", _KINDS[party.kind])
    _narrate(element, party.name)


def _first_day(entry: Entry) -> date | None:
    """The day from which the activity runs: its start, its announcement, or the first time that it was told of."""
    pledge = entry.pledge
    if pledge.term.start is not None:
        return pledge.term.start
    return pledge.rate_day


def _dates(entry: Entry) -> Iterator[Element]:
    pledge, first = entry.pledge, _first_day(entry)
    start = etree.Element("activity-date", {"type": _PLANNED_START, "iso-date": str(first)})
    if pledge.term.start is None:
        _narrate(start, "No start is told: this is the day of the announcement, or of the first article.")
    yield start
    if pledge.term.end is not None:
        yield etree.Element("activity-date", {"type": _PLANNED_END, "iso-date": pledge.term.end.isoformat()})


def _where(entry: Entry) -> Iterator[Element]:
    codes = entry.pledge.destinations
    if len(codes) == 1:
        (code,) = codes
        if code.isdigit():
            yield etree.Element("recipient-region", {"code": code, "vocabulary": _UN_REGIONS})
        elif code == "EU":
            yield _own_region("EU", "European Union")
        else:
            yield etree.Element("recipient-country", {"code": code})
    elif codes:
        yield _own_region("UNALLOCATED", "Several destinations, with no split told")
    # With several destinations each stands as a place of its own: a share for each would be made up.
    for name in (*(() if len(codes) < 2 else map(country_name, codes)), *entry.pledge.places):
        location = etree.Element("location")
        _narrate(_add(location, "name"), name)
        yield location


def _own_region(code: str, name: str) -> Element:
    region = etree.Element("recipient-region", {"code": code, "vocabulary": _OWN_LIST})
    _narrate(region, name)
    return region


def _purposes(activity: Element, entry: Entry) -> None:
    purposes = [purpose.value for purpose in entry.pledge.purposes]
    sector = purposes[0] if len(purposes) == 1 else "several"
    _narrate(_add(activity, "sector", code=sector, vocabulary=_OWN_LIST), sector.replace("_", " "))
    for purpose in purposes:
        _narrate(_add(activity, "tag", code=purpose, vocabulary=_OWN_LIST), purpose.replace("_", " "))


def _transaction(entry: Entry, adds: Decimal, words: str) -> Element:
    pledge = entry.pledge
    day = str(pledge.rate_day or _first_day(entry))
    transaction = etree.Element("transaction")
    _add(transaction, "transaction-type", code=_PLEDGE)
    _add(transaction, "transaction-date", **{"iso-date": day})
    _add(transaction, "value", text=figure_text(adds), currency=entry.currency or "", **{"value-date": day})
    bounds = "" if entry.low == entry.high else f" Between {entry.low:f} and {entry.high:f}."
    _narrate(_add(transaction, "description"), f"{words or 'The unnamed rest of a total'}.{bounds}")
    if pledge.investors:
        _narrate(_add(transaction, "provider-org"), ", ".join(party.name for party in pledge.investors))
    if pledge.recipient is not None:
        _narrate(_add(transaction, "receiver-org"), pledge.recipient.name)
    return transaction


def _documents(entry: Entry, selection: Selection) -> Iterator[Element]:
    seen = set()
    for telling in entry.pledge.tellings:
        address = web_address(telling.source)
        if address is None or telling.document in seen:
            continue
        seen.add(telling.document)
        found = selection.documents.get(telling.document)
        link = etree.Element("document-link", {"url": address, "format": "text/html"})
        _narrate(
            _add(link, "title"), (found.document.title if found is not None else None) or address, telling.language
        )
        _add(link, "category", code="A12")
        _add(link, "language", code=telling.language.partition("-")[0])
        if telling.published is not None and telling.published.is_day:
            _add(link, "document-date", **{"iso-date": telling.published.earliest.isoformat()})
        yield link


def _add(parent: Element, name: str, *, text: str | None = None, **attributes: str) -> Element:
    element = etree.SubElement(parent, name, attributes)
    element.text = None if text is None else _clean(text)
    return element


def _narrate(parent: Element, words: str, language: str = "en") -> None:
    narrative = etree.SubElement(parent, "narrative")
    narrative.text = _clean(words)
    if language != "en":
        narrative.set(_LANG, language)


def _clean(words: str) -> str:
    """The words without the characters that XML does not take."""
    return _NO_XML.sub("\ufffd", words)
