"""Who is only mentioned: whoever permits something, owns somebody or supplies them, but no example of investors."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def payers(text: str, language: str) -> list[tuple[int, list[str]]]:
    _, drafts = build_drafts(scene(text, language=language))
    told = [(draft.amount and int(draft.amount.value) // 1_000_000, draft.investors) for draft in drafts]
    return [(value or 0, sorted(actor.key for actor in investors)) for value, investors in told]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De gemeente Emmen geeft Duinstroom Data groen licht voor een datacenter van 80 miljoen euro."),
        ("nl", "De gemeenteraad van Emmen stemde in met de bouw van een datacenter van 80 miljoen euro door Duinstroom Data."),
        ("de", "Die Stadt Emden erteilt der Firma Duinstroom Data die Baugenehmigung für ein Rechenzentrum für 80 Mio. Euro."),
        ("de", "Die Stadt Emden genehmigte einen Neubau der Firma Duinstroom Data, die dafür 80 Millionen Euro aufwendet."),
    ],
)  # fmt: skip
def test_whoever_only_permits_something_pays_nothing(language: str, text: str) -> None:
    ((value, names),) = payers(text, language)
    assert value == 80
    assert names == ["Duinstroom Data"]


def test_a_permitted_grant_is_paid_by_the_government() -> None:
    told = payers("De gemeente Emmen geeft groen licht voor een subsidie van 3 miljoen euro aan Duinstroom Data.", "nl")
    assert told == [(3, ["City of Emmen"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De door KKR gesteunde aanbieder Duinstroom Data steekt 70 miljoen euro in een datacenter in Emmen."),
        ("nl", "Dell levert de servers voor het datacenter van 70 miljoen euro dat Duinstroom Data in Emmen bouwt."),
        ("de", "Die von KKR kontrollierte Firma Duinstroom Data steckt 70 Millionen Euro in ein Rechenzentrum in Emden."),
        ("de", "Dell liefert die Server für das 70 Millionen Euro teure Rechenzentrum, das Duinstroom Data in Emden baut."),
    ],
)  # fmt: skip
def test_owners_and_suppliers_before_a_name_pay_nothing(language: str, text: str) -> None:
    assert payers(text, language) == [(70, ["Duinstroom Data"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Het lab in Delft kost 50 miljoen euro, waarvan 30 miljoen van het Rijk en 20 miljoen van bedrijven zoals ASML."),
        ("de", "Das Labor in Jena kostet 50 Millionen Euro, davon 30 Millionen vom Bund und 20 Millionen von Firmen wie ASML."),
    ],
)  # fmt: skip
def test_examples_of_investors_pay(language: str, text: str) -> None:
    assert payers(text, language)[-1] == (20, ["ASML"])


def test_who_owns_a_company_told_by_a_word_alone_pays_nothing() -> None:
    text = "Entel amplía su centro de datos. La firma controlada por el grupo Almendral pagará 31 millones de dólares."
    assert payers(text, "es") == [(31, ["Entel"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il governo e Acme Cloud hanno firmato: l'azienda investirà 60 milioni di euro a Latina."),
        ("it", "Il ministero delle Imprese e Acme Cloud hanno firmato: la società spenderà 60 milioni di euro a Latina."),
        ("fr", "Le gouvernement et Acme Cloud ont signé un accord : l'entreprise investira 60 millions d'euros à Laon."),
    ],
)  # fmt: skip
def test_behind_a_colon_the_company_pays(language: str, text: str) -> None:
    assert payers(text, language) == [(60, ["Acme Cloud"])]


def test_a_pronoun_behind_a_colon_may_be_the_state() -> None:
    text = "L'État sénégalais agit : il a inscrit 12 millions d'euros au budget pour un supercalculateur à Dakar."
    assert payers(text, "fr") == [(12, ["Senegalese government"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Trong 6 tháng đầu năm, tỉnh Bình Phước đã thu hút 900 triệu USD vốn FDI vào bán dẫn."),
        ("id", "Pemerintah Provinsi Jawa Barat menarik investasi Rp12 triliun di bidang pusat data sepanjang 2025."),
        ("tr", "Konya Büyükşehir Belediyesi veri merkezlerine 3 milyar liralık yatırım çekti."),
        ("ar", "اجتذبت الحكومة المصرية استثمارات بقيمة 3 مليارات دولار في مراكز البيانات."),
    ],
)
def test_a_government_that_gets_others_to_invest_pays_nothing(language: str, text: str) -> None:
    ((_, names),) = payers(text, language)
    assert names == []


def test_words_behind_a_capital_tell_where_somebody_is_from() -> None:
    text = "Ankara merkezli Poyraz Bulut, Konya'da 40 milyon dolarlık veri merkezi kuracak."
    assert payers(text, "tr") == [(40, ["Poyraz Bulut"])]


def test_one_word_behind_the_last_tells_of_all_who_pay() -> None:
    text = "Kaynağın 4 milyar lirası TÜBİTAK, 2 milyar lirası KOSGEB tarafından karşılanacak."
    assert payers(text, "tr") == [(4_000, ["TÜBİTAK"]), (2_000, ["KOSGEB"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "PT Arunika Digital meneken nota kesepahaman dengan Pemerintah Provinsi Bali untuk membangun pusat data US$ 80 juta."),
        ("vi", "Công ty Lam Giang ký biên bản ghi nhớ với UBND tỉnh Bình Định để xây trung tâm dữ liệu 80 triệu USD."),
        ("th", "บริษัท อีสานคลาวด์ จำกัด ลงนามบันทึกข้อตกลงกับเทศบาลนครขอนแก่น เพื่อจัดตั้งศูนย์ข้อมูล มูลค่า 80 ล้านบาท"),
        ("ar", "وقعت شركة سحابة مذكرة مع الحكومة المصرية لإنشاء مركز بيانات في القاهرة بقيمة 80 مليون دولار."),
    ],
)  # fmt: skip
def test_a_government_with_which_a_company_signs_pays_nothing(language: str, text: str) -> None:
    ((value, names),) = payers(text, language)
    assert value == 80
    assert len(names) == 1
    assert not any(word in names[0] for word in ("Province", "City", "government", "เทศบาล"))
