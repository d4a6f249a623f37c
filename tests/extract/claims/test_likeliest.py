"""Who of several plays a part."""

from pledgebook.api import find_claims


def test_who_pays_a_part_does_not_pay_the_whole() -> None:
    told = find_claims(
        "Havnord Cloud Ltd will build a data centre in Cork, Ireland.\n\n"
        "The cost is 35 million euros, of which 4 million will be paid by the European Union."
    )
    payers = {claim.amount.value: [party.name for party in claim.investors] for claim in told if claim.amount}
    assert "European Union" not in payers[35_000_000]
    assert payers[4_000_000] == ["European Union"]
