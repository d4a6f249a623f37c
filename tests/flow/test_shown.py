"""Whose own text a document is, and what its words say of the money: from the document to the ledger."""

from datetime import date

import pytest

from factory import RATES, claim, ledger, tell
from pledgebook.domain import Claim, Document, Evidence, Interval, Party, PartyKind, ReadDocument, Sentence, Span
from pledgebook.flow import entries_of
from pledgebook.flow.shown import shown


def item(source: str, text: str, *claims: Claim, title: str | None = None) -> ReadDocument:
    ends = [place + 1 for place, char in enumerate(text) if char in ".!"] or [len(text)]
    sentences = tuple(Sentence(Span(start, end), 0) for start, end in zip([0, *ends], ends, strict=False))
    day = Interval.day(date(2024, 5, 13))
    found = Document(source, text, "en", title, day, sentences=sentences, name=source)
    return ReadDocument(found, tuple(_with_evidence(it, text) for it in claims))


def _with_evidence(told: Claim, text: str) -> Claim:
    from dataclasses import replace

    named = [("investors", party.name) for party in told.investors] + [("amount", "4 bn")]
    places = [(field, text.find(words), words) for field, words in named]
    return replace(
        told,
        evidence=tuple(Evidence(field, Span(at, at + len(words)), words) for field, at, words in places if at >= 0),
    )


MICROSOFT = claim("c", "Microsoft", "FR", "4 bn EUR", "2024-05-13")


@pytest.mark.parametrize(
    ("source", "text", "is_own"),
    [
        ("https://news.microsoft.com/fr/2024", "Microsoft puts 4 bn in.", True),
        ("https://blogs.microsoft.com/eu", "Microsoft puts 4 bn in.", True),
        ("https://www.elysee.fr/presse", "Microsoft puts 4 bn in.", True),
        ("https://www.economie.gouv.fr/x", "Microsoft puts 4 bn in.", True),
        ("https://www.gov.uk/x", "Microsoft puts 4 bn in.", False),
        ("https://www.businesswire.com/1", "Microsoft puts 4 bn in.", True),
        ("https://paper.example/x", "Microsoft puts 4 bn in.", False),
        ("https://microsoft-watch.example/x", "Microsoft puts 4 bn in.", False),
        ("a.txt", "Communiqué de presse. Microsoft puts 4 bn in.", True),
        ("a.txt", "FOR IMMEDIATE RELEASE. Amazon and others. Microsoft puts 4 bn in.", True),
        ("a.txt", "Microsoft said in a press conference that it puts 4 bn in.", False),
        ("http://[broken", "Microsoft puts 4 bn in.", False),
    ],
)
def test_whose_text_it_is(source: str, text: str, is_own: bool) -> None:
    assert (shown(item(source, text, MICROSOFT)) == (("own-text",),)) is is_own


def test_a_release_is_that_of_the_first_investor_named_only() -> None:
    other = claim("d", "Amazon", "FR", "1 bn EUR", "2024-05-13")
    text = "Press release. Microsoft puts 4 bn in; Amazon does so too."
    assert shown(item("a.txt", text, MICROSOFT, other)) == (("own-text",), ())


def test_a_governments_own_plan() -> None:
    plan = claim("c", (), "150", "4 bn EUR", "2024-05-13")
    from dataclasses import replace

    plan = replace(plan, investors=(Party("German government", PartyKind.GOVERNMENT),))
    assert shown(item("https://www.bundesregierung.de/a", "4 bn.", plan)) == (("own-text",),)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Microsoft puts 4 bn in. The figure includes operating expenses.", {"includes-running-costs"}),
        ("Microsoft puts 4 bn in, Betriebskosten eingeschlossen.", {"includes-running-costs"}),
        ("Microsoft puts 4 bn in, part of which is already spent.", {"partly-spent"}),
        ("Operating costs rose. The weather was fine. Microsoft puts 4 bn in.", set()),
    ],
)
def test_what_else_is_in_a_sum_is_flagged(text: str, flags: set[str]) -> None:
    (line,) = entries_of([item("a.txt", text, MICROSOFT)], rates=RATES)
    assert {"includes-running-costs", "partly-spent"} & set(line.flags) == flags


def test_own_text_goes_before_a_majority_and_says_so() -> None:
    from dataclasses import replace

    own = [replace(it, shows=("own-text",)) for it in tell("own", "2024-05-13", MICROSOFT)]
    others = [
        tell(f"o{n}", "2024-05-14", claim("c", "Microsoft", "FR", "4 bn USD", "2024-05-13", things={"gpus": 25000}))
        for n in range(3)
    ]
    own = [replace(it, claim=replace(it.claim, deliverables=others[0][0].claim.deliverables)) for it in own]
    pledge = ledger(own, *others).pledge("own", "c")
    assert pledge.amount is not None
    assert (pledge.amount.currency, pledge.conflicts[0].name) == ("EUR", "wrong-currency")
    assert pledge.conflicts[0].reason == "the investor's or the government's own text"
