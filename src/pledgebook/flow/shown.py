"""What a document shows beside a claim: whose own text it is, and what else is in the sum."""

from collections.abc import Iterable

from pledgebook.domain import Claim, Document, PartyKind, ReadDocument
from pledgebook.lexicon.own_texts import load_own_texts

OWN_TEXT = "own-text"
# A press release says so at its head.
_OPENING = 300
_REMARKS = 240


def shown(item: ReadDocument) -> tuple[tuple[str, ...], ...]:
    """For each claim of a document what stands beside it, in alphabetical order.

    "own-text": the text is that of an investor of the claim (its own address, or a press release in which it is the
    first investor named), or of the government of a country where the money goes. "running-costs", "partly-spent":
    the words around the sum say so.
    """
    own = load_own_texts()
    addresses = sorted({item.document.source, *item.sources, *(capture.url for capture in item.captures)})
    countries = {country for address in addresses if (country := own.government_of(address)) is not None}
    opening = f"{item.document.title or ''}\n{item.document.text[:_OPENING]}"
    is_release = own.is_release(opening) or any(own.is_wire(address) for address in addresses)
    first = _first_investors(item.claims) if is_release else frozenset()
    return tuple(
        tuple(
            sorted(
                {
                    *([OWN_TEXT] if _is_own(claim, addresses, countries, first) else []),
                    *own.told_beside(_around(item.document, claim)),
                }
            )
        )
        for claim in item.claims
    )


def _is_own(claim: Claim, addresses: Iterable[str], countries: set[str], first: frozenset[str]) -> bool:
    own = load_own_texts()
    if countries & set(claim.destinations):
        return True
    for party in claim.investors:
        if party.name in first or (party.kind is PartyKind.GOVERNMENT and countries):
            return True
        if any(own.is_address_of(address, party.name) for address in addresses):
            return True
    return False


def _first_investors(claims: Iterable[Claim]) -> frozenset[str]:
    """Who is named first as an investor: the one whose release it is."""
    places = [
        (evidence.span.start, [party.name for party in claim.investors])
        for claim in claims
        for evidence in claim.evidence
        if evidence.field.partition(".")[0] == "investors"
    ]
    return frozenset(min(places)[1]) if places else frozenset()


def _around(document: Document, claim: Claim) -> str:
    """The sentences that hold the sum, and a little of what follows them."""
    spans = [it.span for it in claim.evidence if it.field.partition(".")[0] == "amount"]
    found = []
    for span in spans:
        near = [it.span for it in document.sentences if it.span.start < span.end and span.start < it.span.end]
        start = min((it.start for it in near), default=span.start)
        end = max((it.end for it in near), default=span.end)
        following = next((it.span for it in document.sentences if it.span.start >= end), None)
        if following is not None and following.end - end <= _REMARKS:
            end = following.end
        found.append(document.text[start:end])
    return "\n".join(found)
