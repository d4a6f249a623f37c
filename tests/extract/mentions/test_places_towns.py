"""Towns of several words in languages that inflect each of them."""

import pytest

from pledgebook.extract.mentions import find_places


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("pl", "Hala stanie w Bielsku-Białej, biuro w Zielonej Górze.", ["PL Bielsko-Biala", "PL Zielona Góra"]),
        ("cs", "Hala vyroste v Hradci Králové.", ["CZ Hradec Králové"]),
        ("cs", "Hala vyroste ve Frankfurtu nad Mohanem.", ["DE Frankfurt am Main"]),
        ("sk", "Hala vyrastie v Banskej Bystrici.", ["SK Banská Bystrica"]),
        ("hr", "Dvorana niče u Novoj Gradiški i u Slavonskom Brodu.", ["HR Nova Gradiška", "HR Slavonski Brod"]),
        ("sl", "Dvorana bo v Murski Soboti.", ["SI Murska Sobota"]),
        ("ru", "Зал строят в Нижнем Новгороде.", ["RU Nizhniy Novgorod"]),
        ("ru", "Зал строят в Набережных Челнах.", ["RU Naberezhnyye Chelny"]),
        ("uk", "Зал зводять у Кривому Розі та в Білій Церкві.", ["UA Kryvyy Rih", "UA Bila Tserkva"]),
        ("lt", "Gamykla iškils Naujojoje Akmenėje.", ["LT Naujoji Akmene"]),
        ("el", "Το κτίριο της Νέας Ιωνίας.", ["GR Néa Ionía"]),
    ],
)
def test_a_town_of_several_words_is_known_when_each_is_inflected(language: str, text: str, expected: list[str]) -> None:
    assert [f"{m.place} {m.name}" for m in find_places(text, language)] == expected
