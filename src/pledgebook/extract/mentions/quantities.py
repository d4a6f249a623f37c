"""Things that are promised by number."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pledgebook.domain import Deliverable, Kind, Mention, MentionKind, Qualifier, Span
from pledgebook.extract.mentions.dates_parts import buddhist_lead
from pledgebook.extract.mentions.numerals import plain
from pledgebook.extract.mentions.pieces import Piece, is_close, is_dash
from pledgebook.extract.mentions.precision import find_qualifier
from pledgebook.extract.mentions.quantities_nouns import (
    ENDS,
    JOBS,
    PEOPLE,
    RESEARCHERS,
    Noun,
    has_counter_behind,
    named_people,
    noun_after,
    noun_before,
)
from pledgebook.extract.mentions.scan import Scan, resolve, scan_text
from pledgebook.lexicon.language import Language

_SENTENCE_ENDS = frozenset("!?。！？؟\n")
_CONTEXT = 90
_ONE_REACH = 50
# Nobody counts billions of what a claim counts: "2 billion for GPUs".
_TOO_MANY = 10**9
_YEAR_DIGITS, _FIRST_YEAR, _LAST_YEAR = 4, 1990, 2060
# Who is hired by the million is nobody: "14 miljonit Tallinna Tehnikaülikoolile" is money.
_MOST_HIRED = 1_000_000
# Nobody ever pledged so many facilities: such a number is of something else.
_SINGLE, _MANY = frozenset((Kind.DATA_CENTRES, Kind.SITES)), 10_000
# What a word says of the next number only, where "train" holds for a whole list.
_OWN = frozenset({"supported", "construction"})
_FIRST_HANGUL, _LAST_HANGUL = "\uac00", "\ud7a3"


_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[.:][0-5]\d")


def find_quantities(text: str, language: Language | str) -> list[Mention]:
    """All things that are counted in `text`, from left to right; `due` is left open.

    Only what claims count: GPUs, capacity in megawatts, jobs, people trained, startups, data centres, sites and
    researchers. A facility in the singular ("a new data centre") counts one. People are counted where the words
    around say that they are trained or hired. The reason of jobs during building is "construction".

    >>> [(m.deliverable.kind.value, int(m.deliverable.count)) for m in find_quantities("9,000 GPUs, a new lab", "en")]
    [('gpus', 9000), ('sites', 1)]
    """
    scan = scan_text(text, resolve(language))
    found: list[Mention] = []
    end = 0
    for index, piece in enumerate(scan.pieces):
        if piece.start < end:
            continue
        mention = None
        if piece.numeral and piece.value is not None:
            mention = _counted(scan, index)
        elif "two" in piece.senses:
            mention = _single_word(piece, Kind(piece.senses["two"]), 2)
        elif "one" in piece.senses or "count" in piece.senses:
            mention = _single(scan, index)
        if mention is not None and (not found or mention.span.start >= found[-1].span.end):
            found.append(mention)
            end = mention.span.end
    return found


def _is_clock(scan: Scan, number: Piece) -> bool:
    """Whether a number is the time with which a line of a live blog opens: "13.30 La startup Acme"."""
    ahead = scan.text[scan.text.rfind("\n", 0, number.start) + 1 : number.start]
    return not ahead.strip() and _CLOCK.fullmatch(scan.text[number.start : number.end]) is not None


def _counted(scan: Scan, index: int) -> Mention | None:
    number = scan.pieces[index]
    if number.damaged or not number.value or number.value >= _TOO_MANY:
        return None
    if _is_money(scan, index) or _is_year(scan, index) or _opens_word(scan, index) or _is_clock(scan, number):
        return None
    noun, kind, reason = _noun(scan, index)
    if noun is None or kind is None or (kind in _SINGLE and number.value >= _MANY):
        return None
    low, start, first, top = number.value * noun.factor, number.start, index, None
    ranged = _range_start(scan, index)
    if ranged is not None:
        other = scan.pieces[ranged]
        value = other.value or Decimal(0)
        if other.scale == 1 and number.scale > 1:
            value *= number.scale
        if 0 < value * noun.factor < low:
            low, top, start, first = value * noun.factor, low, other.start, ranged
    qualifier, words = _qualifier(scan, noun, first, index)
    if top is not None:
        qualifier = Qualifier.RANGE
    parts = {"number": Span(start, number.end), "noun": noun.piece.span}
    if words is not None:
        parts["qualifier"] = words
    deliverable = Deliverable(kind, plain(low), qualifier, plain(top) if top is not None else None)
    span = Span(min(start, noun.piece.start), max(number.end, noun.piece.end))
    return Mention(MentionKind.QUANTITY, span, deliverable=deliverable, reason=reason, parts=parts)


def _qualifier(scan: Scan, noun: Noun, first: int, index: int) -> tuple[Qualifier, Span | None]:
    """What qualifies the count whose number ends at `index`: around it and its noun, around it, behind its counter."""
    pieces, start = scan.pieces, scan.pieces[first].start
    last = max(index, noun.index)
    around = [(min(first, noun.index), last, min(start, noun.piece.start), pieces[last].end)]
    around.append((first, index, start, pieces[index].end))
    if has_counter_behind(scan, index):
        around.append((first, index + 1, start, pieces[index + 1].end))  # "300개 이상의 일자리"
    found: tuple[Qualifier, Span | None] = (Qualifier.EXACT, None)
    for low, high, begin, end in around:
        found = find_qualifier(scan.text, pieces, low, high, start=begin, end=end)
        if found[0] is not Qualifier.EXACT:
            break
    return found


def _noun(scan: Scan, index: int) -> tuple[Noun | None, Kind | None, str]:
    """What the number at `index` counts: the noun that says it, the kind, and the reason for it."""
    number = scan.pieces[index]
    for find in (noun_after, noun_before, named_people):
        noun = find(scan, index)
        if noun is None:
            continue
        if "indefinite" in number.senses and "one" in noun.piece.senses and not number.figure:
            break  # Catalan "un nou centre": "nou" is nine, and new
        kind, reason = _kind(scan, noun, number)
        if kind is not None:
            return noun, kind, reason
    return None, None, ""


def _is_money(scan: Scan, index: int) -> bool:
    """Whether a currency stands beside the number."""
    pieces = scan.pieces
    for other, gap in (
        (index - 1, scan.text[pieces[index - 1].end : pieces[index].start] if index else "x"),
        (index + 1, scan.text[pieces[index].end : pieces[index + 1].start] if index + 1 < len(pieces) else "x"),
    ):
        if is_close(gap) and {"sign", "scaled"} & set(pieces[other].senses):
            return True
        if is_close(gap) and "currency" in pieces[other].senses and other > index:
            return True
    return scan.text[pieces[index].end : pieces[index].end + 2].lstrip()[:1] in {"%", "٪"}


def _is_year(scan: Scan, index: int) -> bool:
    number = scan.pieces[index]
    if not (number.figure.isdigit() and len(number.figure) == _YEAR_DIGITS):
        return False
    after = scan.pieces[index + 1] if index + 1 < len(scan.pieces) else None
    is_marked = after is not None and "year_mark" in after.senses and is_close(scan.text[number.end : after.start])
    if is_marked and _FIRST_YEAR <= int(number.figure) <= _LAST_YEAR:
        return True  # "2023 yılında kurulan girişim"
    if index == 0:
        return False
    lead = buddhist_lead(scan, int(number.figure))
    if not _FIRST_YEAR <= int(number.figure) - lead <= _LAST_YEAR:
        return False
    if lead:
        return True  # four digits without a comma: "พ.ค. 2569 เพื่อจัดตั้งศูนย์ข้อมูล"
    before = scan.pieces[index - 1]
    is_dated = {"edge", "part", "month", "month_short", "year_mark", "relative"} & set(before.senses)
    return bool(is_dated) and is_close(scan.text[before.end : number.start])


def _opens_word(scan: Scan, index: int) -> bool:
    """Whether a number in letters is but a part of a word, in scripts without blanks: 三菱地所, 네이버, 고용이."""
    number, pieces, text = scan.pieces[index], scan.pieces, scan.text
    if not number.in_words or scan.language.numbers.scan == "words":
        return False
    if number.start and _FIRST_HANGUL <= text[number.start - 1] <= _LAST_HANGUL:
        return True
    behind = text[number.end : number.end + 1]
    is_counted = index + 1 < len(pieces) and pieces[index + 1].start == number.end
    return ("\u3041" <= behind <= "\u9fff" or _FIRST_HANGUL <= behind <= _LAST_HANGUL) and not is_counted


def _range_start(scan: Scan, index: int) -> int | None:
    """The number that a range begins with whose end is the number at `index`; a counter may stand behind it."""
    pieces, text = scan.pieces, scan.text
    if index == 0:
        return None
    link, position = pieces[index - 1], index - 1
    gap = text[link.end : pieces[index].start]
    is_dashed = is_dash(gap) and not {"range_to", "range_and"} & set(link.senses)  # Hebrew "ל-1,500": and
    if not is_dashed:
        position -= 1
        if position < 0 or link.numeral or not is_close(gap) or not is_close(text[pieces[position].end : link.start]):
            return None
    if position and not pieces[position].numeral and has_counter_behind(scan, position - 1):
        position -= 1
    is_range = is_dashed or "range_to" in link.senses or _between(scan, position, link)
    return position if is_range and pieces[position].numeral else None


def _between(scan: Scan, first: int, link: Piece) -> bool:
    if "range_and" not in link.senses or first == 0:
        return False
    return "between" in scan.pieces[first - 1].senses


def _kind(scan: Scan, noun: Noun, number: Piece) -> tuple[Kind | None, str]:  # noqa: PLR0911 - one return a rule
    if noun.kind not in {PEOPLE, JOBS, RESEARCHERS}:
        return Kind(noun.kind), "number and noun"
    start, end = min(number.start, noun.piece.start), max(number.end, noun.piece.end)
    contexts = _contexts(scan, start, end)
    if noun.kind == RESEARCHERS:
        is_trained = contexts[:1] == ["trained"]
        return (Kind.PEOPLE_TRAINED, "trained") if is_trained else (Kind.RESEARCHERS, "number and noun")
    if noun.kind == JOBS:
        if "people" in noun.piece.senses and "trained" in contexts[:1]:
            return Kind.PEOPLE_TRAINED, "trained"
        if "supported" in contexts:
            return Kind.JOBS_SUPPORTED, "supported"
        return Kind.JOBS, "construction" if "construction" in contexts else "number and noun"
    for context in contexts:
        if context == "trained":
            return Kind.PEOPLE_TRAINED, "trained"
        if context == "hired" and (number.value or 0) < _MOST_HIRED:
            if "supported" in contexts:
                return Kind.JOBS_SUPPORTED, "supported"
            return Kind.JOBS, "construction" if "construction" in contexts else "hired"
    return None, ""


def _contexts(scan: Scan, start: int, end: int) -> list[str]:
    """What the words of the same clause say, the nearest first."""
    text = scan.text
    low, high = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    for position in range(start - 1, low - 1, -1):
        if text[position] in _SENTENCE_ENDS or (text[position] == "." and text[position + 1 : position + 2].isspace()):
            low = position
            break
    for position in range(end, high):
        if text[position] in _SENTENCE_ENDS or (text[position] == "." and text[position + 1 : position + 2].isspace()):
            high = position
            break
    near: list[tuple[int, str]] = []
    around = _between_offsets(scan.pieces, low, high)
    others = [piece for piece in around if piece.numeral and not (piece.start < end and start < piece.end)]
    for piece in around:
        context = piece.senses.get("context")
        if context is None or ("people" in piece.senses and start <= piece.start < end):
            continue  # French "100 000 salariés seront formés": who is counted says nothing of what becomes of them
        if context in _OWN:
            left, right = min(piece.end, end), max(piece.start, start)
            if any(left <= other.start < right for other in others):
                continue
        near.append((max(start - piece.end, piece.start - end, 0), context))
    return [context for _, context in sorted(near)]


def _between_offsets(pieces: Sequence[Piece], low: int, high: int) -> Sequence[Piece]:
    left, right = 0, len(pieces)
    while left < right:
        middle = (left + right) // 2
        if pieces[middle].start < low:
            left = middle + 1
        else:
            right = middle
    end = left
    while end < len(pieces) and pieces[end].end <= high:
        end += 1
    return pieces[left:end]


def _single_word(piece: Piece, kind: Kind, count: int) -> Mention:
    """What one word says with its count, such as a dual."""
    return Mention(
        MentionKind.QUANTITY,
        piece.span,
        deliverable=Deliverable(kind, Decimal(count)),
        reason="dual",
        parts={"noun": piece.span},
    )


def _single(scan: Scan, index: int) -> Mention | None:
    """A facility in the singular behind an article, or by itself where the language has none."""
    pieces, text, words = scan.pieces, scan.text, scan.language.quantities
    piece = pieces[index]
    label = piece.senses.get("one") or piece.senses["count"]
    if label not in {"data_centres", "sites"}:
        return None
    if (
        index + 1 < len(pieces)
        and "agent" in pieces[index + 1].senses
        and is_close(text[piece.end : pieces[index + 1].start])
    ):
        return None
    opens = set(pieces[index - 1].senses) if index and is_close(text[pieces[index - 1].end : piece.start]) else set()
    if {"vague", "agent"} & opens or _is_counted_behind(scan, index) or _is_several(scan, index):
        return None
    start, score = _article(scan, index), 0.9
    if start is None:
        if not words.one_alone or "one" not in piece.senses:
            return None
        start, score = piece.start, 0.5
    deliverable = Deliverable(Kind(label), Decimal(1))
    return Mention(
        MentionKind.QUANTITY,
        Span(start, piece.end),
        deliverable=deliverable,
        score=score,
        reason="one",
        parts={"noun": piece.span},
    )


def _is_several(scan: Scan, index: int) -> bool:
    """Whether a number word that tells no number counts the noun ("数十カ所の": dozens of)."""
    pieces, position = scan.pieces, index - 1
    while position > 0 and {"of", "counter", "filler"} & set(pieces[position].senses):
        position -= 1
    if position < 0 or position == index - 1:
        return False
    return pieces[position].in_words and pieces[position].value is None


def _is_counted_behind(scan: Scan, index: int) -> bool:
    """Whether a number behind the noun says how many there are ("데이터센터 2곳")."""
    if not scan.language.quantities.before:
        return False
    for position in range(index + 1, min(index + 4, len(scan.pieces))):
        if scan.pieces[position].numeral:
            noun = noun_before(scan, position)
            return noun is not None and noun.index == index
    return False


def _article(scan: Scan, index: int) -> int | None:
    """Where the words begin that say that one new thing is meant, its article with them; None where nothing does.

    A sum or a measure may stand between: "a $180m data centre", "a 240 MW data centre"; then the article is left out.
    """
    pieces, text = scan.pieces, scan.text
    piece, is_parted = pieces[index], False
    for position in range(index - 1, -1, -1):
        before = pieces[position]
        gap = text[before.end : pieces[position + 1].start]
        if piece.start - before.end > _ONE_REACH or not ENDS.isdisjoint(gap):
            return None
        if "one_of" in before.senses or ("one" in piece.senses and "indefinite" in before.senses):
            return piece.start if is_parted else before.start
        is_parted = is_parted or before.numeral
        if before.numeral and not _is_money(scan, position) and not _is_measure(scan, position, index):
            return None
        if {"definite", "one", "count"} & set(before.senses):
            return None
    return None


def _is_measure(scan: Scan, position: int, index: int) -> bool:
    """Whether a number in front of the noun at `index` says how large the thing is."""
    behind = scan.pieces[position + 1]
    is_beside = is_close(scan.text[scan.pieces[position].end : behind.start])
    return is_beside and position + 1 < index and not {"not_counted", "power"}.isdisjoint(behind.senses)
