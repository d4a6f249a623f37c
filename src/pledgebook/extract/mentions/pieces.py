"""One known stretch of a text, and what may lie between two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pledgebook.domain import Span

_NOTHING: Mapping[str, str] = {}
_HYPHENS = frozenset("-‐‑\u00ad")
_CLOSE = frozenset({"", " ", "-"})  # nearly all gaps that are close
_DASHES = frozenset({"-", "‐", "‑", "–", "—", "−", "~", "〜", "～", "∼", "－"})


@dataclass(slots=True)
class Piece:
    """A word, phrase, sign, figure or number that the lexicon knows.

    `senses` go from sense to label. A number has `value`; `figure` are its digits as written, `scale` what its scale
    words multiply by, `numeral` whether it was joined from number words and figures.
    """

    start: int
    end: int
    senses: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    value: Decimal | None = None
    figure: str = ""
    glued: bool = False
    numeral: bool = False
    scale: Decimal = Decimal(1)
    in_words: bool = False
    odd: str = ""
    damaged: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def is_close(gap: str) -> bool:
    """Whether two pieces with `gap` between them stand side by side: blanks, a hyphen, at most one line break."""
    if gap in _CLOSE:
        return True
    if len(gap) > 8:
        return False
    bare = gap.replace("&nbsp;", " ").replace("\u200f", "").replace("\u200e", "").strip()
    return (not bare or (len(bare) == 1 and bare in _HYPHENS)) and gap.count("\n") < 2


def is_dash(gap: str) -> bool:
    """Whether `gap` is one dash with or without blanks around it."""
    return len(gap) < 5 and gap.strip() in _DASHES
