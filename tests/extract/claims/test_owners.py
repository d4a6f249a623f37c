"""Who pays what a bank leaves of the price of something that somebody builds."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts

LENT_IN_FRENCH = (
    "Garonne Calcul va bâtir à Agen un centre de données de 40 millions d'euros. Bpifrance accorde un prêt de 25 "
    "millions d'euros et l'entreprise elle-même apporte 15 millions d'euros."
)
LENT_IN_CZECH = (
    "Společnost Orlice Cloud postaví v Pardubicích datové centrum za 900 milionů korun. Česká spořitelna poskytne "
    "úvěr 600 milionů korun, zbytek ve výši 300 milionů korun půjde z vlastních zdrojů."
)
LENT_IN_TURKISH = (
    "Toros Bulut, Adana'da 90 milyon dolara bir veri merkezi kuracak. Ziraat Bankası 60 milyon dolarlık kredi verecek, "
    "kalan 30 milyon dolar öz kaynaklardan karşılanacak."
)
LENT_IN_POLISH = (
    "Firma Wisłonet zbuduje w Toruniu centrum danych warte 300 mln zł. Bank PKO BP udzieli kredytu na 180 mln zł, a "
    "inwestor dołoży 120 mln zł."
)


def told(text: str, language: str = "en") -> list[tuple[list[str], str | None]]:
    """Who pays each sum, and who is paid."""
    _, drafts = build_drafts(scene(text, language=language))
    return [
        (sorted(actor.key for actor in draft.investors), draft.recipient.key if draft.recipient else None)
        for draft in drafts
    ]


@pytest.mark.parametrize(
    ("language", "text", "builder", "lender"),
    [
        ("fr", LENT_IN_FRENCH, "Garonne Calcul", "Bpifrance"),
        ("cs", LENT_IN_CZECH, "Orlice Cloud", "Česká spořitelna"),
        ("tr", LENT_IN_TURKISH, "Toros Bulut", "Ziraat Bank"),
        ("pl", LENT_IN_POLISH, "Wisłonet", "PKO BP"),
    ],
)
def test_the_owner_is_who_builds(language: str, text: str, builder: str, lender: str) -> None:
    assert told(text, language) == [([builder], None), ([lender], builder), ([builder], None)]


def test_who_puts_a_part_in_and_lends_nothing_pays_the_whole_as_well() -> None:
    text = (
        "Kestrel Compute is building a data centre in Derby for 900 million pounds. Alderway Capital puts in 600 "
        "million pounds, Kestrel Compute itself the remaining 300 million pounds."
    )
    assert [payers for payers, _ in told(text)] == [
        ["Alderway Capital", "Kestrel Compute"],
        ["Alderway Capital"],
        ["Kestrel Compute"],
    ]


def test_what_somebody_else_is_named_for_is_not_the_owner_s() -> None:
    text = (
        "Kestrel Compute is building a data centre in Derby for 900 million pounds. Barclays grants a loan of 600 "
        "million pounds, while Bolt pays the other 300 million pounds to the owner."
    )
    assert told(text)[2][0] == ["Bolt"]


def test_sums_that_do_not_make_up_the_price_are_no_parts_of_it() -> None:
    text = (
        "Kestrel Compute is building a data centre in Derby for 900 million pounds. Barclays grants a loan of 600 "
        "million pounds to Bolt, and the owner of Bolt puts in 200 million pounds."
    )
    assert told(text)[2][0] != ["Kestrel Compute"]
