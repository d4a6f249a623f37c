"""Money of far lands as papers of other languages write it: by its bare name."""

from importlib.resources import files

import pytest

from pledgebook.extract.mentions.money import find_money
from pledgebook.extract.mentions.places import find_places
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.money import load_currencies

CODES = sorted(path.name.removesuffix(".toml") for path in files("pledgebook.lexicon").joinpath("languages").iterdir())


@pytest.mark.parametrize(
    ("language", "text", "currency"),
    [
        ("pt", "Um cabo de 9 mil milhões de francos CFA.", "XOF"),
        ("de", "Der Bau kostet 9 Milliarden CFA-Franc.", "XOF"),
        ("sv", "Hallen kostar 50 miljoner ringgit.", "MYR"),
        ("cs", "Hala stojí 700 milionů bahtů.", "THB"),
        ("tr", "Tesise 40 milyon manatlık bütçe ayrıldı.", "AZN"),
        ("pl", "Budowa kosztuje 3 mld szekli.", "ILS"),
        ("ru", "На центр дадут 90 млн манатов.", "AZN"),
        ("nl", "Er gaat 60 miljard naira in.", "NGN"),
        ("it", "La sala costa 12 miliardi di tenge.", "KZT"),
        ("fi", "Sali maksaa 300 miljoonaa sekeliä.", "ILS"),
    ],
)
def test_money_is_known_by_its_bare_name(language: str, text: str, currency: str) -> None:
    assert [m.amount.currency for m in find_money(text, language) if m.amount is not None] == [currency]


def test_a_name_that_several_lands_share_means_the_money_of_the_one_beside_it() -> None:
    text = "They will invest 10 billion riyals ($2.7 billion) in Dammam."
    (told,) = find_money(text, "en", places=find_places(text, "en"))
    assert told.amount is not None
    assert (told.amount.currency, [money.currency for money in told.amount.also]) == ("SAR", ["USD"])


@pytest.mark.parametrize("code", CODES)
def test_every_shared_name_is_known_to_the_list_of_currencies(code: str) -> None:
    classes = load_currencies().countries
    assert [label for label in load_language(code).money.names if not label.isupper() and label not in classes] == []
