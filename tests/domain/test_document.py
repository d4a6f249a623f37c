from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import Document, Interval, content_id


def test_a_document_is_called_as_its_sender_calls_it() -> None:
    assert Document("a.txt", "words", "en", name="7").id == "7"


def test_without_a_name_source_and_text_make_one() -> None:
    one = Document("a.txt", "words", "en")
    assert one.id == Document("a.txt", "words", "nl", title="Words").id
    assert one.id != Document("b.txt", "words", "en").id
    assert one.id != Document("a.txt", "other words", "en").id


def test_only_a_known_day_is_a_day() -> None:
    day = date(2024, 5, 13)
    assert Document("a", "b", "en", published=Interval.day(day)).day == day
    assert Document("a", "b", "en", published=Interval(day, date(2024, 5, 19))).day is None
    assert Document("a", "b", "en").day is None


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_names_tell_parts_apart(one: list[str], other: list[str]) -> None:
    separated = not any("\x1f" in part for part in (*one, *other))
    assert (content_id("x", *one) == content_id("x", *other)) == (one == other) or not separated or not (one and other)
