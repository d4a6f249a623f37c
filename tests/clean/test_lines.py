import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.clean.lines import Line, count_words, lines_of
from pledgebook.domain import Span


def line(text: str) -> Line:
    return Line(Span(0, len(text)), text)


@given(st.text(alphabet=" \t\r\n\x0b\u2028a。é"))
def test_lines_lie_where_their_words_stand(text: str) -> None:
    lines = list(lines_of(text))
    assert all(line.span.of(text) == line.text == line.text.strip() != "" for line in lines)
    assert "".join(line.text for line in lines).split() == text.split() or len(lines) > 1
    assert [line.span for line in lines] == sorted(line.span for line in lines)


@pytest.mark.parametrize(("text", "words"), [("", 0), ("two words", 2), ("投資額は四百億円", 4), ("Der neue 投資", 3)])
def test_words_are_counted_in_scripts_without_blanks_too(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize("text", ["- Acme", "• Acme", "3. Acme", "12) Acme", "・設備", "①設備", "> Acme", "★ Acme"])
def test_items_of_lists_are_seen(text: str) -> None:
    assert line(text).is_bullet


@pytest.mark.parametrize("text", ["-5 degrees", "2024. Acme", "Acme - Lyon", "3.5 billion", "*"])
def test_figures_and_dashes_open_no_item(text: str) -> None:
    assert not line(text).is_bullet


@pytest.mark.parametrize("text", ["It ends.", "It “ends.”", "終わった。", "यह है।", "Really?!", "As follows:"])
def test_ends_are_seen(text: str) -> None:
    assert line(text).ends


def test_a_headline_is_no_prose_and_a_short_sentence_is() -> None:
    assert not line("Acme to build a lab in Lyon for 4 million").is_prose
    assert line("Acme builds a lab there.").is_prose
    assert not line("Read on.").is_prose
    assert line("word " * 20).is_prose
