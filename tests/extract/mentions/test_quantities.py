"""Counts of what is promised."""

from pledgebook.extract.mentions import find_quantities


def test_a_year_in_a_dateline_counts_nothing_behind_its_dash() -> None:
    text = "OSLO, 4 May 2026 - Startup Nordvolt and 12 startups beside it open a lab."
    assert [m.deliverable.count for m in find_quantities(text, "en") if m.deliverable is not None] == [12, 1]
