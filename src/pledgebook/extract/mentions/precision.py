"""Words around a figure that say how it is to be taken."""

from collections.abc import Sequence

from pledgebook.domain import Qualifier, Span
from pledgebook.extract.mentions.pieces import Piece, is_close

_RANK = {Qualifier.UP_TO: 3, Qualifier.AT_LEAST: 2, Qualifier.ABOUT: 1, Qualifier.EXACT: 0}
_LOOK_BACK = 5
_MARKS = {
    "~": Qualifier.ABOUT,
    "≈": Qualifier.ABOUT,
    "∼": Qualifier.ABOUT,
    ">": Qualifier.AT_LEAST,
    "＞": Qualifier.AT_LEAST,
    "<": Qualifier.UP_TO,
}


def find_qualifier(
    text: str, pieces: Sequence[Piece], first: int, last: int, *, start: int, end: int
) -> tuple[Qualifier, Span | None]:
    """How the figure between `start` and `end` is qualified, and by which words.

    `first` and `last` are the pieces that the figure begins and ends with. The figure's own words (多, "une centaine")
    count where no others do.
    """
    best, words = _before(text, pieces, first, start)
    after, more = _behind(text, pieces, last, end)
    if _RANK[after] > _RANK[best]:
        best, words = after, more
    if best is Qualifier.EXACT:
        own = next((piece.odd for piece in pieces[first : last + 1] if piece.odd), "")
        return (Qualifier(own), None) if own else (best, words)
    return best, words


def _before(text: str, pieces: Sequence[Piece], first: int, start: int) -> tuple[Qualifier, Span | None]:
    best, words, at = Qualifier.EXACT, None, start
    for position in range(first - 1, max(-1, first - 1 - _LOOK_BACK), -1):
        piece = pieces[position]
        gap = text[piece.end : at]
        if not (is_close(gap) or gap.strip() in {"~", "≈", "(", "（"}):
            break
        if "qualifier" in piece.senses:
            found = Qualifier(piece.senses["qualifier"])
            if _RANK[found] > _RANK[best]:
                best, words = found, piece.span if words is None else Span(piece.start, words.end)
        elif not {"filler", "of", "article"} & set(piece.senses):
            break
        at = piece.start
    return (best, words) if best is not Qualifier.EXACT else _signed(text, start)


def _signed(text: str, start: int) -> tuple[Qualifier, Span | None]:
    """What a sign right before the figure says; one that ends a tag says nothing."""
    mark = text[max(0, start - 2) : start].strip()
    if mark not in _MARKS:
        return Qualifier.EXACT, None
    at = text.rindex(mark, 0, start)
    if at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([（":
        return Qualifier.EXACT, None
    return _MARKS[mark], Span(at, at + 1)


def _behind(text: str, pieces: Sequence[Piece], last: int, end: int) -> tuple[Qualifier, Span | None]:
    if {"currency", "qualifier_after"} <= set(pieces[last].senses):
        return Qualifier(pieces[last].senses["qualifier_after"]), pieces[last].span  # Hungarian "eurónál több"
    if last + 1 < len(pieces):
        after = pieces[last + 1]
        if "qualifier_after" in after.senses and is_close(text[end : after.start]):
            return Qualifier(after.senses["qualifier_after"]), after.span
    if text[end : end + 1] in {"+", "＋"}:
        return Qualifier.AT_LEAST, Span(end, end + 1)
    return Qualifier.EXACT, None
