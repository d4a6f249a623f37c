import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import Span

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_a_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) or not shared
    assert not one.overlaps(other) or shared or not (len(one) and len(other))


@given(SPANS, st.integers(0, 9))
def test_a_shifted_span_has_the_same_words(span: Span, by: int) -> None:
    text = "".join(map(chr, range(0x1F600, 0x1F600 + 50)))
    assert span.shifted(by).of("x" * by + text) == span.of(text)
    assert len(span.of(text)) == len(span)


def test_containing_is_no_matter_of_order() -> None:
    assert Span(2, 9).contains(Span(2, 9))
    assert not Span(2, 9).contains(Span(1, 3))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3)])
def test_a_span_does_not_run_back(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"span {start}..{end}"):
        Span(start, end)
