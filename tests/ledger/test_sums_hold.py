"""What holds of every ledger and every total, whatever the documents say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from factory import RATES, claim, ledger, tell
from pledgebook.domain import Claim, Kind, RelationType, Stage, Telling
from pledgebook.ledger import entries, total_things, totals
from pledgebook.ledger.grouping import GROUPINGS
from pledgebook.ledger.status import Reason
from worlds import worlds

World = list[list[Telling]]
BY = st.sampled_from((None, *GROUPINGS))


@given(worlds(), BY, st.sampled_from(("EUR", "USD", "GBP")))
def test_low_central_and_high_rise(world: World, by: str | None, currency: str) -> None:
    book = ledger(*world)
    for row in totals(book.lines, by=by, currency=currency, rates=RATES):
        assert 0 <= row.low <= row.central <= row.high
    for line in book.lines:
        if line.low is not None and line.central is not None and line.high is not None:
            assert 0 <= line.low <= line.central <= line.high


@given(worlds())
def test_lines_make_the_total_to_the_cent(world: World) -> None:
    lines = entries(ledger(*world).pledges, as_of=None, rates=RATES, currency="EUR")
    counted = [it.converted.central for it in lines if it.counted and it.converted is not None]
    assert sum(counted, Decimal(0)) == totals(lines, currency="EUR", rates=RATES)[-1].central


@given(worlds())
def test_countries_and_what_belongs_to_none_make_the_whole(world: World) -> None:
    *rows, whole = totals(ledger(*world).lines, by="country", currency="EUR", rates=RATES)
    assert sum((row.central for row in rows), whole.unallocated) == whole.central


@given(worlds())
def test_a_total_and_its_parts_never_both_count(world: World) -> None:
    book = ledger(*world)
    counted = {line.id for line in book.lines if line.counted and line.central}
    for pledge in book.pledges:
        parts = {it.claim for it in pledge.relations if it.type is RelationType.TOTAL_OF}
        assert not (pledge.id in counted and parts & counted)


@given(worlds(), BY)
def test_explained_lines_are_all_lines(world: World, by: str | None) -> None:
    book = ledger(*world)
    whole = totals(book.lines, by=by, currency="USD", rates=RATES)[-1]
    assert sorted([*whole.included, *whole.excluded]) == sorted((*whole.included, *whole.excluded))
    assert {line for line, _ in (*whole.included, *whole.excluded)} == {line.id for line in book.lines}
    assert whole.pledges == len(whole.included)
    assert sum(n for _, n in whole.left_out) == len(whole.excluded)


@given(worlds(), st.sampled_from(tuple(Kind)))
def test_things_count_once(world: World, kind: Kind) -> None:
    whole = total_things(ledger(*world).lines, kind=kind)[-1]
    assert 0 <= whole.low <= whole.central <= whole.high <= whole.naive or whole.naive == whole.central == 0


@given(worlds(), st.sampled_from(("country", "region", "subregion")), st.booleans())
def test_rows_and_what_belongs_to_none_make_the_whole_split_or_not(world: World, by: str, split: bool) -> None:
    *rows, whole = totals(ledger(*world).lines, by=by, currency="EUR", rates=RATES, split=split)
    assert sum((row.central for row in rows), whole.unallocated) == whole.central
    assert whole.allotted == sum((row.allotted for row in rows), Decimal(0))
    assert split or whole.allotted == 0


@given(worlds())
def test_years_of_spending_make_the_whole(world: World) -> None:
    *rows, whole = totals(ledger(*world).lines, by="spending-year", currency="EUR", rates=RATES)
    assert sum((row.central for row in rows), Decimal(0)) == whole.central
    assert all(0 <= row.low <= row.central <= row.high for row in rows)


@given(worlds())
def test_money_is_conserved_in_each_currency(world: World) -> None:
    book = ledger(*world)
    told = {pledge.id: pledge for pledge in book.pledges}
    # A part of one currency inside another is taken out of it at its own day's rate: what a rest adds in one currency
    # and in the next then differs by what the rates moved between the days.
    assume(
        all(
            told[it.claim].amount is None
            or pledge.amount is None
            or told[it.claim].amount.currency == pledge.amount.currency  # type: ignore[union-attr]
            for pledge in book.pledges
            for it in pledge.relations
            if it.type is RelationType.TOTAL_OF
        )
        and not any("parts-presumed" in line.flags for line in book.lines)
    )
    for currency in sorted({line.currency for line in book.lines if line.currency is not None}):
        mine = [line for line in book.lines if line.counted and line.central and line.currency == currency]
        # No line adds more than was told of its pledge, and in its own currency each line adds what it says.
        for line in mine:
            amount = told[line.pledge.id].amount
            assert amount is not None
            assert line.central is not None
            assert line.central <= amount.central
        # Whichever lines are asked for, each adds what it adds to the whole ledger.
        alone = totals(mine, currency=currency, rates=RATES, among=book.lines)[-1]
        assert alone.central == sum((line.central for line in mine if line.central is not None), Decimal(0))


@given(worlds(), st.sampled_from(("EUR", "USD", "XAU")))
def test_what_no_rate_converts_is_named_in_its_own_currency(world: World, currency: str) -> None:
    book = ledger(*world)
    whole = totals(book.lines, currency=currency, rates=RATES)[-1]
    outside = {line for line, reason in whole.excluded if reason == Reason.NO_RATE}
    for money in whole.unconverted:
        lines = [line for line in book.lines if line.id in outside and line.currency == money.currency]
        assert money.currency != currency
        assert money.value == sum((line.central for line in lines if line.central is not None), Decimal(0))
    # What lies inside a total without a rate to it is left to the total, by name, and the total says so.
    by_id = {line.id: line for line in book.lines}
    for line_id, reason in whole.excluded:
        if reason == Reason.NO_RATE_TO_WHOLE:
            assert not by_id[line_id].counted
            assert any("parts-unconverted" in line.flags for line in book.lines)


@given(worlds(), st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_what_is_new_is_no_more_than_what_was_announced_in_the_period(world: World, since: date) -> None:
    whole = totals(ledger(*world).lines, currency="EUR", rates=RATES, since=since)[-1]
    assert whole.new is not None
    assert whole.outstanding is not None
    assert 0 <= whole.new <= whole.central


@st.composite
def trees(draw: st.DrawFn) -> list[list[Telling]]:
    """Documents of one currency each: sums, each of another company, and which of them is a part of which."""
    world = []
    for currency in draw(st.lists(st.sampled_from(("EUR", "USD", "XAU")), min_size=1, max_size=3, unique=True)):
        claims = []
        for n in range(draw(st.integers(1, 6))):
            low = draw(st.integers(1, 40))
            words = draw(st.sampled_from((f"{low}", f"{low}-{low + 2 * draw(st.integers(1, 9))}", f"up to {low}")))
            whole = draw(st.sampled_from((None, *range(n)))) if n else None
            stage = draw(st.sampled_from(("announced", "announced", "cancelled")))
            fields = {} if whole is None else {"part_of": str(whole)}
            claims.append(
                claim(str(n), f"{currency} {n}", "FR", f"{words} bn {currency}", "2024-05-13", stage=stage, **fields)
            )
        inner = {it.relations[0].claim for it in claims if it.relations}
        claims = [replace(it, stage=Stage.ANNOUNCED) if it.id in inner else it for it in claims]
        world.append(tell(currency, "2024-05-14", *claims))
    return world


def _counts_for(world: list[Telling]) -> list[Decimal]:
    """What the claims of one document count for in all, worked out anew: low, central and high.

    What stays of a claim is its sum less what is known below it. A part that counts moves against that rest, so that
    both make the total; one that was given up leaves the less the more it would have been.
    """
    stays: dict[str, list[Decimal]] = {}
    below: dict[str, list[Claim]] = {}
    for claim_ in (it.claim for it in reversed(world)):
        parts = [it.claim for it in world if any(relation.claim == claim_.id for relation in it.claim.relations)]
        below[claim_.id] = [*parts, *(it for part in parts for it in below[part.id])]
        assert claim_.amount is not None
        own = [claim_.amount.low, claim_.amount.central, claim_.amount.high]
        for part in below[claim_.id]:
            known = stays[part.id][:: -1 if part.stage is Stage.CANCELLED else 1]
            own = [mine - theirs for mine, theirs in zip(own, known, strict=True)]
        stays[claim_.id] = [max(Decimal(0), it) for it in own]
    counting = [stays[it.claim.id] for it in world if it.claim.stage is not Stage.CANCELLED]
    return [sum((it[n] for it in counting), Decimal(0)) for n in range(3)]


@given(trees())
def test_wholes_parts_and_rests_make_what_was_pledged_in_each_currency(world: World) -> None:
    book = ledger(*world)
    assert len(book.pledges) == sum(map(len, world))
    for document in world:
        currency = document[0].document
        mine = [line for line in book.lines if line.currency == currency]
        whole = totals(mine, currency=currency, rates=RATES, among=book.lines)[-1]
        expected = _counts_for(document)
        assert sum((it.central for it in mine if it.central is not None), Decimal(0)) == expected[1]
        assert [whole.low, whole.central, whole.high] == expected
        assert sorted(expected) == expected


@given(trees())
def test_nothing_below_a_total_that_counts_counts_beside_it(world: World) -> None:
    book = ledger(*world)
    by_id = {line.id: line for line in book.lines if not line.is_rest}
    for line in by_id.values():
        below, waiting = set(), [line.id]
        while waiting:
            more = {it.claim for it in by_id[waiting.pop()].pledge.relations if it.type is RelationType.TOTAL_OF}
            waiting += sorted(more - below)
            below |= more
        if line.counted and line.central:
            assert not any(by_id[it].counted and by_id[it].central for it in below)
