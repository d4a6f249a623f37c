"""Who is given a sum by how a sentence is built: whoever stands behind a verb of taking, or has an ending for it."""

import pytest

from documents import scene
from pledgebook.api import find_claims
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.extract.claims.flow import given_by_noun


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "pl",
            (
                "Ministerstwo Cyfryzacji podzieliło środki na superkomputery. Najwięcej - 90 mln zł - otrzyma Politechnika "
                "Havnordzka, a 40 mln zł Uniwersytet Polarny."
            ),
        ),
        (
            "nl",
            (
                "Het ministerie van Onderwijs verdeelt geld voor supercomputers. 90 miljoen euro krijgt de Universiteit "
                "Havnord, 40 miljoen euro de Hogeschool Polaris."
            ),
        ),
    ],
)
def test_subjects_behind_verbs_of_taking_are_given_what_stands_before(language: str, text: str) -> None:
    _, drafts = build_drafts(scene(text, language=language))
    paid = [draft.recipient.key if draft.recipient is not None else None for draft in drafts]
    assert len(paid) == 2
    assert None not in paid
    assert len(set(paid)) == 2
    assert all("ministry" in payer.key or "government" in payer.key for draft in drafts for payer in draft.investors)


def test_an_ending_tells_who_is_given() -> None:
    text = "Rząd przekazał 90 mln zł na superkomputery. Ponad 70 mln zł przyznano Uniwersytetowi Łódzkiemu."
    _, drafts = build_drafts(scene(text, language="pl"))
    assert [draft.recipient.key for draft in drafts if draft.recipient is not None][-1] == "University of Łódź"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fi",
            "Suomen hallitus jakaa rahaa siruihin. Polaris Chips saa Havnord Capitalilta 12 miljoonaa euroa siruihin.",
        ),
        ("de", "Polaris Chips erhält von Havnord Capital 12 Millionen Euro für Chips."),
    ],
)
def test_who_takes_over_the_name_of_who_gives_is_paid(language: str, text: str) -> None:
    [draft] = build_drafts(scene(text, language=language))[1]
    assert draft.recipient is not None
    assert draft.recipient.key == "Polaris Chips"
    assert [payer.key for payer in draft.investors] == ["Havnord Capital"]


def test_the_last_word_of_a_name_has_the_ending_that_tells_who_is_given() -> None:
    text = "Az Európai Beruházási Bank 120 millió euró hitelt nyújt a Magyar Telekomnak."
    [draft] = build_drafts(scene(text, language="hu"))[1]
    assert draft.recipient is not None
    assert draft.recipient.key == "Magyar Telekom"


def test_an_ending_behind_an_acronym_marks_who_gives() -> None:
    text = "A svéd Havnord csarnokot épít. A társaság emellett 20 milliárd forint hitelt vesz fel az MFB-től."
    [draft] = build_drafts(scene(text, language="hu"))[1]
    assert draft.recipient is not None
    assert draft.recipient.key == "Havnord"


def test_a_sum_between_commas_goes_to_whom_its_verb_says() -> None:
    text = "Suomen hallitus tukee siruhankkeita. Suurin tuki, 62 miljoonaa euroa, menee Polaris Chipsille."
    [draft] = build_drafts(scene(text, language="fi"))[1]
    assert draft.recipient is not None
    assert [payer.key for payer in draft.investors] == ["Finnish government"]


def test_what_is_left_is_another_sum_though_it_is_as_much() -> None:
    text = (
        "Tauron wniesie do centrum obliczeniowego w Gliwicach 18 mln zł, a KGHM 12 mln zł. Pozostałe 18 mln zł wyłoży "
        "Comarch."
    )
    _, drafts = build_drafts(scene(text, language="pl"))
    assert sorted(int(draft.amount.value) for draft in drafts if draft.amount is not None) == [
        12_000_000,
        18_000_000,
        18_000_000,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Havnord Chips betaalt 60 miljoen euro mee aan het opleiden van technici en Polaris Chips 15 miljoen euro.",
        "Havnord Chips investeert 60 miljoen euro in een datacenter in Almere, Polaris Chips 15 miljoen euro.",
    ],
)
def test_who_pays_without_a_verb_of_its_own_is_not_paid(text: str) -> None:
    _, drafts = build_drafts(scene(text, language="nl"))
    assert [draft.recipient for draft in drafts] == [None, None]


def test_a_dash_stands_for_the_verb_of_who_pays_too() -> None:
    text = "Havnord вложит 60 млн долларов в дата-центр в Алматы, Polaris Chips – 15 млн долларов."
    _, drafts = build_drafts(scene(text, language="ru"))
    assert [draft.recipient for draft in drafts] == [None, None]
    assert [[actor.key for actor in draft.investors] for draft in drafts] == [["Havnord"], ["Polaris Chips"]]


def test_whoever_goes_along_over_a_verb_is_not_paid() -> None:
    text = "Umicore investeert samen met de Koreaanse partner Belrix 500 miljoen euro in een chipfabriek in Gent."
    [draft] = build_drafts(scene(text, language="nl"))[1]
    assert draft.recipient is None
    assert draft.investors[0].key == "Umicore"


@pytest.mark.parametrize(
    ("text", "payer", "paid"),
    [
        ("गूगल ने आईआईटी बॉम्बे को भाषा शोध के लिए 80 लाख डॉलर का अनुदान दिया।", "Google", "IIT Bombay"),
        ("केंद्र सरकार ने माइक्रोन को नए संयंत्र के लिए 900 करोड़ रुपये की सब्सिडी दी है।", "Indian government", "Micron"),
        ("सर्वम एआई ने गूगल से 46 करोड़ डॉलर जुटाए।", "Google", "Sarvam AI"),
        ("सर्वम एआई ने गूगल के नेतृत्व में 4.6 करोड़ डॉलर जुटाए।", "Google", "Sarvam AI"),
    ],
)
def test_a_word_behind_a_name_tells_who_is_given(text: str, payer: str, paid: str) -> None:
    _, [draft] = build_drafts(scene(text, language="hi"))
    assert [actor.key for actor in draft.investors] == [payer]
    assert draft.recipient is not None
    assert draft.recipient.key == paid


def paid_in(text: str, language: str) -> list[str]:
    """The names of those who are given a sum by how a text is built."""
    _, drafts = build_drafts(scene(text, language=language))
    told = [draft for draft in drafts if any("is given the sum" in reason for reason in draft.reasons)]
    return [draft.recipient.key for draft in told if draft.recipient is not None]


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("حصلت شركة «درب نخيل» على 50 مليون دولار من البنك الدولي لمركز بيانات في مصر.", ["درب نخيل"]),
        ("منحت الحكومة المصرية شركة «درب نخيل» 40 مليون دولار لمركز بيانات في مصر.", ["درب نخيل"]),
        ("أقرض البنك الدولي شركة «درب نخيل» 70 مليون دولار لمركز بيانات في مصر.", ["درب نخيل"]),
        ("تدفع أوراكل وشركة «درب نخيل» 70 مليون دولار لمركز بيانات في مصر.", []),
        ("تقدم شركة «درب نخيل» 70 مليون دولار لمركز بيانات في مصر.", []),
    ],
)
def test_where_the_verb_comes_first_who_is_given_stands_before_the_sum(text: str, paid: list[str]) -> None:
    assert paid_in(text, "ar") == paid


@pytest.mark.parametrize(
    ("language", "text", "paid"),
    [
        ("ar", "تستثمر إنفيديا 500 مليون دولار في شركة «درب نخيل» الناشئة في مصر.", ["درب نخيل"]),
        ("he", "אנבידיה תשקיע 500 מיליון דולר בחברת השבבים רותם טק.", ["רותם טק"]),
        ("he", "אנבידיה תשקיע 500 מיליון דולר בחוות שרתים של רותם טק.", []),
    ],
)
def test_what_is_put_into_a_company_is_given_to_it(language: str, text: str, paid: list[str]) -> None:
    assert paid_in(text, language) == paid


@pytest.mark.parametrize(
    "text",
    [
        "40 mln zł na laboratorium AI Komisja Europejska przyznała spółce Polaris Chips.",
        "Spółce Polaris Chips Komisja Europejska przyznała 40 mln zł na laboratorium AI.",
        "Komisja Europejska przyznała spółce „Polaris Chips” 40 mln zł na laboratorium AI.",
    ],
)
def test_a_noun_before_a_name_tells_by_its_case_who_is_given(text: str) -> None:
    [draft] = build_drafts(scene(text, language="pl"))[1]
    assert draft.recipient is not None
    assert draft.recipient.key == "Polaris Chips"
    assert [payer.key for payer in draft.investors] == ["European Union"]


def test_such_a_noun_behind_a_word_for_where_tells_of_nobody() -> None:
    text = "Havnord Capital przekaże 40 mln zł na laboratorium AI w firmie Polaris Chips."
    told = scene(text, language="pl")
    names = [mention.span for mention in told.organisations]
    assert given_by_noun(told, 0, names) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Sveriges regering ger Polaris Chips 900 miljoner kronor till fabriken i Skellefteå."),
        ("nb", "Sparebankstiftelsen DNB gir Polaris Chips 40 millioner kroner til et laboratorium."),
        ("da", "Tysklands regering giver Polaris Chips 10 milliarder euro til fabrikken i Magdeburg."),
        ("en", "The German government gives Polaris Chips 10 billion euros for its factory in Magdeburg."),
    ],
)
def test_whoever_stands_between_who_gives_and_the_sum_is_given_it(language: str, text: str) -> None:
    [draft] = build_drafts(scene(text, language=language))[1]
    assert draft.recipient is not None
    assert draft.recipient.key == "Polaris Chips"
    assert "Polaris Chips" not in [payer.key for payer in draft.investors]


@pytest.mark.parametrize(
    ("language", "text", "payers"),
    [
        (
            "sv",
            "Polaris Chips investerar 6 miljarder kronor i Borlänge tillsammans med Vattenfall.",
            ["Polaris Chips", "Vattenfall"],
        ),
        (
            "en",
            "Polaris Chips invests 6 billion dollars in Ohio together with Microsoft.",
            ["Polaris Chips", "Microsoft"],
        ),
        ("sv", "Polaris Chips investerar 6 miljarder kronor i Borlänge med Vattenfall.", ["Polaris Chips"]),
    ],
)
def test_whoever_goes_along_behind_the_sum_pays_too(language: str, text: str, payers: list[str]) -> None:
    [draft] = build_drafts(scene(text, language=language))[1]
    assert [payer.key for payer in draft.investors] == payers


@pytest.mark.parametrize(
    ("text", "payer", "paid"),
    [
        ("Samsung được chính phủ Mỹ tài trợ 4,75 tỷ USD cho nhà máy ở Texas.", "US government", "Samsung"),
        ("雪岭智算获阿里巴巴投资2亿元，将在杭州建设智算中心。", "Alibaba", "雪岭智算"),
        ("台积电获得美国政府66亿美元补助，用于亚利桑那工厂。", "US government", "TSMC"),
        ("中芯国际从国家开发银行借款120亿元，在上海建设晶圆厂。", "China Development Bank", "SMIC"),
        ("腾讯向清华大学捐赠1亿元，用于人工智能研究。", "Tencent", "Tsinghua University"),
        ("腾讯资助清华大学1亿元，用于人工智能研究。", "Tencent", "Tsinghua University"),
    ],
)
def test_order_alone_tells_who_is_given_where_words_have_no_endings(text: str, payer: str, paid: str) -> None:
    _, [draft] = build_drafts(scene(text, language="vi" if text.startswith("Samsung") else "zh"))
    assert [actor.key for actor in draft.investors] == [payer]
    assert draft.recipient is not None
    assert draft.recipient.key == paid


@pytest.mark.parametrize(
    ("language", "text", "payer", "paid"),
    [
        ("pt", "À fabricante Ceitec o BNDES concede 220 milhões de reais para semicondutores.", "BNDES", "Ceitec"),
        ("es", "A Openchip le prestará el CDTI 40 millones de euros para diseñar chips.", "CDTI", "Openchip"),
    ],
)
def test_a_sentence_may_open_with_whom_is_given_a_sum(language: str, text: str, payer: str, paid: str) -> None:
    _, [draft] = build_drafts(scene(text, language=language))
    assert [actor.key for actor in draft.investors] == [payer]
    assert draft.recipient is not None
    assert draft.recipient.key == paid


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "A Armilar investiu 8 milhões de euros na startup portuguesa Havnord AI."),
        ("pl", "W 2023 roku PFR zainwestował 20 mln zł w gdańską firmę Havnord AI."),
    ],
)
def test_an_adjective_may_tell_where_a_company_is_from_that_a_sum_is_put_into(language: str, text: str) -> None:
    _, [draft] = build_drafts(scene(text, language=language))
    assert draft.recipient is not None
    assert draft.recipient.key == "Havnord AI"


@pytest.mark.parametrize(
    ("language", "text", "payer", "paid"),
    [
        (
            "tr",
            "TÜBİTAK 6 milyar liralık programı açıkladı. Bu paranın 800 milyon lirası Boğaziçi Üniversitesi'ne aktarılacak.",
            "TÜBİTAK",
            "Boğaziçi University",
        ),
        (
            "he",
            "משרד החדשנות הודיע על תוכנית של 400 מיליון שקל. מהם 60 מיליון שקל יוקצו לטכניון.",
            "Israeli government",
            "Technion",
        ),
        (
            "vi",
            (
                "Bộ Khoa học và Công nghệ dành 2.000 tỷ đồng cho AI. Trong số này, 300 tỷ đồng được phân bổ cho Đại học "
                "Bách khoa Hà Nội."
            ),
            "Vietnamese government",
            "Hanoi University of Science and Technology",
        ),
        (
            "tr",
            "Ege Üniversitesi, Koç Holding'in 90 milyon liralık desteğiyle İzmir'de yapay zekâ enstitüsü açacak.",
            "Koç Holding",
            "Ege University",
        ),
    ],
)
def test_who_alone_is_named_as_to_whom_something_is_given_pays_none_of_it(
    language: str, text: str, payer: str, paid: str
) -> None:
    _, drafts = build_drafts(scene(text, language=language))
    last = drafts[-1]
    assert last.recipient is not None
    assert (last.recipient.key, [actor.key for actor in last.investors]) == (paid, [payer])


@pytest.mark.parametrize(
    ("language", "text", "payer", "paid"),
    [
        ("ja", "ソフトバンク→ラピダス　40億ドルを投資すると発表した。", "SoftBank", "Rapidus"),
        ("zh", "软银→寒武纪：追加出资10亿元", "SoftBank", "Cambricon"),
        ("en", "Blackstone → Mistral AI: it will invest $600 million.", "Blackstone", "Mistral AI"),
    ],
)
def test_an_arrow_leads_to_whom_is_given_a_sum(language: str, text: str, payer: str, paid: str) -> None:
    _, [draft, *_] = build_drafts(scene(text, language=language))
    assert [actor.key for actor in draft.investors] == [payer]
    assert draft.recipient is not None
    assert draft.recipient.key == paid


@pytest.mark.parametrize(
    ("sentence", "investor"),
    [
        ("Kétmilliárd dollárt fektetett be a Google Németországban.", "Google"),
        ("Ötmilliárd dollárt fektet be az Amazon Indiában.", "Amazon"),
    ],
)
def test_a_particle_that_is_an_ending_elsewhere_marks_nobody(sentence: str, investor: str) -> None:
    [claim] = find_claims(f"Új gyár\n\n{sentence}\n")
    assert ([party.name for party in claim.investors], claim.recipient) == ([investor], None)
