"""Words around a figure that say how it is to be taken."""

from collections.abc import Sequence

from pledgebook.domain import Qualifier, Span
from pledgebook.extract.mentions.pieces import Piece, is_close

_RANK = {Qualifier.UP_TO: 3, Qualifier.AT_LEAST: 2, Qualifier.ABOUT: 1, Qualifier.EXACT: 0}
_LOOK_BACK = 5


def find_qualifier(
    text: str, pieces: Sequence[Piece], first: int, last: int, *, start: int, end: int
) -> tuple[Qualifier, Span | None]:
    """How the figure between `start` and `end` is qualified, and by which words.

    `first` and `last` are the pieces that the figure begins and ends with. The figure's own "odd" words (多) count
    as "at least".
    """
    best, words = Qualifier.EXACT, None
    at, position = start, first - 1
    while position >= 0 and first - position <= _LOOK_BACK:
        piece = pieces[position]
        gap = text[piece.end : at]
        if not (is_close(gap) or gap.strip() in {"~", "≈", "(", "（"}):
            break
        if "qualifier" in piece.senses:
            found = Qualifier(piece.senses["qualifier"])
            if _RANK[found] > _RANK[best]:
                best, words = found, piece.span if words is None else Span(piece.start, words.end)
        elif "filler" not in piece.senses and "of" not in piece.senses and "article" not in piece.senses:
            break
        at = piece.start
        position -= 1
    if best is Qualifier.EXACT and text[max(0, start - 2) : start].strip() in {"~", "≈", "∼", ">", "＞", "<"}:
        mark = text[max(0, start - 2) : start].strip()
        at = text.rindex(mark, 0, start)
        if at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([（":
            return best, words  # the end of a tag
        best = {">": Qualifier.AT_LEAST, "＞": Qualifier.AT_LEAST, "<": Qualifier.UP_TO}.get(mark, Qualifier.ABOUT)
        words = Span(at, at + 1)
    if last + 1 < len(pieces):
        after = pieces[last + 1]
        if "qualifier_after" in after.senses and is_close(text[end : after.start]):
            found = Qualifier(after.senses["qualifier_after"])
            if _RANK[found] > _RANK[best]:
                best, words = found, after.span
    if best is Qualifier.EXACT and text[end : end + 1] in {"+", "＋"}:
        return Qualifier.AT_LEAST, Span(end, end + 1)
    if best is Qualifier.EXACT and any(piece.odd for piece in pieces[first : last + 1]):
        return Qualifier(next(piece.odd for piece in pieces[first : last + 1] if piece.odd)), None
    return best, words
