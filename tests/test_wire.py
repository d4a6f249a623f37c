import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pledgebook.domain import (
    Amount,
    Basis,
    Claim,
    Deliverable,
    Document,
    Evidence,
    Interval,
    Kind,
    Money,
    Party,
    PartyKind,
    PublishedBasis,
    Purpose,
    Qualifier,
    Relation,
    RelationType,
    Role,
    Span,
    Stage,
    Term,
    WireError,
)
from pledgebook.wire import document_line, dumps, loads, number_json, read_line

SCHEMA = Draft202012Validator(
    json.loads(files("pledgebook").joinpath("claim.schema.json").read_text(encoding="utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
WORDS = st.text(max_size=30)
NAMES = st.text(min_size=1, max_size=20)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
CURRENCIES = st.sampled_from(("EUR", "USD", "JPY", "KRW", "INR"))
FIGURES = st.one_of(
    st.integers(1, 10**30).map(Decimal),
    st.decimals(Decimal("0.0001"), Decimal(10**9), allow_nan=False, allow_infinity=False, places=4).filter(bool),
)


def ranged(figure: Decimal, qualifier: Qualifier, more: Decimal) -> tuple[Qualifier, Decimal | None]:
    return qualifier, figure + more if qualifier is Qualifier.RANGE else None


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    value = draw(st.integers(1, 10**14).map(Decimal))
    qualifier, value_max = ranged(value, draw(st.sampled_from(Qualifier)), draw(st.integers(1, 10**9).map(Decimal)))
    also = draw(st.lists(st.builds(Money, FIGURES, CURRENCIES), max_size=2))
    return Amount(value, draw(CURRENCIES), qualifier, value_max, draw(st.sampled_from(Basis)), tuple(also))


@st.composite
def deliverables(draw: st.DrawFn) -> Deliverable:
    count = draw(FIGURES.filter(lambda figure: figure < 10**9))
    qualifier, count_max = ranged(count, draw(st.sampled_from(Qualifier)), Decimal(5))
    return Deliverable(draw(st.sampled_from(Kind)), count, qualifier, count_max, draw(st.none() | DAYS))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    return Interval(*sorted((draw(DAYS), draw(DAYS))))


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    start, end = sorted((draw(st.integers(0, 500)), draw(st.integers(0, 500))))
    return Evidence(draw(NAMES), Span(start, end), draw(WORDS))


PARTIES = st.builds(Party, NAMES, st.sampled_from(PartyKind), st.none() | NAMES)
CLAIMS = st.builds(
    Claim,
    id=NAMES,
    investors=st.lists(PARTIES, max_size=3).map(tuple),
    recipient=st.none() | PARTIES,
    destinations=st.lists(st.sampled_from(("FR", "EU", "150", "001")), max_size=2).map(tuple),
    places=st.lists(WORDS, max_size=2).map(tuple),
    amount=st.none() | amounts(),
    deliverables=st.lists(deliverables(), max_size=2).map(tuple),
    purposes=st.lists(st.sampled_from(Purpose), max_size=3).map(tuple),
    announced=st.none() | intervals(),
    term=st.builds(Term, st.none() | DAYS, st.none() | DAYS),
    stage=st.sampled_from(Stage),
    role=st.sampled_from(Role),
    relations=st.lists(st.builds(Relation, st.sampled_from(RelationType), NAMES), max_size=2).map(tuple),
    evidence=st.lists(evidence(), min_size=1, max_size=3).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    source=NAMES,
    text=WORDS,
    language=st.sampled_from(("nl", "zh-Hant", "und")),
    title=st.none() | WORDS,
    published=st.none() | intervals(),
    published_basis=st.sampled_from(PublishedBasis),
    name=NAMES,
)


@given(DOCUMENTS, st.lists(CLAIMS, max_size=3))
def test_a_line_gives_back_what_was_written_and_is_what_the_contract_says(
    document: Document, claims: list[Claim]
) -> None:
    line = document_line(document, claims)
    assert "\n" not in line
    assert read_line(line) == (document, tuple(claims))
    SCHEMA.validate(json.loads(line))


@given(st.lists(st.characters(categories=["Cs"]), max_size=4).map("é".join))
def test_a_lone_surrogate_survives_as_valid_utf_8(words: str) -> None:
    line = dumps({"text": words})
    line.encode("utf-8")
    assert loads(line) == {"text": words}


def test_a_document_without_a_name_gets_the_one_that_follows_from_its_text() -> None:
    document = Document(source="a.txt", text="Acme.", language="en")
    read, _ = read_line(document_line(document, ()))
    assert read.id == document.id


def test_more_digits_than_a_number_keeps_are_refused_and_not_rounded() -> None:
    with pytest.raises(WireError, match="more digits"):
        number_json(Decimal("1234567890123.4567"))
    assert number_json(Decimal(10) ** 40) == 10**40


def line_with(path: str, value: object) -> str:
    """A sound line in which one thing is wrong."""
    claim: dict[str, Any] = {
        "id": "a",
        "investors": [{"name": "Acme", "kind": "company", "id": None}],
        "recipient": None,
        "destinations": ["FR"],
        "places": [],
        "amount": {"value": 4_000_000, "currency": "EUR", "qualifier": "exact"},
        "deliverables": [{"kind": "jobs", "count": 30, "qualifier": "exact"}],
        "purposes": ["ai"],
        "announced": {"earliest": "2024-05-13", "latest": "2024-05-13"},
        "term": {"start": None, "end": None},
        "stage": "announced",
        "role": "new",
        "relations": [{"type": "part_of", "claim": "b"}],
        "evidence": [{"field": "amount", "start": 0, "end": 4, "text": "Acme"}],
    }
    document: dict[str, Any] = {"id": "d", "source": "a.txt", "language": "en", "text": "Acme."}
    data: dict[str, Any] = {"document": document, "claims": [claim]}
    read_line(json.dumps(data))
    target: Any = data
    *way, last = path.split(".")
    for step in way:
        target = target[int(step) if step.isdigit() else step]
    if value is ...:
        del target[last]
    else:
        target[int(last) if last.isdigit() else last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("document", ..., "line: no 'document'"),
        ("document.text", ..., "line.document: no 'text'"),
        ("document.title", 7, "line.document.title: 7"),
        ("document.published", "2024", "line.document.published: str"),
        ("document.published_basis", "rumour", "line.document.published_basis: 'rumour'"),
        ("claims", ..., "line: no 'claims'"),
        ("claims", {"a": 1}, "line.claims: dict, not a list"),
        ("claims.0", "a", "line.claims[0]: str, not an object"),
        ("claims.0.id", 5, "line.claims[0].id: 5"),
        ("claims.0.stage", "done", "line.claims[0].stage: 'done'"),
        ("claims.0.role", ..., "line.claims[0]: no 'role'"),
        ("claims.0.investors.0", "Acme", "line.claims[0].investors[0]: str, not an object"),
        ("claims.0.investors.0.kind", "club", "line.claims[0].investors[0].kind"),
        ("claims.0.destinations", "FR", "line.claims[0].destinations: str, not a list"),
        ("claims.0.places", [4], "line.claims[0].places[0]: 4"),
        ("claims.0.amount.value", "many", "line.claims[0].amount.value: 'many'"),
        ("claims.0.amount.value", True, "line.claims[0].amount.value: True"),
        ("claims.0.amount.value", -1, "line.claims[0].amount: amount -1 EUR"),
        ("claims.0.amount.qualifier", "range", "line.claims[0].amount"),
        ("claims.0.amount.currency", "euro", "line.claims[0].amount"),
        ("claims.0.amount.also", [{"value": 1}], "line.claims[0].amount.also[0]: no 'currency'"),
        ("claims.0.deliverables.0.kind", "cows", "line.claims[0].deliverables[0].kind: 'cows'"),
        ("claims.0.deliverables.0.count_max", 40, "line.claims[0].deliverables[0]"),
        ("claims.0.deliverables.0.due", "May", "line.claims[0].deliverables[0].due: 'May'"),
        ("claims.0.purposes", ["fun"], "line.claims[0].purposes[0]: 'fun'"),
        ("claims.0.announced.latest", "2024-05-01", "line.claims[0].announced: earliest 2024-05-13 after"),
        ("claims.0.announced.latest", None, "line.claims[0].announced: an interval without both ends"),
        ("claims.0.term", {"start": None}, "line.claims[0].term: no 'end'"),
        ("claims.0.relations.0.type", "cousin_of", "line.claims[0].relations[0].type: 'cousin_of'"),
        ("claims.0.relations.0.claim", ..., "line.claims[0].relations[0]: no 'claim'"),
        ("claims.0.evidence.0.start", 1.5, "line.claims[0].evidence[0].start: Decimal('1.5')"),
        ("claims.0.evidence.0.start", 9, "line.claims[0].evidence[0]: span 9..4"),
    ],
)
def test_a_fault_is_named_with_its_path(path: str, value: object, where: str) -> None:
    with pytest.raises(WireError) as caught:
        read_line(line_with(path, value))
    assert str(caught.value).startswith(where)


@pytest.mark.parametrize("line", ["", "{", "[1, 2", '{"a": NaN}', "[" * 100_000])
def test_what_is_no_json_is_named_with_its_line(line: str) -> None:
    with pytest.raises(WireError, match="corpus line 4: no JSON"):
        loads(line, where="corpus line 4")
