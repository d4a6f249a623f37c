from typing import Any

import pytest

from pledgebook.show.evaluation.names import name_key


@pytest.mark.parametrize(
    "names",
    [
        ["Amazon", "AWS", "Amazon Web Services", "Amazon.com, Inc."],
        ["Google", "Alphabet", "Google Cloud"],
        ["French government", "government of France", "France"],
        ["UK government", "British government", "United Kingdom"],
        ["US government", "US federal government", "United States"],
        ["Dutch government", "The Netherlands", "Government of the Netherlands"],
        ["Telefónica, S.A.", "telefonica"],
        ["EU", "European Union", "European Commission"],
    ],
)
def test_ways_to_write_one_party(names: Any) -> None:
    assert len({name_key(name) for name in names}) == 1, {name: name_key(name) for name in names}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amazon", "Google"),
        ("French government", "German government"),
        ("Orange", "Oracle"),
        ("South Korea", "North Korea"),
    ],
)
def test_others_stay_others(one: Any, other: Any) -> None:
    assert name_key(one) != name_key(other)
