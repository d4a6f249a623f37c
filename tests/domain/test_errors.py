import pytest

from pledgebook import domain
from pledgebook.domain import DocumentError, PledgebookError


def test_a_message_says_where_what_and_what_helps_in_that_order() -> None:
    error = DocumentError("a.txt", "nothing but blanks", "Leave it out.")
    assert str(error) == "a.txt: nothing but blanks. Leave it out."
    assert (error.where, error.seen, error.help) == ("a.txt", "nothing but blanks", "Leave it out.")
    assert str(DocumentError("a.txt", "nothing but blanks")) == "a.txt: nothing but blanks."


@pytest.mark.parametrize("name", [name for name in domain.__all__ if name.endswith("Error")])
def test_all_errors_are_of_one_tree(name: str) -> None:
    assert issubclass(getattr(domain, name), PledgebookError)


def test_all_that_the_room_promises_is_there_and_in_order() -> None:
    assert list(domain.__all__) == sorted(
        domain.__all__, key=lambda name: (name[0].islower(), not name.isupper(), name)
    )
    assert all(hasattr(domain, name) for name in domain.__all__)
