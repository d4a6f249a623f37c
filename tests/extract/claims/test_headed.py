"""A list says whom an item is about in its heading alone."""

import pytest

from pledgebook.domain import Claim, Page
from pledgebook.flow import read_pages

LIST = """Who promised what this year

Published 30 September 2025

We have gone through what was promised in Europe and kept what has a sum to it.

Spain / Meta.
The site at Talavera de la Reina is under way. Amount: 750 million euros, for 250 permanent jobs.

Portugal / Sines Compute.
8.5 billion euros in Sines by 2030. The first building is at work.

3. Microsoft
Told on 9 April. 2.9 billion euros over the next two years in Poland.

Ireland / the chip maker Analog Devices
630 million euros in Limerick for a research centre, and 600 jobs.
"""


def claims_of(text: str) -> list[Claim]:
    (read,) = read_pages([Page("list.txt", text.encode(), "text/plain")], reader="rules", workers=1)
    return list(read.claims)


def test_the_heading_over_an_item_pays_where_the_item_names_nobody() -> None:
    told = {claim.amount.value: [party.name for party in claim.investors] for claim in claims_of(LIST) if claim.amount}
    assert told == {
        750_000_000: ["Meta"],
        8_500_000_000: ["Sines Compute"],
        2_900_000_000: ["Microsoft"],
        630_000_000: ["Analog Devices"],
    }


@pytest.mark.parametrize(
    ("item", "payer"),
    [
        ("Blackstone will spend 750 million euros at Talavera de la Reina.", "Blackstone"),
        ("The Spanish government pays 750 million euros for a data centre there.", "Spanish government"),
    ],
)
def test_whoever_an_item_names_itself_pays(item: str, payer: str) -> None:
    text = LIST.replace("The site at Talavera de la Reina is under way. Amount: 750 million euros", item)
    claim = next(claim for claim in claims_of(text) if claim.amount and claim.amount.value == 750_000_000)
    assert [party.name for party in claim.investors] == [payer]


def test_one_heading_makes_no_list() -> None:
    text = (
        "Sines wants data centres\n\nSines Compute builds in Portugal, the paper writes, and so do others.\n\n"
        "Meta\nAmount: 750 million euros for data centres in Spain, the ministry says.\n"
    )
    assert all("heading" not in reason for claim in claims_of(text) for reason in claim.reasons)


NEWSLETTER = """Week 12

Friday, 20 March 2026

1. Green Mountain
Adds 4 billion kroner to its data centre in Hamar. The building is under way.

2. Polaris Robotics
Raised 31 million dollars on Tuesday. The round was led by Sandwater, and Investinor took part.

3. Havnord Compute
Borrows 110 million dollars from DNB for data centres in Oslo.
"""


def test_the_heading_over_an_item_that_opens_with_taking_is_given_it() -> None:
    told = {
        claim.amount.value: (claim.recipient and claim.recipient.name, [party.name for party in claim.investors])
        for claim in claims_of(NEWSLETTER)
        if claim.amount
    }
    assert told[31_000_000] == ("Polaris Robotics", ["Sandwater", "Investinor"])
    assert told[110_000_000] == ("Havnord Compute", ["DNB"])


WEEK = """The week in data centres

We have read the papers for you; here is what was said about money this week.

▼ Equinix
Lost 130 million dollars in the last quarter, less than a year ago.

▼ Microsoft
Made a profit of 27 billion dollars in the quarter. A campus near Warsaw for 700 million euros is to open in 2028.

▼ Google
A new data centre in Norway for 600 million euros, with 100 jobs.

▼ Telefónica
Turnover fell by 3 per cent to 9 billion euros.

▼ Sines Compute
Another 48 million euros for the site in Portugal.
"""


def test_profits_and_losses_under_headings_are_no_pledges_and_the_last_items_are_read() -> None:
    told = {claim.amount.value: [party.name for party in claim.investors] for claim in claims_of(WEEK) if claim.amount}
    assert told == {700_000_000: ["Microsoft"], 600_000_000: ["Google"], 48_000_000: ["Sines Compute"]}


@pytest.mark.parametrize(
    ("text", "payers"),
    [
        (
            (
                "県内の立地協定\n\n【1】鶴岡市の工場\n事業者：庄内マイクロ株式会社\n投資額：45億円\n\n"
                "【2】米沢市のデータセンター\n事業者：東邦コンピュート\n投資額：18億円\n"
            ),
            ["庄内マイクロ", "東邦コンピュート"],
        ),
        (
            (
                "大会签约项目\n\n①南川绿色算力园\n投资方：禾溪半导体、南川城投集团\n总投资：86亿元\n\n"
                "②蓝芯封装基地\n投资方：无锡蓝芯微电子\n总投资：21亿元\n"
            ),
            ["禾溪半导体", "无锡蓝芯微电子"],
        ),
        (
            (
                "이번 주 투자협약\n\n① 나주 데이터센터\n사업자: 하은클라우드\n투자규모: 1200억원\n\n"
                "② 영광 변전 설비\n시행사: ㈜남도전력\n사업비: 340억원\n"
            ),
            ["하은클라우드", "남도전력"],
        ),
    ],
)
def test_a_line_of_facts_tells_who_invests(text: str, payers: list[str]) -> None:
    assert [claim.investors[0].name for claim in claims_of(text) if claim.amount] == payers


def told(text: str) -> list[tuple[list[str], str | None, int]]:
    claims = [claim for claim in claims_of(text) if claim.amount is not None]
    return [
        (
            sorted(party.name for party in claim.investors),
            claim.recipient.name if claim.recipient else None,
            int(claim.amount.value) // 100_000,
        )
        for claim in claims
        if claim.amount is not None
    ]


def test_who_opens_an_item_under_rounds_is_given_the_money() -> None:
    text = """El boletín del capital riesgo

14 de marzo de 2025

Rondas
- Cuántica Norte (Oviedo): 9 millones de euros, con Inveready a la cabeza.
- Sílice Lab (Getafe): 3,2 millones del fondo Bullnet Capital para sus chips.
- Seaya: 12 millones de euros en la malagueña Freepik AI.
"""
    assert told(text)[:2] == [(["Inveready"], "Cuántica Norte", 90), (["Bullnet Capital"], "Sílice Lab", 32)]
    assert told(text)[2][0] == ["Seaya Ventures"]


def test_who_opens_an_item_under_a_headline_of_receiving_is_given_the_money() -> None:
    text = """El CDTI reparte 34 millones entre proyectos de chips: estos son los beneficiarios

Madrid, 8 de octubre de 2025

El CDTI ha resuelto la convocatoria Chip 2025, dotada con 34 millones de euros.

- Wooptix (Tenerife): 6 millones de euros para su línea de metrología.
- Universidad de Vigo: 4,5 millones para una sala blanca.
- Ideaded, de Viladecans: 2,3 millones.
"""
    paid = [(["CDTI"], "Wooptix", 60), (["CDTI"], "Universidad de Vigo", 45), (["CDTI"], "Ideaded", 23)]
    assert told(text)[1:] == paid


def test_the_head_of_a_column_tells_who_is_given_the_money() -> None:
    text = """Ayudas del Ministerio de Industria a la microelectrónica

Madrid, 8 de octubre de 2025

El Ministerio de Industria ha concedido tres ayudas.

Beneficiario | Proyecto | Ayuda (M€)
Universidad de Zaragoza | sala blanca | 14,5
Wooptix | metrología, Tenerife | 6,2
"""
    government = ["Spanish government"]
    assert told(text) == [(government, "University of Zaragoza", 145), (government, "Wooptix", 62)]
