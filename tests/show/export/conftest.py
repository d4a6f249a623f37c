"""The bundled articles as a selection, and one whose words do their worst."""

import sys
import types
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from factory import RATES, claim
from pledgebook.domain import (
    Amount,
    Decision,
    DecisionKind,
    Document,
    Evidence,
    Interval,
    Party,
    PublishedBasis,
    Qualifier,
    ReadDocument,
    Span,
)
from pledgebook.flow import read
from pledgebook.flow.ledger import entries_of
from pledgebook.show.demo import articles
from pledgebook.show.export import Selection


def selection_of(documents: list[ReadDocument], *, currency: str | None = "USD", **more: object) -> Selection:
    """All lines of some documents."""
    lines = entries_of(documents, rates=RATES, currency=currency)
    return Selection(lines, {item.document.id: item for item in documents}, snapshot="f" * 64, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def demo_documents() -> list[ReadDocument]:
    with articles() as folder:
        found = [item for item in read([str(folder)], reader="rules", workers=1) if isinstance(item, ReadDocument)]
    return [replace(item, sources=(item.document.source,)) for item in found]


@pytest.fixture(scope="session")
def demo(demo_documents: list[ReadDocument]) -> Selection:
    return selection_of(demo_documents)


NASTY = '=HYPERLINK("http://evil.example","Acme")'


@pytest.fixture(scope="session")
def nasty_documents() -> list[ReadDocument]:
    """Names that are formulas, controls, other alphabets, long figures, a document without a day, one without claims."""
    text = f"{NASTY} pledges 3000000 EUR.\r\n+1 \x0b\x00 \ufffe 投资 \"quoted\", 'and' 1,5 %\ttab\n@SUM(A1) -2"
    one = claim("c1", NASTY, "ES FR", "3 m EUR", "2024-05-13", places=("=1+1", "'-quoted"))
    one = replace(
        one,
        evidence=(Evidence("investors", Span(0, len(NASTY)), NASTY), Evidence("amount", Span(49, 60), text[49:60])),
        recipient=Party("@Bolt | \t Inc"),
        score=0.123456789,
        reasons=("because; of this", '"x"'),
        amount=Amount(Decimal(12345678901234567), "EUR", Qualifier.RANGE, Decimal(12345678901234568), also=()),
    )
    two = claim("c2", "Cora", "JP", "up to 500 m JPY", None)
    documents = [
        Document("https://one.example/a?b=1&c=<2>", text, "en-GB", '+"title"; <b>', name="d1",
                 published=Interval.day(date(2024, 5, 14)), published_basis=PublishedBasis.BYLINE, noise=(Span(3, 7),)),
        Document("-minus.txt", "Cora pledges up to 500 million yen.", "ja", None, name="d2"),
        Document("empty.txt", "Nothing here.", "en", "No claims", name="d3"),
    ]  # fmt: skip
    return [
        ReadDocument(documents[0], (one,), reader="rules", version="v1", sources=("-a", "https://one.example/a")),
        ReadDocument(documents[1], (two,), sources=("-minus.txt",)),
        ReadDocument(documents[2], (), sources=("empty.txt",)),
    ]


@pytest.fixture(scope="session")
def nasty(nasty_documents: list[ReadDocument]) -> Selection:
    decision = Decision(
        "dec-1", DecisionKind.REJECT, (("d2", "c2"),), "=someone", datetime(2024, 6, 1, 12, tzinfo=UTC), "-not; ours"
    )
    return selection_of(nasty_documents, decisions=(decision,))


@pytest.fixture
def transliteration(monkeypatch: pytest.MonkeyPatch) -> None:
    """FollowTheMoney imports PyICU, which has to be compiled, for a transliteration that validating never calls."""
    stub = types.ModuleType("icu")
    stub.Transliterator = type(
        "Transliterator", (), {"createInstance": staticmethod(lambda *_: types.SimpleNamespace(transliterate=str))}
    )  # type: ignore[attr-defined]
    if "icu" not in sys.modules:
        monkeypatch.setitem(sys.modules, "icu", stub)
