"""Every finder's work grows with the text and not with its square, on texts made to slow it down.

`make bench-mentions` measures time on 100,000 characters. Here it is calls that are counted, which a busy machine
does not change; and CPU time with a wide bound, for work that hides inside of one call (a slice, a scan).
"""

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from types import FrameType

import pytest

from adversarial import adversarial_texts, forget
from pledgebook.domain import Interval, Mention
from pledgebook.extract.mentions import find_dates, find_money, find_organisations, find_places, find_quantities

FINDERS: dict[str, Callable[[str, str], list[Mention]]] = {
    "money": find_money,
    "quantities": find_quantities,
    "dates": partial(find_dates, published=Interval.day(date(2024, 6, 10))),
    "places": find_places,
    "organisations": find_organisations,
}
SIZE = 400
TEXTS = adversarial_texts(24 * SIZE)


def calls(finder: Callable[[str, str], list[Mention]], text: str, code: str) -> int:
    """How many functions are called, ours and those in C."""
    number = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    forget()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        finder(text, code)
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("name", TEXTS)
def test_calls_double_with_the_text(name: str) -> None:
    code, text = TEXTS[name]
    for label, finder in FINDERS.items():
        finder(text[: 3 * SIZE], code)  # words, once looked up, are kept
        first, second, third = (calls(finder, text[: SIZE * times], code) for times in (1, 2, 3))
        assert third - second <= 1.2 * (second - first) + 150, (label, first, second, third)


def spent(finder: Callable[[str, str], list[Mention]], text: str, code: str) -> float:
    forget()
    gc.disable()
    begun = time.process_time()
    finder(text, code)
    gc.enable()
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("label", FINDERS)
def test_eight_times_the_text_takes_nothing_like_its_square(label: str) -> None:
    finder = FINDERS[label]
    for name, (code, text) in TEXTS.items():
        bound = 20.0  # a square takes 64 times as long; a linear finder 8
        for _ in range(4):
            small, large = spent(finder, text[: len(text) // 8], code), spent(finder, text, code)
            ratio = (large + 0.01) / (small + 0.01)
            if ratio < bound:
                break
        assert ratio < bound, (name, small, large)


@pytest.mark.parametrize(
    ("text", "code"),
    [("9" * 30 + " billion dollars", "en"), ("億万" * 50 + "円", "ja"), ("$" + "9" * 5_000, "en"), ("1兆" * 99, "ja")],
)
def test_figures_beyond_all_reason_are_read_without_an_error(text: str, code: str) -> None:
    assert all(mention.amount is not None and mention.amount.value < 10**21 for mention in find_money(text, code))
