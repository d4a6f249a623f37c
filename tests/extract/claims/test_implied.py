"""Sums that follow from a whole of which all other parts are told."""

from decimal import Decimal

from documents import OneRate, scene
from pledgebook.domain import Basis, Party, PartyKind, Qualifier, RelationType
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.relations import Link, implied_amounts
from pledgebook.extract.claims.scene import Scene

SAME = "Northgrid and Bluefern will invest 20 billion dollars in Spain. Northgrid puts in 12 billion dollars."
OTHER = "Northgrid and Bluefern will invest 20 billion dollars in Spain. Northgrid puts in 10 billion euros."
WITH_RATE = f"{OTHER} It pays 1 billion euros ($1.2 billion) this year."


def payer(name: str) -> Actor:
    return Actor(name, Party(name, PartyKind.COMPANY))


def part(source: int) -> Link:
    return Link(RelationType.PART_OF, source, 0, 1.0)


def drafts_of(found: Scene) -> list[Draft]:
    """The whole, the part with a sum, and the part without one."""
    one, two = payer("Northgrid"), payer("Bluefern")
    return [
        Draft(figures=[found.money[0]], investors=[one, two]),
        Draft(figures=[found.money[1]], investors=[one]),
        Draft(investors=[two]),
    ]


def test_the_rest_of_a_sum_is_the_other_part() -> None:
    found = scene(SAME)
    implied = implied_amounts(found, drafts_of(found), [part(1), part(2)], rates=None)
    assert list(implied) == [2]
    amount, mentions, _ = implied[2]
    assert (amount.value, amount.currency) == (8_000_000_000, "USD")
    assert (amount.basis, amount.qualifier) == (Basis.IMPLIED, Qualifier.EXACT)
    assert [mention.span.of(SAME) for mention in mentions] == ["20 billion dollars", "12 billion dollars"]


def test_across_currencies_the_texts_own_rate_comes_first() -> None:
    found = scene(WITH_RATE, published="2024-05-13")
    rates = OneRate("EUR", "USD", "1.5")
    amount, mentions, _ = implied_amounts(found, drafts_of(found), [part(1), part(2)], rates=rates)[2]
    assert (amount.value, amount.currency, amount.qualifier) == (8_000_000_000, "USD", Qualifier.ABOUT)
    assert any("1 billion euros" in mention.span.of(WITH_RATE) for mention in mentions)


def test_else_the_rate_of_the_day_to_two_digits() -> None:
    found = scene(OTHER, published="2024-05-13")
    rates = OneRate("EUR", "USD", "1.0812")
    amount, _, _ = implied_amounts(found, drafts_of(found), [part(1), part(2)], rates=rates)[2]
    assert (amount.value, amount.currency) == (Decimal("9.2e9"), "USD")
    assert (amount.basis, amount.qualifier) == (Basis.IMPLIED, Qualifier.ABOUT)


def test_without_any_rate_nothing_is_implied() -> None:
    found = scene(OTHER, published="2024-05-13")
    links = [part(1), part(2)]
    assert implied_amounts(found, drafts_of(found), links, rates=None) == {}
    assert implied_amounts(found, drafts_of(found), links, rates=OneRate("GBP", "USD", "1.2")) == {}
    undated = scene(OTHER)
    if undated.document.published is None:
        assert implied_amounts(undated, drafts_of(undated), links, rates=OneRate("EUR", "USD", "1.1")) == {}


def test_two_unknown_parts_imply_nothing() -> None:
    found = scene(SAME)
    drafts = drafts_of(found)
    third = payer("Oakfield")
    drafts[0].investors.append(third)
    drafts.append(Draft(investors=[third]))
    assert implied_amounts(found, drafts, [part(1), part(2), part(3)], rates=None) == {}


def test_a_payer_whose_part_is_not_told_implies_nothing() -> None:
    found = scene(SAME)
    drafts = drafts_of(found)
    drafts[0].investors.append(payer("Oakfield"))
    assert implied_amounts(found, drafts, [part(1), part(2)], rates=None) == {}


def test_parts_that_use_up_the_whole_imply_nothing() -> None:
    text = "Northgrid and Bluefern will invest 20 billion dollars. Northgrid puts in 20 billion dollars."
    found = scene(text)
    assert implied_amounts(found, drafts_of(found), [part(1), part(2)], rates=None) == {}


def test_a_qualified_whole_makes_a_qualified_rest() -> None:
    text = "Northgrid and Bluefern will invest more than 20 billion dollars. Northgrid puts in 12 billion dollars."
    found = scene(text)
    amount, _, _ = implied_amounts(found, drafts_of(found), [part(1), part(2)], rates=None)[2]
    assert (amount.value, amount.qualifier) == (8_000_000_000, Qualifier.AT_LEAST)
