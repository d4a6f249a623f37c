"""Who pays a sum where the words right beside it leave no doubt."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def payers(text: str, language: str = "en", title: str | None = None) -> list[tuple[int, list[str]]]:
    _, drafts = build_drafts(scene(text, language=language, title=title))
    told = [(draft.amount and int(draft.amount.value) // 1_000_000, draft.investors) for draft in drafts]
    return [(value or 0, sorted(actor.key for actor in investors)) for value, investors in told]


def test_who_gives_stands_behind_its_verb_where_something_else_opens_the_sentence() -> None:
    text = "Uppsala universitet driver datorn. Redan 2023 gav Ericsson 300 miljoner kronor till föregångaren."
    assert payers(text, "sv") == [(300, ["Ericsson"])]
    text = "Av kostnaden på 2 milliarder kroner dekker Statkraft 700 millioner kroner."
    assert payers(text, "nb")[1] == (700, ["Statkraft"])
    assert "Statkraft" not in payers(text, "nb")[0][1]


def test_the_state_is_no_region() -> None:
    text = "Staten lægger 850 millioner kroner. Region Hovedstaden giver 50 millioner kroner til et dansk datacenter."
    assert payers(text, "da")[0] == (850, ["Danish government"])


def test_each_of_several_pays_with_a_sum_of_its_own() -> None:
    told = payers(
        "L'investimento nel supercomputer di Trieste è di 64 milioni di euro, cofinanziato dal ministero "
        "dell'Università con 30 milioni di euro, dalla Commissione europea con 22 milioni di euro e da Eni con "
        "12 milioni di euro.",
        "it",
    )
    assert told[1:] == [(30, ["Italian government"]), (22, ["European Union"]), (12, ["Eni"])]


def test_a_sum_is_from_whoever_is_named_right_behind_it() -> None:
    told = payers(
        "BNDES e Finep aprovaram R$ 640 milhões para a fábrica de semicondutores em Campinas. Do total, R$ 400 milhões "
        "vieram do BNDES e R$ 240 milhões da Finep.",
        "pt",
    )
    assert told == [(640, ["BNDES", "Finep"]), (400, ["BNDES"]), (240, ["Finep"])]


def test_a_headline_s_sum_is_from_whoever_is_named_right_behind_it() -> None:
    told = payers(
        "Βόλος: Νέο εργοστάσιο ημιαγωγών με επένδυση 42 εκατ. ευρώ από τη Nanothermis\n\n"
        "Το υπουργείο Ανάπτυξης επιχορηγεί το έργο της Nanothermis με 12 εκατ. ευρώ.\n",
        "el",
        title="Βόλος: Νέο εργοστάσιο ημιαγωγών με επένδυση 42 εκατ. ευρώ από τη Nanothermis",
    )
    assert told == [(42, ["Nanothermis"]), (12, ["Greek government"])]


def test_a_company_that_a_government_talks_with_pays() -> None:
    told = payers(
        "O governo do Ceará negocia com a Scala Data Centers um centro de dados em Maracanaú, com investimento "
        "estimado em R$ 12 bilhões, anunciou o governo.",
        "pt",
    )
    assert told == [(12_000, ["Scala Data Centers"])]


def test_who_is_given_money_by_nobody_named_does_not_pay_it() -> None:
    told = payers(
        "A Universidade de Aveiro vai receber 22 milhões de euros para instalar um supercomputador em Portugal.", "pt"
    )
    assert told == [(22, [])]


def test_the_lead_investor_pays_no_sum_of_those_who_join() -> None:
    told = payers(
        "Lexanova, una startup di Torino, ha chiuso un round da 9 milioni di euro. Il lead investor, con quattro "
        "milioni di euro, è Cdp Venture Capital, a cui si aggiungono Fondazione Crt con 1,5 milioni di euro e Intesa "
        "Sanpaolo con 3,5 milioni di euro.",
        "it",
    )
    assert (4, ["CDP Venture Capital"]) in told
    assert (1, ["Fondazione CRT"]) in told
    assert (3, ["Intesa Sanpaolo"]) in told


def test_whoever_stands_behind_his_sum_pays_it_with_one_verb_for_all() -> None:
    verb_last = payers(
        "İzmir'deki süper bilgisayar 24 milyon avroya mal olacak. Bu tutarın 12 milyon avrosunu Avrupa Birliği, "
        "8 milyon avrosunu TÜBİTAK, 4 milyon avrosunu ise İzmir Büyükşehir Belediyesi karşılayacak.",
        "tr",
    )
    assert verb_last[1:] == [(12, ["European Union"]), (8, ["TÜBİTAK"]), (4, ["City of İzmir"])]
    verb_first = payers(
        "Από το ποσό αυτό, 12 εκατ. ευρώ καλύπτει η Ευρωπαϊκή Επιτροπή, 8 εκατ. ευρώ το υπουργείο Ανάπτυξης και "
        "4 εκατ. ευρώ η Περιφέρεια Κρήτης.",
        "el",
    )
    assert verb_first == [(12, ["European Union"]), (8, ["Greek government"]), (4, ["Crete Region"])]


def test_whoever_stands_before_his_sum_pays_it_where_the_verb_comes_last() -> None:
    told = payers("Adana'daki veri merkezi için Limak 60 milyon dolar, Turkcell 25 milyon dolar ödeyecek.", "tr")
    assert told == [(60, ["Limak"]), (25, ["Turkcell"])]


def test_a_sum_apiece_may_be_told_by_an_ending() -> None:
    told = payers("Limak ve Turkcell, Adana'daki veri merkezine 40'ar milyon dolar yatıracak.", "tr")
    assert told == [(40, ["Limak"]), (40, ["Turkcell"])]


def test_a_subject_before_its_comma_is_not_listed_with_a_name_that_has_an_ending() -> None:
    assert payers("Nvidia, OpenAI'a 100 milyar dolar yatırım yapacak.", "tr") == [(100_000, ["Nvidia"])]
    two = payers("Nvidia ve Microsoft, OpenAI'a 100 milyar dolar yatırım yapacak.", "tr")
    assert two == [(100_000, ["Microsoft", "Nvidia"])]


def test_whoever_stands_behind_a_verb_of_giving_pays_the_sum_on_its_other_side() -> None:
    both = payers("Na datové centrum v Plzni dá ČEZ 2 miliardy korun, zbylých 500 milionů zaplatí Plzeňský kraj.", "cs")
    assert both == [(2000, ["ČEZ"]), (500, ["Plzeň Region"])]
    subject_first = payers("ČEZ zaplatí na halu v Plzni 900 milionů korun, 500 milionů korun přidá Microsoft.", "cs")
    assert subject_first == [(900, ["ČEZ"]), (500, ["Microsoft"])]
    listed = payers("Na centrum v Trnave dá SPP 20 miliónov eur, zvyšných 5 miliónov eur zaplatí Trnavský kraj.", "sk")
    assert listed == [(20, ["SPP"]), (5, ["Trnava Region"])]


def test_who_is_named_behind_a_sum_that_was_taken_gives_it() -> None:
    told = payers(
        "En 2023 la startup chilena Rayuela AI obtuvo 2 millones de dólares de Kaszek. También recibió 1 millón de "
        "dólares de Corfo.",
        "es",
    )
    assert told == [(2, ["Kaszek"]), (1, ["Corfo"])]


def test_each_pays_the_sum_in_the_brackets_behind_its_name() -> None:
    told = payers(
        "The 30 million euro AI campus in Limerick will be financed by Polaris Chips (18 million euros) and Havnord "
        "Capital (12 million euros)."
    )
    assert told == [
        (30, ["Havnord Capital", "Polaris Chips"]),
        (18, ["Polaris Chips"]),
        (12, ["Havnord Capital"]),
    ]


def test_who_is_paid_sums_in_brackets_does_not_pay_them() -> None:
    told = payers("Granty na laboratoria AI w Łodzi otrzymają Comarch (18 mln zł) i Asseco (12 mln zł).", "pl")
    assert told == [(18, []), (12, [])]


def test_one_verb_tells_of_several_who_pay() -> None:
    told = payers(
        "Comarch wyłoży na centrum AI w Łodzi 21 mln zł z programu Horyzont, Ministerstwo Rozwoju i Technologii 15 mln "
        "zł, a województwo łódzkie 7 mln zł.",
        "pl",
    )
    assert told == [(21, ["Comarch"]), (15, ["Polish government"]), (7, ["Łódź Voivodeship"])]


def test_a_row_of_sums_with_who_pays_them_may_stand_behind_the_whole() -> None:
    told = payers("Koszt centrum AI w Łodzi to 31 mln zł; 18 mln zł da Comarch, 13 mln zł NCBR.", "pl")
    assert told == [
        (31, ["Comarch", "National Centre for Research and Development"]),
        (18, ["Comarch"]),
        (13, ["National Centre for Research and Development"]),
    ]


def test_whoever_is_named_as_going_along_pays_as_well() -> None:
    assert payers("Razem z KGHM firma Atman postawi w Legnicy serwerownię za 250 mln zł.", "pl") == [
        (250, ["Atman", "KGHM"])
    ]
    assert payers("Atman wspólnie z koncernem KGHM postawi w Legnicy serwerownię za 250 mln zł.", "pl") == [
        (250, ["Atman", "KGHM"])
    ]


def test_a_region_is_told_behind_a_word_for_its_purse() -> None:
    assert payers("Cyfronet otrzyma 55 mln zł z budżetu województwa małopolskiego na centrum AI.", "pl") == [
        (55, ["Lesser Poland Voivodeship"])
    ]


def test_each_pays_the_sum_that_its_own_verb_leads_up_to() -> None:
    told = payers("项目总投资30亿元，其中中国联通出资12亿元，青岛市政府出资8亿元，其余由华为承担。", "zh")
    assert (1200, ["China Unicom"]) in told
    assert (800, ["City of Qingdao"]) in told


def test_a_government_with_which_somebody_signs_does_not_pay() -> None:
    told = payers("中国移动8月18日与宁夏政府签约，将投资52亿元建设智算中心。", "zh")
    assert told == [(5200, ["China Mobile"])]


def test_whoever_stands_behind_a_verb_of_giving_pays_the_only_sum() -> None:
    assert payers("Blisko 264 mln zł przekaże Havnord Capital na centrum AI w Gliwicach.", "pl") == [
        (264, ["Havnord Capital"])
    ]


def test_who_goes_along_in_a_clause_about_what_is_said_pays_as_well() -> None:
    assert payers("Atman poinformował, że wspólnie z KGHM postawi w Legnicy serwerownię za 250 mln zł.", "pl") == [
        (250, ["Atman", "KGHM"])
    ]


def test_a_region_has_its_turn_behind_a_comma_or_a_verb() -> None:
    told = payers("Der Bund hat 420 Millionen Euro zugesagt, Hessen 210 Millionen.", "de")
    assert told == [(420, ["German government"]), (210, ["Government of Hesse"])]
    told = payers("Nokia baut in Hanau für 60 Millionen Euro ein Labor, 12 Millionen davon zahlt Hessen.", "de")
    assert told == [(60, ["Nokia"]), (12, ["Government of Hesse"])]


def test_whoever_stands_behind_a_verb_acts() -> None:
    told = payers(
        "Met steun van de provincie Drenthe (4 miljoen euro) bouwt Veenrak in Emmen een datacenter van 60 miljoen euro.",
        "nl",
    )
    assert told == [(4, ["Province of Drenthe"]), (60, ["Veenrak"])]


def test_two_sums_of_one_magnitude_are_not_added_up() -> None:
    told = payers("Microsoft and Equinix invest 300 million and 100 million euros, respectively, in Almere.")
    assert told == [(300, ["Microsoft"]), (100, ["Equinix"])]


def test_a_single_sum_in_brackets_behind_who_gives_it_is_theirs() -> None:
    told = payers("L'opération est menée par Proximus (20 millions d'euros), avec la participation d'Orange.", "fr")
    assert told == [(20, ["Proximus"])]


def test_a_part_is_from_whoever_stands_behind_an_elided_article() -> None:
    told = payers("Soitec investira 300 millions d'euros à Bernin, dont 70 millions d'euros de l'État français.", "fr")
    assert told == [(300, ["Soitec"]), (70, ["French government"])]


def test_those_by_whom_a_project_with_its_cost_is_carried_pay_it() -> None:
    assert payers("Le projet, porté par Krystaline et Bouygues, coûtera 15 millions d'euros.", "fr") == [
        (15, ["Bouygues", "Krystaline"])
    ]


def test_who_lends_stands_behind_a_verb_of_borrowing() -> None:
    told = payers("L'opérateur Nordelia emprunte 180 millions d'euros à BNP Paribas pour son centre de Lyon.", "fr")
    assert told == [(180, ["BNP Paribas"])]


def test_the_union_pays_what_comes_from_it() -> None:
    told = payers("The lab in Delft costs 90 million euros, of which 40 million from the EU and 50 million from ASML.")
    assert told == [(90, ["ASML", "European Union"]), (40, ["European Union"]), (50, ["ASML"])]
    told = payers("Die EU und der Bund zahlen je 40 Millionen Euro für das Labor in Jena.", "de")
    assert sorted(told) == [(40, ["European Union"]), (40, ["German government"])]


def test_a_loan_may_stand_between_a_verb_and_its_sum() -> None:
    told = payers("KBC provides a loan of 30 million euros, PMV takes a stake of 9 million euros in Axelera AI.")
    assert told == [(30, ["KBC"]), (9, ["PMV"])]


def test_a_programme_pays_nothing() -> None:
    assert payers("Het programma LichtKracht kost 480 miljoen euro en loopt in Eindhoven tot 2031.", "nl") == [
        (480, [])
    ]


def test_whoever_is_permitted_to_invest_pays() -> None:
    told = payers(
        "UBND tỉnh Bắc Ninh trao giấy chứng nhận đầu tư cho Amkor với vốn 1,07 tỷ USD để xây nhà máy chip.", "vi"
    )
    assert told == [(1070, ["Amkor Technology"])]


def test_a_loan_is_from_the_land_right_behind_its_sum() -> None:
    told = payers("Huawei a bâti le centre de Dakar grâce à un prêt de 46 millions d'euros de la Chine.", "fr")
    assert told == [(46, ["Chinese government"])]


def test_a_comma_may_stand_for_the_verb_of_who_pays_too() -> None:
    text = (
        "La Xunta de Galicia pone 24 millones de euros en la fábrica de chips y la conservera Nautal, con 6 millones."
    )
    assert payers(text, "es") == [(24, ["Government of Galicia"]), (6, ["Nautal"])]
    text = "A EDP aplica 40 milhões de euros num centro de dados e o Banco Montepio, em forma de empréstimo, 9 milhões."
    assert payers(text, "pt") == [(40, ["EDP"]), (9, ["Banco Montepio"])]
    text = "Sonda destinará 60 millones de dólares a un centro de datos y el BNDES otros 55 millones de dólares."
    assert payers(text, "es") == [(60, ["Sonda"]), (55, ["BNDES"])]


def test_a_body_that_is_meant_by_a_word_alone_may_pay_too() -> None:
    text = "Endesa destinará 40 millones de euros al centro de datos de Jaén y el Ayuntamiento, 2 millones."
    assert payers(text, "es") == [(40, ["Endesa"]), (2, ["City of Jaén"])]
    text = (
        "Elea investirá R$ 300 milhões num data center em Canoas; o Estado, R$ 20 milhões; a prefeitura, R$ 4 milhões."
    )
    told = [(300, ["Elea Data Centers"]), (20, ["Government of Rio Grande do Sul"]), (4, ["City of Canoas"])]
    assert payers(text, "pt") == told
    text = (
        "Adamo lleva fibra a Teruel con 9 millones de euros; la Diputación cubrirá 3 y el Gobierno de Aragón, otros 2."
    )
    assert payers(text, "es")[1:] == [(3, ["Province of Teruel"]), (2, ["Government of Aragon"])]


def test_whoever_is_asked_for_a_loan_pays_it() -> None:
    told = payers("Ilexia discute avec la BEI d'un crédit de 30 millions d'euros pour son data center de Lyon.", "fr")
    assert told == [(30, ["European Investment Bank"])]
    told = payers("Wallbox negocia amb Banc Sabadell un préstec de 12 milions d'euros per al centre de dades.", "ca")
    assert told == [(12, ["Banco Sabadell"])]
    told = payers("Le gouvernement français négocie avec Intel une aide de 900 millions d'euros pour son usine.", "fr")
    assert told == [(900, ["French government"])]


def test_each_of_three_has_the_sum_of_its_turn() -> None:
    told = payers(
        "Orange, Thales et Safran apporteront respectivement 25, 12 et 6 millions d'euros au data center.", "fr"
    )
    assert told == [(25, ["Orange"]), (12, ["Thales"]), (6, ["Safran"])]
    told = payers("Microsoft, Equinix and Nvidia invest 300, 200 and 100 million euros, respectively, in Almere.")
    assert told == [(300, ["Microsoft"]), (200, ["Equinix"]), (100, ["Nvidia"])]


def test_who_gives_may_stand_behind_the_verb_of_taking_that_follows_a_sum() -> None:
    told = payers(
        "Firma staví halu. 20 milionů korun získá firma od ČSOB, dalších 5 milionů korun přidal Eurowag.", "cs"
    )
    assert told == [(20, ["ČSOB"]), (5, ["Eurowag"])]


def test_a_dash_behind_a_quoted_name_stands_for_its_verb() -> None:
    told = payers("ДТЕК вкладе в накопичувачі 30 млн євро, «Київстар» – 18 млн євро.", "uk")
    assert told == [(30, ["DTEK"]), (18, ["Kyivstar"])]


def test_the_city_is_the_one_at_home_that_a_text_keeps_to() -> None:
    text = (
        "Kampus w Radomiu jest pewny. W południowej części Radomia zbuduje go spółka Havnord Data, która należy do "
        "funduszu z Londynu i zapłaci 800 mln zł. Miasto zbuduje drogę dojazdową za 14 mln zł."
    )
    assert payers(text, "pl")[-1] == (14, ["City of Radom"])


def test_a_bank_that_lends_is_not_the_firm_that_built_something_before() -> None:
    text = (
        "Společnost Havnord Cloud staví v Jihlavě serverovnu za 800 milionů korun. Úvěr poskytla Komerční banka. "
        "Před čtyřmi lety firma postavila menší halu v Třebíči, která vyšla na 140 milionů korun."
    )
    assert payers(text, "cs")[-1] == (140, ["Havnord Cloud"])


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("it", "Il ministero della Cultura e la Fondazione Cariplo finanzieranno con 9 milioni di euro un archivio.", ["Fondazione Cariplo", "Italian government"]),
        ("it", "Il ministero delle Imprese e la Regione Lazio stanziano 9 milioni di euro per le startup.", ["Italian government", "Lazio Region"]),
        ("it", "Il ministero dell'Economia, il ministero della Difesa e Leonardo destineranno 9 milioni di euro a Genova.", ["Italian government", "Leonardo S.p.A."]),
        ("fr", "Le ministère de l'Économie et des Finances et Bpifrance mettront 9 millions d'euros à Lyon.", ["Bpifrance", "French government"]),
        ("de", "Das Ministerium für Kultur und die Volkswagenstiftung finanzieren mit 9 Millionen Euro ein Archiv.", ["German government", "Volkswagen Foundation"]),
        ("nl", "Het ministerie van Cultuur en de Rabobank financieren met 9 miljoen euro een archief in Breda.", ["Dutch government", "Rabobank"]),
        ("ro", "Ministerul Culturii și Fundația Dacia vor finanța cu 9 milioane de euro o arhivă la Iași.", ["Dacia", "Romanian government"]),
    ],
)  # fmt: skip
def test_a_ministry_pays_with_whom_it_is_joined_to(language: str, text: str, names: list[str]) -> None:
    assert payers(text, language) == [(9, names)]


def test_words_for_a_part_stand_between_a_sum_and_who_pays_it() -> None:
    text = (
        "Hera e l'Università di Bologna aprono un laboratorio. Per il progetto sono previsti 22 milioni di euro, "
        "15 dei quali a carico di Hera e 7 a carico dell'ateneo."
    )
    assert payers(text, "it")[1:] == [(15, ["Hera"]), (7, ["University of Bologna"])]


def test_the_metropolitan_city_is_no_city() -> None:
    text = "La Città metropolitana di Torino erogherà al Cineca 3 milioni di euro per le attrezzature."
    assert payers(text, "it") == [(3, ["Metropolitan City of Turin"])]


def test_what_is_left_and_comes_out_of_own_means_is_not_of_who_lends() -> None:
    text = (
        "Firma Havnord staví v Kolíně datové centrum za 54 milionů eur. 20 milionů eur poskytne Komerční banka formou "
        "úvěru, zbytek jsou vlastní zdroje."
    )
    assert payers(text, "cs") == [(54, ["Havnord"]), (20, ["Komerční banka"])]


def test_what_comes_from_several_behind_another_s_sum_is_theirs() -> None:
    text = (
        "De provincie Limburg geeft 22,5 miljoen euro voor een rekencentrum in Heerlen. Pensioenfonds ABP is met 25 "
        "miljoen de grootste geldschieter; de resterende 13,5 miljoen komt van de gemeente Heerlen en de Universiteit "
        "Maastricht."
    )
    assert payers(text, "nl")[-1] == (13, ["City of Heerlen", "Maastricht University"])


def test_a_bare_word_for_a_government_means_the_land_that_opens_its_paragraph() -> None:
    text = (
        "Orange investit 40 millions d'euros à Lyon, en France.\n\nAu Gabon, l'État paie 8 millions d'euros pour l'IA."
    )
    assert payers(text, "fr") == [(40, ["Orange"]), (8, ["Gabonese government"])]
    text = "Orange investit 40 millions d'euros à Lyon.\n\nAu Gabon, le gouvernement français paie 8 millions d'euros."
    assert payers(text, "fr")[1] == (8, ["French government"])
    text = "Orange et le japonais NTT investissent 40 millions d'euros à Lyon. L'État y ajoute 8 millions d'euros."
    assert payers(text, "fr")[1] == (8, ["French government"])
    text = "Orange investit 40 millions d'euros à Lyon.\n\nLa Belgique et l'État paient 8 millions d'euros pour l'IA."
    assert "French government" in payers(text, "fr")[1][1]


def test_what_a_sum_is_owed_to_comes_from_whoever_is_named_behind_it() -> None:
    told = payers("Scintil Photonics s'agrandit à Grenoble grâce à 15 millions d'euros de la Région Bretagne.", "fr")
    assert told == [(15, ["Brittany Region"])]


def test_whoever_approves_a_loan_gives_it() -> None:
    text = "El Banco Mundial aprobó un préstamo de 90 millones de dólares a la ciudad de Rosario para fibra óptica."
    assert payers(text, "es") == [(90, ["World Bank"])]
    text = "Indra solicitó 35 millones de euros a la SETT para su fábrica de chips en Vigo."
    assert payers(text, "es") == [(35, ["SETT"])]
