"""Names in Chinese and Japanese by what is written beside them."""

import pytest

from pledgebook.domain import PartyKind
from pledgebook.extract.mentions import find_organisations, find_places, find_quantities


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("ja", "ハヴノードは18日、工場を新設すると発表した。", ["ハヴノード"]),
        ("ja", "部品メーカー、ハヴノードが進出する。", ["ハヴノード"]),
        ("ja", "海原硝材（水戸市）の計画によると、投資額は3億円。", ["海原硝材"]),
        ("ja", "海原硝材の山田太郎社長は歓迎した。", ["海原硝材"]),
        ("ja", "知事は18日、工場の誘致を発表した。", []),
        ("ja", "国立大学法人海原工科大学・海原銀行と連携する。", ["海原工科大学", "海原銀行"]),
        ("ja", "サンフランシスコと東大阪市と茨城県日立市に工場を建てる。", []),
        ("ja", "シスコと東大と日立製作所が組む。", ["Cisco", "University of Tokyo", "Hitachi"]),
        ("zh", "该项目由苏州蓝岭半导体投资22亿元建设。", ["苏州蓝岭半导体"]),
        ("zh", "由海原智行和蓝岭云谷共同投资。", ["海原智行", "蓝岭云谷"]),
        ("zh", "海原智行昨晚公布，擱置計劃。", ["海原智行"]),
        ("zh", "由企业投资建设。董事会昨天宣布。", []),
        ("zh", "雪岭智行完成6亿元A轮融资。", ["雪岭智行"]),
        ("zh", "银行向雪岭智行贷款2亿元，局长孙东公布。", ["雪岭智行"]),
        ("zh", "泰国能源集团昨天参加会谈。", []),
        ("zh", "全资子公司雪岭创投投资2亿元，其中海原集团承担1亿元。", ["雪岭创投", "海原集团"]),
        ("zh", "将在凤凰城投资2亿元，在呼和浩特投资3亿元，补助24所大学。", []),
        ("zh", "雪岭云端有限公司表示，雪岭今年在新加坡投资2亿元。", ["雪岭云端", "雪岭云端"]),
        ("zh", "上海雪岭智算有限公司将投资。雪岭智算表示，明年动工。", ["上海雪岭智算", "上海雪岭智算"]),
    ],
)
def test_what_stands_beside_a_name_gives_it_away(code: str, text: str, names: list[str]) -> None:
    assert [mention.party.name for mention in find_organisations(text, code) if mention.party] == names


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("vi", "Hôm nay chính phủ Đức cho biết sẽ chi tiền.", ["German government"]),
        ("vi", "Công ty phủ sóng mạng mới.", []),
        ("zh", "越南政府将提供补助，韩国财政部支持。", ["Vietnamese government", "South Korean government"]),
        ("zh", "意大利企业部长说，德国东部的工厂。", ["Italian government"]),
        ("zh", "与合肥市人民政府签约，由新蒲新区管委会出资。", ["City of Hefei", "新蒲新区"]),
        ("zh", "由嘉義縣政府負擔。", ["Chiayi County"]),
        ("zh", "合肥市数据局宣布发放算力券。", ["City of Hefei"]),
        ("zh", "会议昨日举行。經濟部表示", ["Taiwanese government"]),
        ("zh", "据合肥市数据局消息，项目开工。", []),
        ("ja", "フランドル政府が補助し、政府は見守る。", ["Flemish government", "Japanese government"]),
    ],
)
def test_governments_stand_behind_the_names_of_lands_and_towns(code: str, text: str, names: list[str]) -> None:
    found = [mention.party for mention in find_organisations(text, code) if mention.party]
    assert [party.name for party in found if party.kind is PartyKind.GOVERNMENT] == names


def test_a_language_has_its_own_names_of_regions_and_towns() -> None:
    found = {
        code: [(m.place, m.name) for m in find_places(text, code)]
        for code, text in (("zh", "在河内建厂"), ("ja", "ユタ州に建設"))
    }
    assert found == {"zh": [("VN", "Hanoi")], "ja": [("US", "Utah")]}


@pytest.mark.parametrize(
    ("code", "text"), [("ja", "千葉県で建設していたデータセンター"), ("ja", "三菱地所の工場"), ("zh", "二期数据中心")]
)
def test_a_number_that_opens_a_word_counts_nothing(code: str, text: str) -> None:
    counts = [mention.deliverable.count for mention in find_quantities(text, code) if mention.deliverable]
    assert all(count == 1 for count in counts)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "美国科技巨头微软在马来西亚投资。"),
        ("ja", "米国のマイクロソフトはマレーシアに投資する。"),
        ("ja", "米国製の装置をマレーシアに置く。"),
    ],
)
def test_the_land_before_a_party_is_where_it_is_from(code: str, text: str) -> None:
    found = [(mention.place, "adjective" in mention.parts) for mention in find_places(text, code)]
    assert found == [("US", True), ("MY", False)]


def test_a_name_or_a_government_in_the_last_run_of_a_text_is_read() -> None:
    names = {
        mention.party.name for mention in find_organisations("堺市にあるシャープの堺工場を使う", "ja") if mention.party
    }
    assert "Sharp" in names
    names = {
        mention.party.name for mention in find_organisations("工場の新設を日本政府が支える", "ja") if mention.party
    }
    assert "Japanese government" in names


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        (
            "ja",
            "ハルカゼ電算は松江市に30億円を投じ、拠点を設ける。投資額は40億円を投じた前回を上回る。",
            ["ハルカゼ電算"],
        ),
        ("ja", "蓄電池をつくるミナトギャップ(東京・中央)は、新工場を建てる。", ["ミナトギャップ"]),
        (
            "ko",
            "부품을 만드는 한별정밀은 구미에 90억 원을 들여 공장을 짓는다. 사업비는 90억 원을 투입한다.",
            ["한별정밀"],
        ),
        ("ko", "한별산기는 80억원을 군산 산단에 투자한다. 기업 4곳과 협약을 맺었다.", ["한별산기"]),
    ],
)
def test_who_pays_a_sum_is_a_name(code: str, text: str, names: list[str]) -> None:
    found = [mention.party for mention in find_organisations(text, code)]
    assert [party.name for party in found if party is not None and party.kind is not PartyKind.GOVERNMENT] == names
