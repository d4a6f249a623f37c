"""Names that a text in other letters explains by Latin ones."""

import pytest

from pledgebook.extract.mentions import find_organisations


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("bg", "Кметът и „Родопски Облак“ (Rodope Cloud GmbH) са съгласни. „Родопски Облак“ строи.", "Rodope Cloud"),
        ("uk", "Про це каже «Сіяна Дата» (Siyana Data). «Сіяна Дата» будує центр.", "Siyana Data"),
    ],
)
def test_a_name_is_latin_all_over_a_text_that_has_it_in_a_bracket(language: str, text: str, name: str) -> None:
    assert {m.party.name for m in find_organisations(text, language, doubtful=True) if m.party is not None} == {name}
