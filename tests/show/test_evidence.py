import re
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from factory import claim
from pledgebook.domain import Claim, Document, Evidence, ReadDocument, Span
from pledgebook.show.evidence import evidence_page, marked

TEXT = "Acme <script>alert(1)</script> gives & takes 3 bn\nin Spain."


def told(name: str, *spans: tuple[str, int, int]) -> Claim:
    return replace(claim(name), evidence=tuple(Evidence(field, Span(a, b), TEXT[a:b]) for field, a, b in spans))


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted), max_size=8))
def test_marks_never_change_the_words(spans: Any) -> None:
    claims = [told(f"c{n}", ("amount", start, end)) for n, (start, end) in enumerate(spans)]
    shown = marked(Document("a", TEXT, "en"), claims)
    words = re.sub(r"<sup>.*?</sup>|<[^>]*>", "", shown)
    for code, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        words = words.replace(code, char)
    assert words == TEXT
    assert shown.count("<mark") == shown.count("</mark>")


def test_overlapping_marks_are_cut_and_each_names_its_claims() -> None:
    shown = marked(Document("a", TEXT, "en"), [told("c", ("investors", 0, 10)), told("d", ("amount", 5, 20))])
    assert '<mark title="1: investors">Acme </mark>' in shown
    assert '<mark class=several title="1: investors; 2: amount">&lt;scri</mark><sup>1</sup>' in shown


def test_nothing_of_a_document_becomes_markup() -> None:
    document = Document('a"><img src=x onerror=y>', TEXT, 'en"><b', title="</title><script>x</script>", name="d")
    page = "".join(evidence_page([ReadDocument(document, (told("c", ("amount", 0, 4)),))]))
    assert "<script" not in page
    assert "<img" not in page
    assert 'lang="en&quot;&gt;&lt;b"' in page


def test_noise_is_shown_as_noise() -> None:
    document = Document("a", "Menu\nWords", "en", noise=(Span(0, 4),))
    assert marked(document, []) == "<span class=noise>Menu</span>\nWords"
