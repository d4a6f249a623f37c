"""The nouns that say what a number counts."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.domain import Kind
from pledgebook.extract.mentions.pieces import Piece, is_close
from pledgebook.extract.mentions.scan import Scan

PEOPLE, JOBS, RESEARCHERS = "people", "jobs", "researchers"
_OF_PEOPLE = frozenset({JOBS, RESEARCHERS})
ENDS = frozenset(".;:!?()。！？；：（）,،、")
"""Marks that nothing is counted across."""
# Nor across a dash with blanks: "Oslo, 4 May 2026 - Startup Nord".
_DASHED = re.compile(r"\s[-\u2013\u2014]+\s")
_REACH = 70
_WORDS = 7
_MANY = 500
_CAPITALISED = re.compile(r" ([^\W\d_a-z]\w{4,})(?= |[.,;:]|$)")
_NEXT = re.compile(r"\s*([^\W\d_]+)")
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts: its piece and place, its kind, and what the number is multiplied by."""

    piece: Piece
    index: int
    kind: str
    factor: Decimal


def noun_after(scan: Scan, index: int) -> Noun | None:  # noqa: PLR0911 - one return a rule
    """The noun that follows a number within its clause."""
    text, pieces = scan.text, scan.pieces
    number = pieces[index]
    if number.scale >= _MILLION and _lacks_link(scan, number):
        return None
    position, at = index + 1, number.end
    while position < len(pieces):
        piece = pieces[position]
        gap = text[at : piece.start]
        if piece.start - number.end > _REACH or not ENDS.isdisjoint(gap) or gap.count("\n") > 1 or _DASHED.search(gap):
            return None
        if text[number.end : piece.start].count(" ") > _WORDS:
            return None
        senses = piece.senses
        if "power" in senses:
            close = all("of" in link.senses for link in pieces[index + 1 : position]) and is_close(gap)
            return Noun(piece, position, Kind.MEGAWATTS.value, piece.value or Decimal(1)) if close else None
        if "not_counted" in senses or "currency" in senses or "sign" in senses or "unit" in senses:
            return None
        if "count" in senses or "one" in senses:
            ahead = _better_noun(scan, position)
            chosen = pieces[ahead]
            return Noun(chosen, ahead, chosen.senses.get("count") or chosen.senses["one"], Decimal(1))
        if piece.numeral or "scale" in senses or "day_mark" in senses or "month" in senses:
            return None
        if ("edge" in senses or "context" in senses or "joined" in senses or "range_to" in senses) and not (
            {"of", "filler", "article"} & set(senses) or senses.get("context") in {"supported", "construction"}
        ):
            return None
        at = piece.end
        position += 1
    return None


def _lacks_link(scan: Scan, number: Piece) -> bool:
    """Whether the small word is missing that some languages need behind a million of things: "3 milioni per un hub"."""
    links = scan.language.numbers.counts_with
    following = _NEXT.match(scan.text, number.end)
    return bool(links) and following is not None and following[1].lower() not in links


def _better_noun(scan: Scan, position: int) -> int:
    """The noun itself, or the one that it only counts off ("3万500人の雇用": of people, jobs).

    What no people are stands before such a noun and is none: "800名数据中心技术人员".
    """
    pieces, text = scan.pieces, scan.text
    if (
        pieces[position].senses.get("count") != PEOPLE
        or position + 1 >= len(pieces)
        or not scan.language.quantities.before
    ):
        return position
    for ahead in range(position + 1, min(position + 4, len(pieces))):
        following = pieces[ahead]
        gap = text[pieces[ahead - 1].end : following.start]
        if len(gap) > 3 or not ENDS.isdisjoint(gap):
            return position
        if following.senses.get("count") not in {None, PEOPLE}:
            return ahead if following.senses["count"] in _OF_PEOPLE else position
        if not {"of", "filler", "qualifier_after"} & set(following.senses):
            return position  # "200人程度の研究者"
    return position


def has_counter_behind(scan: Scan, index: int) -> bool:
    """Whether a word that counts off stands behind the number ("6만장", "2 แห่ง", "200人")."""
    pieces = scan.pieces
    if not scan.language.quantities.before or index + 1 >= len(pieces):
        return False
    following = pieces[index + 1]
    is_counter = "counter" in following.senses or following.senses.get("count") == PEOPLE
    return is_counter and not scan.text[pieces[index].end : following.start].strip()


def noun_before(scan: Scan, index: int) -> Noun | None:
    """The noun that a figure with a counter follows, in languages that count so ("GPU 6만장")."""
    if not scan.language.quantities.before or index == 0:
        return None
    text, pieces = scan.text, scan.pieces
    number = pieces[index]
    has_counter = has_counter_behind(scan, index)
    counts_people = has_counter and "counter" not in pieces[index + 1].senses
    position = index - 1
    while position >= 0 and index - position < 4:
        piece = pieces[position]
        gap = text[piece.end : number.start]
        if len(gap) > 12 or not frozenset("。.;；、,\n").isdisjoint(gap):
            return None
        kind = piece.senses.get("count", PEOPLE)
        if kind != PEOPLE and counts_people and kind not in {JOBS, RESEARCHERS}:
            return None
        if kind != PEOPLE and (has_counter or len(gap) < 3):
            return Noun(piece, position, kind, Decimal(1)) if has_counter or not gap.strip() else None
        if piece.numeral or (counts_people and not {"qualifier", "filler"} & set(piece.senses)):
            return None
        position -= 1
    return None


def named_people(scan: Scan, index: int) -> Noun | None:
    """A people's name right behind the number ("200,000 Malaysians"), which no list has whole."""
    number = scan.pieces[index]
    if number.value is None or number.value < _MANY or number.value != int(number.value):
        return None
    match = _CAPITALISED.match(scan.text, number.end)
    if match is None or (index + 1 < len(scan.pieces) and scan.pieces[index + 1].start < match.end(1)):
        return None
    return Noun(Piece(match.start(1), match.end(1)), index, PEOPLE, Decimal(1))
