from datetime import date

from pledgebook.lexicon.events import load_events


def test_the_days_of_an_event_rise_and_are_no_weekend_of_long_ago() -> None:
    for name, days in load_events().days.items():
        assert list(days) == sorted(set(days)), name
        assert all(date(2015, 1, 1) <= day <= date(2030, 1, 1) for day in days), name


def test_an_event_is_found_by_each_of_its_names() -> None:
    events = load_events()
    text = "Beim KI-Gipfel in Paris und auf der Viva Technology"
    found = {match.label for match in events.matcher.find(text)}
    assert found == {"AI Action Summit", "VivaTech"}
    assert found <= events.days.keys()
