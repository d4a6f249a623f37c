import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import Finding, Page, ReadDocument
from pledgebook.flow.limits import Limits, TooSlowError, within
from pledgebook.flow.local import in_process, in_processes, read_new
from pledgebook.flow.one import Known, page_key
from pledgebook.flow.readers import load_reader

READER = "plain_reader:HardReader"
LIMITS = Limits(seconds=3, memory=300_000_000)


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))


def pages(*words: str) -> list[Page]:
    return [Page(f"{n}.txt", f"Acme pledges {n + 1}000000 EUR to ES. {word}".encode()) for n, word in enumerate(words)]


HARD = ("fine", "sleep", "fine", "grow", "die", "hang", "fine")
NAMES = [None, "slow-document", None, "heavy-document", "crashed-document", "slow-document", None]


def named(answers: Any) -> list[str | None]:
    return [answer.name if isinstance(answer, Finding) else None for answer in answers]


@pytest.mark.slow
def test_documents_that_cost_too_much_are_ended_and_the_others_read() -> None:
    alone = list(in_process(pages("fine"), reader=READER))
    together = list(in_processes(pages(*HARD), reader=READER, workers=2, limits=LIMITS))
    assert named(together) == NAMES
    assert together[0] == alone[0]
    assert [answer.document.source for answer in together if isinstance(answer, ReadDocument)] == [
        "0.txt",
        "2.txt",
        "6.txt",
    ]
    for answer in together:
        if isinstance(answer, Finding):
            assert answer.message.startswith(f"{answer.document}: ")


@pytest.mark.slow
def test_a_large_page_is_read_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.flow.local._SMALL", 100)
    items = [*pages("fine"), Page("large.txt", b"Acme pledges 5000000 EUR to ES. die " + b"x" * 200)]
    assert named(in_process(items, reader=READER, limits=LIMITS)) == [None, "crashed-document"]


def test_a_small_page_that_takes_too_long_is_given_up_here() -> None:
    started = time.monotonic()
    assert named(in_process(pages("sleep", "fine"), reader=READER, limits=Limits(seconds=0.2))) == [
        "slow-document",
        None,
    ]
    assert time.monotonic() - started < 5


def test_time_is_up_only_where_it_is() -> None:
    with within(5):
        pass
    with pytest.raises(TooSlowError), within(0.05):
        time.sleep(3)


def test_pages_that_were_read_before_are_not_read_again(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Acme pledges {number + 1}000000 EUR to ES.", encoding="utf-8")
    reader = load_reader("plain_reader:PlainReader")
    known: set[str] = set()
    first = list(read_new([str(tmp_path)], known=known.__contains__, reader="plain_reader:PlainReader", workers=1))
    known.update(item.page for item in first if isinstance(item, ReadDocument))
    assert len(known) == 3
    (tmp_path / "1.txt").write_text("Acme pledges 7 EUR to ES.", encoding="utf-8")
    second = list(read_new([str(tmp_path)], known=known.__contains__, reader="plain_reader:PlainReader", workers=1))
    assert sorted(type(item).__name__ for item in second) == ["Known", "Known", "ReadDocument"]
    newer = list(read_new([str(tmp_path)], known=known.__contains__, reader="plain_reader:NewerReader", workers=1))
    assert not any(isinstance(item, Known) for item in newer)
    page = Page("a.txt", b"x")
    assert page_key(page, reader) != page_key(Page("b.txt", b"x"), reader)
