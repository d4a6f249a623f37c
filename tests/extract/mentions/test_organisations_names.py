"""Names in several cases and names in full before their acronym."""

import pytest

from pledgebook.domain import PartyKind
from pledgebook.extract.mentions import find_organisations
from pledgebook.lexicon.organisations import load_organisations


def named(text: str, language: str) -> list[str]:
    return [m.party.name for m in find_organisations(text, language, doubtful=True) if m.party is not None]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "fr",
            "L'agence nationale de la recherche (ANR) apporte 11 millions. L'ANR suit.",
            "Agence nationale de la recherche",
        ),
        ("fr", "La Compagnie numérique du Vallon (CNV) investit 68 millions.", "Compagnie numérique du Vallon"),
        (
            "en",
            "The Tamar Institute of Science and Technology (TIST) will spend it.",
            "Tamar Institute of Science and Technology",
        ),
        # The F is that of "Forschungszentrum", not of the small word "für".
        (
            "de",
            "Das Hamburger Forschungszentrum für Künstliche Intelligenz (HFKI) erhält 30 Millionen Euro.",
            "Hamburger Forschungszentrum für Künstliche Intelligenz",
        ),
        (
            "et",
            "Halduse ja Innovatsiooni Sihtasutus (HIS) annab 18 miljonit.",
            "Halduse ja Innovatsiooni Sihtasutus",
        ),
    ],
)
def test_an_acronym_in_brackets_tells_where_a_name_begins(language: str, text: str, name: str) -> None:
    assert set(named(text, language)) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Artificial General Intelligence (AGI) is far away.",
        "The United Arab Emirates (UAE) is warm.",
        "The gross domestic product (GDP) grows.",
    ],
)
def test_what_else_stands_before_an_acronym_is_no_organisation(text: str) -> None:
    assert not any("acronym" in m.reason for m in find_organisations(text, "en"))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "pl",
            "Spółka Polwektor zbuduje halę. Firma Polwektora wyda miliard, a w Polwektorze pracuje sto osób.",
            "Polwektor",
        ),
        ("fi", "Yhtiö Kymdata rakentaa. Kymdatan mukaan Kymdatalle tulee tukea.", "Kymdata"),
        ("cs", "Firma od Severky Data získá peníze. Severka Data oznámila, že postaví halu.", "Severka Data"),
    ],
)
def test_one_name_in_several_cases_is_one_organisation(language: str, text: str, name: str) -> None:
    assert set(named(text, language)) == {name}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("el", "Το ελληνικό Δημόσιο θα δώσει 35 εκατ. ευρώ.", "Greek government"),
        ("cs", "Český stát dá 3 miliardy korun.", "Czech government"),
        ("ro", "Statul român va aloca 200 de milioane de euro.", "Romanian government"),
        ("hr", "Hrvatska država daje 40 milijuna eura.", "Croatian government"),
    ],
)
def test_a_land_that_is_called_a_state_is_its_government(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El Ministerio de Ciencia, Innovación y Universidades aporta 3 millones de euros."),
        ("fr", "Le ministère de l’Enseignement supérieur et de la Recherche investira 3 millions d'euros."),
        ("fr", "Le ministre de l'Économie, des Finances et de la Souveraineté a signé."),
        ("it", "Il ministro delle Imprese e del Made in Italy ha firmato."),
        ("it", "Il ministero dell'Università e della Ricerca stanzia 5 milioni."),
        ("ro", "Ministerul Economiei, Digitalizării și Turismului a alocat 5 milioane de lei."),
        ("pt", "No Eixo 1, Infraestrutura e Desenvolvimento, há 5 milhões de reais."),
        ("es", "La Estrategia cuenta con 400.000 euros. El Plan prevé más."),
        ("fr", "Le gouvernement Valdoré prévoit 3 millions. Valdoré annonce plus."),
        ("de", "Der US-Technologiekonzern plant drei Hallen."),
        ("es", "El centro se levantará en la Plataforma Logística."),
        ("pt", "O evento foi no Centro Administrativo Municipal."),
    ],
)
def test_what_an_office_is_for_and_what_a_plan_is_called_is_no_company(language: str, text: str) -> None:
    found = find_organisations(text, language, doubtful=True)
    assert [m for m in found if m.party is not None and m.party.kind is not PartyKind.GOVERNMENT] == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Die bayerische Staatsregierung zahlt.", "Government of Bavaria"),
        ("es", "El Ejecutivo andaluz destinará 3 millones.", "Government of Andalusia"),
        ("pt", "O governo mineiro vai pagar.", "Government of Minas Gerais"),
        ("fr", "Le gouvernement québécois versera 3 millions.", "Government of Quebec"),
        ("it", "La giunta toscana stanzia 3 milioni.", "Tuscany Region"),
    ],
)
def test_an_adjective_made_of_a_region_tells_whose_government_is_meant(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Die Halvor-Tochter Norvena Kraftwerke AG baut.", ["Norvena Kraftwerke"]),
        ("fr", "Le prix va au centre (Institut Polytechnique de Lormont).", ["Institut Polytechnique de Lormont"]),
        ("fr", "La mutuelle NORVA qui investit 13 millions est satisfaite.", ["NORVA"]),
        ("pt", "A Norvena é grande.", ["Norvena"]),
    ],
)
def test_names_are_cut_where_they_begin(language: str, text: str, names: list[str]) -> None:
    assert set(names) <= set(named(text, language))


def test_and_is_no_word_of_action_though_is_looks_like_it() -> None:
    reasons = {m.reason for m in find_organisations("Norvena e Havnord", "pt", doubtful=True)}
    assert "subject" not in reasons


def test_a_name_ends_with_its_line() -> None:
    assert "Instituto Norvena de Dados" in named("Instituto Norvena de Dados\nPlano de IA: quem paga?", "pt")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "El presidente de la Diputación de León firmó.", "Province of León"),
        ("it", "Palazzo Chigi stanzia 3 milioni.", "Italian government"),
        ("pt", "O Palácio do Planalto confirmou 3 milhões de reais.", "Brazilian government"),
        ("es", "La Xunta invierte 3 millones.", "Government of Galicia"),
        ("de", "Das BMBF gibt 3 Millionen Euro.", "German government"),
    ],
)
def test_governments_are_called_by_their_seats_and_acronyms(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


def test_the_acronym_of_a_plan_names_nobody() -> None:
    text = "O Plano Brasileiro de Inteligência Artificial (PBIA) prevê muito. O PBIA investiu em centros."
    assert named(text, "pt") == []
    told = "A Agência Nacional de Dados (AND) prevê muito. A AND investiu em centros."
    assert set(named(told, "pt")) == {"Agência Nacional de Dados"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El consejero de Industria, Energía y Minas ha presentado el plan."),
        ("it", "L'assessore allo Sviluppo economico e Lavoro ha parlato."),
        ("fr", "L'Élysée a annoncé 3 milliards d'euros."),
        ("es", "La Casa Blanca anunció 3 millones."),
    ],
)
def test_who_speaks_for_a_government_is_no_company(language: str, text: str) -> None:
    assert find_organisations(text, language, doubtful=True) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ro", "Potrivit Ursula von der Leyen, suma vine din fonduri."),
        ("nl", "Volgens Pieter van der Berg komt er meer geld."),
        ("en", "It was Mohamed bin Zayed who signed."),
    ],
)
def test_a_given_name_particles_and_a_surname_are_one_person(language: str, text: str) -> None:
    assert named(text, language) == []


def test_a_public_event_names_nobody() -> None:
    assert "Choose France" not in named(
        "Le sommet Choose France réunit 180 patrons. Choose France a levé 15 milliards.", "fr"
    )


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "It was led by 468 Capital and others.", "468 Capital"),
        ("sk", "Peniaze dá U. S. Havnord Labs a mesto.", "U. S. Havnord Labs"),
        ("vi", "Công ty Havnord.ai đầu tư 100 triệu USD.", "Havnord.ai"),
        ("fr", "VAUD Havnord Calcul SA investira 75 millions.", "Havnord Calcul"),
        (
            "de",
            "Angeführt wird sie vom Havnord Park Artificial Intelligence (Hpai).",
            "Havnord Park Artificial Intelligence",
        ),
        ("en", "Havnord Capital Vietnam will build it.", "Havnord Capital Vietnam"),
        ("en", "Havnord Kabel DAC will build it.", "Havnord Kabel"),
        ("es", "Con el respaldo de Santander Climate VC sale adelante.", "Santander Climate VC"),
        ("it", "Il colosso Aws investe 3 miliardi.", "Amazon"),
        ("he", 'הבנורד נתונים בע"מ תקים חווה.', "הבנורד נתונים"),
    ],
)
def test_names_keep_their_edges(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


def test_a_government_of_a_part_of_a_country_is_that_of_no_country() -> None:
    assert "" not in load_organisations().governments


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("lt", "Europos Sąjunga skirs 20 mln. eurų.", "European Union"),
        ("uk", "Європейський Союз надасть 20 млн євро.", "European Union"),
        ("pl", "Polski Fundusz Rozwoju dołoży 20 mln zł.", "Polish Development Fund"),
        ("ja", "大阪大学が2億円を出す。", "Osaka University"),
        ("nl", "Het Vlaams Agentschap Innoveren en Ondernemen legt 2 miljoen bij.", "VLAIO"),
    ],
)
def test_states_banks_and_agencies_are_known_by_name(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("pt", "O Fundo Bravio de Inovação entrou com 12 milhões.", {"Fundo Bravio de Inovação"}),
        ("pt", "A tecnológica de Aveiro Havnord Semantics investe.", {"Havnord Semantics"}),
        ("sv", "Stiftelsen Havnord Framtid har beviljat 5 miljoner.", {"Stiftelsen Havnord Framtid"}),
        ("fi", "rahat antaa Havnord-säätiö.", {"Havnord-säätiö"}),
        ("ko", "도비 120억 원, 창원시 100억 원으로 구성된다.", {"City of Changwon"}),
        ("it", "Lo Stato mette 3 milioni.", {"Italian government"}),
        ("pt", "O dinheiro vem da empresa de engenharia Havnord.", {"Havnord"}),
        # "công bố" (made public) is no ministry, and a town that something lies in is nobody.
        ("vi", "Dự án được công bố ngày 25/12.", set()),
        ("en", "Holyhead said so. Jobs in Holyhead are rare.", set()),
    ],
)
def test_whole_names_and_no_others(language: str, text: str, names: set[str]) -> None:
    assert set(named(text, language)) == names


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", "Województwo śląskie dołoży 18 mln zł.", "Silesian Voivodeship"),
        ("pl", "Dotację otrzyma od województwa kujawsko-pomorskiego.", "Kuyavian-Pomeranian Voivodeship"),
        ("sk", "Prešovský samosprávny kraj prispeje na cestu.", "Prešov Region"),
        ("sl", "Mestna občina Novo mesto bo namenila milijon evrov.", "City of Novo Mesto"),
    ],
)
def test_a_region_or_town_goes_on_in_small_letters(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sk", "Zmluvu podpísal so Slovenskou technickou univerzitou.", "Slovak University of Technology"),
        ("cs", "Peníze půjdou Českému vysokému učení technickému v Praze.", "Czech Technical University"),
        ("pl", "Umowę podpisano z Politechniką Gdańską.", "Gdańsk University of Technology"),
    ],
)
def test_every_word_of_a_listed_name_may_have_an_ending(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ja", "米メタは10億ドルを投資する。", "Meta"),
        ("ja", "日本生命保険が100億円を出資した。", "Nippon Life"),
        ("zh", "英偉達宣布投資10億美元。", "Nvidia"),
        ("zh", "国家大基金三期出资50亿元。", "China Integrated Circuit Industry Investment Fund"),
        ("ko", "국민성장펀드가 1조원을 투자한다.", "Korean National Growth Fund"),
        ("ar", "تستثمر موانئ دبي العالمية مليار دولار.", "DP World"),
        ("he", "אקונרג'י תשקיע 100 מיליון דולר.", "Econergy"),
        ("hi", "हिंदुजा समूह 100 करोड़ रुपये निवेश करेगा।", "Hinduja Group"),
        ("th", "บลูบิคประกาศลงทุน 500 ล้านบาท", "BBIK"),
        ("ru", "Проект получит деньги Россельхозбанка.", "Rosselkhozbank"),
        ("uk", "Метінвест інвестує 5 млн доларів.", "Metinvest"),
        ("bg", "Булгартрансгаз ще инвестира 5 млн. лв.", "Bulgartransgaz"),
        ("el", "Η ΓΕΚ ΤΕΡΝΑ θα επενδύσει 1 δισ. ευρώ.", "GEK Terna"),
    ],
)
def test_papers_of_other_scripts_have_their_own_names(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "两国发生小摩擦，公司投资10亿元。"),
        ("zh", "该计划在东南亚行动，投资10亿元。"),
        ("ja", "アルノー氏は10億ドルを投資する。"),
        ("de", "Das Ozon kostet 5 Millionen Euro."),
    ],
)
def test_words_with_letters_of_a_name_are_no_names(language: str, text: str) -> None:
    listed = {name.party.name for name in load_organisations().by_skeleton.values()}
    assert not listed.intersection(named(text, language))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ottawa will give Havnord Energy 60 million dollars.", {"Canadian government", "Havnord Energy"}),
        ("In Ottawa will be heard what Havnord Energy says.", {"Havnord Energy"}),
        ("Across the Caspian, Baku approved a plan of 300 million.", {"Azerbaijani government"}),
        ("The developer Calder Vale Digital will build it.", {"Calder Vale Digital"}),
        ("Havnord AI has raised 20 million in a Series C round led by Bolt Capital.", {"Havnord AI", "Bolt Capital"}),
        ("National Bank of Bahrain will lend 300 million.", {"National Bank of Bahrain"}),
        ("Public Service Company of Oklahoma will spend it.", {"Public Service Company of Oklahoma"}),
        ("Cornwall is preparing for Havnord Energy.", {"Havnord Energy"}),
        ("The NSW Government pays Havnord Energy.", {"Government of New South Wales", "Havnord Energy"}),
    ],
)
def test_capitals_act_and_counties_do_not(text: str, names: set[str]) -> None:
    assert {m.party.name for m in find_organisations(text, "en") if m.party is not None} == names


def test_a_town_is_not_short_for_its_university() -> None:
    text = "A precinct in Western Sydney opens. Western Sydney University will spend 22 million there."
    assert named(text, "en") == ["Western Sydney University"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("hr", "Orange i Nokia ulažu u mrežu.", ["Orange", "Nokia"]),
        ("sl", "Orange in Nokia vlagata v omrežje.", ["Orange", "Nokia"]),
        ("ro", "Orange și Nokia investesc în rețea.", ["Orange", "Nokia"]),
        ("ro", "Orange și Digi vor investi în rețea.", ["Orange", "Digi Communications"]),
        ("ro", "Universitatea „Lucian Blaga” din Sibiu primește bani.", ["Lucian Blaga University of Sibiu"]),
        ("hr", "KARLOVAC (NIA) - Gradnja počinje u lipnju.", []),
    ],
)
def test_listed_names_beside_each_other_in_quotes_and_in_capitals(language: str, text: str, names: list[str]) -> None:
    assert [m.party.name for m in find_organisations(text, language) if m.party] == names


def test_a_school_and_whoever_is_listed_with_it_are_two() -> None:
    assert named("La Universidad Sierra Alta y Bancolombia abren un laboratorio.", "es") == [
        "Universidad Sierra Alta",
        "Bancolombia",
    ]
    assert named("El Instituto Sierra de Ciencia y Tecnología abre un laboratorio.", "es") == [
        "Instituto Sierra de Ciencia y Tecnología"
    ]


def test_a_state_in_which_something_lies_is_no_government() -> None:
    assert named("Acme construirá dos plantas en el estado de Jalisco.", "es") == ["Acme"]
    assert "Government of Jalisco" in named("El estado de Jalisco aportará 3 millones.", "es")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Petit mais notable, Havnord, la jeune pousse rennaise, attend.", "Havnord"),
        ("15h45 – Havnord, la start-up lilloise, attend.", "Havnord"),
        ("Hier, Havnord, l'hébergeur lyonnais, attendait.", "Havnord"),
        ("Le centre sera construit par Havnord à Rodez.", "Havnord"),
        ("Le montage réunit Orange (25 millions) et Havnord (15 millions).", "Havnord"),
        ("L'argent vient d'Orange, de Havnord et de Bluefern.", "Bluefern"),
        ("Havnord inc. attend.", "Havnord"),
        ("Le fonds de pension Havnord attend.", "Havnord"),
    ],
)
def test_what_tells_a_french_name(text: str, name: str) -> None:
    assert name in [m.party.name for m in find_organisations(text, "fr") if m.party is not None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le Grand Conseil vaudois a voté.", "Canton of Vaud"),
        ("Le Conseil d'État genevois a voté.", "Canton of Geneva"),
        ("Le Gouvernement jurassien a voté.", "Canton of Jura"),
        ("Le gouvernement Legault a voté.", "Government of Quebec"),
        ("Le département de l'Ain a voté.", "Ain Department"),
        ("L'argent va à l'université Paris-Saclay.", "Paris-Saclay University"),
    ],
)
def test_bodies_by_adjectives_heads_and_joined_names(text: str, name: str) -> None:
    assert name in [m.party.name for m in find_organisations(text, "fr") if m.party is not None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "▼ Meta\nFür 2 Milliarden Euro entsteht in Madrid ein Rechenzentrum.\n"),
        ("nl", "3. Meta\nVoor 2 miljard euro komt er in Madrid een datacenter.\n"),
        ("de", "Spanien / Meta\nFür 2 Milliarden Euro entsteht in Madrid ein Rechenzentrum.\n"),
    ],
)
def test_a_name_that_is_also_a_word_may_head_an_item(language: str, text: str) -> None:
    assert "Meta" in named(text, language)


def test_a_bare_line_of_a_page_is_no_company() -> None:
    assert named("Meta\nAnmelden\nFeed der Einträge\n", "de") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("À Plan-les-Ouates, la société Havnord consacre 130 millions à un data center.", {"Havnord"}),
        ("La Fondation Avel et Norvane mettent 30 millions d'euros.", {"Fondation Avel", "Norvane"}),
        ("La Fondation Hélène et Victor Avel met 30 millions d'euros.", {"Fondation Hélène et Victor Avel"}),
        ("Un tour de série B. Havnord lève 32 millions d'euros.", {"Havnord"}),
    ],
)
def test_where_a_french_name_begins_and_ends(text: str, names: set[str]) -> None:
    assert {m.party.name for m in find_organisations(text, "fr", doubtful=True) if m.party is not None} == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Die Universität Würzburg baut damit ein Institut für Künstliche Intelligenz auf.",
            ["University of Würzburg"],
        ),
        ("Das Dillinger Unternehmen Havnord Digital steckt 12 Millionen Euro in eine Akademie.", ["Havnord Digital"]),
        ("Die Stadt St. Gallen steuert fünf Millionen Franken bei.", ["City of St. Gallen"]),
        ("Der St. Galler Kantonsrat bewilligt 45 Millionen Franken.", ["Canton of St. Gallen"]),
        ("Die Stadt Ludwigshafen zahlt 3 Millionen Euro.", ["City of Ludwigshafen"]),
    ],
)
def test_german_names_begin_behind_where_they_are_from(text: str, names: list[str]) -> None:
    assert named(text, "de") == names


@pytest.mark.parametrize(
    "text",
    [
        "Havnord investira 12 millions d'euros dans un data center.",
        "Havnord, né en 2012 à Metz, investira 12 millions d'euros dans un data center.",
        "À Metz, Havnord, qui emploie 40 personnes, ouvrira un data center.",
    ],
)
def test_only_a_name_acts_without_an_article(text: str) -> None:
    [(name, reason)] = {
        (m.party.name, m.reason) for m in find_organisations(text, "fr", doubtful=True) if m.party is not None
    }
    assert (name, reason) == ("Havnord", "subject")


def test_a_participle_makes_no_name() -> None:
    assert named("Projet lancé, travaux engagés : 12 millions d'euros.", "fr") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le data center de Havnord à Lyon a coûté 12 millions d'euros."),
        ("fr", "L'extension du centre de données d'Havnord en Moselle coûtera 12 millions d'euros."),
        ("es", "La fábrica de Havnord en Zaragoza costará 12 millones de euros."),
    ],
)
def test_a_name_tells_whose_a_building_is_that_lies_somewhere(language: str, text: str) -> None:
    found = find_organisations(text, language, doubtful=True)
    assert [(m.party.name, m.reason) for m in found if m.party is not None] == [("Havnord", "subject")]
