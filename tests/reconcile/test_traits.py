import pytest

from factory import RATES, claim, tell
from pledgebook.reconcile.compare import Likeness, liken


def reasons(one: dict[str, object], other: dict[str, object]) -> Likeness:
    base = {"investors": "Acme", "to": "FR", "sum_": "4.2 bn EUR", "on": "2024-05-13"}
    tellings = [
        tell(name, "2024-05-14", claim("c", **(base | fields)))[0]  # type: ignore[arg-type]
        for name, fields in (("a", one), ("b", other))
    ]
    return liken(*tellings, RATES)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({}, "the same sum"),
        ({"sum_": "4.53 bn USD"}, "the same sum at the day's rate"),
        ({"sum_": "4 bn EUR"}, "the same sum, rounded"),
        ({"sum_": "4.2 bn USD"}, "the same figure in another currency"),
        ({"sum_": "4.2 m EUR"}, "the same figure, a thousand times as large"),
        ({"sum_": "9 bn EUR"}, "sums that differ"),
        ({"sum_": None}, "one tells no sum"),
        ({"on": "2024-05-16"}, "announced within 7 days of each other"),
        ({"investors": ("Acme", "Bolt")}, "some of the same investors"),
        ({"investors": ()}, "one names no investor"),
        ({"to": "FR DE"}, "a destination in common"),
        ({"to": "150"}, "a wider destination"),
        ({"recipient": "Cobalt"}, "one names no recipient"),
        ({"role": "total"}, "one is a total"),
    ],
)
def test_a_trait_is_named_and_likeness_is_symmetric(other: dict[str, object], reason: str) -> None:
    found = reasons({}, other)
    assert reason in dict(found.reasons)
    assert found == reasons(other, {})
    assert found.score == pytest.approx(sum(points for _, points in found.reasons))


@pytest.mark.parametrize("other", [{"investors": "Bolt"}, {"to": "JP", "sum_": "9 bn EUR"}])
def test_what_cant_be_is_far_below_any_threshold(other: dict[str, object]) -> None:
    assert reasons({}, other).score <= -100


def test_more_digits_say_more_and_every_difference_says_less() -> None:
    whole = reasons({}, {}).score
    assert reasons({"sum_": "4 bn EUR"}, {"sum_": "4 bn EUR"}).score < whole
    for other in ({"sum_": "4 bn EUR"}, {"on": "2024-06-13"}, {"to": "FR DE"}, {"sum_": None}):
        assert reasons({}, other).score < whole
