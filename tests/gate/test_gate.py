"""The reader's scores on the gold corpora against the committed floors: `make gate`.

Of the blind corpus nothing is shown but figures. `python tools/set_floors.py` raises floors; it lowers one only with
--lower and a reason.
"""

from functools import cache

import pytest

from gold_gate import CORPORA, FLOORED, FLOORS, Measured, fingerprint, is_kept, measured, read_floors, score_corpus

pytestmark = pytest.mark.slow
SAY_SO = "Run `python tools/set_floors.py`; it lowers a floor only with --lower --why TEXT."


@cache
def scored(corpus: str) -> Measured:
    return measured(corpus, score_corpus(corpus).whole)


def test_every_corpus_has_floors() -> None:
    assert FLOORS.is_file()
    floors = read_floors()["corpora"]
    assert sorted(floors) == sorted(CORPORA)
    for corpus in CORPORA:
        assert set(FLOORED) < set(floors[corpus])
        assert floors[corpus]["evidence"] == 1.0


def test_each_time_a_floor_fell_somebody_said_why() -> None:
    for item in read_floors()["lowered"]:
        assert item["why"].strip(), item


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_documents_are_those_that_the_floors_were_set_on(corpus: str) -> None:
    same = fingerprint(corpus) == read_floors()["corpora"][corpus]["sha256"]
    assert same, f"{corpus}.jsonl or the names that count in it are not those that its floors were set on. {SAY_SO}"


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_document_can_be_read(corpus: str) -> None:
    unread = scored(corpus).unread
    assert unread == 0, f"{corpus}: the reader broke on {unread} documents."


@pytest.mark.parametrize("name", FLOORED)
@pytest.mark.parametrize("corpus", CORPORA)
def test_a_score_keeps_its_floor(corpus: str, name: str) -> None:
    value, floor = getattr(scored(corpus), name), read_floors()["corpora"][corpus][name]
    kept = is_kept(name, value, floor)
    assert kept, f"{corpus}: {name} is {value:.3f}, its floor {floor:.3f}. {SAY_SO}"


def test_the_page_on_accuracy_is_of_these_corpora() -> None:
    page = (FLOORS.parents[2] / "docs" / "accuracy.md").read_text(encoding="utf-8")
    old = [corpus for corpus in CORPORA if fingerprint(corpus)[:12] not in page]
    assert not old, f"docs/accuracy.md is of other documents ({', '.join(old)}). Run `python tools/make_accuracy.py`."
