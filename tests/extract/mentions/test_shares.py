"""Sums that are told as shares of others."""

import pytest

from documents import scene
from pledgebook.domain import Basis
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language


def shares(found: Scene) -> list[tuple[str, int]]:
    return [
        (mention.span.of(found.text), int(mention.amount.value))
        for mention in found.money
        if mention.amount is not None and mention.amount.basis is Basis.IMPLIED
    ]


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        ("en", "The hall costs $900 million. Bluefern Bank lends a third of that.", ("a third", 300_000_000)),
        # A share of the cost is one of all of it, not of what was told last.
        (
            "en",
            "The $900 million hall gets $12 million for roads. Bluefern will pay two-thirds of the cost.",
            ("two-thirds", 600_000_000),
        ),
        ("de", "Das Werk kostet 80 Millionen Euro. Ein Viertel trägt die Stadt Aue.", ("Ein Viertel", 20_000_000)),
        ("nl", "Northgrid steekt 90 miljoen euro in de hal, de stad evenveel.", ("evenveel", 90_000_000)),
        ("fr", "Northgrid apporte 12 millions d'euros, la ville autant.", ("autant", 12_000_000)),
        ("pl", "Northgrid da 40 mln zł, drugie tyle dołoży miasto.", ("drugie tyle", 40_000_000)),
        ("sv", "Northgrid lägger 7 miljarder kronor, Bluefern lika mycket.", ("lika mycket", 7_000_000_000)),
        ("en", "Of the $2 billion Northgrid pays $1.4 billion, Bluefern the rest.", ("the rest", 600_000_000)),
        # What is listed with the next part is no whole of its own.
        (
            "fr",
            "La salle coûtera 100 millions d'euros : Northgrid paie 40 millions, Bluefern 35 millions et la ville le reste.",
            ("le reste", 25_000_000),
        ),
        (
            "fr",
            "84 milliards de FCFA (128 millions d'euros). Northgrid prête 15 milliards et Bluefern 12 milliards. Le reste ?",
            ("Le reste", 57_000_000_000),
        ),
        (
            "cs",
            "Stavba vyjde na 8 miliard korun, z toho 5 miliard zaplatí Northgrid a zbytek město.",
            ("zbytek", 3_000_000_000),
        ),
        ("en", "Half of the $60 million comes from the Bluefern fund.", ("Half", 30_000_000)),
    ],
)
def test_a_share_has_the_value_that_follows_from_its_whole(language: str, text: str, share: tuple[str, int]) -> None:
    assert shares(scene(text, language=language)) == [share]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            "The hall costs $900 million. Bluefern Bank will finance 80 percent of the cost.",
            [("80 percent", 720)],
        ),
        (
            "en",
            "They put in $900 million. Northgrid will contribute 70% and Bluefern 30%.",
            [("70%", 630), ("30%", 270)],
        ),
        ("de", "Das Werk kostet 80 Millionen Euro. Der Bund trägt 50 Prozent der Kosten.", [("50 Prozent", 40)]),
        ("fr", "La salle coûte 40 millions d'euros. La région finance 20 % du coût.", [("20 %", 8)]),
        ("cs", "Hala stojí 40 milionů korun. Kraj uhradí 25 % nákladů.", [("25 %", 10)]),
        # Of several projects it is a part of the one that its paragraph is about.
        (
            "en",
            "A port costs $900 million.\n\nThe hall costs $50 million. The city pays 20% of the cost.",
            [("20%", 10)],
        ),
    ],
)
def test_a_percentage_that_somebody_pays_is_a_share(language: str, text: str, found: list[tuple[str, int]]) -> None:
    assert [(words, value // 10**6) for words, value in shares(scene(text, language=language))] == found


@pytest.mark.parametrize(
    "text",
    [
        "The hall costs $900 million. Northgrid's shares rose 4%, its cloud sales 31 percent.",
        "The hall costs $900 million. Bluefern holds 60% of the venture.",
        "The hall costs $900 million. The plant will provide 30% of the power.",
        "The hall costs $900 million. Northgrid is owned 70% by the fund Bluefern.",
    ],
)
def test_a_percentage_of_anything_else_is_no_share(text: str) -> None:
    assert shares(scene(text, language="en")) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The hall costs $900 million. It opens in the second half of 2027."),
        ("en", "The hall costs $900 million and takes a year and a half."),
        ("en", "The hall costs $900 million. A third of it, $300 million, comes from Bluefern."),
        ("en", "Northgrid, at $60 a share, wants a third of the market."),
        ("en", "The hall costs $900 million; Northgrid and the city pay half each."),
    ],
)
def test_what_is_no_share_or_is_told_as_a_figure_beside(language: str, text: str) -> None:
    assert not shares(scene(text, language=language))


def test_the_rest_is_left_by_the_nearest_whole_that_has_parts() -> None:
    text = (
        "Northgrid once spent 500 million euros. Now 118 million euros go into fibre. "
        "The Bluefern bank lends 55 million euros, the city gives 30 million euros, the owners bring the rest."
    )
    assert shares(scene(text)) == [("the rest", 33_000_000)]


@pytest.mark.parametrize("code", ["ar", "de", "en", "hi", "ja", "ko", "th", "zh"])
def test_languages_have_words_for_shares(code: str) -> None:
    assert {"1/2", "1/3", "1/4", "1"} <= set(load_language(code).shares)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The hall costs $900 million. A third of the teachers use it."),
        ("hr", "Dvorana stoji 90 milijuna eura. Koristi je trećina nastavnika."),
        ("sl", "Dvorana stane 90 milijonov evrov. Uporablja jo četrtina učiteljev."),
    ],
)
def test_a_share_of_people_is_no_sum(language: str, text: str) -> None:
    assert shares(scene(text, language=language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The $90 million hall gets $60 million from Bluefern and the remaining $25 million from the city."),
        ("da", "Hallen koster 90 mio. kr., Bluefern giver 60 mio. kr., og de resterende 25 mio. kr. kommer fra byen."),
        ("de", "Die Halle kostet 90 Mio. Euro, Bluefern gibt 60 Mio. Euro, der Rest (rund 25 Mio. Euro) fehlt."),
    ],
)
def test_a_rest_with_its_figure_behind_it_is_no_share(language: str, text: str) -> None:
    assert shares(scene(text, language=language)) == []
