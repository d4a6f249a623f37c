import json

from factory import RATES, claim, ledger, tell
from pledgebook.ledger import entries, totals
from pledgebook.wire_book import pledge_json, tally_json

BOOK = ledger(
    tell(
        "d",
        "2024-05-13",
        claim("all", (), "FR", "15 bn EUR", "2024-05-13", role="total", total_of="a"),
        claim("a", "Acme", "FR", "up to 4 bn EUR = 4.3 bn USD", "2024-05-13", part_of="all"),
    ),
    tell("e", "2024-05-14", claim("a", "Acme", "FR", "4 bn USD", "2024-05-13")),
    tell("f", "2024-05-14", claim("a", "Acme", "FR", "4 bn EUR", "2024-05-13")),
)
PROMISED = (
    "id investors recipient destinations places amount in deliverables purposes announced term stage role relations "
    "counted reason flags sources conflicts claims"
)


def test_a_pledge_has_all_that_is_promised() -> None:
    lines = entries(BOOK.pledges, as_of=None, rates=RATES, currency="USD")
    shown = [json.loads(json.dumps(pledge_json(line))) for line in lines]
    for line in shown:
        assert set(PROMISED.split()) <= set(line)
    part = next(line for line in shown if line["investors"])
    assert part["amount"] | {"also": 0} == {
        "value": 4_000_000_000,
        "value_max": None,
        "currency": "EUR",
        "qualifier": "exact",
        "basis": "stated",
        "also": 0,
        "low": 4_000_000_000,
        "central": 4_000_000_000,
        "high": 4_000_000_000,
    }
    assert part["in"]["currency"] == "USD"
    assert (part["in"]["source"], part["in"]["day"], part["in"]["rate"]) == ("ECB", "2024-05-13", 1.0795)
    assert part["sources"] == {"all": 3, "independent": 3}
    assert [it["name"] for it in part["conflicts"]] == ["wrong-currency"]
    assert part["claims"][0] == {"document": "d", "source": "d.example", "claim": "a"}
    rest = next(line for line in shown if line["rest_of"])
    assert (rest["adds"]["central"], rest["claims"]) == (11_000_000_000, [])


def test_a_row_explains_itself() -> None:
    row = totals(BOOK.lines, currency="EUR", rates=RATES)[-1]
    shown = json.loads(json.dumps(tally_json(row, explain=True)))
    assert (shown["key"], shown["currency"], shown["central"], shown["pledges"]) == (None, "EUR", 15_000_000_000, 2)
    assert shown["left_out"] == {"counts through its parts": 1}
    assert {it["reason"] for it in shown["included"]} == {"counts", "the part of a total that no known pledge names"}
    assert len(shown["excluded"]) == 1
    assert "included" not in tally_json(row)
