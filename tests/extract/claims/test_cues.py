"""Words for pledges and for what is none, where they are part of a name, a date or a sum."""

import pytest

from documents import scene
from pledgebook.lexicon.language import load_language


def _labels(text: str, language: str = "en") -> set[str]:
    return {cue.label for cue in scene(text, language=language, published="2026-03-02").cues}


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("en", "Larkfield opens a plant on 5 May 2027.", "propose"),
        ("en", "Larkfield opens a plant in the second quarter of 2027.", "earnings"),
        ("hu", "A Kőris cég gyárat nyit az Egyesült Államokban.", "takeover"),
        ("sl", "Podjetje Brest gradi v Združenih državah Amerike.", "takeover"),
        ("tr", "Söğüt, Birleşik Arap Emirlikleri'nde fabrika kuruyor.", "takeover"),
        ("hr", "Tvrtka Jasen gradi pogon u Ukrajini.", "crime"),
        ("lt", "Bendrovė Uosis gamyklą atidarys 2027 m. birželio 5 d.", "valuation"),
    ],
)
def test_names_and_dates_are_no_cues(language: str, text: str, label: str) -> None:
    assert label not in _labels(text, language)


def test_last_year_still_tells_of_the_past() -> None:
    assert "earlier" in _labels("Larkfield opened a plant last year.")


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("en", "The campus will cost 3 billion euros.", "cost"),
        ("de", "Der Campus kostet 3 Milliarden Euro.", "cost"),
        ("fr", "Le campus coûtera 3 milliards d'euros.", "cost"),
        ("pl", "Kampus będzie kosztował 3 miliardy złotych.", "cost"),
        ("tr", "Kampüsün maliyeti 3 milyar lira.", "cost"),
        ("nl", "De provincie betaalt 3 miljoen euro.", "pay"),
        ("cs", "Kraj přispěje 3 miliony korun.", "give"),
        ("es", "Hacienda recaudó 3 millones de euros en impuestos.", "tax"),
        ("it", "L'opera ha un valore di 3 milioni di euro.", "worth"),
    ],
)
def test_what_a_work_costs_is_told_from_what_a_thing_is_sold_for(language: str, text: str, label: str) -> None:
    labels = _labels(text, language)
    assert label in labels
    assert not labels & {"price", "valuation", "gdp", "public_budget"}


@pytest.mark.parametrize("language", ["bg", "cs", "de", "el", "en", "fi", "hi", "ja", "ru", "th", "uk", "zh"])
def test_a_language_tells_costs_and_taxes_from_prices_and_budgets(language: str) -> None:
    cues = load_language(language).cues
    for one, other in (("tax", "public_budget"), ("cost", "price")):
        assert cues[one]
        assert not set(cues[one]) & set(cues[other])


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("bg", "Центърът отваря през есента.", "price"),
        ("cs", "Datové centrum otevře na podzim.", "price"),
        ("fi", "Toimitusjohtaja avasi keskuksen.", "purchase"),
        ("en", "A contractor has begun the works.", "purchase"),
        ("ro", "Parcul industrial se deschide.", "forecast"),
    ],
)
def test_a_centre_is_no_price_and_a_director_no_delivery(language: str, text: str, label: str) -> None:
    assert label not in _labels(text, language)


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("hr", "Jasen je kupio 20 posto tvrtke Javor.", "stake"),
        ("hr", "Jasen je kupio manjinski udjel u tvrtki Javor.", "stake"),
        ("hr", "Jasen je kupio 100 posto tvrtke Javor.", "takeover"),
        ("sl", "Brest je kupil 30-odstotni delež v podjetju Javor.", "stake"),
        ("sl", "Brest je kupil podjetje Javor.", "takeover"),
        ("sv", "Björken köper en ägarandel i bolaget Linden.", "stake"),
        ("sv", "Björken köper bolaget Linden.", "takeover"),
        ("nb", "Bjørka kjøper en andel på 30 prosent i Linden.", "stake"),
        ("da", "Birken køber 20 procent af Linden.", "stake"),
        ("et", "Kask omandab kümneprotsendise osaluse ettevõttes Pärn.", "stake"),
        ("lv", "Bērzs iegādājas mazākumdaļas uzņēmumā Liepa.", "stake"),
    ],
)
def test_whoever_buys_a_share_takes_a_stake(language: str, text: str, label: str) -> None:
    assert _labels(text, language) & {"stake", "takeover"} == {label}


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("nl", "Acme stelt de bouw van zijn datacenter in Zeewolde uit.", "delay"),
        ("nl", "Acme blaast de bouw in Zeewolde af, meldt een krant.", "cancel"),
        ("nl", "Acme neemt zijn rivaal Bolt over voor 200 miljoen euro.", "takeover"),
        ("de", "Acme sagt den Bau der Fabrik in Guben ab.", "cancel"),
        ("de", "Acme schiebt den Bau der Fabrik in Guben auf.", "delay"),
    ],
)
def test_a_verb_may_have_its_particle_at_the_end_of_the_clause(language: str, text: str, label: str) -> None:
    assert label in _labels(text, language)


def test_no_particle_is_the_preposition_of_a_place() -> None:
    assert "delay" not in _labels("Acme stelt in Zeewolde servers uit Taiwan op.", "nl")


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("de", "Acme kauft ein Grundstück in Guben und baut dort eine Fabrik.", None),
        ("nl", "Acme kocht de grond in Emmen en bouwt er een datacenter.", None),
        ("de", "Acme übernimmt davon 8 Millionen Euro.", "pay"),
        ("de", "Acme übernimmt die Firma Bolt.", "takeover"),
    ],
)
def test_to_buy_land_or_to_cover_costs_is_no_takeover(language: str, text: str, label: str | None) -> None:
    labels = _labels(text, language)
    assert ("takeover" in labels) is (label == "takeover")
    assert label is None or label in labels


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("pl", "Acme kupiło za 18 mln zł mniejszościowy pakiet w Polaris Chips.", "stake"),
        ("cs", "Acme koupila za 18 milionů korun menšinový podíl v Polaris Chips.", "stake"),
        ("pl", "Acme sprzedało za 18 mln zł mniejszościowy pakiet w Polaris Chips.", "takeover"),
        ("cs", "Acme prodala za 18 milionů korun podíl v Polaris Chips.", "takeover"),
    ],
)
def test_to_buy_a_stake_behind_its_price_is_no_take_over_and_to_sell_one_no_stake(
    language: str, text: str, label: str
) -> None:
    labels = [cue.label for cue in scene(text, language=language).cues if cue.label in ("stake", "takeover")]
    assert labels[0] == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Công ty Lam Giang xây nhà máy bán dẫn 40 triệu USD.", "takeover"),
        ("Công ty Lam Giang chi 40 tỷ đồng mua máy chủ.", "takeover"),
        ("Công ty Lam Giang đầu tư 40 triệu USD vào phần mềm.", "part"),
        ("Nhà máy của Lam Giang đóng gói linh kiện.", "total"),
    ],
)
def test_a_word_that_begins_as_a_cue_may_say_something_else(text: str, label: str) -> None:
    assert label not in _labels(text, "vi")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Acme costruirà a Bergamo un data center del costo stimato di 40 milioni di euro."),
        ("es", "Acme construirá en Getafe un centro de datos con un coste estimado de 40 millones de euros."),
        ("pt", "A Acme vai construir um data center em Vinhedo, com custo estimado em R$ 400 milhões."),
        ("nl", "Acme bouwt in Almere een datacenter; de kosten worden geschat op 40 miljoen euro."),
        ("sv", "Acme bygger ett datacenter i Kista. Kostnaden uppskattas till 400 miljoner kronor."),
    ],
)
def test_the_estimate_of_a_cost_is_no_forecast(language: str, text: str) -> None:
    assert "forecast" not in {cue.label for cue in scene(text, language=language).cues}


def test_the_estimate_of_a_market_is_one() -> None:
    text = "El mercado de centros de datos crecerá, se estima, hasta 40 millones de euros."
    assert "forecast" in {cue.label for cue in scene(text, language="es").cues}
