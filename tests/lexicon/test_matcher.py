from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import LexiconError
from pledgebook.lexicon.matcher import PhraseMatcher, fold


def found(text: str, **phrases: list[str]) -> list[tuple[str, str]]:
    return [(match.label, match.span.of(text)) for match in PhraseMatcher(phrases).find(text)]


def test_phrases_are_whole_words_in_any_case() -> None:
    assert found("INVEST, reinvest; invests? Invest!", a=["invest"]) == [("a", "INVEST"), ("a", "Invest")]


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    text = "Invests and reinvested: Rekordinvestition"
    assert found(text, a=["invest*"]) == [("a", "Invests")]
    assert found(text, a=["*investition"]) == [("a", "Rekordinvestition")]
    assert found(text, a=["*invest*"]) == [("a", "Invests"), ("a", "reinvested"), ("a", "Rekordinvestition")]


def test_a_blank_stands_for_any_blanks() -> None:
    assert found("to put\u00a0 money\n in", a=["put money in"]) == [("a", "put\u00a0 money\n in")]


def test_apostrophes_and_hyphens_are_of_one_kind() -> None:
    assert found("d’ici – co‑operate", a=["d'ici"], b=["co-operate"]) == [("a", "d’ici"), ("b", "co‑operate")]


def test_the_longest_phrase_at_a_place_wins_and_none_overlap() -> None:
    assert found("data centre park", a=["data"], b=["data centre"], c=["centre park"]) == [("b", "data centre")]


def test_of_two_labels_the_first_keeps_a_phrase() -> None:
    assert found("data", a=["data"], b=["data"]) == [("a", "data")]


def test_scripts_without_blanks_have_phrases_anywhere() -> None:
    assert found("同社が投資する", a=["投資"]) == [("a", "投資")]
    assert found("บริษัทลงทุนใน", a=["ลงทุน"]) == [("a", "ลงทุน")]


def test_signs_are_phrases_too() -> None:
    assert found("4€ and $5, US$6", a=["€"], b=["$"], c=["us$"]) == [("a", "€"), ("b", "$"), ("c", "US$")]


def test_folding_before_changes_nothing() -> None:
    matcher = PhraseMatcher({"a": ["istanbul*"]})
    text = "ISTANBUL'da"
    assert list(matcher.find(text, folded=fold(text))) == list(matcher.find(text))


def test_no_phrases_find_nothing() -> None:
    assert found("anything at all") == []


@pytest.mark.parametrize("phrase", ["", "  ", "*", "**", "in*vest"])
def test_a_phrase_without_letters_or_with_a_star_inside_is_refused(phrase: str) -> None:
    with pytest.raises(LexiconError, match="A star may stand at an end"):
        PhraseMatcher({"a": [phrase]})


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text) or "\u0130" in text or any(len(char.lower()) > 1 for char in text)


@given(
    st.lists(st.text(alphabet="abé投 -", min_size=1, max_size=4).filter(str.strip), min_size=1, max_size=5),
    st.text(alphabet="ABabé投 -\n,", max_size=30),
)
def test_every_match_is_one_of_the_phrases_and_no_plain_phrase_is_missed(phrases: list[str], text: str) -> None:
    wanted = {" ".join(fold(phrase).split()) for phrase in phrases}
    matches = list(PhraseMatcher({"a": phrases}).find(text))
    assert all(" ".join(fold(match.span.of(text)).split()) in wanted for match in matches)
    assert [match.span for match in matches] == sorted(match.span for match in matches)
    assert all(not one.span.overlaps(other.span) for one, other in pairwise(matches))
    for word in fold(text).replace(",", " ").replace("-", " ").split():
        if word in wanted and word.isascii():
            assert matches


def test_vowel_signs_of_arabic_and_hebrew_count_for_nothing() -> None:
    assert found("قُدِّرت القيمة", a=["قدرت"]) == [("a", "قُدِّرت")]
    assert found("قدرت", a=["قُدّرت*"]) == [("a", "قدرت")]
    assert found("שָׁלוֹם, שלום", a=["שלום"]) == [("a", "שָׁלוֹם"), ("a", "שלום")]


def test_arabic_letters_that_stand_for_one_another_are_one() -> None:
    assert found("اعلنت الشركه", a=["أعلنت"], b=["الشركة"]) == [("a", "اعلنت"), ("b", "الشركه")]
