from itertools import pairwise

import pytest

from pledgebook.extract.mentions.organisations import find_organisations
from pledgebook.extract.mentions.places import find_places
from pledgebook.lexicon.places import load_name_words

# Own sentences, one or more a language: what is named, as code or as code and name.
PLACES = {
    "en": [
        ("The plant near Kaunas and a hub in Spain.", ["LT Kaunas", "ES"]),
        (
            "OSLO, June 3 - The group builds in Cambridge, Massachusetts.",
            ["NO Oslo", "US Cambridge", "US Massachusetts"],
        ),
        ("Work starts in Paris, Texas.", ["US Paris", "US Texas"]),
        ("The American firm likes Atlanta and the rest of Georgia.", ["US Atlanta", "US Georgia"]),
        ("Tbilisi hopes that Georgia will host it, said a Georgian official.", ["GE Tbilisi", "GE"]),
        ("Jobs go to London, Dublin and Leeds.", ["GB London", "IE Dublin", "GB Leeds"]),
        ("Across Europe, Southeast Asia and Latin America.", ["150", "142", "019"]),
    ],
    "nl": [("De hal in Eindhoven en een tweede in het Verenigd Koninkrijk.", ["NL Eindhoven", "GB"])],
    "de": [("Der Standort Hanau und ein Werk in der Schweiz.", ["DE Hanau am Main", "CH"])],
    "fr": [("Un site à Dunkerque, un autre aux Pays-Bas.", ["FR Dunkirk", "NL"])],
    "es": [("Una nave en Talavera de la Reina y otra en Alemania.", ["ES Talavera de la Reina", "DE"])],
    "it": [
        ("Un polo a Bergamo e uno nel Regno Unito.", ["IT Bergamo", "GB"]),
        (
            "Cantieri negli Usa, nel Canton Zurigo, a Monaco di Baviera e a Rho.",
            ["US", "CH Zürich", "DE Munich", "IT Rho"],
        ),
        ("La fabbrica nello Stato di New York e quella in Carolina del Nord.", ["US New York", "US North Carolina"]),
    ],
    "pt": [("Um centro em Braga e outro nos Países Baixos.", ["PT Braga", "NL"])],
    "pt-BR": [("O polo fica em Fortaleza, no Ceará.", ["BR Fortaleza", "BR Ceará"])],
    "ca": [("Una planta a Tarragona i oficines a França.", ["ES Tarragona", "FR"])],
    "pl": [
        ("Zakład w Krakowie, biuro w Niemczech, dostawy z Hiszpanii.", ["PL Kraków", "DE", "ES"]),
        ("Biura w Sosnowcu, Zabrzu i Opolu, dojazd do Radomia.", ["PL Sosnowiec", "PL Zabrze", "PL Opole", "PL Radom"]),
        ("Hala w Białymstoku, druga w Wiedniu, trzecia w Luizjanie.", ["PL Białystok", "AT Vienna", "US Louisiana"]),
    ],
    "cs": [("Závod v Brně a kancelář ve Francii.", ["CZ Brno", "FR"])],
    "sk": [("Závod v Košiciach a kancelária v Rakúsku.", ["SK Košice", "AT"])],
    "sl": [
        ("Obrat v Mariboru in pisarna v Nemčiji.", ["SI Maribor", "DE"]),
        ("Obrat v Krškem v Sloveniji.", ["SI Krško", "SI"]),
    ],
    "hr": [("Pogon u Zagrebu i ured u Španjolskoj.", ["HR Zagreb", "ES"])],
    "ro": [("O fabrică în Cluj-Napoca și un birou în Franța.", ["RO Cluj-Napoca", "FR"])],
    "hu": [("Üzem Debrecenben, iroda Franciaországban.", ["HU Debrecen", "FR"])],
    "bg": [("Завод в Пловдив и офис в Испания.", ["BG Plovdiv", "ES"])],
    "mk": [("Фабрика во Битола и канцеларија во Шпанија.", ["MK Bitola", "ES"])],
    "el": [("Μονάδα στη Θεσσαλονίκη και γραφείο στην Ισπανία.", ["GR Thessaloníki", "ES"])],
    "sv": [("En hall i Umeå och ett kontor i Frankrike.", ["SE Umeå", "FR"])],
    "da": [("En hal i Odense og et kontor i Tyskland.", ["DK Odense", "DE"])],
    "nb": [("En hall i Bergen og et kontor i Spania.", ["NO Bergen", "ES"])],
    "fi": [
        ("Halli Kajaanissa, toimisto Ruotsissa ja tilaus Ranskasta.", ["FI Kajaani", "SE", "FR"]),
        (
            "Halli Seinäjoella, toinen Espooseen ja kolmas Lappeenrannassa.",
            ["FI Seinäjoki", "FI Espoo", "FI Lappeenranta"],
        ),
        ("Toimisto Itävallassa, toinen Irlannissa ja kolmas Sipooseen.", ["AT", "IE", "FI Sipoo"]),
    ],
    "et": [("Tehas Tartus ja kontor Prantsusmaal.", ["EE Tartu", "FR"])],
    "lv": [("Rūpnīca Rīgā un birojs Spānijā.", ["LV Riga", "ES"])],
    "lt": [("Gamykla Kaune ir biuras Prancūzijoje.", ["LT Kaunas", "FR"])],
    "uk": [("Завод у Львові та офіс в Іспанії.", ["UA Lviv", "ES"])],
    "ru": [("Завод в Казани и офис во Франции.", ["RU Kazan", "FR"])],
    "tr": [("Konya'da bir tesis ve İspanya'da bir ofis.", ["TR Konya", "ES"])],
    "ar": [
        ("مركز في مدينة جديدة لدولة أخرى، وخبر عن كابل.", []),
        ("مصنع في القاهرة ومكتب في إسبانيا.", ["EG Cairo", "ES"]),
    ],
    "he": [("בתוך חמש שנים יוקם מרכז באשדוד.", ["IL Ashdod"]), ("מפעל בחיפה ומשרד בצרפת.", ["IL Haifa", "FR"])],
    "hi": [("मुंबई में संयंत्र और जापान में कार्यालय।", ["IN Mumbai", "JP"])],
    "id": [("Pabrik di Surabaya dan kantor di Jepang.", ["ID Surabaya", "JP"])],
    "vi": [
        ("Khu công nghiệp tại TP.HCM và Bình Dương.", ["VN Ho Chi Minh City", "VN Bình Dương"]),
        ("Nhà máy tại Đà Nẵng và văn phòng ở Nhật Bản.", ["VN Da Nang", "JP"]),
        ("Nhà máy ở Mỹ và văn phòng tại Úc, không phải Đông Mỹ.", ["US", "AU"]),
    ],
    "th": [("โรงงานในระยองและสำนักงานในญี่ปุ่น", ["TH Rayong", "JP"])],
    "ja": [
        ("千葉県印西市に工場、新興市場に商機。", ["JP Chiba", "JP Inzai"]),
        ("大阪府堺市に工場、スペインに拠点を置く。", ["JP Osaka", "JP Sakai", "ES"]),
    ],
    "zh": [("在呼和浩特市建厂，并在西班牙设立办事处。", ["CN Hohhot", "ES"])],
    "ko": [
        ("부산에 공장을, 스페인에 사무소를 둔다.", ["KR Busan", "ES"]),
    ],
}

ADJECTIVES = [
    ("nl", "een Spaanse hal", "ES"),
    ("de", "die spanische Halle", "ES"),
    ("fr", "un exploitant danois", "DK"),
    ("fr", "la pépite strasbourgeoise", "FR"),
    ("es", "la empresa neerlandesa", "NL"),
    ("es", "la firma tapatía", "MX"),
    ("pt", "a tecnológica bracarense", "PT"),
    ("pt", "a startup soteropolitana", "BR"),
    ("ca", "l'empresa osonenca", "ES"),
    ("it", "la bergamasca Havnord", "IT"),
    ("it", "il fondo svedese", "SE"),
    ("pl", "hiszpańskiej spółce", "ES"),
    ("cs", "v německém závodě", "DE"),
    ("hu", "egy lengyelországi gyár", "PL"),
    ("hu", "a spanyol cég", "ES"),
    ("fi", "ranskalaisen yhtiön", "FR"),
    ("sv", "det spanska bolaget", "ES"),
    ("ru", "французской компании", "FR"),
    ("uk", "польського оператора", "PL"),
    ("el", "η γαλλική εταιρεία", "FR"),
]

NOTHING = {
    "en": [
        "Jack London wrote it, and Paris Hilton read it.",
        "Bank of America and the University of Chicago agreed.",
        "Deutsche Telekom met Air France KLM SA.",
        "It read the New York Times.",
        "Reading is a nice pastime, and so is reading aloud.",
    ],
    "de": ["Das Essen war gut, sagte der Koch.", "Es ist nur eine Halle."],
    "fr": ["Il y a du vin et une tour.", "Le rapport de la Banque de Montréal."],
    "pl": ["To jest most nad rzeką."],
    "tr": ["Ordu ve polis geldi."],
}


def said(text: str, language: str) -> list[str]:
    found = [mention for mention in find_places(text, language) if "adjective" not in mention.parts]
    return [f"{mention.place} {mention.name}" if mention.name else str(mention.place) for mention in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(code, *row) for code, rows in PLACES.items() for row in rows]
)
def test_places_are_found_with_their_country(language: str, text: str, expected: list[str]) -> None:
    found = said(text, language)
    assert found == expected


@pytest.mark.parametrize(("language", "text", "country"), ADJECTIVES)
def test_adjectives_speak_of_a_country(language: str, text: str, country: str) -> None:
    assert country in [mention.place for mention in find_places(text, language) if "adjective" in mention.parts]


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in NOTHING.items() for text in texts])
def test_words_and_persons_and_organisations_are_no_places(language: str, text: str) -> None:
    assert said(text, language) == []


def test_a_surname_is_no_adjective() -> None:
    assert [mention.place for mention in find_places("Ci ha scritto Paolo Veronese.", "it")] == []
    assert [mention.place for mention in find_places("Il Veronese e la ditta veronese.", "it")] == ["IT", "IT"]


def test_offsets_point_at_the_words() -> None:
    text = "  Łódź, w Łodzi; a potem „Kraków”."
    assert [text[m.span.start : m.span.end] for m in find_places(text, "pl") if m.name] == ["Łódź", "Łodzi", "Kraków"]


def test_a_town_of_several_countries_has_a_reason() -> None:
    (mention,) = [m for m in find_places("A lab in Birmingham.", "en") if m.name]
    assert (mention.place, mention.reason.startswith("the largest of")) == ("GB", True)
    (mention, _) = [m for m in find_places("A lab in Birmingham, Alabama.", "en") if m.name]
    assert (mention.place, mention.reason) == ("US", "its country or region is named beside it")


def test_every_language_has_words_around_names() -> None:
    for code in PLACES:
        words = load_name_words(code)
        assert words.words("at") or words.words("after"), code


def test_no_mention_overlaps_another_and_all_are_in_order() -> None:
    text = "".join(text + " " for rows in PLACES.values() for text, _ in rows)
    for code in ("en", "de", "ja", "ru", "ar"):
        spans = [mention.span for mention in find_places(text, code)]
        assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("es", "Un centro de datos en León costará 3 millones de euros, dijo la diputación.", "ES"),
        ("es", "Un centro de datos en León costará 300 mdp.", "MX"),
    ],
)
def test_the_words_of_a_country_tell_which_of_two_towns_is_meant(language: str, text: str, country: str) -> None:
    assert {mention.place for mention in find_places(text, language)} == {country}


def test_a_given_name_before_a_surname_is_no_town() -> None:
    assert find_places("Une visite de Martin Velleroi, présidente.", "fr") == []


def test_a_town_behind_its_region_is_meant() -> None:
    names = [mention.name for mention in find_places("경상북도 포항 산업단지에 짓는다.", "ko")]
    assert names == ["North Gyeongsang", "Pohang"]


def test_an_adjective_of_a_town_says_where_somebody_is() -> None:
    [mention] = find_places("Ein Heidelberger Unternehmen baut aus.", "de")
    assert (mention.place, mention.name, "adjective" in mention.parts) == ("DE", "Heidelberg", True)
    assert not find_places("Zij koos voor VIS.", "nl")


@pytest.mark.parametrize(
    ("language", "text", "land"),
    [
        ("lt", "Prancūzijos fondas „Havnord“ stato parką.", "Prancūzijos"),
        ("lv", 'Norvēģijas uzņēmums "Havnord" būvēs.', "Norvēģijas"),
        ("et", "Soome energiafirma Havnord rajab keskuse.", "Soome"),
    ],
)
def test_a_land_before_a_company_tells_where_it_is_from(language: str, text: str, land: str) -> None:
    (place,) = find_places(text, language)
    assert place.span.of(text) == land
    assert "adjective" in place.parts


def test_a_town_by_its_case_is_no_company_nor_part_of_a_name() -> None:
    text = "Operaattori Havnord Kokkolaan rakentaa, ja Helsingissä on toimisto."
    assert [mention.party.name for mention in find_organisations(text, "fi") if mention.party] == ["Havnord"]
    assert [mention.name for mention in find_places(text, "fi")] == ["Kokkola", "Helsinki"]


def test_an_adjective_may_be_a_word_of_a_towns_name() -> None:
    text = "Tvrtka gradi u Slavonskom Brodu."
    assert [(m.span.of(text), m.place) for m in find_places(text, "hr")] == [("Slavonskom Brodu", "HR")]


def test_a_form_that_is_a_common_word_is_no_town() -> None:
    assert not find_places("Kampus zaplatia z Plánu obnovy.", "sk")
    assert [mention.name for mention in find_places("Kampus vyrastie v meste Plano v Texase.", "sk")] == [
        "Plano",
        "Texas",
    ]


def test_where_marks_tell_words_apart_a_country_is_no_other_word() -> None:
    text = "Microsoft đầu tư vào Mông Cổ và Bồ Đào Nha, rồi tại Anh. Chị Anh cho biết."
    assert [(m.span.of(text), m.place) for m in find_places(text, "vi")] == [
        ("Mông Cổ", "MN"),
        ("Bồ Đào Nha", "PT"),
        ("Anh", "GB"),
    ]
