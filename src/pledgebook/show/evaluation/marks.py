"""A document's text with two sorts of marks: the words that gold quotes, and those that were found."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from pledgebook.domain import Claim, Span
from pledgebook.show.evaluation.disagreement import Disagreement
from pledgebook.show.evidence import stretches
from pledgebook.show.text import plain

# Text without a disagreement is folded where more than this is left after some words at either end.
_LONG, _LEFT = 400, 160
_CLASSES = (("G", "gold"), ("F", "found"))
_FIELD = re.compile(r"[a-z_]+")
_ENTITY_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words behind a field of a claim: of gold (`side` "G") or as found ("F"); `is_apart` where the claim disagrees."""

    side: str
    claim: int
    field: str
    is_apart: bool

    @property
    def label(self) -> str:
        """The claim's name on the page."""
        return f"{self.side}{self.claim + 1}"

    def anchor(self, number: int) -> str:
        """The id of the first such mark in the document of that number."""
        return f"d{number}-{self.label.lower()}-{self.field}"


Marks = list[tuple[Span, Mark]]


def text_of(item: Disagreement) -> str:
    """The text that the marks stand in: as it was kept, or as it came where it could not be read."""
    return item.gold.content if item.found is None else item.found.document.text


def marks_of(item: Disagreement) -> tuple[Marks, list[tuple[Mark, str]]]:
    """The marks of a document, and the quotes of gold that do not stand in its text."""
    text = text_of(item)
    apart_gold = {*item.missed, *(pair.gold for pair in item.differing)}
    apart_told = {*item.false, *(pair.told for pair in item.differing)}
    meant = {pair.gold: item.told[pair.told] for pair in item.pairs}
    marks: Marks = []
    lost = []
    for n, quotes in enumerate(item.gold.quotes):
        for name, several in quotes.items():
            for words in several:
                mark = Mark("G", n, field_of(name), n in apart_gold)
                span = _place(text, words, mark.field, meant.get(n))
                if span is None:
                    lost.append((mark, words))
                else:
                    marks.append((span, mark))
    for n, claim in enumerate(item.told):
        marks += [
            (evidence.span, Mark("F", n, field_of(evidence.field), n in apart_told))
            for evidence in claim.evidence
            if len(evidence.span) > 0 and evidence.span.end <= len(text)
        ]
    return marks, lost


def field_of(name: str) -> str:
    """The field that a path begins with.

    >>> field_of("deliverables.0"), field_of("amount.also[1]"), field_of("<b>")
    ('deliverables', 'amount', 'other')
    """
    found = _FIELD.match(name)
    return "other" if found is None else found[0]


def _place(text: str, words: str, field: str, told: Claim | None) -> Span | None:
    """Where a quote stands: of several places the one where the same was found, else the first."""
    pattern = r"\s+".join(map(re.escape, words.replace(_ENTITY_SPACE, " ").split()))
    if not pattern:
        return None
    spans = [Span(*found.span()) for found in re.finditer(pattern, text)]
    near = [] if told is None else [item.span for item in told.evidence if field_of(item.field) == field]
    return next((span for span in spans if any(span.overlaps(other) for other in near)), next(iter(spans), None))


def marked_text(text: str, marks: Marks, number: int) -> Iterator[str]:
    """The text in HTML, its marks of both sorts; long stretches on which nobody disagrees are folded.

    >>> print("".join(marked_text("Acme <b>", [(Span(0, 4), Mark("G", 0, "investors", True))], 1)))
    <mark class="gold" title="G1: investors"><span id="d1-g1-investors">Acme</span></mark><sup>G1</sup> &lt;b&gt;
    """
    apart = [use for use in marks if use[1].is_apart]
    alike = [use for use in marks if not use[1].is_apart]
    anchored: set[str] = set()
    for span, uses in stretches(len(text), apart):
        if not uses:
            yield from _quiet(text, span, alike)
            continue
        ids = dict.fromkeys(mark.anchor(number) for _, mark in uses)
        fresh = [name for name in ids if name not in anchored]
        anchored.update(fresh)
        inner = "".join(f'<span id="{name}">' for name in fresh) + _words(span.of(text)) + "</span>" * len(fresh)
        classes = " ".join(name for side, name in _CLASSES if any(mark.side == side for _, mark in uses))
        ended = _fields(mark for use, mark in uses if use.end == span.end)
        going_on = _fields(mark for use, mark in uses if use.end > span.end)
        note = " ".join(label for label in ended if label not in going_on)
        title = _title(mark for _, mark in uses)
        yield f'<mark class="{classes}" title="{title}">{inner}</mark>' + (f"<sup>{note}</sup>" if note else "")


def _title(marks: Iterable[Mark]) -> str:
    return escape("; ".join(f"{label}: {', '.join(names)}" for label, names in _fields(marks).items()))


def _fields(marks: Iterable[Mark]) -> Mapping[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.side != "G", mark.claim)):
        if mark.field not in fields.setdefault(mark.label, []):
            fields[mark.label].append(mark.field)
    return fields


def _quiet(text: str, span: Span, alike: Marks) -> Iterator[str]:
    """Words on which nobody disagrees: folded where they are long, but for those beside a disagreement."""
    words = span.of(text)
    start = 0 if span.start == 0 else _break_after(words, _LEFT)
    end = len(words) if span.end == len(text) else _break_before(words, len(words) - _LEFT)
    if end - start <= _LONG:
        yield _alike(words, span.start, alike)
        return
    yield _alike(words[:start].rstrip("\n"), span.start, alike)
    folded = words[start:end]
    left = len(folded) - len(folded.lstrip("\n"))
    folded = folded.strip("\n")
    inner = _alike(folded, span.start + start + left, alike)
    yield f"<details><summary>{len(folded):,} characters without a disagreement</summary>{inner}</details>"
    rest = words[end:].lstrip("\n")
    yield _alike(rest, span.end - len(rest), alike)


def _alike(words: str, offset: int, alike: Marks) -> str:
    """Words that begin at an offset, dotted where claims that agree rest on them."""
    whole = Span(offset, offset + len(words))
    near = [
        (Span(max(use.start, whole.start) - offset, min(use.end, whole.end) - offset), mark)
        for use, mark in alike
        if use.overlaps(whole)
    ]
    pieces = []
    for span, uses in stretches(len(words), near):
        shown = _words(span.of(words))
        title = _title(mark for _, mark in uses)
        pieces.append(f'<mark class="same" title="{title}">{shown}</mark>' if uses else shown)
    return "".join(pieces)


def _break_after(words: str, place: int) -> int:
    """The end of the line or else of the word at a place."""
    line = words.find("\n", place, place + 2 * _LEFT)
    at = line if line >= 0 else words.find(" ", place)
    return len(words) if at < 0 else at + 1


def _break_before(words: str, place: int) -> int:
    line = words.rfind("\n", max(0, place - 2 * _LEFT), max(0, place))
    at = line if line >= 0 else words.rfind(" ", 0, max(0, place))
    return max(at, 0) + 1 if at >= 0 else 0


def _words(text: str) -> str:
    return escape(plain(text, lines=True))
