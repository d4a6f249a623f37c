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


def pair(*, total: str = "5.6 bn USD", share: str | None = "4 bn EUR") -> list:  # type: ignore[type-arg]
    """A total of two that one paper tells, and one of the two shares as another paper tells it."""
    found = [
        tell(
            "paper",
            "2024-05-14",
            claim("pair", ("Amazon", "Microsoft"), "FR", total, "2024-05-13", role="total", total_of="m a"),
            claim("m", "Microsoft", "FR", None, "2024-05-13", things={"gpus": 25000}),
            claim("a", "Amazon", "FR", "1.2 bn EUR", "2024-05-13"),
        )
    ]
    if share is not None:
        other = claim("m", "Microsoft", "FR", share, "2024-05-13", things={"gpus": 25000})
        found.append(tell("other", "2024-05-14", other))
    return found


def test_a_stated_and_an_implied_figure_confirm_each_other() -> None:
    book = ledger(*pair())
    pledge = book.pledge("other", "m")
    assert pledge.amount is not None
    assert (pledge.amount.basis.value, pledge.confirmed) == ("stated", 1)
    assert pledge.reasons[-1].startswith("confirmed: 5,600,000,000 USD in all")
    assert "1.0795 (ECB, 2024-05-13)" in pledge.reasons[-1]
    assert "uncorroborated" not in book.line("other", "m").flags
    alone = ledger(pair()[1])
    assert "uncorroborated" in alone.line("other", "m").flags


def test_what_follows_from_the_same_voice_confirms_nothing() -> None:
    book = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", ("Acme", "Bolt"), "FR", "10 bn EUR", role="total", total_of="a b"),
            claim("a", "Acme", "FR", "6 bn EUR"),
            claim("b", "Bolt", "FR", "4 bn EUR"),
        )
    )
    assert book.pledge("d", "a").confirmed == book.pledge("d", "b").confirmed == 0


def test_parts_that_are_all_and_make_less_are_a_finding() -> None:
    book = ledger(*pair(total="9 bn USD"))
    assert [it.name for it in book.pledge("paper", "pair").findings] == ["parts-below-total"]
    assert book.pledge("other", "m").confirmed == 0


def test_what_follows_is_reckoned_with_further_down() -> None:
    book = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", ("Acme", "Bolt", "Cobalt"), "FR", "10 bn EUR", role="total", total_of="two c"),
            claim("c", "Cobalt", "FR", "4 bn EUR", "2024-05-13"),
            claim("two", ("Acme", "Bolt"), "FR", None, "2024-05-13", role="total", total_of="a b", things={"gpus": 5}),
            claim("a", "Acme", "FR", "5 bn EUR", "2024-05-13"),
            claim("b", "Bolt", "FR", None, "2024-05-13", things={"jobs": 300}),
        )
    )
    amounts = [book.pledge("d", name).amount for name in ("two", "b")]
    assert [int(it.value) // 10**9 for it in amounts if it is not None] == [6, 1]


def test_a_range_among_the_parts_exceeds_nothing_that_its_least_fits_into() -> None:
    book = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", (), "FR", "40 bn EUR", role="total", total_of="a b"),
            claim("a", "Acme", "FR", "30-50 bn EUR"),
            claim("b", "Bolt", "FR", "9 bn EUR"),
        )
    )
    assert [it.name for it in book.pledge("d", "all").findings] == []
