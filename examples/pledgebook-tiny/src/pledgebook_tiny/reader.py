"""A reader: what the rules find, with every place in capitals."""

from dataclasses import replace

from pledgebook.domain import Document
from pledgebook.extract import Extraction, extract


class Shout:
    """A reader has a name, a version that changes whenever it might find something else, and `read`."""

    name = "shout"
    version = "1"

    def read(self, document: Document) -> Extraction:
        """The claims of the rules, their places in capitals."""
        found = extract(document)
        claims = tuple(replace(claim, places=tuple(place.upper() for place in claim.places)) for claim in found.claims)
        return Extraction(claims, found.findings)
