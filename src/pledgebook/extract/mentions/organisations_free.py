"""What is found in scripts without capitals, and whether a stretch is free for it."""

import unicodedata

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found


def found_company(text: str, start: int, end: int, score: float, reason: str) -> Found:
    """The company that a stretch names, in letters and digits of common width."""
    name = unicodedata.normalize("NFKC", text[start:end])
    return Found(Span(start, end), Party(name, PartyKind.COMPANY), score, reason)


def is_free(context: Context, start: int, end: int) -> bool:
    """Whether nothing was found in a stretch yet."""
    return not any(context.taken[start:end])
