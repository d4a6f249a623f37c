from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.places import load_countries, load_name_words
from pledgebook.lexicon.towns import load_towns

LANGUAGES = [
    "en",
    "nl",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "ca",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "ro",
    "hu",
    "bg",
    "mk",
    "el",
    "sv",
    "da",
    "nb",
    "fi",
    "et",
    "lv",
    "lt",
    "uk",
    "ru",
    "tr",
    "ar",
    "he",
    "hi",
    "id",
    "vi",
    "th",
    "ja",
    "zh",
    "ko",
]


def test_a_skeleton_is_as_long_as_the_text() -> None:
    text = "İstanbul ǅ ẞ Ｔｏｋｙｏ Ñandú ŒUVRE ﬁ Ωμέγα\u2009١٢"
    assert len(skeleton(text)) == len(text)


def test_every_language_knows_spain_and_japan() -> None:
    for code in LANGUAGES:
        codes = {place.code for place in load_countries(code).names.values()}
        assert {"ES", "JP", "150", "142", "002", "EU"} <= codes, code


def test_every_script_has_towns() -> None:
    for code in LANGUAGES:
        towns = load_towns(load_name_words(code).script)
        assert len(towns.refs.every()) > 1000, code


def test_towns_come_with_country_and_geonames_id() -> None:
    (town,) = [town for town in load_towns("latn").named("zaragoza") if town.country == "ES" and not town.is_region]
    assert (town.name, town.country, town.geonames) == ("Zaragoza", "ES", 3104324)


def test_each_name_of_an_organisation_stands_for_one() -> None:
    organisations = load_organisations()
    assert len({listed.party.name for listed in organisations.by_skeleton.values()}) > 400
    assert organisations.governments["BE"].name == "Belgian government"
