from datetime import date

from factory import claim, ledger, tell
from pledgebook.ledger import changes


def test_what_is_new_replaced_delayed_and_in_conflict() -> None:
    book = ledger(
        tell("a", "2022-03-15", claim("old", "Acme", "DE", "17 bn EUR", "2022-03-15")),
        tell(
            "b",
            "2023-06-19",
            claim("new", "Acme", "DE", "30 bn EUR", "2023-06-19", replaces="old"),
            claim("old", "Acme", "DE", "17 bn EUR", "2022-03", role="earlier"),
        ),
        tell("b2", "2023-06-19", claim("new", "Acme", "DE", "30 bn EUR", "2023-06-19")),
        tell("c", "2024-09-17", claim("new", "Acme", "DE", "30 bn USD", "2023-06-19", stage="delayed")),
    )
    old, new = book.pledge("a", "old").id, book.pledge("b", "new").id
    found = [(str(it.day), it.pledge, it.kind.value, it.note) for it in changes(book.pledges, since=date(2023, 1, 1))]
    assert sorted(found) == sorted(
        [
            ("2023-06-19", new, "new", ""),
            ("2023-06-19", old, "replaced", f"by {new}"),
            ("2024-09-17", new, "delayed", ""),
            ("2024-09-17", new, "conflict", "wrong-currency"),
        ]
    )
    assert [it.kind.value for it in changes(book.pledges, since=date(2024, 9, 18))] == []
