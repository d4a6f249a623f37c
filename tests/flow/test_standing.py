"""A ledger that grows is at every moment the one that is worked out from all documents at once."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import RATES, claim
from pledgebook.domain import Decision, DecisionKind, Document, Interval, ReadDocument, Telling
from pledgebook.flow.derived import CURRENCY, lines_of, paper_of
from pledgebook.flow.doubts import settled_by
from pledgebook.flow.figured import read_figures
from pledgebook.flow.heard import tellings
from pledgebook.flow.keeper import Keeper
from pledgebook.flow.snapshots import take_snapshot
from pledgebook.flow.tallies import Totals
from pledgebook.flow.usual import USUAL
from pledgebook.ledger import entries
from pledgebook.ledger.totals import add_up
from pledgebook.reconcile import reconcile
from pledgebook.reconcile.marks import bind, mark_of
from pledgebook.store import Book, LineQuery, PaperQuery, open_book
from worlds import worlds

AT = datetime(2026, 1, 1, tzinfo=UTC)
DAY = Interval.day(date(2024, 5, 14))
STORY = (
    "The operator said on Tuesday that it would put three billion crowns into a campus of server halls outside the "
    "harbour town, its largest sum in the region so far. Work on the first hall starts in spring, and two hundred people "
    "are to be hired before the doors open. The mayor called it a good day for a town that has lost its shipyard."
)
TEXTS = (
    STORY,
    f"PARIS (AFP) - {STORY}",
    f"Press release\n{STORY} “We have looked for a town with clean power and a harbour for three years,” they said.",
    "Others said “We have looked for a town with clean power and a harbour for three years,” on the day after.",
    "Local groups ask where the water for the machines is going to come from, and who pays for the power line.",
)
KINDS = (DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.REJECT, DecisionKind.SET, DecisionKind.UNDO)


def documents(world: list[list[Telling]], texts: list[int]) -> list[ReadDocument]:
    """The documents of a world, with a text of those above for each."""
    return [
        ReadDocument(
            Document(f"https://{told[0].document}.example/", TEXTS[text % len(TEXTS)], "en",
                     published=told[0].published, name=told[0].document),
            tuple(it.claim for it in told),
        )
        for told, text in zip(world, texts, strict=False)
    ]  # fmt: skip


def expected(book: Book) -> dict[str, str]:
    """The lines by id, each with the hash of all of it, as they follow from all documents at once."""
    told, decisions = tellings(book.documents()), book.decisions()
    pledges = reconcile(told, decisions=decisions, rates=RATES)
    lines = entries(pledges, as_of=None, rates=RATES, currency=CURRENCY)
    settled = settled_by(bind(decisions, told).decisions)
    return {line.id: line.key for line in lines_of(lines, rates=RATES, currency=CURRENCY, settled=settled)}


def kept(book: Any) -> dict[str, str]:
    return dict(book.engine.rows("SELECT id, key FROM lines"))


def assert_is_whole(book: Any) -> None:
    assert kept(book) == expected(book)
    assert book.lines.papers(PaperQuery())[0] == sorted(
        map(paper_of, book.documents()), key=lambda paper: (_last_first(paper.latest), paper.id)
    )
    assert book.verify() == ()
    made = Totals(book, RATES)
    for by in USUAL:
        grouped = Totals(book, RATES, by=by)
        figures = read_figures(book.lines.figures(LineQuery()), () if by is None else (by,))
        rows = [replace(row, included=(), excluded=()) for row in add_up(figures, currency=CURRENCY, by=by)]
        assert list(grouped.of_money(LineQuery())) == rows
    assert list(made.flows(LineQuery()).each()) == list(made.flows(LineQuery(min_sources=-1)).each())
    names = [key for (key,) in book.engine.rows("SELECT count(*) FROM tallies")]
    assert names == [len(USUAL) + 2]


def _last_first(day: str) -> int:
    return -date.fromisoformat(day).toordinal() if day else 1


@settings(max_examples=20)
@given(
    worlds(most=7), st.lists(st.integers(0, 9), min_size=7, max_size=7), st.randoms(use_true_random=False), st.data()
)
def test_a_ledger_that_grows_is_that_of_all(
    world: list[list[Telling]], texts: list[int], chance: Any, data: st.DataObject
) -> None:
    waiting = documents(world, texts)
    chance.shuffle(waiting)
    keeper, known, taken = Keeper(RATES), list[ReadDocument](), list[Decision]()
    with closing(open_book(":memory:", create=True)) as book:
        for n in range(9):
            step = data.draw(
                st.sampled_from(("some", "one", "decide", "again", "reread", "snapshot", "nothing", "erase"))
            )
            if step in ("some", "one") or not known:
                some = waiting[: 1 if step == "one" else 3]
                del waiting[: len(some)]
                book.add_all(some, at=AT)
                known += some
            elif step == "decide":
                taken.append(_decision(book, taken, n, data))
                book.decide(taken[-1])
            elif step == "snapshot":
                take_snapshot(book, f"s{n}", at=AT + timedelta(minutes=n), rates=RATES)
            elif step == "again":  # the same page under another address
                item = data.draw(st.sampled_from(known))
                address = data.draw(st.sampled_from(("https://a.gov.uk/", "https://www.prnewswire.com/x", "zzz.txt")))
                book.add_all([replace(item, document=replace(item.document, source=address))], at=AT)
            elif step == "reread":  # by a reader that finds other claims
                item = data.draw(st.sampled_from(known))
                book.add_all([replace(item, claims=item.claims[1:], reader="rules", version=f"2.{n}")], at=AT)
            elif step == "erase":
                item = known.pop(0)
                book.erase(item.document.id, by="Ada", why="asked", at=AT)
            assert keeper.bring_up_to_date(book)
            assert_is_whole(book)


def _decision(book: Book, taken: list[Decision], n: int, data: st.DataObject) -> Decision:
    told = tellings(book.documents())
    kind = data.draw(st.sampled_from(KINDS))
    at, fields = AT + timedelta(minutes=n), {}
    if kind is DecisionKind.UNDO or not told:
        undone = data.draw(st.sampled_from(taken)).id if taken else None
        return Decision(f"d{n}", DecisionKind.UNDO, (), "Ada", at, "an error", undoes=undone)
    few = 1 if kind in (DecisionKind.REJECT, DecisionKind.SET) else 2
    some = [data.draw(st.sampled_from(told)) for _ in range(few)]
    if kind is DecisionKind.SET:
        field, value = data.draw(
            st.sampled_from((("amount", "2 bn EUR"), ("role", "total"), ("stage", "cancelled"), ("investors", "Dora")))
        )
        fields = {"field": field, "value": value}
    marks = tuple(mark_of(it, side) for side, it in enumerate(some)) if data.draw(st.booleans()) else ()
    return Decision(f"d{n}", kind, tuple(it.key for it in some), "Ada", at, "looked it up", marks=marks, **fields)


def test_what_many_documents_share_becomes_a_formula_and_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.flow.voices._FORMULA", 3)
    keeper = Keeper(RATES)
    with closing(open_book(":memory:", create=True)) as book:
        for n in range(6):
            text = f"{STORY} {' '.join(f'{word}{n}' for word in TEXTS[4].split())}"
            told = claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13")
            days = Interval.day(date(2024, 5, 13 + n))
            book.add_all([ReadDocument(Document(f"{n}.txt", text, "en", published=days, name=f"d{n}"), (told,))], at=AT)
            assert keeper.bring_up_to_date(book)
            assert_is_whole(book)


@settings(max_examples=8)
@given(st.permutations((10, 4, 6, 3, 10, 6)), st.integers(1, 3))
def test_totals_that_nobody_calls_one_are_presumed_as_the_ledger_grows(sums: list[int], at_once: int) -> None:
    world = [
        [Telling(f"d{n}", f"d{n}", claim("c", "Acme", "FR", f"{it} bn EUR", "2024-05-13"), "en", DAY)]
        for n, it in enumerate(sums)
    ]
    waiting, keeper = documents(world, [0, 2, 4, 0, 2, 4]), Keeper(RATES)
    with closing(open_book(":memory:", create=True)) as book:
        while waiting:
            book.add_all(waiting[:at_once], at=AT)
            del waiting[:at_once]
            assert keeper.bring_up_to_date(book)
            assert_is_whole(book)
