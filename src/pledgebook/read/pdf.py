r"""PDF to text, page by page.

The text of a PDF has a form feed (`\f`) between two pages: the page of an offset is one more than the form feeds
before it (`Document.page_of`). A sentence that runs over the end of a page stands whole on the page on which it begins.
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pledgebook.domain import PAGE_BREAK, DocumentError, Finding, Page, Severity, UsageError
from pledgebook.read.media import PDF, TEXT
from pledgebook.read.prose import first_sentence, is_open, joined, paragraphs, width_of

MAX_PAGES = 500
_HYPHEN = "\ufffe"
_MIN_LETTERS = 20
_PAGE_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?![.,]?\d)")
_LONG_PAGE = 8
_MIN_REPEATS = 3
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\uffff]")
_IMAGE = 3


def read_pdf(page: Page) -> tuple[Page, tuple[Finding, ...]] | Finding:
    """The page with its text instead of its bytes, and what was odd; a Finding where there is no text in it.

    Raises DocumentError for a PDF that is damaged or locked, UsageError without the extra `pledgebook[pdf]`.
    """
    pages, blank, is_cut = _texts(page)
    if not any(pages):
        message = (
            f"{page.source}: {len(pages)} pages without any text. They are pictures: have a text recognised in them."
        )
        return Finding("scanned-pdf", page.source, message, severity=Severity.WARNING)
    odd = []
    if blank:
        named = ", ".join(map(str, blank[:10])) + (", ..." if len(blank) > 10 else "")
        message = f"{page.source}: no text on {len(blank)} of {len(pages)} pages ({named}). They are pictures."
        odd.append(Finding("pages-without-text", page.source, message, severity=Severity.WARNING))
    if is_cut:
        message = f"{page.source}: too long to read it all; read up to page {MAX_PAGES:,}. Split it into its articles."
        odd.append(Finding("cut-document", page.source, message, severity=Severity.WARNING))
    text = PAGE_BREAK.join("\n".join(lines) for lines in _whole_sentences(pages))
    return replace(page, content=text.encode("utf-8", "replace"), media_type=TEXT, charset="utf-8"), tuple(odd)


def _texts(page: Page) -> tuple[list[list[str]], list[int], bool]:
    """The paragraphs of each page, the numbers of those that are pictures, and whether there are more pages."""
    try:
        import pypdfium2  # noqa: PLC0415 - an extra
    except ImportError as error:  # pragma: no cover - the tests have every extra
        raise UsageError(page.source, "a PDF", "Run `pip install 'pledgebook[pdf]'` to read it.") from error

    try:
        pdf: Any = pypdfium2.PdfDocument(page.content)
    except pypdfium2.PdfiumError as error:
        seen = "a PDF locked by a password" if "password" in str(error).lower() else "a damaged PDF"
        raise DocumentError(page.source, seen, "Open it in a viewer, and save it anew.") from error
    try:
        number = len(pdf)
        read = [_lines(pdf, index) for index in range(min(number, MAX_PAGES))]
    finally:
        pdf.close()
    without = _without_edges([lines for lines, _ in read])
    width = width_of([line for lines in without for line in lines])
    blank = [index for index, (lines, is_picture) in enumerate(read, 1) if is_picture and not lines]
    return [list(paragraphs(lines, hyphen=_HYPHEN, width=width)) for lines in without], blank, number > MAX_PAGES


def _lines(pdf: Any, index: int) -> tuple[list[str], bool]:  # noqa: ANN401 - pypdfium2's classes are loaded late
    """The lines of a page, and whether there is a picture on it. A page that is damaged has none."""
    import pypdfium2  # noqa: PLC0415 - see above

    try:
        page = pdf[index]
        text = page.get_textpage().get_text_range()
        lines = [_CONTROLS.sub("", line).strip() for line in text.splitlines()]
        if sum(map(str.isalnum, text)) < _MIN_LETTERS:
            has_picture = any(item.type == _IMAGE for item in page.get_objects(max_depth=3))
            return ([] if has_picture else lines), has_picture
    except pypdfium2.PdfiumError:
        return [], True
    return lines, False


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without what stands at the top or the foot of most of them: running titles, page numbers."""
    edges = Counter(edge for lines in pages for edge in {_masked(lines[n]) for n in _edge(lines)})
    least = max(_MIN_REPEATS, len(pages) // 2)
    repeated = {edge for edge, count in edges.items() if count >= least and is_open(edge)} | {"#"}
    kept = []
    for lines in pages:
        outer = {n for n in _edge(lines) if _masked(lines[n]) in repeated}
        kept.append([line for n, line in enumerate(lines) if n not in outer])
    return kept if any(kept) else pages


def _masked(line: str) -> str:
    """A line with "#" for what may be the number of its page."""
    return _PAGE_NUMBER.sub("#", line)


def _edge(lines: list[str]) -> list[int]:
    """Which lines of a page are its outermost."""
    depth = 2 if len(lines) >= _LONG_PAGE else 1
    return [n for n in range(len(lines)) if n < depth or n >= len(lines) - depth] if len(lines) > 2 * depth else []


def _whole_sentences(pages: list[list[str]]) -> list[list[str]]:
    """The pages, each sentence that runs over an end of a page moved to the page on which it begins."""
    for page, following in pairwise(pages):
        if page and following and is_open(page[-1]) and following[0][:1].islower():
            end = first_sentence(following[0])
            page[-1] = joined(page[-1], following[0][:end])
            following[0] = following[0][end:].lstrip()
    return [[line for line in page if line] for page in pages]


__all__ = ["MAX_PAGES", "PDF", "read_pdf"]
