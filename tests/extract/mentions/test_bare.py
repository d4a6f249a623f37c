"""Sums that leave their currency out, and figures that only look like them."""

import pytest

from documents import scene
from pledgebook.extract.mentions.bare import find_bare_sums
from pledgebook.extract.mentions.money import find_money
from pledgebook.extract.mentions.places import find_places


def bare(text: str, language: str) -> list[str]:
    return [mention.span.of(text) for mention in find_bare_sums(text, language, find_money(text, language))]


@pytest.mark.parametrize(
    ("language", "text", "sums"),
    [
        ("en", "They pledged 2.2 billion on top of $4 billion, for 1.3 billion users.", ["2.2 billion"]),
        (
            "nl",
            "Er gaat 4 miljard euro in. Er zijn 3,2 miljard gebruikers. Met die 2 miljard bouwt men.",
            ["2 miljard"],
        ),
        ("de", "4 Milliarden Euro für 3,2 Milliarden Nutzer. Davon gehen 2 Milliarden nach Spanien.", ["2 Milliarden"]),
        ("fr", "4 milliards d'euros pour 3 milliards de pages. Mais 67 millions vont à Lyon.", ["67 millions"]),
        (
            "es",
            "4.000 millones de euros para 300 millones de usuarios; 2.000 millones irán a Aragón.",
            ["2.000 millones"],
        ),
        ("it", "4 miliardi di euro per 30 milioni di utenti. Due miliardi andranno in Puglia.", ["Due miliardi"]),
        ("da", "4 milliarder euro til 30 millioner brugere.", []),
    ],
)
def test_a_figure_is_a_sum_where_no_noun_says_what_is_counted(language: str, text: str, sums: list[str]) -> None:
    assert bare(text, language) == sums


def test_a_sentence_goes_on_counting_what_it_has_named() -> None:
    assert not bare("They put in $3 billion and train 20 million people by 2030, up from 10 million.", "en")


def test_square_feet_by_the_million_are_no_money() -> None:
    assert not bare("The campus costs $3 billion. The two-million-square-foot site opens soon.", "en")


def test_a_billion_is_a_manner_of_speaking_far_from_any_sum() -> None:
    assert not bare("The trouble with a billion\nAmazon promised $3 million.", "en")
    assert bare("Amazon promised $3 billion, Google a billion.", "en") == ["a billion"]


def test_a_figure_has_the_currency_that_it_is_told_with_elsewhere() -> None:
    text = "Hallen koster 7 milliarder. Det er 600 millioner euro, snaut syv milliarder kroner."
    (mention,) = find_bare_sums(text, "nb", find_money(text, "nb"))
    assert mention.amount is not None
    assert (mention.amount.value, mention.amount.currency) == (7_000_000_000, "NOK")


def test_the_crowns_of_a_paper_are_its_own_whatever_land_it_speaks_of() -> None:
    text = "Danska bolag lägger 14 miljarder kronor i Danmark."
    (mention,) = find_money(text, "sv", places=find_places(text, "sv"))
    assert mention.amount is not None
    assert mention.amount.currency == "SEK"


def currencies(text: str, language: str) -> list[str]:
    places = find_places(text, language)
    found = find_bare_sums(text, language, find_money(text, language, places=places), places=places)
    return [mention.amount.currency for mention in found if mention.amount is not None]


def test_a_new_paragraph_counts_in_the_money_of_the_newsroom() -> None:
    text = (
        "Northgrid haalde 6 miljard dollar op.\n\nDe hal kost 40 miljoen euro.\n\nBluefern kreeg 3 miljard dollar.\n\n"
        "De cursus kost 5,2 miljoen, betaald door de provincie."
    )
    assert currencies(text, "nl") == ["EUR"]


def test_a_paragraph_about_a_land_counts_in_its_money() -> None:
    text = (
        "Northgrid investirà 8 miliardi di dollari in Texas. La sede costa 3 milioni di euro.\n\n"
        "Bluefern costruisce nel Michigan una sala da 500 milioni, dicono negli Stati Uniti."
    )
    assert currencies(text, "it") == ["USD"]


def test_a_dividend_says_nothing_of_the_millions_behind_it() -> None:
    text = "La sala costa 30 milioni di euro.\n\nIl dividendo è di 26 franchi. Northgrid spende 500 milioni a Torino."
    assert currencies(text, "it") == ["EUR"]


@pytest.mark.parametrize(
    ("language", "text", "sums"),
    [
        ("nl", "De hal kost 85 miljoen euro. De stad betaalt daarnaast 9 miljoen mee aan de kabel.", ["9 miljoen"]),
        ("nl", "De hal kost 85 miljoen euro. Het net heeft 9 miljoen actieve gebruikers.", []),
        ("sv", "Hallen kostar 85 miljoner kronor. Staten ger 60 miljoner extra till kabeln.", ["60 miljoner"]),
        ("cs", "Hala stojí 8 miliard korun, z toho 5 miliard zaplatí Northgrid.", ["5 miliard"]),
        ("cs", "Hala stojí 8 miliard korun. Síť má 5 milionů zákazníků.", []),
        ("hu", "A gép 30 milliárd forint. A következő, mondják, tizenötmilliárdos lesz.", ["tizenötmilliárdos"]),
        ("it", "La sala costa 5 miliardi di euro e riceve 2 miliardi di finanziamenti.", ["2 miliardi"]),
        (
            "es",
            "La sala costaba 750 millones de euros.\n\nAhora pasa de los 1.000 millones, dicen.",
            ["1.000 millones"],
        ),
    ],
)
def test_any_word_may_follow_a_sum_but_what_is_counted(language: str, text: str, sums: list[str]) -> None:
    assert bare(text, language) == sums


def test_a_year_before_up_to_opens_no_range() -> None:
    (mention,) = find_money("Im Dezember 2024 bis zu 700 Mio. Euro.", "de")
    assert mention.amount is not None
    assert mention.amount.value == 700_000_000


def test_grants_are_no_count_and_an_article_counts_nothing() -> None:
    text = (
        "Havnord investit 90 millions d'euros, dont 20 millions de subventions et 15 millions de la Région, pour 3 millions "
        "de clients."
    )
    assert bare(text, "fr") == ["20 millions", "15 millions"]


def test_a_text_without_any_currency_counts_in_that_of_its_land() -> None:
    text = (
        "Québec accorde un prêt de 45 millions à l'entreprise, qui a 3 millions de clients. La ville compte 2 millions."
    )
    assert [(m.amount.value, m.amount.currency) for m in find_bare_sums(text, "fr", [], country="CA") if m.amount] == [
        (45_000_000, "CAD")
    ]
    assert find_bare_sums(text, "fr", []) == []


@pytest.mark.parametrize(
    ("language", "text", "money"),
    [
        (
            "it",
            "Retelit investirà 40 milioni nel data center di Avellino. Ha 3 milioni di clienti.",
            (40_000_000, "EUR"),
        ),
        ("it", "A Lugano e a Bellinzona si costruisce: il centro costerà 40 milioni.", (40_000_000, "CHF")),
        ("it", "L'Italia destinerà 40 milioni a un data center in Egitto, al Cairo.", (40_000_000, "EUR")),
        ("es", "El Gobierno de México invertirá 40 millones en un centro de datos en Querétaro.", (40_000_000, "MXN")),
        ("pt", "A Embraer investirá 40 milhões num laboratório em Campinas, no Brasil.", (40_000_000, "BRL")),
        ("de", "Siemens investiert in Jena 40 Millionen in ein Labor und 2 Millionen Chips.", (40_000_000, "EUR")),
    ],
)
def test_a_text_without_any_currency_counts_in_that_of_its_newsroom(
    language: str, text: str, money: tuple[int, str]
) -> None:
    told = [m.amount for m in scene(text, language=language).money if m.amount is not None]
    assert [(amount.value, amount.currency) for amount in told] == [money]


def test_a_hyphen_joins_a_sum_to_what_it_pays_for() -> None:
    text = "Das 300-Millionen-Projekt kostet nun 400 Millionen Euro, bei 80 Millionen Nutzern."
    assert bare(text, "de") == ["300-Millionen"]
    assert bare("Die 80-Millionen-Stadt gibt 4 Millionen Euro.", "de") == []
