import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.clean import clean
from pledgebook.clean.page import MAX_TEXT
from pledgebook.domain import DocumentError, Interval, Page, PublishedBasis, Span
from pledgebook.extract.mentions import find_dates

ARTICLE = """\
The Daily\tWorld

Acme to build a laboratory in Lyon

By Jane Doe, 13 May 2024

Acme will spend 40 million euros on a new laboratory in Lyon, its president told reporters on Monday afternoon.

READ  Another firm buys a cloud

Some thirty engineers are to work there. The city gives the land.
"""
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def test_a_text_becomes_a_document_with_all_that_is_known_of_it() -> None:
    document, findings = clean(Page("a.txt", ARTICLE.encode()), find_dates=find_dates)
    assert document.text == ARTICLE
    assert (document.title, document.language) == ("Acme to build a laboratory in Lyon", "en")
    assert (str(document.day), document.published_basis) == ("2024-05-13", PublishedBasis.BYLINE)
    assert [span.of(ARTICLE) for span in document.noise] == ["The Daily\tWorld", "READ  Another firm buys a cloud"]
    assert [sentence.span.of(ARTICLE) for sentence in document.sentences][-2:] == [
        "Some thirty engineers are to work there.",
        "The city gives the land.",
    ]
    assert findings == ()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1))
def test_plain_text_keeps_every_character_where_it_was(text: str) -> None:
    if not text.strip():
        return
    document, _ = clean(Page("a.txt", b"\xef\xbb\xbf" + text.encode()))
    assert document.text == text
    marked = [*document.noise, *(sentence.span for sentence in document.sentences)]
    assert not any(one.overlaps(other) for n, one in enumerate(marked) for other in marked[n + 1 :])
    covered = {at for span in marked for at in range(span.start, span.end)}
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())


def test_of_a_page_the_article_is_kept_with_its_headings() -> None:
    source = (
        "<html lang='en-IE'><h1>Acme builds a laboratory</h1><p>Acme builds one in Lyon for four million euros. It is "
        "the third.</p><h2>And more</h2><p>Another one follows in Nice next year, says its president to us.</p></html>"
    )
    document, _ = clean(Page("a.html", source.encode(), media_type="text/html"))
    found = [(sentence.span.of(document.text), sentence.is_heading) for sentence in document.sentences]
    assert [words for words, is_heading in found if is_heading] == ["Acme builds a laboratory", "And more"]
    assert document.language == "en-IE"
    assert document.title == "Acme builds a laboratory"


def test_what_comes_with_a_page_is_kept() -> None:
    page = Page("a.txt", b"Acme bouwt in Lyon.", language="nl-BE", title="Een titel", name="17")
    document, _ = clean(page)
    assert (document.id, document.language, document.title) == ("17", "nl-BE", "Een titel")


def test_a_contradicted_day_is_found_and_named() -> None:
    page = Page("a.txt", ARTICLE.encode(), published=None)
    html = f"<html><meta name='date' content='2025-01-02'><h1>Acme</h1><p>13 May 2024</p><p>{'Acme builds. ' * 30}</p>"
    assert clean(page, find_dates=find_dates)[1] == ()
    document, findings = clean(Page("a.html", html.encode(), media_type="text/html"), find_dates=find_dates)
    (finding,) = findings
    assert (finding.name, finding.document) == ("contradicted-date", document.id)
    assert "2025-01-02" in finding.message


@pytest.mark.parametrize("content", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_text_is_an_error(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt: nothing but blanks"):
        clean(Page("a.txt", content))


def test_a_page_without_text_is_an_error() -> None:
    with pytest.raises(DocumentError, match=r"a\.html: a page without any text"):
        clean(Page("a.html", b"<html><script>draw()</script></html>", media_type="text/html"))


NEVER_ENDING = {
    "a paragraph": (b"Acme builds a lab in Lyon. " * 400_000, "text/plain"),
    "a word": (b"a" * 10_000_000, "text/plain"),
    "points": (b"." * 2_000_000, "text/plain"),
    "points and letters": (b"a." * 1_000_000, "text/plain"),
    "quotes": (b'."' * 1_000_000, "text/plain"),
    "characters without blanks": ("投資".encode() * 1_000_000, "text/plain"),
    "a paragraph of a page": (b"<p>" + b"Acme builds a lab in Lyon. " * 400_000, "text/html"),
    "paragraphs of a page": (b"<p>Acme builds a lab in Lyon.</p>" * 30_000, "text/html"),
    "cells": (b"<table><tr>" + b"<td>a</td>" * 200_000, "text/html"),
}


@pytest.mark.parametrize("kind", NEVER_ENDING)
def test_what_never_ends_is_cut_and_said_to_be(kind: str) -> None:
    content, media_type = NEVER_ENDING[kind]
    begin = time.monotonic()
    document, findings = clean(Page("a", content, media_type=media_type))
    assert time.monotonic() - begin < 30
    assert 0 < len(document.text) <= MAX_TEXT
    assert [finding.name for finding in findings] == ["cut-document"]
    assert all(len(sentence.span) <= 3000 for sentence in document.sentences)


@pytest.mark.parametrize("tag", [b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>"])
def test_elements_in_elements_without_end_are_an_error_or_cut(tag: bytes) -> None:
    page = Page("a.html", tag * 300_000 + b"<p>Acme builds a lab in Lyon.</p>", media_type="text/html")
    with pytest.raises(DocumentError, match="too long or too deep"):
        clean(page)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the two articles that are not ours to copy")
@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("000_14764297f930feb5", "2024-02-01", "2024-02-29"), ("002_d423cd1c253fbbaa", "2024-05-13", "2024-05-19")],
)
def test_two_articles_from_a_crawl_are_of_the_week_they_tell_of(name: str, first: str, last: str) -> None:
    page = Page(name, (SEEDS / f"{name}.txt").read_bytes())
    document, _ = clean(page, find_dates=find_dates)
    interval = document.published
    assert interval is not None
    assert (interval.earliest.isoformat(), interval.latest.isoformat()) == (first, last)
    assert interval != Interval.day(interval.earliest)
    assert Span(0, 1) not in document.noise


def test_a_language_that_is_not_read_is_said_to_be() -> None:
    told = "Microsoft ætlar að fjárfesta 300 milljónum evra í gagnaverum á Íslandi, sagði fyrirtækið í gær og í dag."
    document, findings = clean(Page("a.txt", told.encode()))
    assert document.language == "is"
    assert [finding.name for finding in findings] == ["unread-language"]
    assert "(is)" in findings[0].message
    assert clean(Page("a.txt", b"Acme S.A. 4 EUR"))[1] == ()
