import pytest

import pledgebook

# Whose "we" is: of the company beside the office of whoever says it.
SAID = (
    ("– Vi investerar 300 miljoner kronor i Skövde, säger Eva Lind, vd för Tornduva.", "Tornduva"),
    ("»Vi investerer 300 millioner kroner i Skive,« siger Ole Brandt, koncernchef i Skyborg.", "Skyborg"),
    ("– Vi skal bruke 300 millioner kroner på Hamar, sier Kari Moe, daglig leder i Toppsky.", "Toppsky"),
    (
        "Kvartsilinja tulee Turkuun.\n\n”Investoimme Turkuun 30 miljoonaa euroa”, sanoo Kvartsilinjan toimitusjohtaja Minna Pyykkö.",
        "Kvartsilinja",
    ),
    (
        "„13 milliárd forintot fektetünk be Győrben” – mondta Pintér Márta, a Kvarcvonal vezérigazgatója.",
        "Kvarcvonal",
    ),
)


@pytest.mark.parametrize(("text", "investor"), SAID)
def test_speaker(text: str, investor: str) -> None:
    [claim] = pledgebook.find_claims(text)
    assert [party.name for party in claim.investors] == [investor]


# Words for investors whom nobody names stand before their sum: nobody named before pays it.
UNTOLD = (
    "Skyborg bygger et datacenter i Skive for 2 milliarder kroner. I 2024 har udenlandske virksomheder lovet 80 mia. kr.",
    "Sivec Cloud v Postojni gradi center za 20 milijonov evrov. Lani so tuja podjetja v Sloveniji obljubila 2 milijardi.",
)


@pytest.mark.parametrize("text", UNTOLD)
def test_untold(text: str) -> None:
    claims = sorted(pledgebook.find_claims(text), key=lambda claim: len(claim.investors))
    assert [len(claim.investors) for claim in claims] == [0, 1]
