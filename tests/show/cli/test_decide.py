"""What a reviewer sees who decides on the command line."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
WHO = ("--by", "Ada", "--why", "read both pages")
_SCRUBBED = ((re.compile(r"(pledge|decision)-[0-9a-f]{16}"), r"\1-0"), (re.compile(r"\d{4}-\d\d-\d\d"), "DAY"))


def scrubbed(words: str) -> str:
    for pattern, instead in _SCRUBBED:
        words = pattern.sub(instead, words)
    return words


@pytest.fixture
def book(call: Call, corpus: Path) -> Call:
    assert call("ingest", corpus).code == 0
    return call


def ids(book: Call) -> dict[str, str]:
    records = [json.loads(line) for line in book("list").lines]
    return {record["investors"][0]["name"]: record["id"] for record in records}


def test_what_is_said_of_a_decision(book: Call) -> None:
    known = ids(book)
    told = book("decide", "same", known["Acme"], known["Bolt"], *WHO, "--format", "table")
    assert scrubbed(told.out) == "DAY same by Ada: read both pages (decision-0)\n  pledge-0, told 3 times\n"
    assert len(ids(book)) == 2
    record = json.loads(book("decide", "reject", known["Cora"], *WHO).out)
    assert (record["kind"], record["by"], record["why"], record["undone_by"]) == (
        "reject",
        "Ada",
        "read both pages",
        None,
    )
    assert len(record["claims"]) == len(record["pledges"]) == 1
    assert json.loads(book("total", "--in", "JPY", "--investor", "Cora").lines[-1])["central"] == 0


def test_show_tells_who_decided_when_and_what_was_taken_back(book: Call) -> None:
    acme = ids(book)["Acme"]
    wrong = json.loads(book("decide", "set", acme, "amount", "4 m EUR", *WHO).out)["id"]
    book("decide", "undo", wrong, "--by", "Ben", "--why", "it was three")
    book("decide", "set", acme, "stage", "delayed", *WHO)
    told = book("show", acme, "--format", "table").out
    assert scrubbed(told[told.index("Decided by people") :]) == (
        "Decided by people\n"
        "  DAY amount set to 4 m EUR by Ada: read both pages (decision-0), undone DAY by Ben: it was\n    three\n"
        "  DAY stage set to delayed by Ada: read both pages (decision-0)\n"
    )
    record = json.loads(book("show", acme).out)
    assert [item["undone_by"] is None for item in record["decisions"]] == [False, True]
    assert (record["amount"]["value"], record["stage"]) == (3_000_000, "delayed")


def test_contradicting_decisions_are_said_shown_and_strict_ends_with_4(book: Call) -> None:
    acme = ids(book)["Acme"]
    book("decide", "set", acme, "stage", "delayed", *WHO)
    told = book("decide", "set", acme, "stage", "cancelled", "--by", "Ben", "--why", "phoned")
    assert told.code == 0
    assert told.err.startswith("contradicting-decisions: ")
    (line,) = book("list", "--investor", "Acme").lines
    assert "contradicting-decisions" in json.loads(line)["flags"]
    assert book("list", "--strict").code == 4
    assert "stage set to cancelled by Ben" in book("show", acme, "--format", "table").out


def test_a_claim_is_taken_out_by_its_own_name(book: Call) -> None:
    acme = ids(book)["Acme"]
    claims = json.loads(book("show", acme).out)["claims"]
    name = f"{claims[1]['document']}/{claims[1]['claim']}"
    assert len(json.loads(book("decide", "different", acme, name, *WHO).out)["pledges"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "pledge-x", *WHO), "no pledge or claim 'pledge-x'"),
        (("reject", "pledge-x"), "Missing option '--by'"),
        (("set", "pledge-x", "mood", "fine", *WHO), "Use one of amount"),
        (("undo", "decision-x", *WHO), "no decision 'decision-x'"),
    ],
)
def test_what_cannot_be_decided_ends_with_2(book: Call, words: tuple[str, ...], said: str) -> None:
    told = book("decide", *words)
    assert (told.code, told.out) == (2, "")
    assert said in told.err.replace("\n", " ")
