"""Where money goes of which a text tells little."""

import pytest

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


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("EU ger Chalmers 4 miljoner euro till en kvantdator.", "SE"),
        ("The European Commission will give the University of Warsaw 5 million euros for a quantum laboratory.", "PL"),
        (
            (
                "Regeringen foreslår at afsætte 640 millioner kroner til sikker AI i staten. "
                "EU-Kommissionen har desuden givet tilsagn om 6 millioner euro til projektet."
            ),
            "DK",
        ),
        ("The European Union will invest 200 million euros in AI factories.", "EU"),
    ],
)
def test_the_union_pays_for_something_in_the_land_of_whom_a_text_speaks(text: str, land: str) -> None:
    *_, grant = find_claims(text)
    assert (grant.investors[0].name, grant.destinations) == ("European Union", (land,))


@pytest.mark.parametrize(
    ("text", "land"),
    [
        (
            (
                "Oracle invests 4 billion euros, about 4.5 billion Canadian dollars, in data centres in Spain. "
                "It has offices in Toronto."
            ),
            "ES",
        ),
        (
            (
                "Meta investiert 500 Millionen Dollar, rund 440 Millionen Schweizer Franken, in Schweden. "
                "In Zürich hat Meta ein Büro."
            ),
            "SE",
        ),
    ],
)
def test_whose_money_a_sum_is_told_in_again_says_not_where_it_goes(text: str, land: str) -> None:
    assert find_claims(text)[0].destinations == (land,)
