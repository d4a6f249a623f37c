from factory import RATES, claim, tell
from pledgebook.domain import Telling
from pledgebook.reconcile.amounts import choose_amount, show_amount


def told(*words: str, voices: str = "") -> list[Telling]:
    names = voices.split() or [f"v{n}" for n in range(len(words))]
    return [
        tell(f"d{n}", f"2024-05-{13 + n}", claim("c", "Acme", "FR", it, "2024-05-13"), voice=names[n])[0]
        for n, it in enumerate(words)
    ]


def chosen(tellings: list[Telling]) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    amount, conflicts = choose_amount(tellings, RATES)
    assert amount is not None
    return show_amount(amount), [(it.name, it.deprecated) for it in conflicts]


def test_most_independent_voices_win() -> None:
    assert chosen(told("7 bn EUR", "4 bn EUR", "7 bn EUR")) == (
        "7,000,000,000 EUR",
        [("conflicting-amounts", ("4,000,000,000 EUR",))],
    )


def test_copies_are_one_voice() -> None:
    found, _ = chosen(told("7 bn EUR", "7 bn EUR", "4 bn EUR", voices="wire wire own"))
    assert found == "4,000,000,000 EUR"


def test_of_equals_the_lowest() -> None:
    amount, conflicts = choose_amount(told("7 bn EUR", "4 bn EUR"), RATES)
    assert amount is not None
    assert amount.value == 4_000_000_000
    assert conflicts[0].reason == "the lowest of figures with 1 each"


def test_restatements_agree_and_are_kept_beside() -> None:
    amount, conflicts = choose_amount(told("4 bn EUR", "4.3 bn USD"), RATES)
    assert conflicts == ()
    assert amount is not None
    assert [(it.currency, int(it.value)) for it in amount.also] == [("USD", 4_300_000_000)]


def test_the_precise_figure_speaks_for_its_rounded_ones() -> None:
    assert chosen(told("3 bn EUR", "3.2 bn EUR")) == ("3,200,000,000 EUR", [])


def test_a_stated_figure_speaks_before_an_implied_one() -> None:
    assert chosen(told("about 4.3 bn USD implied", "4 bn EUR"))[0] == "4,000,000,000 EUR"


def test_names_of_known_errors() -> None:
    assert chosen(told("4 bn EUR", "4 bn EUR", "4 bn USD", "4 m EUR"))[1] == [
        ("factor-1000", ("4,000,000 EUR",)),
        ("wrong-currency", ("4,000,000,000 USD",)),
    ]


def test_no_sum_told() -> None:
    tellings = tell("d", "2024-05-13", claim("c", "Acme", "FR", None, things={"jobs": 5}))
    assert choose_amount(tellings, RATES) == (None, ())
