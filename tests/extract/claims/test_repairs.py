"""Figures that lost digits: mended where the text has the whole figure, reported where it has not."""

from decimal import Decimal

import pytest

from pledgebook.domain import Basis, Finding, Mention, Severity, Span
from pledgebook.extract.claims.repairs import repaired
from pledgebook.extract.mentions import find_money
from pledgebook.lexicon.language import load_language


def mend(text: str, language: str = "en") -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    return repaired(find_money(text, load_language(language)), text, "a document")


def told(mentions: tuple[Mention, ...]) -> list[tuple[Decimal, str, str]]:
    return [(m.amount.value, m.amount.currency, m.amount.basis.value) for m in mentions if m.amount]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", ".6 billion euros for Spain. The group said it would spend 5.6 billion euros there.", 5_600_000_000),
        ("de", ",8 Milliarden Euro für Sachsen. Der Konzern will 7,8 Milliarden Euro ausgeben.", 7_800_000_000),
        ("en", ".5 billion dollars. In all it is 12.5 billion dollars.", 12_500_000_000),
    ],
)
def test_a_lost_leading_digit_is_taken_from_the_whole_figure(language: str, text: str, value: int) -> None:
    mentions, findings = mend(text, language)
    assert [(m.amount.value, m.amount.basis) for m in mentions if m.amount] == [
        (value, Basis.REPAIRED),
        (value, Basis.STATED),
    ]
    assert not findings


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Acme spends 3 2 billion euros. It is 3.2 billion euros in all."),
        ("de", "Acme zahlt 3 2 Milliarden Euro. Es sind 3,2 Milliarden Euro."),
        ("nl", "Acme steekt er 3 2 miljard euro in. De 3,2 miljard euro komt dit jaar."),
    ],
)
def test_a_figure_that_lost_its_mark_is_read_whole(language: str, text: str) -> None:
    mentions, findings = mend(text, language)
    assert told(mentions) == [(3_200_000_000, "EUR", "repaired"), (3_200_000_000, "EUR", "stated")]
    assert not findings


def test_what_nothing_explains_is_left_out_and_reported() -> None:
    text = "Acme pledges .6 billion euros for Spain. Its sales were 4.1 billion euros."
    mentions, findings = mend(text)
    assert told(mentions) == [(4_100_000_000, "EUR", "stated")]
    [finding] = findings
    assert (finding.name, finding.document, finding.severity) == ("damaged-figure", "a document", Severity.WARNING)
    assert finding.span is not None
    assert finding.span.of(text) == ".6 billion euros"
    assert "a document" in finding.message
    assert ".6 billion euros" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        # another currency, other digits, a figure without any whole one beside it
        "Acme pledges .6 billion euros. Others have 5.6 billion dollars.",
        "Acme pledges .6 billion euros. Others have 5.7 billion euros.",
        "Acme pledges .6 billion euros.",
    ],
)
def test_no_figure_is_guessed(text: str) -> None:
    mentions, findings = mend(text)
    assert all(m.amount is not None and m.amount.basis is Basis.STATED for m in mentions)
    assert [finding.name for finding in findings] == ["damaged-figure"]


@pytest.mark.parametrize(
    "text",
    [
        "Acme spends 2 billion euros in phase 3 and 3.5 billion euros in phase 4.",
        "Of the 3 2 billion euros went to chips.",
        "In Spain 5.6 billion euros, in Portugal 0.6 billion euros.",
    ],
)
def test_sound_figures_stay_as_they_are(text: str) -> None:
    before = find_money(text, load_language("en"))
    mentions, findings = mend(text)
    assert [m.amount for m in mentions] == [m.amount for m in before]
    assert not findings


def test_a_mended_figure_keeps_its_place_and_no_other_restating() -> None:
    text = ".6 billion euros, as said: 5.6 billion euros ($6 billion)."
    mentions, _ = mend(text)
    first = mentions[0]
    assert first.amount is not None
    assert first.span.of(text) == ".6 billion euros"
    assert first.amount.also == ()


SLIPPED = (
    "Five more sites bring Stargate to $400m\nThe partners will spend more than 400 billion dollars over three years."
)


def test_a_headline_a_thousand_times_too_small_is_the_sum_of_the_text() -> None:
    headline = Span(0, SLIPPED.index("\n"))
    mentions, findings = repaired(find_money(SLIPPED, load_language("en")), SLIPPED, "a document", headline=headline)
    assert told(mentions)[0] == (400 * 10**9, "USD", "repaired")
    assert not findings


def test_a_small_sum_of_the_headline_stays_where_the_text_tells_it() -> None:
    text = f"{SLIPPED} A first site costs 400 million dollars."
    headline = Span(0, text.index("\n"))
    mentions, _ = repaired(find_money(text, load_language("en")), text, "a document", headline=headline)
    assert told(mentions)[0] == (400 * 10**6, "USD", "stated")


def test_a_thousandth_in_the_text_is_no_slip() -> None:
    headline = Span(0, 5)
    mentions, _ = repaired(find_money(SLIPPED, load_language("en")), SLIPPED, "a document", headline=headline)
    assert told(mentions)[0] == (400 * 10**6, "USD", "stated")
