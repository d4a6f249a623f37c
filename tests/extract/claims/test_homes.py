"""Where investors are from."""

from documents import scene
from pledgebook.extract.claims.actors import find_parties
from pledgebook.extract.claims.homes import home_of, homes_of


def test_listed_companies_and_governments_have_a_home() -> None:
    assert home_of("Microsoft") == "US"
    assert home_of("French government", is_government=True) == "FR"


def test_who_is_not_listed_has_none() -> None:
    assert home_of("Nordwind Compute") == ""


def test_homes_come_in_the_order_of_the_investors() -> None:
    actors = find_parties(scene("Brookfield and Microsoft will invest 20 billion euros in France."))
    chosen = sorted((a for a in actors if a.key in ("Brookfield", "Microsoft")), key=lambda actor: actor.key)
    assert homes_of(chosen) == ["CA", "US"]
    assert homes_of([]) == []
