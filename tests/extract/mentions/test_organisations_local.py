import pytest

from pledgebook.domain import PartyKind
from pledgebook.extract.mentions.organisations import find_organisations

BODIES = [
    ("ja", "福岡県は13日、補助金を出すと発表した。", "Fukuoka Prefecture"),
    ("ja", "横浜市が10億円を拠出する。", "City of Yokohama"),
    ("ja", "国は2000億円を補助する。", "Japanese government"),
    ("ko", "전라남도는 120억 원을 지원한다.", "South Jeolla Province"),
    ("ko", "창원시는 100억 원을 낸다.", "City of Changwon"),
    ("ko", "경상북도와 시민단체는 반대했다.", "North Gyeongsang Province"),
    ("ja", "富山県高岡市は5億円を補助する。", "City of Takaoka"),
    ("zh", "深圳市政府出资10亿元。", "City of Shenzhen"),
    ("zh", "广东省财政补贴5亿元。", "Guangdong Province"),
    ("zh-HK", "中央將撥款10億元。", "Hong Kong government"),
    ("cs", "Jihomoravský kraj dá na stavbu 100 milionů.", "South Moravian Region"),
    ("hr", "Zadarska županija daje 2 milijuna eura.", "Zadar County"),
    ("uk", "Гроші дасть Львівська область.", "Lviv Oblast"),
    ("sk", "Mesto Košice prispeje miliónom eur.", "City of Košice"),
    ("ro", "Consiliul Județean Cluj alocă 2 milioane de lei.", "Cluj County"),
    ("hr", "Grad Split ulaže 2 milijuna eura.", "City of Split"),
]
PLACES_ONLY = [
    ("ja", "福岡県に工場を建設する。"),
    ("ja", "米国は好調だ。"),
    ("ko", "전라남도에 공장을 짓는다."),
    ("zh", "在深圳市建设数据中心。"),
]


@pytest.mark.parametrize(("language", "text", "name"), BODIES)
def test_towns_and_provinces_act(language: str, text: str, name: str) -> None:
    found = [mention.party for mention in find_organisations(text, language) if mention.party]
    assert [party.name for party in found] == [name]
    assert found[0].kind is PartyKind.GOVERNMENT


@pytest.mark.parametrize(("language", "text"), PLACES_ONLY)
def test_a_place_where_something_is_built_is_nobody(language: str, text: str) -> None:
    names = [mention.party.name for mention in find_organisations(text, language) if mention.party]
    assert not [name for name in names if name.startswith("City of") or name.endswith(("Prefecture", "Province"))]
