import pytest

from pledgebook.clean.language import detect_language

SAYINGS = {
    "en": "The company said that it will build the plant, which is to open in the spring, and that it has the money.",
    "nl": "Het bedrijf zegt dat het de fabriek gaat bouwen, die in het voorjaar open moet, en dat er geld voor is.",
    "de": "Das Unternehmen sagt, dass es die Fabrik bauen wird, die im Frühjahr öffnen soll, und dass es das Geld hat.",
    "fr": "Le groupe dit que la construction de l'usine, qui doit ouvrir au printemps, est prévue et que les fonds sont là.",
    "es": "La empresa dice que va a construir la planta, que se abrirá en la primavera, y que tiene el dinero para ello.",
    "pt": "A empresa diz que vai construir a fábrica, que será aberta na primavera, e que não há falta de dinheiro.",
    "da": "Selskabet siger, at det vil bygge fabrikken, som skal åbne til foråret, og at der er penge nok efter planen.",
    "ja": "同社は工場を建設すると発表した。春に開く予定だ。",
    "ko": "회사는 봄에 문을 열 공장을 짓겠다고 밝혔다.",
    "zh": "公司表示将建设工厂，计划明年春天投产，资金已经到位。",
    "zh-Hant": "公司表示將建設工廠，計劃明年春天投產，資金已經到位，總額億元。",
    "el": "Η εταιρεία θα κατασκευάσει το εργοστάσιο την άνοιξη.",
    "he": "החברה תבנה את המפעל באביב.",
    "hi": "कंपनी वसंत में कारखाना बनाएगी।",
    "th": "บริษัทจะสร้างโรงงานในฤดูใบไม้ผลิ",
    "ru": "Компания сообщила, что она построит завод, который будет открыт весной, и что для этого есть деньги.",
    "mk": "Компанијата рече дека ќе ја изгради фабриката, која ќе биде отворена на пролет, и дека има пари за тоа.",
    "ar": "قالت الشركة إن المصنع الذي سيفتح في الربيع سيكون من أكبر المصانع في البلاد بعد هذا العام.",
}


@pytest.mark.parametrize("language", SAYINGS)
def test_a_language_is_told_by_its_words_or_its_script(language: str) -> None:
    assert detect_language(SAYINGS[language]) == language


@pytest.mark.parametrize("language", SAYINGS)
def test_the_words_are_believed_more_than_the_page(language: str) -> None:
    assert detect_language(SAYINGS[language], declared="fi" if language != "fi" else "en") == language


@pytest.mark.parametrize(
    ("language", "declared", "kept"),
    [
        ("nl", "nl-BE", "nl-BE"),
        ("en", "EN_us", "en-US"),
        ("fr", "fr-CA", "fr-CA"),
        ("zh", "zh-CN", "zh-CN"),
        ("zh-Hant", "zh", "zh-Hant"),
        ("zh-Hant", "zh-TW", "zh-TW"),
        ("zh-Hant", "zh-HK", "zh-HK"),
        ("ja", "ja ", "ja"),
        ("de", "{{ lang }}", "de"),
        ("de", "", "de"),
    ],
)
def test_the_page_adds_the_region(language: str, declared: str, kept: str) -> None:
    assert detect_language(SAYINGS[language], declared=declared) == kept


@pytest.mark.parametrize(("declared", "code"), [("no", "nb"), ("nn-NO", "nb-NO"), ("iw", "he"), ("in-ID", "id-ID")])
def test_old_names_of_languages_are_renewed(declared: str, code: str) -> None:
    assert detect_language("4 000 000", declared=declared) == code


def test_a_few_words_are_not_enough_against_the_page() -> None:
    assert detect_language("Acme investit à Lyon.", declared="fr-CA") == "fr-CA"


def test_without_letters_there_is_no_language() -> None:
    assert detect_language("4.000.000 €") == "und"


def test_a_few_words_alone_are_still_in_some_language() -> None:
    assert detect_language("Acme bygger et datacenter i nærheden af Odense") in {"da", "nb"}


def test_papers_of_hong_kong_are_told_from_those_of_taiwan() -> None:
    assert detect_language("公司計劃投資億港元，在新界興建數據中心。") == "zh-Hant-HK"
    assert detect_language("公司計畫投資新台幣20億元，在台南興建資料中心。") == "zh-Hant"
