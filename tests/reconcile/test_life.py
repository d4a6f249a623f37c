import pytest

from factory import claim, tell
from pledgebook.reconcile.life import read_life


def stages(*told: tuple[str | None, str, str]) -> list[str]:
    tellings = [
        tell(f"d{n}", day, claim("c", "Acme", "FR", "4 bn EUR", stage=stage, role=role))[0]
        for n, (day, stage, role) in enumerate(told)
    ]
    return [step.stage.value for step in read_life(tellings)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("2024-01-01", "proposed", "new"), ("2024-05-13", "announced", "new")], ["proposed", "announced"]),
        ([("2024-01-01", "under_way", "new"), ("2024-05-13", "announced", "earlier")], ["under_way"]),
        ([("2024-01-01", "announced", "new"), ("2025-05-13", "completed", "earlier")], ["announced", "completed"]),
        ([("2024-01-01", "cancelled", "new"), ("2024-05-13", "announced", "earlier")], ["cancelled"]),
        ([("2024-01-01", "cancelled", "new"), ("2024-05-13", "announced", "new")], ["cancelled", "announced"]),
        ([("2024-01-01", "delayed", "new"), ("2024-05-13", "announced", "new")], ["delayed"]),
        ([("2024-01-01", "delayed", "new"), ("2024-05-13", "under_way", "new")], ["delayed", "under_way"]),
        ([("2024-01-01", "delayed", "new"), ("2024-05-13", "cancelled", "earlier")], ["delayed", "cancelled"]),
        ([("2024-01-01", "cancelled", "new"), ("2024-05-13", "delayed", "earlier")], ["cancelled"]),
        ([("2024-01-01", "announced", "new"), ("2024-01-01", "proposed", "new")], ["proposed"]),
        ([(None, "announced", "earlier"), ("2024-05-13", "delayed", "new")], ["announced", "delayed"]),
        ([(None, "completed", "earlier"), ("2024-05-13", "announced", "earlier")], ["completed", "announced"]),
        ([(None, "cancelled", "earlier"), ("2024-05-13", "announced", "earlier")], ["cancelled"]),
    ],
)
def test_steps(told: list[tuple[str | None, str, str]], expected: list[str]) -> None:
    assert stages(*told) == expected
