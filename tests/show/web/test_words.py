from datetime import date
from decimal import Decimal

import pytest

from factory import amount, claim, days, ledger, tell
from pledgebook.domain import Deliverable, Kind, Qualifier
from pledgebook.show.web.languages import load_catalogue
from pledgebook.show.web.words import Words

ENGLISH = Words(load_catalogue("en"))


def plain(said: str) -> str:
    return said.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "15.7 bn EUR"),
        ("nl", "15,7 mld EUR"),
        ("fr", "15,7 Md EUR"),
        ("de", "15,7 Mrd. EUR"),
        ("pl", "15,7 mld EUR"),
    ],
)
def test_money_in_each_language(language: str, expected: str) -> None:
    assert plain(Words(load_catalogue(language)).money(Decimal("15.7e9"), "EUR")) == expected


def test_amounts_keep_their_precision() -> None:
    assert plain(ENGLISH.amount(amount("30 bn EUR"))) == "30 bn EUR"
    assert ENGLISH.amount(None) == "–"


def test_deliverables_in_words() -> None:
    made = Deliverable(Kind.GPUS, Decimal(25000), Qualifier.UP_TO, due=date(2027, 12, 31))
    assert plain(ENGLISH.deliverable(made)) == "up to 25,000 GPUs by 31 Dec 2027"
    assert ENGLISH.deliverable(Deliverable(Kind.DATA_CENTRES, Decimal(1))) == "1 data centre"
    ranged = Deliverable(Kind.JOBS, Decimal(5), Qualifier.RANGE, Decimal(9))
    assert ENGLISH.deliverable(ranged) == "5 to 9 jobs"


def test_days_in_short() -> None:
    assert plain(ENGLISH.interval(days("2024-05-13"))) == "13 May 2024"
    assert ENGLISH.interval(None) == "–"
    assert ENGLISH.day(None) == "–"


def test_countries_in_each_language() -> None:
    assert ENGLISH.country("FR") == "France"
    assert Words(load_catalogue("pl")).country("FR") == "Francja"
    assert Words(load_catalogue("nl")).country("001") == "wereldwijd"


def test_headlines_use_signs_only_where_everybody_knows_them() -> None:
    assert plain(ENGLISH.headline(Decimal("2.561e12"), "USD")) == "$2.56 tn"
    assert plain(ENGLISH.headline(Decimal("2.5e9"), "MYR")) == "2.5 bn MYR"


def test_who_and_title() -> None:
    entry = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))).lines[0]
    assert ENGLISH.who(entry) == "Acme"
    assert plain(ENGLISH.title(entry.pledge)) == "Acme, 4 bn EUR, France"
