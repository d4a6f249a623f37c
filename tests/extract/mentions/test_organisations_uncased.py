import pytest

from pledgebook.extract.mentions.organisations import find_organisations

NAMES = [
    ("ar", "أعلنت شركة «هافنورد» و«داتا نور» و«كلاود سما» عن المشروع", ["هافنورد", "داتا نور", "كلاود سما"]),
    ("ar", "قالت شركة هافنورد للحوسبة المتقدمة إنها ستبني مركزا", ["هافنورد للحوسبة المتقدمة"]),
    ("ar", "بتمويل من بنك هافنورد الوطني", ["بنك هافنورد الوطني"]),
    ("ar", "بالتعاون مع جامعة هافنورد الأهلية", ["جامعة هافنورد الأهلية"]),
    ("he", "בין המשקיעות הבנורד אנרגיה ואחרות", ["הבנורד אנרגיה"]),
    ("he", "רשות הבנורד תעניק מענק", ["רשות הבנורד"]),
    ("hi", "हावनॉर्ड डेवलपर्स ने 500 करोड़ रुपये का निवेश किया", ["हावनॉर्ड डेवलपर्स"]),
    ("hi", "वहीं हावनॉर्ड एआई कंप्यूट ने भी घोषणा की", ["हावनॉर्ड एआई कंप्यूट"]),
    ("ko", "㈜하브노드가 7000억 원을 낸다.", ["하브노드"]),
    ("ko", "하브노드펀드는 100억 원을 투자한다.", ["하브노드펀드"]),
    ("ja", "検査装置のハブノルドは工場を建てる。", ["ハブノルド"]),
    ("ja", "株式会社はぶ銀行が6億円を出す。", ["はぶ銀行"]),
    ("zh", "国产云商青湖科技宣布投资", ["青湖科技"]),
    ("zh", "国家青湖产业投资基金出资10亿元", ["国家青湖产业投资基金"]),
]
NOTHING = [
    ("hi", "कंपनी ने कहा कि डेटा सेंटर बनेगा"),
    ("ar", "قالت الشركة الأمريكية إنها ستبني مركزا"),
    ("ja", "最新のデータセンターは大きい。"),
    ("ko", "국부펀드가 투자한다."),
]


@pytest.mark.parametrize(("language", "text", "names"), NAMES)
def test_names_without_capitals(language: str, text: str, names: list[str]) -> None:
    assert [mention.party.name for mention in find_organisations(text, language) if mention.party] == names


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_words_for_companies_alone_are_nobody(language: str, text: str) -> None:
    assert find_organisations(text, language) == []
