"""Wrapped lines back to paragraphs."""

import re
from collections.abc import Iterator, Sequence

_BULLET = re.compile(r"(?:[-–—•*▪‣·●○►◆■>]|\d{1,3}[.)]|[a-z]\))\s")
_END = re.compile(r"[.!?…。！？।؟:;][\"”»’')\]」』]{0,3}$")
_SENTENCE_END = re.compile(r"[.!?…][\"”»’')\]]{0,3}(?=\s)|[。！？।][」』”]{0,2}")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\u0e00-\u0e7f]")
_NARROWEST = 40
# Letters of print are not all as wide; where a sentence ends there, a line is the last of its paragraph unless full.
_SLACK = 0.9
_WIDE_SHARE = 0.9


def paragraphs(lines: Sequence[str], *, hyphen: str = "", width: int = 0) -> tuple[str, ...]:
    """The paragraphs that lines were wrapped from; a blank line always ends one.

    A line goes on where the first word of the next would not have fitted, or where the next opens in lower case
    though nothing was ended. `hyphen` stands for a hyphen that only parts a word; `width` is how long lines
    get, where it is known from more lines than these.

    >>> paragraphs(["Acme will build three halls near the old harbour", "of Lyon.", "", "Contact: Press office"])
    ('Acme will build three halls near the old harbour of Lyon.', 'Contact: Press office')
    """
    width = width or width_of(lines)
    found: list[str] = []
    before = ""
    for raw in lines:
        line = raw.strip()
        if line and before and _goes_on(before, line, width, hyphen):
            found[-1] = _joined(found[-1], line, hyphen)
        elif line:
            found.append(line)
        before = line
    return tuple(one.replace(hyphen, "") if hyphen else one for one in found)


def first_sentence(paragraph: str) -> int:
    """Where the first sentence of a paragraph ends; its whole length where it has no other.

    >>> first_sentence("of Lyon. It opens in May.")
    8
    """
    found = _SENTENCE_END.search(paragraph)
    return len(paragraph) if found is None else found.end()


def is_open(paragraph: str) -> bool:
    """Whether a paragraph breaks off in the middle of a sentence."""
    return bool(paragraph) and _END.search(paragraph) is None


def joined(one: str, other: str) -> str:
    """Two pieces of a sentence, with a blank between them where their script has blanks."""
    return _joined(one, other, "")


def width_of(lines: Sequence[str]) -> int:
    """How long lines of this text may get: nearly all are shorter."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int((len(lengths) - 1) * _WIDE_SHARE)] if lengths else 0


def _goes_on(line: str, following: str, width: int, hyphen: str) -> bool:
    if hyphen and line.endswith(hyphen):
        return True
    if _BULLET.match(following):
        return False
    if _END.search(line) is None and following[0].islower():
        return True
    is_unspaced = _UNSPACED.match(following) is not None
    word = 1 if is_unspaced else len(following.split(maxsplit=1)[0]) + 1
    least = _NARROWEST // 2 if is_unspaced else _NARROWEST
    return len(line) >= least and len(line) + word > (_SLACK if _END.search(line) is None else 1.0) * width


def _joined(one: str, other: str, hyphen: str) -> str:
    if hyphen and one.endswith(hyphen):
        return one + other
    if _UNSPACED.match(one[-1:]) and _UNSPACED.match(other):
        return one + other
    return f"{one} {other}"


def unwrapped(text: str) -> Iterator[str]:
    """The paragraphs of a text whose lines were wrapped by hand or by a mail program."""
    yield from paragraphs(text.splitlines())
