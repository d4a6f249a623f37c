"""Figures that leave out "million", since the sum before them has told it."""

import pytest

from documents import scene

# Own sentences: the sums told, in millions.
TOLD = [
    ("it", "Il polo costa 210 milioni di euro. La Regione Puglia ne mette 70, il ministero delle Imprese 55, Eni 45.", [210, 70, 55, 45]),
    ("it", "Il polo costa 210 milioni di euro: 70 dalla Regione Puglia, 55 dal governo italiano, i restanti 85 da Eni.", [210, 70, 55, 85]),
    ("it", "Dei 180 milioni di euro per il polo di Genova, 60 li mette la Regione Liguria.", [180, 60]),
    ("it", "Retelit aggiunge 280 milioni di euro: nel 2023 ne aveva promessi 500.", [280, 500]),
    ("it", "Il polo costa 210 milioni di euro, ottanta dei quali a carico di Eni e 45 a carico dell'ateneo.", [210, 80, 45]),
    ("it", "Il polo costa 9 milioni di euro: quattro li mette Eni, tre Enel, due la Regione Puglia.", [9, 4, 3, 2]),
    ("it", "Il polo costa 9 milioni di euro: quattro da Eni, tre da Enel e due dal Comune.", [9, 4, 3, 2]),
    ("en", "The hall costs 9 million euros: four from Siemens, three from Oracle and two from Indra.", [9, 4, 3, 2]),
    ("es", "La Xunta de Galicia pone 40 millones de euros; el Gobierno central, 36; Indra, 22, y los 20 restantes, Sacyr.", [40, 36, 22, 20]),
    ("es", "La Diputación de Lugo paga con 4 millones de euros la fibra, y Telefónica, con otros 6.", [4, 6]),
    ("es", "Indra y CaixaBank ponen 90 millones de euros: el banco pone 50 y la empresa los otros 40.", [90, 50, 40]),
    ("es", "Telefónica lleva fibra a 80 pueblos por 210 millones de euros, 70 de ellos del BEI.", [210, 70]),
    ("es", "De los 1.200 millones de euros, 800 los pone Telefónica y 400 el Gobierno de España.", [1200, 800, 400]),
    ("pt", "A Elea recebe 3.000 milhões de euros: a Altice põe 2.500 e o Banco Montepio 500.", [3000, 2500, 500]),
    ("fr", "La région Occitanie apporte 40 millions d'euros, l'État 36, Capgemini 12.", [40, 36, 12]),
    ("ro", "Proiectul costă 90 de milioane de euro: 40 vin de la Guvernul României, 30 de la Comisia Europeană.", [90, 40, 30]),
    ("ro", "Microsoft și Oracle vor investi 80, respectiv 45 de milioane de euro în România.", [80, 45]),
    ("ca", "El projecte costa 90 milions d'euros: 40 vénen de la Generalitat de Catalunya, 30 de la Unió Europea.", [90, 40, 30]),
    ("en", "Siemens pays 40 million euros; the Italian government, 36; Indra, 22.", [40, 36, 22]),
]  # fmt: skip
# What counts something else, stands in a name, or is told of nobody.
NOTHING = [
    ("it", "Microsoft investe 90 milioni di euro e assume 45 tecnici, 12 dei quali a Lodi.", [90]),
    ("it", "Retelit investe 90 milioni di euro nel 2027, il 12 maggio apre il cantiere, 45 km di fibra.", [90]),
    ("it", "Eni ed Enel investono 9 milioni di euro: due aziende, quattro impianti, tre dei quali a Lodi.", [9]),
    ("tr", "Google 9 milyon euro yatırıyor, iki merkez kuruyor. İki şirket, üç şehir.", [9]),
    ("en", "Siemens invests 90 million euros. It has 45 plants and 12% of the market, and gave 30.", [90, 30]),
    ("es", "Indra gasta 60 millones de euros en Vigo y contratará a 80 personas, 45 de ellas ingenieras.", [60]),
    ("en", "The fund holds 90 million euros, 12 of 45 members said.", [90]),
]


@pytest.mark.parametrize(("language", "text", "millions"), [*TOLD, *NOTHING])
def test_a_figure_beside_who_pays_is_a_sum(language: str, text: str, millions: list[int]) -> None:
    told = [m.amount for m in scene(text, language=language).money]
    assert [int(amount.value) // 10**6 for amount in told if amount is not None] == millions
    assert {amount.currency for amount in told if amount is not None} == {"EUR"}
