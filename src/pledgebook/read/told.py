"""A document whose claims came with it."""

from dataclasses import dataclass

from pledgebook.domain import Claim, Document, WireError
from pledgebook.wire import read_line


@dataclass(frozen=True, slots=True)
class Told:
    """A document and the claims that somebody else has found in it: a line of `claim.schema.json`."""

    document: Document
    claims: tuple[Claim, ...]


def read_told(line: str, *, where: str) -> Told:
    """What a line of `claim.schema.json` tells.

    Raises WireError where the line is no such line, names a claim twice, or quotes words that its text does not have
    at that place: a quote is literal, always.
    """
    document, claims = read_line(line, where=where)
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise WireError(f"{where}.claims", f"the id {claim.id!r} twice", "Give every claim its own id.")
        seen.add(claim.id)
        for item in claim.evidence:
            if item.span.of(document.text) != item.text:
                raise WireError(
                    f"{where}.claims {claim.id}, evidence of {item.field}",
                    f"{item.text!r}, where the text says {item.span.of(document.text)!r}",
                    "Offsets count code points of document.text.",
                )
    return Told(document, claims)
