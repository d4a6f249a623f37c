"""Decisions of people: taken in a book, kept through newer readers and repeated pages, taken back, in conflict."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factory import RATES
from plain_reader import NewerReader, PlainReader
from pledgebook.domain import Decision, Document, Page, ReadDocument, UsageError
from pledgebook.extract import Extraction
from pledgebook.flow import decide, entries, read_page, rulings
from pledgebook.store import Book, open_book

DAY = datetime(2026, 1, 1, tzinfo=UTC)
ONE = "Acme pledges 3000000 EUR to ES. Bolt pledges 9000000 USD to FR."
TWO = "Told elsewhere, in quite other words and at more length: Acme pledges 3000000 EUR to ES. Nothing else is known."


def read(name: str, text: str, reader: PlainReader | None = None, *, published: str = "2024-05-13") -> ReadDocument:
    from datetime import date

    page = Page(f"{name}.txt", text.encode(), language="en", published=date.fromisoformat(published), name=name)
    found = read_page(page, reader or PlainReader())
    assert isinstance(found, ReadDocument)
    return found


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(str(tmp_path / "book.db"), create=True) as opened:  # type: ignore[attr-defined]
        opened.add_all([read("one", ONE), read("two", TWO)], at=DAY)
        yield opened


def of(book: Book, investor: str) -> list[str]:
    return [line.id for line in entries(book, rates=RATES) if line.pledge.investors[0].name == investor]


def take(
    book: Book, kind: str, *names: str, day: int = 2, by: str = "Ada", why: str = "seen", **more: str | None
) -> Decision:
    return decide(book, kind, names, by=by, why=why, at=DAY.replace(day=day), rates=RATES, **more)


def test_a_pledge_stands_for_all_its_claims(book: Book) -> None:
    (acme,) = of(book, "Acme")
    decision = take(book, "set", acme, field="amount", value="4 m EUR")
    assert decision.subjects == (("one", "c0"), ("two", "c0"))
    (line,) = [line for line in entries(book, rates=RATES) if line.id == acme]
    assert line.central == 4_000_000
    assert take(book, "reject", "two/c0").subjects == (("two", "c0"),)


def test_a_claim_is_taken_out_of_its_pledge_and_put_back(book: Book) -> None:
    before = entries(book, rates=RATES)
    (acme,) = of(book, "Acme")
    apart = take(book, "different", acme, "two/c0")
    assert [len(side) for side in apart.sides] == [1, 1]
    assert len(of(book, "Acme")) == 2
    take(book, "undo", apart.id[:14], day=3)
    assert entries(book, rates=RATES) == before


def test_merge_then_split_gives_back_what_was(book: Book) -> None:
    before = [(line.id, line.central) for line in entries(book, rates=RATES)]
    (acme,), (bolt,) = of(book, "Acme"), of(book, "Bolt")
    take(book, "same", acme, bolt)
    assert len(entries(book, rates=RATES)) == 1
    take(book, "different", "one/c1", "one/c0", day=3)
    assert [(line.id, line.central) for line in entries(book, rates=RATES)] == before


def test_a_decision_survives_a_newer_reader_that_calls_its_claims_otherwise(book: Book) -> None:
    class Renaming(NewerReader):
        version = "3"

        def read(self, document: Document) -> Extraction:
            found = super().read(document)
            renamed = tuple(replace(claim, id=f"n{9 - n}") for n, claim in enumerate(found.claims))
            return replace(found, claims=renamed)

    (bolt,) = of(book, "Bolt")
    take(book, "set", bolt, field="stage", value="delayed")
    take(book, "reject", "two/c0")
    book.add_all([read("one", ONE, Renaming()), read("two", TWO, Renaming())], at=DAY)
    lines = {(key, line.pledge.stage.value, line.reason) for line in entries(book, rates=RATES) for key in
             (telling.key for telling in line.pledge.tellings)}  # fmt: skip
    assert lines == {
        (("one", "n9"), "announced", "counts"),
        (("one", "n8"), "delayed", "counts"),
        (("two", "n9"), "announced", "rejected by a reviewer"),
    }


def test_a_decision_binds_the_same_page_kept_again_with_more_text(book: Book) -> None:
    take(book, "reject", "two/c0")
    again = replace(read("two-b", TWO + " More was added below the story afterwards."))
    again = replace(again, document=replace(again.document, source="two.txt"))
    book.add_all([again], at=DAY)
    reasons = {t.key: line.reason for line in entries(book, rates=RATES) for t in line.pledge.tellings}
    assert reasons["two-b", "c0"] == "rejected by a reviewer"
    assert reasons["one", "c0"] == "counts"


def test_a_decision_whose_claim_nobody_finds_any_more_is_named(book: Book) -> None:
    class Other(PlainReader):
        version = "4"

        def read(self, document: Document) -> Extraction:
            found = super().read(document)
            return replace(found, claims=found.claims[:1])

    (bolt,) = of(book, "Bolt")
    take(book, "set", bolt, field="stage", value="delayed")
    book.add_all([read("one", ONE, Other())], at=DAY)
    (acme,) = entries(book, rates=RATES)
    assert [finding.name for finding in acme.pledge.findings] == ["lost-decision"]
    assert acme.pledge.stage.value == "announced"


def test_nothing_of_an_erased_document_is_left_in_a_decision(book: Book) -> None:
    take(book, "reject", "two/c0", why="no claim")
    book.erase("two", by="Ada", why="asked to", at=DAY)
    kept = "".join(record.body for record in book.log())
    for words in ("3000000", "Acme", "pledges"):
        assert words not in kept


def test_an_undo_can_be_undone(book: Book) -> None:
    (bolt,) = of(book, "Bolt")
    rejected = take(book, "reject", bolt)
    undo = take(book, "undo", rejected.id, day=3)
    with pytest.raises(UsageError, match="undone before"):
        take(book, "undo", rejected.id, day=4)
    take(book, "undo", undo.id, day=5)
    assert {line.reason for line in entries(book, rates=RATES)} == {"counts", "rejected by a reviewer"}


def test_the_history_of_a_pledge_tells_who_and_when_and_what_was_taken_back(book: Book) -> None:
    (acme,) = of(book, "Acme")
    first = take(book, "set", acme, field="stage", value="delayed", by="Ada", why="typo")
    second = take(book, "set", acme, field="stage", value="cancelled", by="Ben", why="called them", day=3)
    undo = take(book, "undo", first.id, by="Ben", why="my mistake", day=4)
    pledge = next(line.pledge for line in entries(book, rates=RATES) if line.id == acme)
    found = rulings(pledge, book.decisions())
    assert [(it.decision, it.undone_by) for it in found] == [(first, undo), (second, None)]
    other = next(line.pledge for line in entries(book, rates=RATES) if line.id != acme)
    assert rulings(other, book.decisions()) == ()


def test_values_that_contradict_are_a_conflict_and_the_later_holds(book: Book) -> None:
    (acme,) = of(book, "Acme")
    take(book, "set", "one/c0", field="stage", value="delayed", by="Ada")
    take(book, "set", acme, field="stage", value="cancelled", by="Ben", day=3)
    pledge = next(line.pledge for line in entries(book, rates=RATES) if line.id == acme)
    (conflict,) = pledge.conflicts
    assert (conflict.name, conflict.field) == ("contradicting-decisions", "stage")
    assert conflict.kept == "stage set to cancelled by Ben on 2026-01-03"
    assert conflict.deprecated == ("stage set to delayed by Ada on 2026-01-02",)
    assert pledge.stage.value == "cancelled"


@pytest.mark.parametrize(
    ("kind", "names", "more", "words"),
    [
        ("same", ["one/c0"], {}, "Name two that differ"),
        ("same", ["one/c0", "one/c0"], {}, "Name two that differ"),
        ("reject", ["nothing"], {}, "no pledge or claim 'nothing'"),
        ("reject", [""], {}, "no pledge or claim"),
        ("reject", ["pledge-"], {}, "with which several ids begin"),
        ("reject", ["c0"], {}, "which 2 documents have"),
        ("set", ["one/c0"], {"field": "mood", "value": "fine"}, "Use one of amount"),
        ("set", ["one/c0"], {"field": "amount", "value": "a lot"}, 'Write "2.1 bn USD"'),
        ("set", ["one/c0"], {"field": "stage", "value": None}, "Write one of rumoured"),
        ("reject", ["one/c0"], {"value": "x"}, "Only `decide set`"),
        ("undo", ["decision-0"], {}, "no decision"),
        ("undo", [], {}, "Name one by its id"),
        ("maybe", ["one/c0"], {}, "Use one of same"),
        ("reject", ["one/c0"], {"by": " "}, "Give both"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_said_and_nothing_is_kept(
    book: Book, kind: str, names: list[str], more: dict[str, str | None], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        decide(book, kind, names, **{"by": "Ada", "why": "seen", "at": DAY, "rates": RATES, **more})  # type: ignore[arg-type]
    assert book.decisions() == ()
