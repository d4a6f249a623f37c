"""Where money goes of which a text tells little."""

from pledgebook.api import find_claims

_PROJECT = "Acme Cloud will spend 210 million euros on a data centre in Béthune, France.\n\n"


def test_what_the_union_pays_into_lies_where_the_project_does() -> None:
    [_, grant] = find_claims(f"{_PROJECT}The European Union will contribute 12 million euros to the project.")
    assert [party.name for party in grant.investors] == ["European Union"]
    assert grant.destinations == ("FR",)


def test_what_a_government_gives_another_land_goes_there() -> None:
    [claim] = find_claims("Denmark will lend Kenya 100 million euros for data centres.")
    assert [party.name for party in claim.investors] == ["Danish government"]
    assert claim.destinations == ("KE",)
    [claim] = find_claims("Уряд Данії надасть 100 млн євро Молдові на дата-центри.")
    assert claim.destinations == ("MD",)


def test_what_a_government_invests_in_another_land_goes_there() -> None:
    [claim] = find_claims("阿联酋承诺在法国投资300亿欧元，建设人工智能园区。")
    assert [party.name for party in claim.investors] == ["UAE government"]
    assert claim.destinations == ("FR",)


def test_of_several_newsrooms_the_one_of_those_named_is_meant() -> None:
    [claim] = find_claims("La SFPIM va investir 25 millions d'euros dans un centre de données.")
    assert claim.destinations == ("BE",)


def test_a_seat_of_the_union_is_a_town_where_somebody_from_its_land_is_named() -> None:
    [claim] = find_claims("La SFPIM va investir 25 millions d'euros dans un centre de données à Bruxelles.")
    assert claim.destinations == ("BE",)
