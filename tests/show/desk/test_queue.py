from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from factory import claim
from pledgebook.domain import DecisionKind, Document, Interval, ReadDocument
from pledgebook.show.desk import Desk
from pledgebook.show.desk.queue import Queue, Waiting
from pledgebook.show.desk.state import ALL
from pledgebook.store import open_book
from served import NOW, small_book


def odd_book(folder: Path) -> Path:
    """A book of a claim that the reader was not sure of, and of two pledges that may be one."""
    path, day = folder / "odd.db", Interval.day(date(2024, 5, 13))
    told = {
        "a": replace(claim("1", "Acme", "ES", "3 bn EUR", "2024-05-13"), score=0.3),
        "b": claim("1", "Bolt", "FR", "5 bn EUR", "2024-05-13"),
        "c": claim("1", "Bolt", "FR", "5.2 bn EUR", "2024-07-20"),
    }
    with closing(open_book(str(path), create=True)) as book:
        documents = [Document(f"{name}.txt", f"Text {name}.", "en", published=day, name=name) for name in told]
        book.add_all([ReadDocument(item, (told[str(item.name)],)) for item in documents], at=NOW)
    return path


def test_what_waits_is_counted_told_and_gone_once_it_is_decided(tmp_path: Path) -> None:
    desk = Desk(str(odd_book(tmp_path)), clock=lambda: NOW)
    queue = Queue(desk.ledger())
    waiting = queue.all(limit=50)
    assert sum(queue.counts().values()) == len({item.key for item in waiting})
    assert [item.kind for item in waiting] == [Waiting.MATCH, Waiting.CLAIM]
    pair, unsure = waiting
    assert len(pair.entries) == 2
    desk.decide(DecisionKind.REJECT, ["/".join(key) for key in unsure.claims], by="Kim", why="nobody said so")
    assert [item.key for item in Queue(desk.ledger()).all(limit=50)] == [pair.key]
    desk.decide(DecisionKind.DIFFERENT, [entry.id for entry in pair.entries], by="Kim", why="two sites")
    assert Queue(desk.ledger()).all(limit=50) == ()
    desk.close()


def test_pages_of_the_queue_follow_each_other(tmp_path: Path) -> None:
    desk = Desk(str(odd_book(tmp_path)), clock=lambda: NOW)
    queue = Queue(desk.ledger())
    whole = queue.all(limit=50)
    paged = [item for offset in range(sum(queue.counts().values())) for item in queue.all(offset=offset, limit=1)]
    assert [item.key for item in paged] == [item.key for item in whole]
    desk.close()


def test_readers_get_the_lines_of_before_while_new_ones_are_worked_in(tmp_path: Path) -> None:
    desk = Desk(str(small_book(tmp_path)), clock=lambda: NOW)
    before = desk.ledger()
    assert not desk.is_behind
    entry = next(before.each(ALL))
    desk.decide(DecisionKind.SET, [entry.id], by="Kim", why="it says so", field="stage", value="delayed")
    after = desk.ledger()
    assert after.edition != before.edition
    assert [item.by for item in after.decisions] == ["Kim"]
    if not after.is_behind:
        assert after.some([entry.id])[entry.id].pledge.stage.value == "delayed"
    desk.close()
