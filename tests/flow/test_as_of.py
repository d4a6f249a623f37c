"""The book only grows: any earlier report is answered again, byte for byte, whatever came later."""

import random
from datetime import UTC, date, datetime, timedelta

from factory import RATES, claim, tell
from pledgebook.domain import Decision, DecisionKind, Document, ReadDocument, Telling
from pledgebook.flow import entries_of
from pledgebook.flow.decisions import rulings
from pledgebook.ledger import totals
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json, tally_json

FIRST = date(2024, 1, 1)
REPORTS = 200
SUMS = ("3 bn EUR", "3.2 bn EUR", "3.45 bn USD", "3 bn USD", "3 m EUR", "10 bn EUR", "8-12 bn EUR", "up to 5 bn GBP")
STAGES = ("announced", "announced", "announced", "proposed", "under_way", "delayed", "cancelled", "completed")
VALUES = (("amount", "4 bn EUR"), ("stage", "delayed"), ("announced", "2024-02-15"), ("recipient", None))


def document(chance: random.Random, number: int, day: date) -> ReadDocument:
    """An article of that day with up to three claims, related to each other now and then."""
    claims = []
    for n in range(chance.randint(1, 3)):
        relation = chance.choice(("", "", "part_of", "adds_to", "replaces")) if n else ""
        told = day - timedelta(days=chance.choice((0, 0, 1, 30, 400)))
        claims.append(
            claim(
                str(n),
                chance.choice(("Acme", "Bolt", "Cobalt", ("Acme", "Bolt"))),
                chance.choice(("FR", "DE", "FR DE", "001")),
                chance.choice((*SUMS, None)),
                chance.choice((told.isoformat(), told.isoformat(), None)),
                stage=chance.choice(STAGES),
                role=chance.choice(("new", "new", "earlier", "total")),
                things=chance.choice(({}, {}, {"jobs": 300})),
                **({relation: "0"} if relation else {}),
            )
        )
    tellings: list[Telling] = tell(f"doc-{number}", day.isoformat(), *claims)
    words = " ".join(f"w{number}x{n}" for n in range(30))
    kept = Document(tellings[0].source, words, "en", published=tellings[0].published, name=f"doc-{number}")
    return ReadDocument(kept, tuple(claims))


def decision(
    chance: random.Random, number: int, day: date, known: list[ReadDocument], made: list[Decision]
) -> Decision:
    """What somebody decided that day about claims of the articles that were known."""
    keys = sorted({(item.document.id, it.id) for item in known for it in item.claims})
    at = datetime(day.year, day.month, day.day, chance.randint(0, 23), 59, tzinfo=UTC)
    kind = chance.choice(tuple(DecisionKind)) if made else DecisionKind.SAME
    if kind is DecisionKind.UNDO:
        return Decision(f"d{number}", kind, (), "Ada", at, "a reason", undoes=chance.choice(made).id)
    few = tuple(chance.sample(keys, min(len(keys), 1 if kind in (DecisionKind.SET, DecisionKind.REJECT) else 2)))
    field, value = chance.choice(VALUES) if kind is DecisionKind.SET else (None, None)
    return Decision(f"d{number}", kind, few, "Ada", at, "a reason", field=field, value=value)


def report(documents: list[ReadDocument], decisions: list[Decision], day: date) -> str:
    """All that is printed on a day: every line, who decided what about it, and totals by country."""
    lines = entries_of(documents, decisions=decisions, rates=RATES, as_of=day)
    told = [dumps(pledge_json(line)) for line in lines]
    known = [item for item in decisions if item.at.date() <= day]
    told += [f"{line.id} {ruling}" for line in lines if not line.is_rest for ruling in rulings(line.pledge, known)]
    told += [dumps(tally_json(row, explain=True)) for row in totals(lines, by="country", currency="EUR", rates=RATES)]
    return "\n".join(told)


def test_as_of_gives_back_two_hundred_earlier_reports_byte_for_byte() -> None:
    made = 0
    for seed in range(8):
        chance = random.Random(seed)  # noqa: S311 - a world, no secret
        documents: list[ReadDocument] = []
        decisions: list[Decision] = []
        reports: dict[date, str] = {}
        day = FIRST
        for number in range(REPORTS // 8):
            day += timedelta(days=chance.randint(1, 40))
            documents += [document(chance, 10 * number + n, day) for n in range(chance.randint(0, 2))]
            if documents and chance.random() < 0.3:
                decisions.append(decision(chance, number, day, documents, decisions))
            reports[day] = report(documents, decisions, day)
        chance.shuffle(documents)
        for then, told in reports.items():
            assert report(documents, decisions, then) == told
            made += 1
    assert made == REPORTS
