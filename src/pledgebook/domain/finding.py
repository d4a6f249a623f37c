"""Something odd, kept beside the words it was seen in."""

from dataclasses import dataclass
from enum import StrEnum

from pledgebook.domain.span import Span


class Severity(StrEnum):
    """How much a reader of the book should mind."""

    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A named oddity: `name` has a page in docs/findings/, `message` says where, what was seen and what would help.

    `document` is the id of the document or pledge that it stands in, or the source where nothing could be read.
    """

    name: str
    document: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.NOTE
