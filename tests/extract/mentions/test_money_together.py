"""Two figures in one breath, of which only the second names magnitude and currency."""

import pytest

from pledgebook.extract.mentions.money import find_money


def values(text: str, language: str) -> list[int]:
    return [int(m.amount.value) for m in find_money(text, language) if m.amount is not None]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("sv", "Northgrid och Bluefern lovar 3,0 respektive 1,7 miljarder euro.", [3_000_000_000, 1_700_000_000]),
        ("nl", "Zij beloven respectievelijk 10 en 15 miljoen euro.", [10_000_000, 15_000_000]),
        ("nl", "Zij bouwen fase 2 en 15 miljoen euro volgt.", [15_000_000]),
        ("de", "Sie geben 20 bzw. 35 Millionen Euro.", [20_000_000, 35_000_000]),
        ("sv", "Det gäller fas 1 och 20 miljoner kronor i fas 2.", [20_000_000]),
        ("en", "The cost rises from 17 to 30 billion euros.", [17_000_000_000, 30_000_000_000]),
        ("en", "In 2024 and 2025 it cost 3 million euros.", [3_000_000]),
        ("en", "They hired 300 people and spent 2 million euros.", [2_000_000]),
    ],
)
def test_the_first_of_two_has_the_magnitude_of_the_second(language: str, text: str, told: list[int]) -> None:
    assert values(text, language) == told


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "예산을 298억원에서 752억원으로 늘렸다."), ("ja", "投資額を170億ドルから400億ドルに引き上げた。")],
)
def test_a_rise_told_behind_both_figures_is_no_range(language: str, text: str) -> None:
    assert all(mention.amount is None or mention.amount.value_max is None for mention in find_money(text, language))
    assert len(find_money(text, language)) == 2
