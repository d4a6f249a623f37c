from factory import claim, ledger, tell


def test_parts_that_exceed_their_total_are_a_finding() -> None:
    book = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", "Acme", "FR", "10 bn EUR", role="total", total_of="a b c"),
            *(
                claim(name, "Acme", "FR", words, places=(name,))
                for name, words in zip("abc", ("6 bn EUR", "3 bn EUR", "4 bn EUR"), strict=True)
            ),
        )
    )
    assert [it.name for it in book.pledge("d", "all").findings] == ["parts-exceed-total"]
    assert "parts-exceed-total" in book.line("d", "all").flags
    assert book.bn("EUR") == 13


def test_nothing_follows_from_a_summit_or_from_two_unknown_parts() -> None:
    summit = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", (), "FR", "10 bn EUR", role="total", total_of="a b"),
            claim("a", "Acme", "FR", "6 bn EUR"),
            claim("b", "Bolt", "FR", None, things={"jobs": 300}),
        )
    )
    assert summit.pledge("d", "b").amount is None
    two = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", ("Acme", "Bolt", "Cobalt"), "FR", "10 bn EUR", role="total", total_of="a b c"),
            claim("a", "Acme", "FR", "6 bn EUR"),
            claim("b", "Bolt", "FR", None, things={"jobs": 300}),
            claim("c", "Cobalt", "FR", None, things={"jobs": 200}),
        )
    )
    assert two.pledge("d", "b").amount is None


def test_a_part_without_a_rate_implies_nothing() -> None:
    book = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", ("Acme", "Bolt"), "FR", "10 bn EUR", role="total", total_of="a b"),
            claim("a", "Acme", "FR", "6 bn XAU"),
            claim("b", "Bolt", "FR", None, things={"jobs": 300}),
        )
    )
    assert book.pledge("d", "b").amount is None
    assert book.line("d", "a").reason == "inside a total in a currency without a rate"
    assert book.bn("EUR") == 10
