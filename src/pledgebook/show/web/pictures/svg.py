"""SVG by the piece, and pictures as parts of a page or as files of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from pledgebook.show.text import plain

# The light colours of the pages, for pictures that leave them.
_FILE_STYLE = """
text{font-family:'Source Sans 3','Source Sans Pro','Liberation Sans',Arial,sans-serif;font-size:14px;fill:#20242b}
.p-title{font-size:20px;font-weight:600}.p-note,.p-dim{font-size:12px;fill:#5b616b}
.p-value{font-size:13px}.p-land{fill:#e7e4dc;stroke:#fbfaf7;stroke-width:.6}
.p-q1{fill:#cfe3e4}.p-q2{fill:#a3cbcf}.p-q3{fill:#6fadb5}.p-q4{fill:#3d8b97}.p-q5{fill:#1d6674}.p-q6{fill:#0c4350}
.p-area{stroke:#fbfaf7;stroke-width:.6}.p-dot{stroke:#fbfaf7;stroke-width:1.5}
.p-bar{fill:#1f6f7c}.p-bar-more{fill:#a3cbcf}.p-bar-bad{fill:#b4532a}.p-bar-out{fill:#b9b4a7}
.p-axis{stroke:#d8d4ca;stroke-width:1}.p-break{fill:none;stroke:#fbfaf7;stroke-width:5}
.p-point{fill:#1f6f7c;fill-opacity:.75}.p-point-out{fill:none;stroke:#8d887b;stroke-width:1.5}
.p-ribbon{fill:#1f6f7c;fill-opacity:.28}.p-node{fill:#0c4350}
"""
_PAPER = "#fbfaf7"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, with what it says in words and the rows behind it."""

    name: str
    title: str
    body: str
    width: int
    height: int
    note: str
    records: Sequence[dict[str, Any]] = ()
    paths: Sequence[str] = ()


def tag(name: str, content: str | None = None, /, **attributes: object) -> str:
    """An element; `content` must be SVG already. Underscores at the end of names fall away, others become hyphens.

    >>> tag("text", words("R&D"), x=1, class_="a")
    '<text x="1" class="a">R&amp;D</text>'
    """
    said = "".join(f' {_name(key)}="{_short(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{said}/>" if content is None else f"<{name}{said}>{content}</{name}>"


def words(text: str) -> str:
    """Text as SVG shows it: nothing of it is markup."""
    return escape(plain(text))


def text(x: float, y: float, said: str, *, kind: str = "", anchor: str | None = None) -> str:
    """A line of text."""
    return tag("text", words(said), x=x, y=y, class_=kind or None, text_anchor=anchor)


def cut(said: str, most: int) -> str:
    """`said`, shortened with an ellipsis to so many characters.

    >>> cut("Amazon Web Services", 8)
    'Amazon …'
    """
    return said if len(said) <= most else said[: most - 1] + "…"


def inline(picture: Picture) -> str:
    """The drawing as part of a page: labelled for those who don't see it; its table says the rest."""
    return tag(
        "svg",
        tag("title", words(picture.title)) + picture.body,
        viewBox=f"0 0 {picture.width} {picture.height}",
        class_=f"picture picture-{picture.name}",
        role="group",
        aria_label=plain(picture.title),
    )


def standalone(picture: Picture, *, source: str) -> str:
    """The drawing as a file of its own, with its title, its note and where it comes from."""
    top, notes = 44, list(_wrapped(f"{picture.note} {source}", picture.width // 6))
    height = top + picture.height + 12 + 17 * len(notes)
    pieces = [
        tag("style", _FILE_STYLE),
        tag("rect", width=picture.width, height=height, fill=_PAPER),
        text(12, 28, picture.title, kind="p-title"),
        tag("g", picture.body, transform=f"translate(0 {top})"),
        *(text(12, top + picture.height + 17 * (n + 1), line, kind="p-note") for n, line in enumerate(notes)),
    ]
    return tag(
        "svg",
        "".join(pieces),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {picture.width} {height}",
        width=picture.width,
        height=height,
    )


def _wrapped(said: str, width: int) -> Iterable[str]:
    line = ""
    for word in said.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield line


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return escape(str(value))
