import re
import tomllib
from decimal import Decimal
from importlib.resources import files

import pytest

from pledgebook.domain import LexiconError
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.places import load_name_words
from pledgebook.lexicon.terms import TermTable, sum_parts
from pledgebook.lexicon.tokens import fold_word

CODES = re.findall(
    r"[a-z]{2}",
    "en nl de fr es it pt ca pl cs sk sl hr ro hu bg mk el sv da nb fi et lv lt uk ru tr ar he hi id vi th ja zh ko",
)


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_words_for_all_finders(code: str) -> None:
    language = load_language(code)
    assert language.is_known
    assert language.numbers.scales
    assert language.money.names["EUR"]
    assert len(language.dates.months) == 12
    assert len(language.dates.weekdays) == 7
    assert {"gpus", "jobs", "data_centres", "people", "sites", "startups", "researchers"} <= set(
        language.quantities.nouns
    )
    assert {"trained", "supported", "construction", "hired"} <= set(language.quantities.context)
    assert language.territories["FR"]
    assert language.homes


@pytest.mark.parametrize("code", CODES)
def test_the_country_that_a_language_means_by_itself_is_one_of_its_own(code: str) -> None:
    home = load_name_words(code).home
    assert home is None or home in load_language(code).homes


@pytest.mark.parametrize("code", CODES)
def test_no_phrase_stands_for_two_numbers(code: str) -> None:
    numbers = load_language(code).numbers
    seen: dict[str, str] = {}
    for value, several in {**numbers.words, **numbers.scales}.items():
        for phrase in several:
            # Arabic "مليارا" is a dual alone and a scale word behind a figure.
            duals = {value, f"{2 * Decimal(value):f}", f"{Decimal(value) / 2:f}"}
            assert seen.setdefault(fold_word(phrase), value) in duals, phrase


def test_regions_keep_their_habits() -> None:
    mexican, spanish = load_language("es-MX"), load_language("es")
    assert (mexican.numbers.decimal, mexican.country) == (".", "MX")
    assert spanish.numbers.decimal == ","


def test_codes_that_share_a_language() -> None:
    assert load_language("no").code == load_language("nn").code == load_language("nb-NO").code == "nb"
    assert load_language("zh-Hant").code == "zh"
    assert load_language("zh-Hant").likely == "TW"
    assert load_language("pt-BR").code == "pt"


def test_an_unknown_language_reads_english() -> None:
    assert not load_language("xx").is_known
    assert load_language("").money.names["EUR"] == load_language("en").money.names["EUR"]


def test_all_files_are_listed() -> None:
    folder = files("pledgebook.lexicon").joinpath("languages")
    assert {entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")} == set(
        CODES
    )
    for entry in folder.iterdir():
        tomllib.loads(entry.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("parts", "value"),
    [((5, 20), 25), ((2, 100), 200), ((3, 1000, 5, 100), 3500), ((20, 5), 25), ((5, 5), None), ((2, 10**6), 2 * 10**6)],
)
def test_sum_parts(parts: tuple[int, ...], value: int | None) -> None:
    assert sum_parts([Decimal(part) for part in parts]) == value


def test_a_star_in_the_middle_is_refused() -> None:
    with pytest.raises(LexiconError, match="star"):
        TermTable([("in*vest", "x", "", None)])


def test_particles_and_prefixes_are_seen_through() -> None:
    table = TermTable(
        [("원", "currency", "KRW", None), ("דולר", "currency", "dollar", None)], particles=["을"], prefixes=["ב"]
    )
    assert table.longest(["원을"], 0) == table.longest(["원"], 0)
    assert table.longest(["בדולר"], 0) == table.longest(["דולר"], 0)
