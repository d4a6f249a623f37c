"""Money of far lands as papers of other languages write it: by its bare name."""

import pytest

from pledgebook.extract.mentions.money import find_money


@pytest.mark.parametrize(
    ("language", "text", "currency"),
    [
        ("pt", "Um cabo de 9 mil milhões de francos CFA.", "XOF"),
        ("de", "Der Bau kostet 9 Milliarden CFA-Franc.", "XOF"),
        ("sv", "Hallen kostar 50 miljoner ringgit.", "MYR"),
        ("cs", "Hala stojí 700 milionů bahtů.", "THB"),
        ("tr", "Tesise 40 milyon manatlık bütçe ayrıldı.", "AZN"),
        ("pl", "Budowa kosztuje 3 mld szekli.", "ILS"),
        ("ru", "На центр дадут 90 млн манатов.", "AZN"),
        ("nl", "Er gaat 60 miljard naira in.", "NGN"),
        ("it", "La sala costa 12 miliardi di tenge.", "KZT"),
        ("fi", "Sali maksaa 300 miljoonaa sekeliä.", "ILS"),
    ],
)
def test_money_is_known_by_its_bare_name(language: str, text: str, currency: str) -> None:
    assert [m.amount.currency for m in find_money(text, language) if m.amount is not None] == [currency]
