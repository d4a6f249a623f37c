"""Mentions to claims: who commits what, where, by when, and how the claims of one document relate."""

from dataclasses import dataclass, replace

from pledgebook.domain import Document
from pledgebook.extract.claims.assemble import assemble
from pledgebook.extract.claims.scene import read_scene
from pledgebook.extract.claims.view import read_view
from pledgebook.extract.ports import Extraction, Rates

__all__ = ["RulesReader", "extract"]


@dataclass(frozen=True, slots=True)
class RulesReader:
    """The default reader: typed mentions, words in data, small linear models with their weights beside the code."""

    rates: Rates | None = None
    name: str = "rules"

    def read(self, document: Document) -> Extraction:
        """The claims of `document`, each with the exact words behind every field."""
        view = read_view(document.text)
        read = document
        if view.text != document.text:
            sentences = tuple(replace(s, span=view.viewed(s.span)) for s in document.sentences)
            read = replace(document, text=view.text, sentences=sentences)
        return assemble(read_scene(read), view, document, rates=self.rates)


def extract(document: Document, *, rates: Rates | None = None) -> Extraction:
    """The claims of a document by the default reader."""
    return RulesReader(rates).read(document)
