"""What tells where a sum goes by whose money it is, who pays it and who gets it."""

from collections.abc import Sequence

from documents import scene
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.actors import find_countries, find_parties
from pledgebook.extract.claims.lands import land_features, payment_of


def told(text: str, land: str, *, payers: Sequence[str] = (), paid: str | None = None) -> set[str]:
    """What is told of a land for the first sum of a text."""
    found = scene(text)
    parties = {actor.key: actor for actor in find_parties(found)}
    actor = next(actor for actor in find_countries(found) if actor.key == land)
    chosen: list[Actor] = [parties[name] for name in payers]
    return set(land_features(found, found.money[0], actor, payment_of(chosen, parties[paid] if paid else None)))


def test_a_land_has_money_of_its_own() -> None:
    text = "Northgrid will invest 3 billion Swedish kronor in Sweden and Norway."
    assert "money:own" in told(text, "SE")
    assert "money:foreign" in told(text, "NO")
    assert "money:EUR" in told("Northgrid will invest 3 billion euros in Spain.", "ES")


def test_the_land_that_a_payer_is_from_is_told_with_its_name() -> None:
    text = "The Swedish company Northgrid will invest 3 billion euros in a data centre in Spain."
    assert {"of-parties", "payers-all"} <= told(text, "SE", payers=("Northgrid",))
    assert not {"of-parties", "payers-all"} & told(text, "ES", payers=("Northgrid",))


def test_governments_pay_at_home_or_abroad() -> None:
    text = "The French government will spend 3 billion euros on data centres in France and Spain."
    assert "public-home" in told(text, "FR", payers=("French government",))
    assert "public-abroad" in told(text, "ES", payers=("French government",))


def test_who_is_paid_may_be_known_to_be_from_a_land() -> None:
    text = "Northgrid will invest 3 billion euros in the French company Mistral AI, not in Spain."
    assert {"payees", "paid-home"} <= told(text, "FR", paid="Mistral AI")
    assert "paid-abroad" in told(text, "ES", paid="Mistral AI")


def test_a_land_is_known_by_its_government_where_nothing_else_names_it() -> None:
    found = scene("The Flemish government adds 40 million euros.")
    assert [(actor.key, actor.anchors[0].kind) for actor in find_countries(found)] == [("BE", "government")]
