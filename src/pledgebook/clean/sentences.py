"""Where sentences begin and end."""

import re
from collections.abc import Iterator, Sequence

from pledgebook.clean.lines import Line
from pledgebook.domain import Sentence, Span
from pledgebook.lexicon.page import PageWords

# The look behind lets a run of points begin once; without it a line of nothing but points takes quadratic time.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”»’'）)\]]*+(?=\s)|[。！？।]++[」』”）)]*+|؟++(?=\s)|\u2029")
_LETTERED = re.compile(r"(\w+)[ \u00a0]$")
_LAST_WORD = re.compile(r"[^\s(«“\"'„]+$")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_CLOSING = "」』”）)"
_OPENING = "«„“\"'"
_HEADING_WORDS = 18
_NUMBERED_WORDS = 6
_LONGEST_WORD = 40
_LONGEST = 3000


def find_sentences(
    lines: Sequence[Line], noise: Sequence[Span], words: PageWords, headings: Sequence[Span]
) -> tuple[Sentence, ...]:
    """The sentences of the lines that are not noise, in order. A line is a paragraph.

    What goes on for more than some pages without a stop is parted at a blank.

    >>> line = Line(Span(0, 42), "Dr. Braun kam am 15. Mai. Er sagte nichts.")
    >>> [s.span.of(line.text) for s in find_sentences([line], [], PageWords(abbreviations=frozenset({"dr"})), [])]
    ['Dr. Braun kam am 15. Mai.', 'Er sagte nichts.']
    """
    starts = {span.start for span in noise}
    marked = {span.start for span in headings}
    sentences = []
    kept = [line for line in lines if line.span.start not in starts]
    for paragraph, line in enumerate(kept):
        pieces = [part for piece in _pieces(line.text, words) for part in _parted(line.text, piece)]
        following = kept[paragraph + 1] if paragraph + 1 < len(kept) else None
        is_heading = line.span.start in marked or (len(pieces) == 1 and _is_heading(line, following))
        sentences += [Sentence(span.shifted(line.span.start), paragraph, is_heading) for span in pieces]
    return tuple(sentences)


def _is_heading(line: Line, following: Line | None) -> bool:
    if line.ends:
        return _opens_block(line, following)
    if line.words > _HEADING_WORDS or " | " in line.text:
        return False
    if not line.is_bullet:
        return True
    # "2. France" above a paragraph is a heading, one of several such lines an item of a list.
    return line.words <= _NUMBERED_WORDS and following is not None and following.is_prose and not following.is_bullet


def _opens_block(line: Line, following: Line | None) -> bool:
    """Whether a line is the few words above lines that no blank line parts from it: "Portugal / Acme."."""
    is_few = line.opens and line.words <= _NUMBERED_WORDS and not line.is_bullet
    return is_few and following is not None and following.is_prose and not (following.opens or following.is_bullet)


def _pieces(text: str, words: PageWords) -> Iterator[Span]:
    start = 0
    for stop in _STOP.finditer(text):
        if not _ends_here(text, start, stop, words):
            continue
        yield Span(start, stop.end())
        start = _next_letter(text, stop.end())
    if start < len(text):
        yield Span(start, len(text))


def _parted(text: str, piece: Span) -> Iterator[Span]:
    start = piece.start
    while piece.end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        end = blank if blank > 0 else start + _LONGEST
        yield Span(start, end)
        start = _next_letter(text, end)
    if start < piece.end:
        yield Span(start, piece.end)


def _next_letter(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _ends_here(text: str, start: int, stop: "re.Match[str]", words: PageWords) -> bool:
    mark, after = stop.group(), _next_letter(text, stop.end())
    following = text[after : after + 1]
    if mark[0] in "。！？":
        # What was said goes on with a particle: 「…投資する。」と述べた.
        return not (mark[-1] in _CLOSING and after == stop.end() and _HIRAGANA.match(following))
    if following.islower() or following in {",", ";", ":", ")"}:
        return False
    if mark != ".":
        return True
    last = _LAST_WORD.search(text, max(start, stop.start() - _LONGEST_WORD), stop.start())
    word = last.group().lower() if last else ""
    # "15. Mai", "J. Biden": a short number, one letter, or an abbreviation ends no sentence.
    if word.isdigit():
        return len(word) > 2
    if len(word) == 1 and word.isalpha():
        lettered = (
            None if last is None else _LETTERED.search(text, max(start, last.start() - _LONGEST_WORD), last.start())
        )
        return lettered is not None and lettered.group(1).lower() in words.lettered  # "a Series B. The round"
    return word not in words.abbreviations or (word in words.closing and _closes(text, start, after))


def _closes(text: str, start: int, after: int) -> bool:
    """Whether a sentence that ends with a sum in short is some words long, and a capital follows."""
    return text[after : after + 2].lstrip(_OPENING)[:1].isupper() and len(text[start:after].split()) > _NUMBERED_WORDS
