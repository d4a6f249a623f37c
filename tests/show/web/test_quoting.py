from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factory import amount, claim, tell
from pledgebook.domain import Claim, Document, Evidence, Span
from pledgebook.show.web.quoting import (
    field_of,
    marked_html,
    quotes_of,
    sentence_around,
    sentence_url,
    source_url,
    uses_of,
)


def test_marks_overlap_and_each_piece_names_all_it_is_for() -> None:
    document = Document("a", "Acme gives 3 <bn>", "en")
    made = Claim("c", evidence=(Evidence("investors", Span(0, 4), "Acme"), Evidence("amount", Span(2, 12), "")))
    html = marked_html(document, [made], chosen="c.amount")
    assert html.count("<mark") == 3
    assert 'class="ev f-investors several chosen"' in html
    assert 'data-uses="1:c.investors 1:c.amount"' in html
    assert '<span id="c.amount" class="anchor">' in html
    assert "&lt;bn&gt;" in html


@given(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["amount", "stage", "places.1"])), max_size=6
    ),
)
def test_whatever_is_marked_the_text_stays_the_same(text: str, spans: list[tuple[int, int, str]]) -> None:
    import html
    import re

    from pledgebook.show.text import plain

    evidence = tuple(
        Evidence(field, Span(min(a, b), max(a, b)), text[min(a, b) : max(a, b)])
        for a, b, field in spans
        if max(a, b) <= len(text)
    )
    marked = marked_html(Document("a", text, "en"), [Claim("c", evidence=evidence)])
    assert html.unescape(re.sub(r"<[^>]*>", "", marked)) == plain(text, lines=True)


def test_a_claim_may_have_several_pieces_of_evidence_for_a_field() -> None:
    document = Document("a", "Paris and Lyon", "en")
    made = Claim("c", evidence=(Evidence("places", Span(0, 5), "Paris"), Evidence("places", Span(10, 14), "Lyon")))
    assert [use.mark for use in uses_of(document, [made])] == ["c.places", "c.places~2"]


def test_noise_is_dim_and_never_marked() -> None:
    html = marked_html(Document("a", "menu Acme", "en", noise=(Span(0, 5),)), [])
    assert html == '<span class="noise">menu </span>Acme'


def test_quotes_begin_with_the_readers_language_and_the_figure_that_holds() -> None:
    def telling(name: str, language: str, said: str, worth: str) -> object:
        made = replace(claim("c", "Acme", "FR", worth), evidence=(Evidence("amount", Span(0, 1), said),))
        return replace(tell(name, "2024-05-13", made)[0], language=language)

    tellings = [
        telling("a", "ja", "40億", "4 bn EUR"),
        telling("b", "en", "4 dollars", "4 bn USD"),
        telling("c", "en", "4 euros", "4 bn EUR"),
    ]
    told = amount("4 bn EUR")
    assert told is not None
    found = quotes_of(tellings, language="en", amount=told.money)  # type: ignore[arg-type]
    assert [quote.words for quote in found["amount"]] == ["4 euros", "40億", "4 dollars"]
    assert found["amount"][0].url.startswith("/documents/c?mark=")


def test_only_addresses_of_the_web_are_linked() -> None:
    assert source_url("javascript:alert(1)") is None
    assert source_url("http:") is None
    assert source_url("http://[bad") is None
    assert sentence_url("a.html", "words") is None
    assert sentence_url("https://e.example/a#old", "up-to 3") == "https://e.example/a#:~:text=up%2Dto%203"


def test_the_sentence_around_words() -> None:
    document = Document("a", "One. Two here.", "en")
    assert sentence_around(document, Span(5, 8)) == "Two"
    assert field_of("relations[0].claim") == "relations"
