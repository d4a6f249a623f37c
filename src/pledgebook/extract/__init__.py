"""Document to Claims.

Takes a Document, gives what it asserts: claims in the order of the text, each field with its exact words, and what
was odd. `mentions/` find the words, `claims/` put them together. Readers are interchangeable; the one here works
offline and gives the same for the same text. Never looks at other documents and never reaches outside.
"""

from pledgebook.extract.claims import RulesReader, extract
from pledgebook.extract.ports import Extraction, Rates, Reader

__all__ = ["Extraction", "Rates", "Reader", "RulesReader", "extract"]
