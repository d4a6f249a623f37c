from pathlib import Path

import pytest

import pledgebook.lexicon
from pledgebook.lexicon.matcher import fold
from pledgebook.lexicon.page import PageWords, load_common_words, load_page_words, load_template_words

LANGUAGES = sorted(path.stem for path in (Path(pledgebook.lexicon.__path__[0]) / "languages").glob("*.toml"))


def test_templates_often_stay_english() -> None:
    english = load_page_words("en")
    dutch = load_page_words("nl-BE")
    assert english.block < dutch.block
    assert set(english.teaser) < set(dutch.teaser)
    assert dutch == load_page_words("nl")


@pytest.mark.parametrize("code", ["xx", "und", "../en", ""])
def test_a_language_without_a_file_has_the_english_words(code: str) -> None:
    assert load_page_words(code) == load_page_words("en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_in_lower_case_as_they_are_looked_for(code: str) -> None:
    words = load_page_words(code)
    assert all(word == word.lower() and not word.endswith(".") for word in words.abbreviations)
    assert all(phrase == fold(phrase) for phrase in (*words.block, *words.banner))
    assert all(phrase == fold(phrase) or phrase.isupper() for phrase in words.teaser)
    assert words != PageWords()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_can_be_told_by_words_or_by_its_script(code: str) -> None:
    common = load_common_words()
    assert code in common.words.keys() | common.scripts.keys()
    assert all(word == word.lower() for word in common.words.get(code, ()))


def test_letters_are_of_languages_that_are_known_and_beyond_ascii() -> None:
    common = load_common_words()
    assert common.letters.keys() <= common.words.keys() | common.scripts.keys()
    assert not any(letter.isascii() for letters in common.letters.values() for letter in letters)


def test_a_variant_is_told_by_what_the_other_lacks() -> None:
    (variant,) = load_common_words().variants
    assert (variant.code, variant.of) == ("zh-Hant", "zh")
    assert variant.marks.isdisjoint(variant.against)


def test_what_is_never_the_article_is_not_what_may_be() -> None:
    templates = load_template_words()
    assert templates.never.isdisjoint(templates.around)
    assert ("most", "read") in templates.pairs
    assert all(word.isascii() and word.islower() for word in templates.never | templates.around)
    assert all(word == word.lower() for word in templates.adverts)
