"""Texts that were decoded twice are read as they were meant, and quoted as they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import Span
from pledgebook.extract.claims.view import read_view

SPANISH = "La compañía invertirá 2.100 millones en España: Málaga, Aragón y Logroño recibirán centros."
POLISH = "Spółka wyda ćwierć miliarda złotych w Łodzi i w Gdańsku, jeśli zgodzą się władze."
QUOTED = "“We’ll build it in Gävle” – so said Åsa’s team in Malmö."


def twice(text: str, charset: str = "latin-1") -> str:
    return text.encode().decode(charset)


@pytest.mark.parametrize("text", [SPANISH, POLISH, QUOTED])
def test_what_was_decoded_twice_is_read_as_it_was_meant(text: str) -> None:
    assert read_view(twice(text)).text == text


def test_windows_letters_are_undone_too() -> None:
    assert read_view("EspaÃ±a, MÃ¡laga and AragÃ³n – itâ€™s a plan").text == "España, Málaga and Aragón – it’s a plan"


@pytest.mark.parametrize("text", [SPANISH, POLISH, QUOTED, "", "plain ascii only"])
def test_a_sound_text_is_its_own_view(text: str) -> None:
    view = read_view(text)
    assert view.text == text
    assert view.original(Span(0, len(text))) == Span(0, len(text))


def test_one_or_two_odd_pairs_are_no_damage() -> None:
    assert read_view("SÃO PAULO, DÂ± 2").text == "SÃO PAULO, DÂ± 2"


@pytest.mark.parametrize("word", ["España", "Aragón", "Logroño", "2.100 millones", "La compañía"])
def test_spans_lead_back_to_the_kept_text(word: str) -> None:
    kept = twice(SPANISH)
    view = read_view(kept)
    start = view.text.index(word)
    span = Span(start, start + len(word))
    home = view.original(span)
    assert home.of(kept) == twice(word)
    assert view.viewed(home) == span


words = st.lists(st.sampled_from(["é", "ñ", "ł", "’", "–", "a", "zz", " ", "12", "中"]), max_size=30).map("".join)


@given(words, st.data())
def test_every_stretch_of_a_view_has_its_stretch_of_the_text(text: str, data: st.DataObject) -> None:
    kept = twice(text)
    view = read_view(kept)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    home = view.original(Span(start, end))
    # Whatever the view mended, the words at home read as the words of the view.
    assert 0 <= home.start <= home.end <= len(kept)
    assert home.of(kept) in (view.text[start:end], twice(view.text[start:end]))
