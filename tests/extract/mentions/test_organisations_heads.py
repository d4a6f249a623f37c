"""Names at the head of the items of a list."""

import pytest

from pledgebook.extract.mentions import find_organisations


def sure(text: str, language: str) -> list[str]:
    return [m.party.name for m in find_organisations(text, language) if m.party is not None]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("fr", "Microsoft : 4 milliards d'euros.\nHavnord : 20 millions.", ["Microsoft", "Havnord"]),
        ("ro", "1. Google. Dă 2 milioane.\n2. HavnordPower, Oraviţa. Dă 5 milioane.", ["Google", "HavnordPower"]),
        ("en", "• Amazon (Leeds): £2bn\n• Havnord (York): £3m", ["Amazon", "Havnord"]),
        ("he", "אמזון – מתקן של 20 מגוואט.\nהבנורד – מתקן של 9 מגוואט.", ["Amazon", "הבנורד"]),
        ("zh", "微软：投资10亿元。\n青湖：投资2亿元。", ["Microsoft", "青湖"]),
    ],
)
def test_a_head_beside_a_known_one_is_a_name(language: str, text: str, names: list[str]) -> None:
    assert sure(text, language) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Investissement : 4 milliards d'euros.\nHavnord : 20 millions."),  # none of them is known
        ("en", "Amazon: £2bn\nSources: two people in the know of the 3 sources."),
        ("en", "Amazon: £2bn\nHavnord and a lot of it."),
        ("de", "Amazon: 2 Milliarden Euro\nFazit: 3 Fragen bleiben."),
        ("en", "Amazon: £2bn\nLeeds: £3m"),
    ],
)
def test_other_lines_name_nobody_new(language: str, text: str) -> None:
    assert set(sure(text, language)) <= {"Amazon"}
