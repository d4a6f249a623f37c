"""Sums that leave their currency out, and figures that only look like them."""

import pytest

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
