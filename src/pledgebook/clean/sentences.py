"""Where sentences begin and end."""

import re
from collections.abc import Iterator, Sequence

from pledgebook.clean.lines import Line
from pledgebook.domain import Sentence, Span
from pledgebook.lexicon.page import PageWords

_STOP = re.compile(r"[.!?…]+[\"”»’'）)\]]*(?=\s)|[。！？।]+[」』”）)]*|؟+(?=\s)|\u2029")
_LAST_WORD = re.compile(r"[^\s(«“\"'„]+$")
_HEADING_WORDS = 18
_NUMBERED_WORDS = 6


def find_sentences(lines: Sequence[Line], noise: Sequence[Span], words: PageWords, headings: Sequence[Span]) -> tuple[Sentence, ...]:
    """The sentences of the lines that are not noise, in order. A line is a paragraph.

    >>> line = Line(Span(0, 42), "Dr. Braun kam am 15. Mai. Er sagte nichts.")
    >>> [s.span.of(line.text) for s in find_sentences([line], [], PageWords(abbreviations=frozenset({"dr"})), [])]
    ['Dr. Braun kam am 15. Mai.', 'Er sagte nichts.']
    """
    starts = {span.start for span in noise}
    marked = {span.start for span in headings}
    sentences = []
    kept = [line for line in lines if line.span.start not in starts]
    for paragraph, line in enumerate(kept):
        pieces = list(_pieces(line, words))
        following = kept[paragraph + 1] if paragraph + 1 < len(kept) else None
        # "2. France" above a paragraph is a heading, one of several such lines an item of a list.
        heads = not line.is_bullet or (line.words <= _NUMBERED_WORDS and following is not None and following.is_prose and not following.is_bullet)
        is_heading = line.span.start in marked or (
            len(pieces) == 1 and not line.ends and heads and line.words <= _HEADING_WORDS and " | " not in line.text
        )
        sentences += [Sentence(span, paragraph, is_heading) for span in pieces]
    return tuple(sentences)


def _pieces(line: Line, words: PageWords) -> Iterator[Span]:
    text, offset, start = line.text, line.span.start, 0
    for stop in _STOP.finditer(text):
        if not _ends_here(text, start, stop, words):
            continue
        yield Span(offset + start, offset + stop.end())
        start = stop.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        yield Span(offset + start, offset + len(text))


def _ends_here(text: str, start: int, stop: "re.Match[str]", words: PageWords) -> bool:
    if not stop.group().startswith("."):
        return True
    following = text[stop.end() :].lstrip()[:1]
    if following.islower() or following in ",;:)":
        return False
    last = _LAST_WORD.search(text, start, stop.start())
    word = last.group().lower() if last else ""
    if stop.group() != ".":
        return True
    # "15. Mai", "J. Biden", "S.A. announced": a short number, one letter, or an abbreviation ends no sentence.
    if word.isdigit():
        return len(word) > 2  # noqa: PLR2004
    if len(word) == 1 and word.isalpha() and not word.isdigit():
        return False
    return word not in words.abbreviations
