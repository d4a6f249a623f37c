"""Who a document speaks of: names, pronouns, people in office, and lists."""

import pytest

from documents import scene
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.actors import find_countries, find_parties


def party(actors: list[Actor], key: str) -> Actor:
    return next(actor for actor in actors if actor.key == key)


def sentences_of(actor: Actor, kind: str) -> list[int]:
    return [anchor.sentence for anchor in actor.anchors if anchor.kind == kind]


def test_the_company_is_the_one_named_last() -> None:
    actors = find_parties(
        scene(
            "Microsoft will build in Spain. The company spends 2 billion euros there. "
            "Nvidia delivers chips for 300 million euros. The company gives no day."
        )
    )
    assert sentences_of(party(actors, "Microsoft"), "pronoun") == [1]
    assert sentences_of(party(actors, "Nvidia"), "pronoun") == [3]


def test_the_company_is_whom_a_text_is_about_where_another_passes_by() -> None:
    actors = find_parties(
        scene(
            "Microsoft builds a data centre in Spain. The utility Endesa will have the power ready by 2027. "
            "The company invests 2 billion euros."
        )
    )
    assert sentences_of(party(actors, "Microsoft"), "pronoun") == [2]


def test_what_a_party_was_called_stands_for_it() -> None:
    actors = find_parties(
        scene(
            "The insurer Alpenschutz and the builder Rotach plan a data centre in Zug. "
            "The builder pays 40 million francs, the insurer 90 million."
        )
    )
    assert sentences_of(party(actors, "Rotach"), "pronoun") == [1]
    assert sentences_of(party(actors, "Alpenschutz"), "pronoun") == [1]


def test_of_two_in_one_sentence_the_first_is_meant() -> None:
    actors = find_parties(scene("Amazon builds with chips from Nvidia. The company spends 2 billion euros."))
    assert sentences_of(party(actors, "Amazon"), "pronoun") == [1]
    assert sentences_of(party(actors, "Nvidia"), "pronoun") == []


def test_the_companies_are_several() -> None:
    actors = find_parties(scene("OpenAI and Oracle build in Texas. The companies will spend 500 billion dollars."))
    for key in ("OpenAI", "Oracle"):
        assert [anchor.sentence for anchor in party(actors, key).anchors] == [0, 1]
        assert len(party(actors, key).names) >= 1


def test_a_text_may_say_the_company_before_it_names_it() -> None:
    actors = find_parties(scene("The company will spend 2 billion euros in Spain. Microsoft said so on Monday."))
    assert sentences_of(party(actors, "Microsoft"), "pronoun") == [0]


def test_the_government_is_no_company() -> None:
    actors = find_parties(scene("The Spanish government welcomes Microsoft. The government adds 300 million euros."))
    assert 1 in sentences_of(party(actors, "Spanish government"), "pronoun")
    assert sentences_of(party(actors, "Microsoft"), "pronoun") == []


def test_pronouns_work_in_other_languages() -> None:
    dutch = find_parties(scene("Microsoft bouwt in Spanje. Het bedrijf investeert 2 miljard euro.", language="nl"))
    assert sentences_of(party(dutch, "Microsoft"), "pronoun") == [1]
    german = find_parties(
        scene("Microsoft baut in Spanien. Der Konzern steckt 2 Milliarden Euro hinein.", language="de")
    )
    assert sentences_of(party(german, "Microsoft"), "pronoun") == [1]


def test_who_was_named_with_an_office_stands_for_the_government_by_surname() -> None:
    actors = find_parties(
        scene("French President Emmanuel Macron met the founders. Macron promised 2 billion euros of public money.")
    )
    french = party(actors, "French government")
    assert set(sentences_of(french, "officeholder")) == {0, 1}


def test_a_surname_without_an_office_stands_for_nobody() -> None:
    actors = find_parties(scene("Emmanuel Macron met the founders in Paris. Macron promised 2 billion euros."))
    assert not any("officeholder" in {anchor.kind for anchor in actor.anchors} for actor in actors)


def test_names_in_a_list_know_each_other() -> None:
    actors = find_parties(scene("Microsoft, Amazon and Google will invest 10 billion euros in France."))
    keys = {"Microsoft", "Amazon", "Google"}
    for key in keys:
        [anchor] = [a for a in party(actors, key).anchors if a.kind == "name"]
        assert set(anchor.mates) == keys - {key}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Microsoft and the local energy firm Equinix will invest 10 billion euros in France."),
        ("es", "Microsoft y la empresa local Equinix invertirán 10.000 millones de euros en Francia."),
        ("id", "Microsoft dan PT Equinix akan menanamkan Rp2 triliun di Bekasi."),
        ("vi", "Microsoft và Tập đoàn Equinix sẽ đầu tư 2 tỷ USD tại Đà Nẵng."),
        ("vi", "Microsoft và quỹ Equinix sẽ đầu tư 2 tỷ USD tại Đà Nẵng."),
        ("th", "Microsoft และบริษัท Equinix จะลงทุน 2,000 ล้านบาท"),
        ("de", "Microsoft und der amerikanische Konzern Equinix investieren 10 Milliarden Euro in Frankreich."),
    ],
)
def test_a_list_may_say_what_its_next_name_is(language: str, text: str) -> None:
    actors = find_parties(scene(text, language=language))
    assert [a.mates for a in party(actors, "Microsoft").anchors if a.kind == "name"] == [("Equinix",)]


def test_a_government_that_no_name_tells_may_open_a_list() -> None:
    actors = find_parties(scene("Ottawa is ready. The federal government and the province of Ontario will invest $3m."))
    told = [a.mates for a in party(actors, "Canadian government").anchors if a.kind == "pronoun"]
    assert told == [("Government of Ontario",)]


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft and Norway's Equinor will invest $3m.",
        "Microsoft and Oslo venture firm Equinor will pay $3m.",
        "It got $3m from Microsoft, Norway's Equinor.",
    ],
)
def test_where_somebody_is_from_is_not_in_the_list(text: str) -> None:
    actors = find_parties(scene(text))
    assert [a.mates for a in party(actors, "Microsoft").anchors if a.kind == "name"] == [("Equinor",)]


def test_whose_a_site_in_a_town_is_tells_no_list() -> None:
    actors = find_parties(scene("Nothing.\n\nMicrosoft's Dublin site will cost $3m."))
    assert [a.mates for a in party(actors, "Microsoft").anchors if a.kind == "name"] == [()]


def test_who_goes_along_may_be_marked_behind_the_name() -> None:
    actors = find_parties(scene("브룩필드는 건설사 하브노드이앤씨와 함께 1조원을 투자한다.", language="ko"))
    assert [a.head for a in party(actors, "하브노드이앤씨").anchors if a.kind == "name"] == ["Brookfield"]


def test_a_sentence_that_goes_on_with_and_is_no_list() -> None:
    actors = find_parties(scene("Microsoft will invest 2 billion euros and says that Equinix may follow."))
    assert all(not anchor.mates for actor in actors for anchor in actor.anchors if anchor.kind == "name")


def test_names_with_words_between_are_no_list() -> None:
    actors = find_parties(
        scene("Microsoft will invest 2 billion euros, which is more than Amazon spent there last year.")
    )
    assert all(not anchor.mates for actor in actors for anchor in actor.anchors if anchor.kind == "name")


def test_a_country_that_acts_is_its_government() -> None:
    actors = find_parties(scene("India will spend 10 billion dollars on chips."))
    assert "state" in [anchor.kind for anchor in party(actors, "Indian government").anchors]


def test_countries_by_name_adjective_and_town() -> None:
    actors = find_countries(scene("Microsoft builds in Spain. Spanish firms applaud. Work starts near Zaragoza."))
    spain = party(actors, "ES")
    assert [anchor.kind for anchor in spain.anchors] == ["name", "adjective", "city"]
    assert [actor.key for actor in actors] == ["ES"]


def test_the_headline_and_many_mentions_make_the_first_actor() -> None:
    actors = find_parties(
        scene(
            "Oracle to build in Norway\n\n"
            "Nvidia delivers chips for halls that Oracle plans in the north of Norway, it was said on Monday.\n\n"
            "Oracle wants to open them in two years. Nvidia declined to comment on the matter when it was asked.\n",
            title="Oracle to build in Norway",
        )
    )
    companies = [actor.key for actor in actors if actor.reason != "state"]
    assert companies == ["Oracle", "Nvidia"]
    assert [actor.order for actor in actors] == list(range(len(actors)))


def test_anchors_follow_the_text() -> None:
    text = "Google and the company it owns, Google said, build. The company pays. Google waits."
    for actor in find_parties(scene(text)):
        spans = [anchor.span for anchor in actor.anchors]
        assert spans == sorted(spans)


def test_the_commission_is_the_unions_and_brussels_is_where_it_sits() -> None:
    actors = find_parties(
        scene("Brussels is generous. The Commission will pay 25 million euros for a cable in Denmark.")
    )
    assert sentences_of(party(actors, "European Union"), "pronoun") == [1]
    assert sentences_of(party(actors, "European Union"), "state") == [0]
    assert "Belgian government" not in {actor.key for actor in actors}


def test_brussels_alone_is_the_belgian_government() -> None:
    actors = find_parties(scene("Brussels set aside 40 million euros for a computer in Wallonia."))
    assert sentences_of(party(actors, "Belgian government"), "state") == [0]


@pytest.mark.parametrize(
    ("city", "government"),
    [("Dakar", "Senegalese government"), ("Baku", "Azerbaijani government"), ("Abidjan", "Ivorian government")],
)
def test_a_capital_acts_for_its_government(city: str, government: str) -> None:
    actors = find_parties(scene(f"{city} approved a plan of 300 million dollars in August."))
    assert sentences_of(party(actors, government), "state") == [0]


def test_partners_are_those_of_a_sentence_that_names_several() -> None:
    actors = find_parties(
        scene(
            "OpenAI, Oracle and SoftBank build in Texas. "
            "With the halls begun with CoreWeave, the partners have plans for 400 billion dollars."
        )
    )
    for key in ("OpenAI", "Oracle", "SoftBank"):
        assert sentences_of(party(actors, key), "plural") == [1]
    assert sentences_of(party(actors, "CoreWeave"), "plural") == []


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Kerala has approved a plant. The State will bear 2.4 billion rupees.", "en", "Government of Kerala"),
        # The town tells which region it lies in.
        (
            "Google builds in Visakhapatnam, India. The State government adds incentives.",
            "en",
            "Government of Andhra Pradesh",
        ),
        (
            "Mississippi wants the plant. Lawmakers backed it with 44 million dollars.",
            "en",
            "Government of Mississippi",
        ),
        ("De fabriek komt in Drenthe. De provincie legt 60 miljoen euro bij.", "nl", "Province of Drenthe"),
        ("Pabrik itu berdiri di Jawa Tengah. Pemprov menyiapkan Rp90 miliar.", "id", "Government of Central Java"),
        ("Pabrik itu berdiri di Surabaya. Pemkot menyiapkan Rp90 miliar.", "id", "City of Surabaya"),
        ("용인에 공장이 들어선다. 시는 300억원을 지원한다.", "ko", "City of Yongin"),
        ("Das Werk entsteht in Sachsen. Das Land gibt 20 Millionen Euro dazu.", "de", "Government of Saxony"),
    ],
)
def test_the_state_and_the_province_are_the_region_spoken_of_last(text: str, language: str, key: str) -> None:
    found = [actor for actor in find_parties(scene(text, language=language)) if sentences_of(actor, "pronoun") == [1]]
    assert [actor.key for actor in found] == [key]


def test_the_state_is_the_nation_where_a_country_has_one() -> None:
    actors = find_parties(scene("The plant rises in Brittany, France. The State takes a stake.", language="en"))
    assert sentences_of(party(actors, "French government"), "pronoun") == [1]


def test_a_region_far_away_that_shares_a_name_is_not_meant() -> None:
    actors = find_parties(scene("In Kerala, India, minister Nara Lokesh spoke. The State will bear 2 billion rupees."))
    assert not any("Nara" in actor.key and sentences_of(actor, "pronoun") for actor in actors)


def test_a_word_that_a_name_follows_is_no_pronoun() -> None:
    actors = find_parties(scene("Microsoft builds in Spain. The operator Digital Realty spends 2 billion euros there."))
    assert sentences_of(party(actors, "Microsoft"), "pronoun") == []


def test_the_it_minister_is_not_it() -> None:
    actors = find_parties(
        scene("Microsoft builds in Spain. IT minister Ana Ruiz welcomed the plan of 2 billion euros.")
    )
    assert sentences_of(party(actors, "Microsoft"), "pronoun") == []


def test_a_land_named_in_passing_has_not_the_government_that_is_meant() -> None:
    actors = find_parties(
        scene(
            "Singapore wants more chips. Singapore's universities will train 900 people, and Singapore pays.\n\n"
            "Rivals in the United States wait for theirs.\n\nThe government will spend 500 million dollars."
        )
    )
    assert sentences_of(party(actors, "Singaporean government"), "pronoun") == [3]
    assert sentences_of(party(actors, "US government"), "pronoun") == []


def test_the_land_of_the_paragraph_has_the_government_that_is_meant() -> None:
    actors = find_parties(
        scene(
            "Singapore wants more chips. Singapore's universities will train 900 people, and Singapore pays.\n\n"
            "The United States wait. The government will spend 500 million dollars."
        )
    )
    assert sentences_of(party(actors, "US government"), "pronoun") == [3]


def test_the_town_hall_is_that_of_the_town_named_last() -> None:
    told = scene(
        "El Ayuntamiento de Valladolid firmó el acuerdo. El consistorio invertirá 3 millones de euros.", language="es"
    )
    assert sentences_of(party(find_parties(told), "City of Valladolid"), "pronoun") == [1]
    told = scene("In Potsdam entsteht ein Rechenzentrum. Die Stadt gibt dafür 3 Millionen Euro.", language="de")
    assert sentences_of(party(find_parties(told), "City of Potsdam"), "pronoun") == [1]


def test_a_town_hall_is_never_a_nations() -> None:
    told = scene("Das Projekt ist da. Die Bundesregierung zahlt. Die Stadt gibt 3 Millionen Euro.", language="de")
    assert sentences_of(party(find_parties(told), "German government"), "pronoun") == []


def test_a_regions_government_is_that_of_its_town() -> None:
    told = scene("In Leipzig entsteht ein Rechenzentrum. Die Landesregierung zahlt 3 Millionen Euro.", language="de")
    assert sentences_of(party(find_parties(told), "Government of Saxony"), "pronoun") == [1]


def test_a_list_may_say_its_small_word_again() -> None:
    told = scene("Il centro è finanziato da Microsoft, da Google e dalla Regione Umbria.", language="it")
    actors = find_parties(told)
    assert party(actors, "Microsoft").anchors[0].mates == ("Google", "Umbria Region")


def test_the_province_and_the_region_have_governments_of_their_own() -> None:
    told = scene(
        "La Junta de Andalucía y la Diputación de León firmaron. La Diputación pondrá 3 millones. La Junta, 2.",
        language="es",
    )
    actors = find_parties(told)
    assert sentences_of(party(actors, "Province of León"), "pronoun") == [1]
    assert sentences_of(party(actors, "Government of Andalusia"), "pronoun") == [2]


def test_a_name_behind_an_adjective_is_introduced_not_stood_for() -> None:
    told = (
        "A2A spenderà 200 milioni di euro. "
        "La società toscana Nordvind spenderà 30 milioni di euro. Nordvind e A2A non commentano."
    )
    actors = find_parties(scene(told, language="it"))
    assert sentences_of(party(actors, "A2A"), "pronoun") == []


def test_the_government_is_that_of_the_land_of_all_towns() -> None:
    actors = find_parties(scene("From Oxford to Leeds the money flows. The government pays 30 million pounds."))
    assert sentences_of(party(actors, "UK government"), "pronoun") == [1]


def test_it_is_nobody_who_is_named_far_behind() -> None:
    far = "It will be dear. " + "Nobody knows what comes of all this. " * 15
    assert sentences_of(party(find_parties(scene(f"{far}Meta says nothing.")), "Meta"), "pronoun") == []
    assert sentences_of(party(find_parties(scene("It will be dear. Meta says nothing.")), "Meta"), "pronoun") == [0]


def test_brussels_is_the_union_where_belgium_is_not_spoken_of() -> None:
    actors = find_parties(scene("Brussels set aside 40 million euros for a computer in Denmark."))
    assert sentences_of(party(actors, "European Union"), "state") == [0]


def test_a_land_that_a_hyphen_joins_to_a_word_acts_for_nobody() -> None:
    text = scene("Sweden-based Norvena will pay 2 billion euros. Sweden-based firms do.")
    assert "Swedish government" not in {actor.key for actor in find_parties(text)}
    assert {anchor.kind for anchor in party(find_countries(text), "SE").anchors} == {"adjective"}


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        (
            "en",
            "Havnord University and the Bolt Foundation agreed. The university pays 5 million dollars.",
            "University",
        ),
        ("en", "Elm County Council met Norvena Bank. The council pays 5 million dollars.", "Elm County Council"),
        (
            "sv",
            "Solviks universitet och bolaget Norvena bygger. Universitetet betalar 5 miljoner kronor.",
            "universitet",
        ),
    ],
)
def test_a_body_may_be_called_by_what_it_is(language: str, text: str, key: str) -> None:
    actors = find_parties(scene(text, language=language))
    assert [actor.key for actor in actors if sentences_of(actor, "pronoun") == [1] and key in actor.key]


def test_the_municipality_is_that_of_the_town_spoken_of_last() -> None:
    actors = find_parties(
        scene("Hallen byggs i Strängnäs. Kommunen betalar 5 miljoner kronor till Sverige.", language="sv")
    )
    assert sentences_of(party(actors, "Strängnäs Municipality"), "pronoun") == [1]


def test_the_city_alone_is_a_place() -> None:
    actors = find_parties(scene("A hall opens in Milan, Italy. West of the city Norvena Ltd pays 5 million euros."))
    assert not any(sentences_of(actor, "pronoun") for actor in actors)


def test_the_department_is_of_the_land_that_a_paper_is_from() -> None:
    actors = find_parties(scene("The Department of Energy will lend 1 billion dollars.", language="en-US"))
    assert sentences_of(party(actors, "US government"), "pronoun") == [0]


def test_the_unions_seat_is_no_belgian_town_where_nothing_tells_of_belgium() -> None:
    told = "Bruxelles a autorisé l'aide. Acme construit à Lyon."
    assert [actor.key for actor in find_countries(scene(told, language="fr"))] == ["FR"]
    both = "Bruxelles a autorisé l'aide. Acme construit à Gand, en Belgique."
    assert len(find_countries(scene(both, language="fr"))[0].anchors) == 3


def test_a_body_is_called_by_the_word_of_its_own_language() -> None:
    text = "Novo Nordisk Fonden og Microsoft bygger i Danmark. Fonden betaler 600 millioner kroner."
    actors = find_parties(scene(text, language="da"))
    assert sentences_of(party(actors, "Novo Nordisk Foundation"), "pronoun") == [1]


def test_the_government_is_never_the_unions() -> None:
    actors = find_parties(scene("The European Union pays 22 million euros. The government adds 5 million in Portugal."))
    assert sentences_of(party(actors, "European Union"), "pronoun") == []
    assert sentences_of(party(actors, "Portuguese government"), "pronoun") == [1]


def test_a_headline_names_a_province_short() -> None:
    actors = find_parties(
        scene("La Provincia mette 2 milioni. La Provincia di Cremona costruisce un centro.", language="it")
    )
    assert sentences_of(party(actors, "Province of Cremona"), "pronoun") == [0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("أعلنت مايكروسوفت الأمريكية وشركة أوراكل استثمارا.", "ar"),
        ("Microsoft americană și compania Oracle investesc.", "ro"),
        ("מיקרוסופט וחברת אורקל ישקיעו.", "he"),
    ],
)
def test_a_list_goes_on_behind_words_for_where_one_is_from_and_what_the_other_is(text: str, language: str) -> None:
    actors = find_parties(scene(text, language=language))
    assert party(actors, "Microsoft").anchors[0].mates == ("Oracle",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Acme raised 3 million in a round led by Nvidia, with participation from Oracle.", "en"),
        ("جمعت 3 ملايين دولار في جولة بقيادة شركة إنفيديا وبمشاركة شركة أوراكل.", "ar"),
        ("גייסה 3 מיליון דולר בהובלת אנבידיה ובהשתתפות אורקל.", "he"),
    ],
)
def test_who_leads_a_round_and_who_takes_part_are_listed_together(text: str, language: str) -> None:
    actors = find_parties(scene(text, language=language))
    assert party(actors, "Nvidia").anchors[0].mates == ("Oracle",)


def test_a_ministry_is_no_regions() -> None:
    text = "La Generalitat de Catalunya pone 6 millones en Reus. El Ministerio aporta 30 millones a Reus."
    actors = find_parties(scene(text, language="es"))
    assert sentences_of(party(actors, "Spanish government"), "pronoun") == [1]


def test_a_province_is_called_as_its_town() -> None:
    text = "El centro estará en Soria. La Diputación pone 2 millones."
    actors = find_parties(scene(text, language="es"))
    assert sentences_of(party(actors, "Province of Soria"), "pronoun") == [1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "La Havnord Spa costruisce a Lodi. Il fondo Polaris Capital presterà alla società 3 milioni."),
        ("pt", "A Havnord Lda constrói em Évora. O fundo Polaris Capital empresta à empresa 3 milhões."),
    ],
)
def test_the_company_in_one_with_a_preposition_is_no_fund(language: str, text: str) -> None:
    actors = find_parties(scene(text, language=language))
    assert sentences_of(party(actors, "Havnord"), "pronoun") == [1]


def test_a_word_for_a_body_that_a_name_goes_on_with_is_the_name_s() -> None:
    text = "O Instituto Polar recebe 3 milhões e 2 milhões vão ao Instituto Sul de Tecnologia."
    actors = find_parties(scene(text, language="pt"))
    assert sentences_of(party(actors, "Instituto Polar"), "pronoun") == []


def test_an_adjective_may_stand_between_article_and_noun() -> None:
    text = "Nordlys Datenwerk baut in Kiel. Das Kieler Unternehmen steckt 20 Millionen Euro in den Standort."
    actors = find_parties(scene(text, language="de"))
    assert sentences_of(party(actors, "Nordlys Datenwerk"), "pronoun") == [1]


def test_the_fund_is_the_one_that_is_known_for_a_fund() -> None:
    text = "Havnord Capital und die Stadtwerke Kiel bauen. Vom Fonds kommen 20 Millionen Euro."
    actors = find_parties(scene(text, language="de"))
    assert sentences_of(party(actors, "Havnord Capital"), "pronoun") == [1]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Le Sénégal et la Banque mondiale investiront 150 millions de dollars.", "Senegalese government"),
        ("Le centre coûte 24 millions, dont 10 millions apportés par la Wallonie.", "Walloon government"),
    ],
)
def test_a_land_or_region_that_acts_is_named(text: str, key: str) -> None:
    [anchor] = party(find_parties(scene(text, language="fr")), key).anchors
    assert anchor.kind == "name"


def test_where_a_government_s_land_is_told_beside_it_tells_nothing_more() -> None:
    actors = find_parties(scene("Le gouvernement ivoirien finance un centre à Abidjan.", language="fr"))
    assert [anchor.kind for anchor in party(actors, "Ivorian government").anchors] == ["name"]


def test_a_number_before_a_noun_counts_no_partners() -> None:
    text = "Orange et Thales bâtissent deux campus. RTE raccorde les deux campus. Les deux investiront 3 millions."
    assert sentences_of(party(find_parties(scene(text, language="fr")), "Orange"), "plural") == [2]


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ("Microsoft baut in Melk. Die Stadt Melk freut sich. Sie zahlt 3 Millionen Euro.", "City of Melk", 2),
        ("Microsoft baut in Melk. Auch die Stadt Melk tut etwas: Dafür zahlt sie 3 Millionen.", "City of Melk", 1),
        ("Der Versorger EWE baut mit Microsoft. Er zahlt 3 Millionen Euro.", "EWE", 1),
    ],
)
def test_a_word_means_the_subject_before_by_its_article(text: str, key: str, sentence: int) -> None:
    assert sentences_of(party(find_parties(scene(text, language="de")), key), "pronoun") == [sentence]


def test_a_word_in_the_plural_means_no_single_subject() -> None:
    actor = party(
        find_parties(scene("Die Stadt Melk plant das. Sie zahlen 3 Millionen Euro.", language="de")), "City of Melk"
    )
    assert sentences_of(actor, "pronoun") == []


def test_a_short_word_speaks_of_the_government_that_opens_its_sentence() -> None:
    text = "Oracle baut in Amsterdam. De gemeente Amsterdam maakt op haar beurt 7,5 miljoen euro vrij."
    actors = find_parties(scene(text, language="nl"))
    assert sentences_of(party(actors, "City of Amsterdam"), "pronoun") == [1]
    assert sentences_of(party(actors, "Oracle"), "pronoun") == []
