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


FAR = {
    # What opens a sentence or is bent like a word is hardly a town of a land of which nothing else tells.
    "fi": "Samalla yhtiö lahjoittaa rahaa koululle. Samaan aikaan kunta rakentaa.",
    "cs": "Loni tržby vzrostly. Druhá hala bude hotova letos.",
    "pl": "Drugi budynek będzie gotowy za rok.",
    "de": "In Zahlen: der Kanton gibt 3 Millionen. Von Jonas Keller.",
    "it": "In Borsa il titolo sale. Salta il progetto.",
    "tr": "Paranın yarısı hazır, dedi Sanayi Bakanı.",
    "en": "The pledge made at the White House suits the Gulf, said the Minister for Enterprise of the Northern Region.",
    "es": "El gobernador Mauricio Rueda minimizó el asunto.",
    "ca": "Ho ha dit la consellera Núria Montserrat.",
}


@pytest.mark.parametrize(("language", "text"), FAR.items())
def test_words_are_no_towns_of_lands_far_away(language: str, text: str) -> None:
    assert find_places(text, language) == []


def test_towns_over_the_border_are_found() -> None:
    assert [(m.place, m.name) for m in find_places("Planerne om et tredje, i Flensborg, er opgivet.", "da")] == [
        ("DE", "Flensburg")
    ]
    assert [m.place for m in find_places("Dio novca otišao je u Pečuh.", "hr")] == ["HU"]


def test_islands_and_regions_are_known_beside_small_towns_of_their_names() -> None:
    assert [m.place for m in find_places("O cabo liga os Açores à Madeira.", "pt")] == ["PT", "PT"]
    assert [m.place for m in find_places("Kampus baru di Bali dibuka.", "id")] == ["ID"]


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("España crece: el centro de datos de Cuenca abrirá en mayo.", "ES"),
        ("Ecuador crece: el centro de datos de Cuenca abrirá en mayo.", "EC"),
        ("El centro de datos de Cuenca abrirá en mayo.", "EC"),
        ("España, Perú, México y Chile crecen: el centro de datos de Cuenca abrirá en mayo.", "EC"),
    ],
)
def test_a_town_in_the_land_of_the_text_comes_before_a_larger_one_far_away(text: str, land: str) -> None:
    assert [m.place for m in find_places(text, "es") if m.name is not None] == [land]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "Sted | Eier | Sum\nLuleå | Acme | 3 milliarder\nKotka | Bolt | 2 milliarder", ["SE Luleå", "FI Kotka"]),
        ("da", "Bygherre | By | Sum\nAcme | Køge | 3 milliarder kroner", ["DK Køge"]),
        ("sv", "3. Trollhättan\nHär blir det inget.", ["SE Trollhättan"]),
        ("da", "Bygherre | By | Sum\nKøge Havn | Acme | 3 milliarder kroner", []),
    ],
)
def test_a_town_may_be_all_that_a_cell_or_a_heading_holds(language: str, text: str, expected: list[str]) -> None:
    assert [f"{m.place} {m.name}" for m in find_places(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A name of two words that opens like a small town's is another place.
        ("A hall at Bell Bay in northern Tasmania.", ["AU Tasmania"]),
        # What a land and a region share is settled by a town, too.
        ("ATLANTA - Acme will build two halls in Georgia.", ["US Atlanta", "US Georgia"]),
        ("TBILISI - Acme will build two halls in Georgia and one in Atlanta.", ["GE Tbilisi", "GE None", "US Atlanta"]),
        # A county is no legal form.
        ("Acme will build a hall in Arklow, Co Wicklow, next year.", ["IE Arklow", "IE Wicklow"]),
    ],
)
def test_what_stands_beside_a_name_tells_which_place_it_is(text: str, expected: list[str]) -> None:
    assert [f"{m.place} {m.name}" for m in find_places(text, "en")] == expected
