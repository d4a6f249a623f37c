from pledgebook.store.rows import key_of, packed


def test_two_lists_of_parts_never_share_a_key() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", "")}) == 4


def test_lone_surrogates_have_a_key() -> None:
    assert key_of("\ud800") != key_of("?")


def test_the_order_of_names_does_not_matter() -> None:
    assert packed({"a": 1, "b": 2}) == packed({"b": 2, "a": 1})
