"""What a crawler kept that is not the article: menus, banners, teasers, lists of links."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pledgebook.clean.lines import Line
from pledgebook.domain import Span
from pledgebook.lexicon.page import PageWords, load_template_words

_BANNER_SIZE = re.compile(r"(?<!\d)\d{2,4}\s?[x×]\s?\d{2,4}(?!\d)")
_LABEL = re.compile(r"\s{2,}|\s*[:»›>]")
_MENU = re.compile(r"\s[|>›»·/]\s|\s{2,}")
_LISTED = re.compile(r"(?:\t|[:|–—=])\s*[^\w\s]{0,2}\d|：")
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")
_SHORT_WORDS = 4
_MENU_WORDS = 4
_MENU_PARTS = 3
_LONG_PROSE = 16
_SHORT_PROSE = 8
_SEVERAL = 2
# A heading and the line below it.
_ITEM = 2


def find_noise(lines: Sequence[Line], words: PageWords, *, title: Span | None) -> tuple[Span, ...]:
    """The spans of the lines that belong to the page around the article.

    Nothing is cut and no offset moves: the spans only tell where not to look.
    """
    noise = [False] * len(lines)
    marks = _marks_of_items(lines, words)
    teasers = [_is_teaser(line, words) and not line.text.startswith(marks) for line in lines]
    in_block = is_advert = False
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else None
        if line.span == title:
            in_block = False
        elif _is_block_heading(line, words):
            noise[n] = in_block = True
            is_advert = _is_advert(line)
        else:
            around = teasers[n] or _is_banner(line, words) or _is_menu(line, following)
            in_block = in_block and (around or not _is_article_again(line, after=lines[n - 1], is_advert=is_advert))
            noise[n] = around or in_block
    prose = [n for n, line in enumerate(lines) if line.is_prose and not teasers[n]]
    strong = [n for n in prose if lines[n].words > _LONG_PROSE or lines[n].is_bullet] or prose
    first, last = (prose[0], strong[-1]) if prose else (0, len(lines) - 1)
    while last + 1 < len(lines) and not noise[last + 1] and _is_statement(lines[last + 1]):
        last += 1
    while _goes_on(lines, noise, first, last):
        last += _ITEM
    _mark_head(lines, noise, first, title)
    _mark_tail(lines, noise, last)
    return tuple(line.span for n, line in enumerate(lines) if noise[n])


def _mark_head(lines: Sequence[Line], noise: list[bool], first: int, title: Span | None) -> None:
    """Short lines without a figure above the first paragraph are a menu, or the name of the site.

    Where others like it stand over paragraphs further down, the one right above it heads the first item of a list.
    """
    for n in range(first - 1 if _heads_item(lines, first) else first):
        if lines[n].span != title and lines[n].words <= _SHORT_WORDS and not _FIGURE.search(lines[n].text):
            noise[n] = True


def _heads_item(lines: Sequence[Line], first: int) -> bool:
    """Whether the line above the first paragraph is like several short ones that each stand over one further down."""
    if first < 1:
        return False
    head = _shape(lines[first - 1])
    heads = [
        one
        for one, following in pairwise(lines[first + 1 :])
        if one.words <= _SHORT_WORDS and not one.is_prose and following.is_prose and _shape(one) == head
    ]
    return len(heads) >= _SEVERAL


def _goes_on(lines: Sequence[Line], noise: Sequence[bool], first: int, last: int) -> bool:
    """Whether a marked heading and its sentence follow, as such headings stood over paragraphs before: "▼ Acme"."""
    if last + _ITEM >= len(lines) or any(noise[last + 1 : last + _ITEM + 1]) or not lines[last + _ITEM].ends:
        return False
    head = _shape(lines[last + 1])
    return any(head) and any(_shape(one) == head for one in lines[max(0, first - 1) : last] if not one.is_prose)


def _shape(line: Line) -> tuple[str, str, bool]:
    """With what marks a line begins and ends, and whether a stroke parts it."""
    text = line.text.strip()
    first, last = (char if not char.isalnum() else "" for char in (text[:1], text[-1:]))
    return first, last, " / " in text


def _mark_tail(lines: Sequence[Line], noise: list[bool], last: int) -> None:
    """Headlines below the last paragraph are links, but a list or table of pledges may close an article too."""
    tail = [n for n in range(last + 1, len(lines)) if not noise[n]]
    listed = {n for n in tail if _is_listed(lines[n])}
    if len(tail) < 2 or len(listed) * 2 > len(tail):
        return
    kept = max(listed, default=last) if listed and min(listed) <= tail[0] + 1 and _is_run(tail, listed) else last
    for n in tail:
        noise[n] = n > kept and not lines[n].text.startswith(("(", "["))


def _is_listed(line: Line) -> bool:
    return line.is_bullet or line.ends or _LISTED.search(line.text) is not None


def _is_run(tail: Sequence[int], listed: set[int]) -> bool:
    """Whether what is listed stands together at the top of the tail, under a heading at most."""
    start = 0 if tail[0] in listed else 1
    return len(listed) > 1 and set(tail[start : start + len(listed)]) == listed


def _is_teaser(line: Line, words: PageWords) -> bool:
    folded, text = line.folded, line.text
    if not (folded.startswith(words.teaser) or text.startswith(words.teaser)):
        return False
    for phrase in words.teaser:
        # A phrase in capitals is a crawler's label and only counts in capitals, with a gap or a colon behind it.
        if phrase.isupper():
            if text.startswith(phrase) and _LABEL.match(text, len(phrase)):
                return True
        elif folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum():
            return True
    return False


def _marks_of_items(lines: Sequence[Line], words: PageWords) -> tuple[str, ...]:
    """The marks that open teasers elsewhere but here the items of a list or their headings: "▶ 부산 / Acme"."""
    found = []
    for mark in (phrase for phrase in words.teaser if len(phrase) == 1 and not phrase.isalnum()):
        marked = [n for n, line in enumerate(lines) if line.text.startswith(mark)]
        items = [
            n
            for n in marked
            if lines[n].ends or (n + 1 < len(lines) and lines[n + 1].ends and not lines[n + 1].text.startswith(mark))
        ]
        if len(items) >= _SEVERAL and 2 * len(items) > len(marked):
            found.append(mark)
    return tuple(found)


def _is_block_heading(line: Line, words: PageWords) -> bool:
    return line.folded.strip(" :.…»>|-–—#*") in words.block


def _is_article_again(line: Line, *, after: Line, is_advert: bool) -> bool:
    """Whether a block is over: a sentence after an advert or a list with bullets, a long one after other links."""
    if not (line.is_prose and line.ends):
        return False
    return is_advert or line.words >= _LONG_PROSE or (after.is_bullet and not line.is_bullet and _is_statement(line))


def _is_statement(line: Line) -> bool:
    """Whether a line is a sentence of some length with a full stop, which headlines lack."""
    return line.words >= _SHORT_PROSE and line.text.rstrip("\"”»’')）」』")[-1:] in {".", "。", "।"}


def _is_advert(line: Line) -> bool:
    return not load_template_words().adverts.isdisjoint(_WORD.findall(line.folded))


def _is_banner(line: Line, words: PageWords) -> bool:
    folded = line.folded
    if line.words <= _SHORT_WORDS and (_BANNER_SIZE.search(line.text) or _is_advert(line)):
        return True
    return folded.startswith(words.banner) and not (line.is_prose and line.words > 2 * _LONG_PROSE)


def _is_menu(line: Line, following: Line | None) -> bool:
    """Whether a line is a row of short names; where the next has as many parts it is a table's."""
    parts = _MENU.split(line.text)
    if len(parts) < _MENU_PARTS or _FIGURE.search(line.text) or any(len(part.split()) > _MENU_WORDS for part in parts):
        return False
    return following is None or len(_MENU.split(following.text)) != len(parts)
