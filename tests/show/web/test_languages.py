import sys
from pathlib import Path

import pytest

from pledgebook.show.web.languages import LANGUAGES, Catalogue, choose_language, load_catalogue, read_po

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))
import make_catalogues

OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_with_its_blanks(language: str) -> None:
    texts, found = make_catalogues.texts(), load_catalogue(language).texts
    assert set(texts) == set(found)
    for text, forms in found.items():
        assert all(forms), text
        for form in forms:
            assert sorted(set(_blanks(form))) == sorted(set(_blanks(text))), (text, form)


def _blanks(text: str) -> list[str]:
    import re

    return re.findall(r"\{\w*\}", text)


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_are_as_the_tool_writes_them(language: str) -> None:
    path = make_catalogues.WEB / "locale" / f"{language}.po"
    assert path.read_text(encoding="utf-8") == make_catalogues.catalogue(language, make_catalogues.texts())


def test_plurals_follow_the_language() -> None:
    polish, french = load_catalogue("pl"), load_catalogue("fr")
    said = [polish.ngettext("{n} telling", "{n} tellings", n) for n in (1, 2, 5, 12, 22)]
    assert said == ["{n} relacja", "{n} relacje", "{n} relacji", "{n} relacji", "{n} relacje"]
    assert french.ngettext("{n} telling", "{n} tellings", 0) == "{n} récit"
    assert Catalogue("en").ngettext("{n} telling", "{n} tellings", 0) == "{n} tellings"


def test_what_nobody_translated_stays_english() -> None:
    assert load_catalogue("nl").gettext("Nobody ever wrote this") == "Nobody ever wrote this"
    assert load_catalogue("xx").language == "en"


def test_long_texts_may_span_lines() -> None:
    assert dict(read_po('# who\nmsgid "a"\n"b"\nmsgstr ""\n"c \\"d\\""\n')) == {"ab": ('c "d"',)}


def test_a_broken_wish_for_a_language_is_english() -> None:
    assert choose_language(None, "nl;q=x,;;;") == "en"
    assert choose_language(None, "nl;q=0") == "en"
    assert choose_language(None, "de-AT") == "de"
