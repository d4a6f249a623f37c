from factory import claim, ledger, tell


def pair(document: str, one: dict[str, str], other: dict[str, str]) -> list:  # type: ignore[type-arg]
    return tell(
        document,
        "2024-05-13",
        claim("a", "Acme", "FR", "10 bn EUR", "2024-05-13", **one),
        claim("b", "Acme", "FR", "17 bn EUR", "2024-05-13", **other),
    )


def test_what_most_voices_tell_holds_and_the_circle_is_named() -> None:
    book = ledger(
        pair("one", {"part_of": "b"}, {}),
        pair("two", {}, {"total_of": "a"}),
        pair("three", {"total_of": "b"}, {}),
    )
    small, large = book.pledge("one", "a"), book.pledge("one", "b")
    assert [(it.type.value, it.claim) for it in small.relations] == [("part_of", large.id)]
    assert [(it.type.value, it.claim) for it in large.relations] == [("total_of", small.id)]
    assert [it.name for it in (*small.findings, *large.findings)] == ["circular-relation"]
    assert book.bn("EUR") == 17


def test_of_two_equally_told_directions_the_larger_sum_is_the_whole() -> None:
    book = ledger(pair("one", {"part_of": "b"}, {}), pair("two", {}, {"part_of": "a"}))
    assert [it.type.value for it in book.pledge("one", "b").relations] == ["total_of"]


def test_relations_to_claims_that_are_not_there_are_dropped() -> None:
    book = ledger(tell("one", "2024-05-13", claim("a", "Acme", "FR", "10 bn EUR", part_of="ghost")))
    assert book.pledge("one", "a").relations == ()
