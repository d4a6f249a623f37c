"""The blocks of a page: paragraphs, headings, items, rows."""

from collections.abc import Iterator
from typing import cast

from lxml import etree

from pledgebook.clean.html.node import Node, one_line

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = HEADINGS | frozenset({
    "p", "li", "blockquote", "tr", "div", "section", "article", "main", "header", "dd", "dt", "pre", "address",
    "figure", "ul", "ol", "table", "tbody", "thead", "body", "details", "summary", "center", "td", "th",
})  # fmt: skip
_CELLS = frozenset(("td", "th"))
_INNER = _BLOCKS - _CELLS - {"tr", "tbody", "thead"}
_LONG_CELL = 400


def blocks_of(root: Node) -> tuple[tuple[str, str], ...]:
    """Tag and text of every block that has text, in the order of the page.

    The row of a table is one block, its cells parted by " | "; a table that only lays out a page is none.
    """
    return tuple((tag, text) for tag, text in _blocks(root) if text)


def _blocks(root: Node) -> Iterator[tuple[str, str]]:
    pieces: list[str] = []
    owner = "div"
    cells = _data_cells(root)

    def flush() -> tuple[str, str]:
        text = one_line("".join(pieces))
        pieces.clear()
        return owner, text

    for event, found in etree.iterwalk(root, events=("start", "end")):
        node = cast("Node", found)
        tag = node.tag
        in_row = (tag in _CELLS and id(node) in cells) or (tag in ("p", "div") and id(node.getparent()) in cells)
        if event == "start":
            if id(node) in cells and any(map(str.strip, pieces)):
                pieces.append(" | ")
            elif tag == "br":
                yield flush()
            elif tag in _BLOCKS and not in_row:
                yield flush()
                owner = tag
            if node.text:
                pieces.append(node.text)
        else:
            if tag in _BLOCKS and not in_row:
                yield flush()
                owner = "div"
            if node.tail and node is not root:
                pieces.append(node.tail)
    yield flush()


def _data_cells(root: Node) -> dict[int, Node]:
    """The cells of tables that hold data. A cell with several blocks, or a long one, makes its table a layout."""
    found: dict[int, Node] = {}
    for table in root.iter("table"):
        cells = list(table.iter("td", "th"))
        if not any(_is_layout(cell) for cell in cells):
            found.update((id(cell), cell) for cell in cells)
    return found


def _is_layout(cell: Node) -> bool:
    inner = sum(1 for node in cell.iter(*_INNER) if node is not cell)
    return inner > 1 or sum(map(len, cell.itertext())) > _LONG_CELL
