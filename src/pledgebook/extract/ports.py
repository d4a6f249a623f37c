"""What extraction needs from outside, as arguments."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pledgebook.domain import Claim, Document, Finding, Rate


class Rates(Protocol):
    """Exchange rates of a day."""

    def rate(self, source: str, target: str, day: date) -> Rate | None:
        """The rate published for `day` or last before it, None where there is none."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read in a document: its claims in the order of the text, and what was odd."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...] = ()


class Reader(Protocol):
    """Reads the claims of a document. Rules, trained models and language models are all readers."""

    name: str

    def read(self, document: Document) -> Extraction:
        """The claims of `document`, each with the exact words behind every field."""
