"""Elements of a page, as much of them as the article needs."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, cast

from lxml import etree

# Longer pages are cut: no article needs more, and what builds on the tree takes time for every element.
MAX_SOURCE = 5_000_000
_BLANK = re.compile(r"\s+")


class _Complaint(Protocol):
    message: str | None


class _Parser(Protocol):
    error_log: Sequence[_Complaint]


class Node(Protocol):
    """What is used of lxml's elements, which carry no types."""

    tag: str
    text: str | None
    tail: str | None

    def get(self, key: str) -> str | None:
        """The value of an attribute."""

    def keys(self) -> list[str]:
        """The names of its attributes."""

    def iter(self, *tags: str) -> "Iterator[Node]":
        """The element and all below, in the order of the page; only those with one of `tags` where given."""

    def itertext(self) -> Iterator[str]:
        """All pieces of text below."""

    def find(self, path: str) -> "Node | None":
        """The first child of that name."""

    def getparent(self) -> "Node | None":
        """The element around."""

    def getprevious(self) -> "Node | None":
        """The element before, in the same parent."""

    def iterancestors(self) -> "Iterator[Node]":
        """The elements around, from the inside out."""

    def remove(self, node: "Node") -> None:
        """Takes a child out, with its tail."""


def parse(source: str) -> tuple[Node | None, bool]:
    """The root of a page's tree, None where it has none, and whether the page was too much to read it all.

    No more is read than MAX_SOURCE characters, and nothing that lies deeper than 256 elements in each other: a page
    that leaves its elements open can't take a minute for each.
    """
    # The plain elements: those of lxml.html are looked up one by one by Python code.
    build = cast("Callable[..., _Parser]", etree.HTMLParser)
    read = cast("Callable[..., Node | None]", etree.fromstring)
    parser = build(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = read(source[:MAX_SOURCE].encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, len(source) > MAX_SOURCE
    return root, len(source) > MAX_SOURCE or any("depth" in str(entry.message) for entry in parser.error_log)


def one_line(text: str) -> str:
    r"""`text` with every run of blanks as one.

    >>> one_line("  a  b\n c ")
    'a b c'
    """
    return _BLANK.sub(" ", text).strip()


def text_of(node: Node) -> str:
    """All text below a node, on one line."""
    return one_line(" ".join(node.itertext()))
