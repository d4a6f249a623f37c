"""What a crawler kept that is not the article: menus, banners, teasers, lists of links."""

import re
from collections.abc import Sequence

from pledgebook.clean.lines import Line
from pledgebook.domain import Span
from pledgebook.lexicon.page import PageWords

_BANNER_SIZE = re.compile(r"(?<!\d)\d{2,4}\s?[x×]\s?\d{2,4}(?!\d)")  # noqa: RUF001
_AD = re.compile(r"\[(?:ad|advertisement|werbung|publicité|anuncio)\]|^(?:OKX|ADVERTISEMENT)\b", re.IGNORECASE)
_MENU = re.compile(r"\s[|>›»·]\s")
_LISTED = re.compile(r"(?:\t|[:|–—=])\s*[^\w\s]{0,2}\d")  # noqa: RUF001
_FIGURE = re.compile(r"\d")
_SHORT_WORDS = 4
_MENU_WORDS = 4
_LONG_PROSE = 16


def find_noise(lines: Sequence[Line], words: PageWords, *, title: Span | None) -> tuple[Span, ...]:
    """The spans of the lines that belong to the page around the article.

    Nothing is cut and no offset moves: the spans only tell where not to look.
    """
    noise = [False] * len(lines)
    prose = [n for n, line in enumerate(lines) if line.is_prose and not _is_teaser(line, words)]
    strong = [n for n in prose if lines[n].words > _LONG_PROSE or lines[n].is_bullet] or prose
    first, last = (prose[0], strong[-1]) if prose else (0, len(lines) - 1)
    in_block = False
    for n, line in enumerate(lines):
        if line.span == title:
            in_block = False
        elif _is_block_heading(line, words):
            noise[n] = in_block = True
        elif _is_teaser(line, words) or _is_banner(line, words):
            noise[n] = True
        elif in_block and not (line.is_prose and line.words >= _LONG_PROSE and line.ends):
            noise[n] = True
        else:
            in_block = False
    _mark_edges(lines, noise, first, last, title)
    return tuple(line.span for n, line in enumerate(lines) if noise[n])


def _mark_edges(lines: Sequence[Line], noise: list[bool], first: int, last: int, title: Span | None) -> None:
    """Short lines without a figure above the title, and a tail of headlines below the article."""
    for n in range(first):
        if lines[n].span != title and lines[n].words <= _SHORT_WORDS and not _FIGURE.search(lines[n].text):
            noise[n] = True
    tail = [n for n in range(last + 1, len(lines)) if not noise[n]]
    # A table or a list of pledges may close an article too: its lines carry figures behind a mark.
    listed = [n for n in tail if lines[n].is_bullet or lines[n].ends or _LISTED.search(lines[n].text)]
    if len(tail) > 1 and len(listed) * 2 <= len(tail):
        for n in tail:
            noise[n] = not lines[n].text.startswith(("(", "["))


def _is_teaser(line: Line, words: PageWords) -> bool:
    folded, text = line.folded, line.text
    for phrase in words.teaser:
        # A phrase in capitals is a crawler's label and only counts in capitals, with a gap or a colon behind it.
        if phrase.isupper():
            if text.startswith(phrase) and re.match(r"\s{2,}|\s*[:»›>]", text[len(phrase) :]):
                return True
        elif folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum():
            return True
    return False


def _is_block_heading(line: Line, words: PageWords) -> bool:
    return line.folded.strip(" :.…»>|-–—#*") in words.block  # noqa: RUF001


def _is_banner(line: Line, words: PageWords) -> bool:
    if _AD.search(line.text) or (_BANNER_SIZE.search(line.text) and line.words <= _SHORT_WORDS):
        return True
    folded = line.folded
    if any(folded.startswith(phrase) for phrase in words.banner) and not (line.is_prose and line.words > 2 * _LONG_PROSE):
        return True
    parts = _MENU.split(line.text)
    return len(parts) > 2 and not _FIGURE.search(line.text) and all(len(part.split()) <= _MENU_WORDS for part in parts)  # noqa: PLR2004
