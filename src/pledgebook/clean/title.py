"""Which line of a document is its headline."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pledgebook.clean.lines import Line
from pledgebook.lexicon.matcher import unspaced_runs

_WORD = re.compile(r"\w{4,}")
_MASTHEAD = re.compile(r"\s[|/·–—]\s|(?<!\d)(?:19|20)\d\d(?!\d)")
_PARTS = re.compile(r"\s[|>›»·/]\s|\s{2,}")
_MENU_PARTS = 3
_LEAST, _MOST = 3, 30
_PROSE = 15
_FULL = 4
_BODY = 12


def find_title(lines: Sequence[Line], title: str | None, *, is_html: bool) -> Line | None:
    """The line that is the headline: what the page calls so, else the fullest line above the first paragraph.

    The fullest shares most words with the paragraphs below. Of two that share as many the lower is taken: a crawler
    puts its own copy on top, and may have damaged it.
    """
    if title is not None:
        wanted = " ".join(title.split()).casefold()
        for line in lines:
            if " ".join(line.text.split()).casefold() == wanted:
                return line
        if is_html:
            return None
    first = next((n for n, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    body = set().union(*(_words(line) for line in lines[first : first + _BODY]))
    scored = []
    for n, line in enumerate(lines[:first]):
        if not _LEAST <= line.words <= _MOST or len(_PARTS.split(line.text)) >= _MENU_PARTS:
            continue
        shared = len(body & _words(line))
        # Bullets, mastheads and greetings may share words too, and are headlines where nothing else is.
        doubts = line.is_bullet + line.ends + (_MASTHEAD.search(line.text) is not None)
        scored.append(((shared >> doubts, line.words > _FULL, -doubts, n if shared else -n), line))
    return max(scored, key=lambda item: item[0])[1] if scored else None


def _is_paragraph(line: Line) -> bool:
    return line.words > _MOST or (line.words > _PROSE and line.ends)


def _words(line: Line) -> set[str]:
    """The words of some length; where a script has no blanks, the pairs of its characters."""
    words = set(_WORD.findall(line.folded))
    for run in unspaced_runs(line.folded):
        words.update(map("".join, pairwise(run)))
    return words
