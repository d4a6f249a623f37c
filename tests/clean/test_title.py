import pytest

from pledgebook.clean.lines import lines_of
from pledgebook.clean.title import find_title

PROSE = (
    "Acme will spend 40 million euros on a new laboratory in Lyon, its president told reporters on Monday afternoon."
)


def title(*lines: str, told: str | None = None, is_html: bool = False) -> str | None:
    found = find_title(list(lines_of("\n".join((*lines, PROSE)))), told, is_html=is_html)
    return None if found is None else found.text


@pytest.mark.parametrize(
    "above",
    [
        ["The Daily", "13 May 2024"],
        ["Home | World | Business | Sport"],
        ["Menu  Search  Sign in"],
        ["Policy Brief | Spring 2025"],
        ["Good morning to all who read this letter every day!"],
        ["- a word from our president on the weather"],
    ],
)
def test_the_headline_is_the_line_that_the_article_repeats(above: list[str]) -> None:
    assert title(*above, "Acme to build a laboratory in Lyon") == "Acme to build a laboratory in Lyon"


def test_of_two_copies_the_lower_is_taken() -> None:
    found = title("Acme spends  million euros on laboratory", "Acme spends 40 million euros on laboratory")
    assert found == "Acme spends 40 million euros on laboratory"


def test_what_the_page_calls_its_title_is_looked_for_without_regard_to_blanks_and_case() -> None:
    assert title("Some words above", "ACME goes  to Lyon", told="Acme goes to Lyon") == "ACME goes  to Lyon"


def test_a_title_that_stands_nowhere_in_a_page_is_no_line() -> None:
    assert title("Some words above", told="Other words", is_html=True) is None
    assert title("Acme builds laboratory", told="Other words") == "Acme builds laboratory"


def test_a_text_may_have_no_headline() -> None:
    assert title() is None


def test_scripts_without_blanks_have_headlines() -> None:
    text = (
        "堺経済新報\n本文へ移動\nアクメ、堺市に新しい研究所を建設へ\nアクメは堺市に研究所を建設する。"
        + "投資額は四十億円。" * 4
    )
    found = find_title(list(lines_of(text)), None, is_html=False)
    assert found is not None
    assert found.text == "アクメ、堺市に新しい研究所を建設へ"
