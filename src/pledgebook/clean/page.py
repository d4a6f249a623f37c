"""From bytes to a document, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass

from pledgebook.clean.article import Article
from pledgebook.clean.decode import decode
from pledgebook.clean.language import UNDETERMINED, detect_language
from pledgebook.clean.lines import lines_of
from pledgebook.clean.noise import find_noise
from pledgebook.clean.published import DateFinder, find_published
from pledgebook.clean.sentences import find_sentences
from pledgebook.clean.title import find_title
from pledgebook.domain import Document, DocumentError, Finding, Interval, Mention, Page, Severity, Span
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.page import load_page_words

# Some eighty thousand words: a long book's, and far beyond an article.
MAX_TEXT = 500_000
_TELLING_WORDS, _SAMPLE = 12, 2000


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a page, before anything is understood."""

    text: str
    article: Article
    headings: tuple[Span, ...]
    is_html: bool
    is_cut: bool


def no_dates(text: str, language: str, *, published: Interval | None) -> Sequence[Mention]:  # noqa: ARG001 - a DateFinder
    """Finds nothing: for documents whose day does not matter."""
    return ()


def clean(page: Page, *, find_dates: DateFinder = no_dates) -> tuple[Document, tuple[Finding, ...]]:
    """The document of a page, and what was odd about it.

    Plain text keeps every character where it was; of HTML the article is kept, a block a line. `find_dates` reads days
    in the language of the text. Raises DocumentError for bytes that hold no text.

    >>> document, findings = clean(Page("a.txt", "Acme builds a lab in Lyon. It costs 4 million euros.".encode()))
    >>> [sentence.span.of(document.text) for sentence in document.sentences], findings
    (['Acme builds a lab in Lyon.', 'It costs 4 million euros.'], ())
    """
    kept = _keep(page)
    article, text = kept.article, kept.text
    lines = list(lines_of(text))
    language = detect_language(text, declared=page.language or article.language)
    words = load_page_words(language)
    title = page.title or article.title
    headline = find_title(lines, title, is_html=kept.is_html)
    noise = find_noise(lines, words, title=None if headline is None else headline.span)
    published = find_published(
        lines,
        language,
        title=headline,
        meta_days=article.meta_days,
        changed_days=article.changed_days,
        byline=article.byline,
        given=page.published,
        find_dates=find_dates,
    )
    document = Document(
        source=page.source,
        text=text,
        language=language,
        title=title or (headline.text if headline else None),
        published=published.interval,
        published_basis=published.basis,
        sentences=find_sentences(lines, noise, words, kept.headings),
        noise=noise,
        name=page.name,
    )
    return document, tuple(_findings(document, published.overruled, kept))


def _keep(page: Page) -> _Kept:
    source = decode(page)
    if not source.strip():
        raise DocumentError(page.source, "nothing but blanks", "Leave the file out, or look why it is empty.")
    if page.media_type != "text/html":
        text = _cut(source)
        return _Kept(text, Article(), (), is_html=False, is_cut=len(text) < len(source))
    from pledgebook.clean.html import read_article  # noqa: PLC0415 - plain text needs no parser

    article = read_article(source)
    if not article.lines:
        seen = "a page that is too long or too deep to find its text" if article.is_cut else "a page without any text"
        raise DocumentError(page.source, seen, "It may be drawn by a script: save its text.")
    whole = "\n".join(article.lines)
    text = _cut(whole)
    headings, start = [], 0
    for n, line in enumerate(article.lines):
        if n in article.headings and start < len(text):
            headings.append(Span(start, min(start + len(line), len(text))))
        start += len(line) + 1
    is_cut = article.is_cut or len(text) < len(whole)
    return _Kept(text, article, tuple(headings), is_html=True, is_cut=is_cut)


def _cut(text: str) -> str:
    """`text` up to the last line, word or character that MAX_TEXT leaves whole."""
    if len(text) <= MAX_TEXT:
        return text
    least = MAX_TEXT // 2
    at = max(text.rfind("\n", least, MAX_TEXT), 0) or max(text.rfind(" ", least, MAX_TEXT), 0) or MAX_TEXT
    return text[:at]


def _findings(document: Document, overruled: str | None, kept: _Kept) -> list[Finding]:
    found = []
    if overruled is not None:
        message = f"{document.source}: {overruled} contradicts the text, which was followed."
        found.append(Finding("contradicted-date", document.id, message))
    if kept.is_cut:
        message = (
            f"{document.source}: too long to read it all; read up to character {len(document.text):,}. "
            "Split it into its articles."
        )
        found.append(Finding("cut-document", document.id, message, severity=Severity.WARNING))
    if _is_unread(document):
        message = (
            f"{document.source}: in a language that is not read ({document.language}); words were looked up as "
            "English ones, so hardly anything can be found. Give a translation."
        )
        found.append(Finding("unread-language", document.id, message, severity=Severity.WARNING))
    return found


def _is_unread(document: Document) -> bool:
    """Whether enough different words tell that a document is in a language of which no words are known."""
    told = document.language != UNDETERMINED and not load_language(document.language).is_known
    return told and len(set(document.text[:_SAMPLE].split())) >= _TELLING_WORDS
