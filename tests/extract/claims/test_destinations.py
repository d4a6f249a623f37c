"""Where money goes of which a text tells little."""

from pledgebook.api import find_claims

_PROJECT = "Acme Cloud will spend 210 million euros on a data centre in Béthune, France.\n\n"


def test_what_the_union_pays_into_lies_where_the_project_does() -> None:
    [_, grant] = find_claims(f"{_PROJECT}The European Union will contribute 12 million euros to the project.")
    assert [party.name for party in grant.investors] == ["European Union"]
    assert grant.destinations == ("FR",)
