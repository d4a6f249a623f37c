"""From bytes to a document, step by step."""

import re
from collections.abc import Sequence

from pledgebook.clean.decode import decode
from pledgebook.clean.html import read_article
from pledgebook.clean.language import detect_language
from pledgebook.clean.lines import Line, lines_of
from pledgebook.clean.noise import find_noise
from pledgebook.clean.published import DateFinder, find_published
from pledgebook.clean.sentences import find_sentences
from pledgebook.domain import Document, DocumentError, Finding, Interval, Mention, Page, Span
from pledgebook.lexicon.page import load_page_words

_WORD = re.compile(r"\w{4,}")
_TITLE_WORDS = (3, 30)


def no_dates(text: str, language: str, *, published: Interval | None) -> Sequence[Mention]:  # noqa: ARG001
    """Finds nothing: for documents whose day does not matter."""
    return ()


def clean(page: Page, *, find_dates: DateFinder = no_dates) -> tuple[Document, tuple[Finding, ...]]:
    """The document of a page, and what was odd about it.

    Plain text keeps every character where it was; of HTML the article is kept, a block a line. `find_dates` reads days
    in the language of the text. Raises DocumentError for bytes that hold no text.
    """
    text = decode(page)
    if not text.strip():
        raise DocumentError(page.source, "nothing but blanks", "Leave the file out, or look why it is empty.")
    headings: Sequence[Span] = ()
    meta_days: tuple[str, ...] = ()
    byline, declared, title = "", page.language, page.title
    if page.media_type == "text/html":
        article = read_article(text)
        if not article.lines:
            raise DocumentError(page.source, "a page without any text", "It may be drawn by a script: save it as text.")
        text = "\n".join(article.lines)
        starts = [0]
        for line in article.lines:
            starts.append(starts[-1] + len(line) + 1)
        headings = tuple(Span(starts[n], starts[n] + len(article.lines[n])) for n in sorted(article.headings))
        meta_days, byline = article.meta_days, article.byline
        title, declared = title or article.title, declared or article.language
    lines = list(lines_of(text))
    language = detect_language(text, declared=declared)
    words = load_page_words(language)
    headline = _find_title(lines, title, is_html=page.media_type == "text/html")
    noise = find_noise(lines, words, title=None if headline is None else headline.span)
    published = find_published(
        lines, language, title=headline, meta_days=meta_days, byline=byline, given=page.published, find_dates=find_dates
    )
    document = Document(
        source=page.source,
        text=text,
        language=language,
        title=title or (headline.text if headline else None),
        published=published.interval,
        published_basis=published.basis,
        sentences=find_sentences(lines, noise, words, headings),
        noise=noise,
        name=page.name,
    )
    findings = []
    if published.overruled is not None:
        message = f"{page.source}: {published.overruled} contradicts the text, which was followed."
        findings.append(Finding("contradicted-date", document.id, message))
    return document, tuple(findings)


def _find_title(lines: Sequence[Line], title: str | None, *, is_html: bool) -> Line | None:
    """The line that is the headline: what the page calls so, else the fullest line above the first paragraph."""
    if title is not None:
        wanted = " ".join(title.split()).casefold()
        for line in lines:
            if " ".join(line.text.split()).casefold() == wanted:
                return line
        if is_html:
            return None
    first = next((n for n, line in enumerate(lines) if line.is_prose and line.words > _TITLE_WORDS[1] // 2), len(lines))
    body = set(_WORD.findall(" ".join(line.folded for line in lines[first : first + 12])))
    candidates = lines[: max(first, 1)]
    scored = []
    for n, line in enumerate(candidates):
        if not _TITLE_WORDS[0] <= line.words <= _TITLE_WORDS[1]:
            continue
        shared = sum(word in body for word in set(_WORD.findall(line.folded)))
        scored.append((shared, line.words > 4, -n if not shared else n, line))  # noqa: PLR2004
    if not scored:
        return None
    best = max(scored, key=lambda item: item[:3])
    return best[3]
