"""Who gives and who is given a sum where particles behind the names tell it: "アクメはボルトに3億円を補助する"."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def told(text: str, language: str) -> list[tuple[str, str]]:
    """Who pays and who is given each sum, "" for nobody."""
    _, drafts = build_drafts(scene(text, language=language))
    return [
        ("+".join(actor.key for actor in draft.investors), draft.recipient.key if draft.recipient is not None else "")
        for draft in drafts
    ]


@pytest.mark.parametrize(
    ("language", "text", "payer", "paid"),
    [
        ("ja", "ラピダスに対し、経済産業省が3000億円の支援を決めた。", "Japanese government", "Rapidus"),
        ("ja", "大阪府はシャープの新棟に12億円を補助する。", "Osaka Prefecture", "Sharp"),
        ("ja", "ラピダスは三菱UFJ銀行から700億円を借り入れる。", "MUFG", "Rapidus"),
        ("ja", "三菱UFJ銀行から700億円の融資を受けたラピダスが発表した。", "MUFG", "Rapidus"),
        ("ko", "충청남도는 SK하이닉스의 새 공장에 120억원을 지원한다.", "South Chungcheong Province", "SK hynix"),
        ("ko", "네이버는 하나은행에서 700억원을 빌린다.", "Hana Bank", "Naver"),
        ("ja", "デンソーはロームの株式5%を300億円で取得する。", "Denso", "Rohm"),
        ("ko", "네이버는 리벨리온 지분 5%를 300억원에 취득한다.", "Naver", "Rebellions"),
        ("ja", "ラピダスにはソフトバンクも90億円を出資している。", "SoftBank", "Rapidus"),
        ("ja", "東京大学（文京区）のAI研究にも、シャープが9億円を寄付する。", "Sharp", "University of Tokyo"),
        ("ja", "米国政府は国際開発金融公社を通じてラピダスに90億円を出資する。", "US government", "Rapidus"),
        ("ja", "サカナAIは18日、シリーズBで90億円を調達したと発表した。", "", "Sakana AI"),
        ("ko", "리벨리온에는 네이버도 90억원을 투자했다.", "Naver", "Rebellions"),
        (
            "ko",
            "전북대학교는 공모에 뽑혀 국비 90억원을 지원받는다.",
            "South Korean government",
            "Jeonbuk National University",
        ),
        ("ko", "완도군은 공모에 선정돼 국비 90억원을 확보했다.", "South Korean government", ""),
        ("ja", "岩手県は国から25億円の交付を受け、北上市に研修棟を設ける。", "Japanese government", ""),
    ],
)
def test_particles_tell_who_gives_and_who_is_given(language: str, text: str, payer: str, paid: str) -> None:
    assert told(text, language)[0] == (payer, paid)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "データセンターの事業費90億円のうち、シャープが60億円、大阪府が30億円を負担する。"),
        ("ko", "데이터센터 사업비 90억원 가운데 네이버가 60억원, 충청남도가 30억원을 부담한다."),
    ],
)
def test_whoever_stands_right_before_a_sum_pays_it(language: str, text: str) -> None:
    payers = [payer for payer, _ in told(text, language)]
    assert payers[1] in {"Sharp", "Naver"}
    assert payers[2] in {"Osaka Prefecture", "South Chungcheong Province"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "国はシャープの堺工場に240億円、ロームの宮崎工場に130億円を補助する。"),
        ("ko", "정부는 SK하이닉스 용인 공장에 240억원, 네이버 세종 공장에 130억원을 지원한다."),
    ],
)
def test_the_plants_of_several_are_each_given_a_sum(language: str, text: str) -> None:
    assert [paid for _, paid in told(text, language)] in (["Sharp", "Rohm"], ["SK hynix", "Naver"])


def test_whoever_acts_right_behind_a_sum_pays_it() -> None:
    text = "シャープは大阪府堺市に研究棟を建てる。経済産業省が50億円を補助し、残る30億円は稲盛財団が寄付する。"
    assert told(text, "ja")[-1][0] == "Inamori Foundation"


def test_each_of_several_pays_a_sum_and_another_the_next() -> None:
    text = "국민은행과 하나은행이 각각 2000억원, 산업은행이 1000억원을 댄다."
    assert sorted(payer for payer, _ in told(text, "ko")) == ["Hana Bank", "KB Kookmin Bank", "Korea Development Bank"]


def test_both_may_be_meant_by_one_word_behind_their_names() -> None:
    text = "上海国投、浦东创投联合设立50亿元AI母基金，双方各出资25亿元。"
    assert [payer for payer, _ in told(text, "zh")][1:] == [
        "Shanghai State-owned Capital Investment",
        "Pudong Venture Capital",
    ]


def test_a_share_is_paid_by_whose_it_is() -> None:
    payers = [payer for payer, _ in told("総額90億円のうち、シャープの負担は60億円、デンソーは30億円を出す。", "ja")]
    assert payers[1:] == ["Sharp", "Denso"]


def test_the_owner_in_front_of_a_name_pays_nothing() -> None:
    text = "日立製作所傘下の通信会社の富士通は、大阪府に80億円を投じてデータセンターを建てる。"
    assert [payer for payer, _ in told(text, "ja")] == ["Fujitsu"]


def test_a_part_of_a_town_is_no_town_hall() -> None:
    text = "富士通は高岡市福岡町に工場を建てる。投資額は80億円。市は3億円を補助する。県は5億円を補助する。"
    payers = [payer for payer, _ in told(text, "ja")]
    assert payers[1:] == ["City of Takaoka", "Toyama Prefecture"]


def test_a_short_name_may_have_an_ending_of_another_script() -> None:
    assert told("LG는 울산에 3000억원을 투자한다.", "ko")[0][0] == "LG"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "충청남도가 2조원의 사업비가 투입되는 데이터센터 유치에 성공했다. 네이버는 2조원을 투입할 예정이다."),
        ("ja", "島根県は500億円の新工場を誘致した。富士通は500億円を投じて松江市に新工場を建てる。"),
    ],
)
def test_a_government_that_attracts_a_plant_does_not_pay_for_it(language: str, text: str) -> None:
    assert {payer for payer, _ in told(text, language)} <= {"Naver", "Fujitsu"}


def test_whoever_is_attracted_pays() -> None:
    assert told("경기도는 미국 ASML로부터 2400억원의 투자를 유치했다.", "ko") == [("ASML", "")]


def test_owners_told_with_their_shares_alone_pay_nothing() -> None:
    text = "富士通データは三井物産が60%、シャープが40%を出資する会社。2023年に開いた1号棟には95億円を投じた。"
    assert not {"Mitsui & Co.", "Sharp"} & {payer for payer, _ in told(text, "ja")}


def test_a_whole_is_paid_by_all_who_pay_its_parts() -> None:
    text = (
        "データセンターの総事業費は240億円。青森県八戸市に建てる。\n\n経済産業省が80億円を補助し、"
        "青森県と岩手県が15億円ずつを負担する。\n\n残る130億円は富士通が拠出する。"
    )
    payers = {"Japanese government", "Aomori Prefecture", "Iwate Prefecture", "Fujitsu"}
    assert set(told(text, "ja")[0][0].split("+")) == payers


def test_a_list_tells_who_is_given_without_a_verb() -> None:
    text = "経済産業省は助成先を決めた。ソニーに最大190億円、シャープに最大82億円、ロームに最大40億円。"
    given = [("Japanese government", "Sony"), ("Japanese government", "Sharp"), ("Japanese government", "Rohm")]
    assert told(text, "ja") == given


def test_whoever_is_given_all_parts_of_a_whole_pays_it_not() -> None:
    text = (
        "北海道大学は19日、計算機を札幌市に導入すると発表した。総事業費は60億円。"
        "このうち文部科学省が45億円を補助し、残る15億円はニトリホールディングスが寄付する。"
    )
    assert told(text, "ja")[0] == ("Japanese government+Nitori", "Hokkaido University")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "出資額は豊田通商40億円、デンソー25億円。新会社は名古屋市にGPU拠点を設ける。"),
        ("ko", "출자액은 네이버 400억원, 한화시스템 250억원이다. 신설 법인은 세종시에 GPU센터를 세운다."),
    ],
)
def test_names_right_before_sums_that_are_put_in_pay_them(language: str, text: str) -> None:
    payers = [payer for payer, _ in told(text, language)]
    assert payers in (["Toyota Tsusho", "Denso"], ["Naver", "Hanwha Systems"])


def test_a_list_goes_on_with_whom_is_given_a_sum() -> None:
    given = [("Chinese government", "SMIC"), ("Chinese government", "JCET")]
    assert told("财政部补助中芯国际30亿元、长电科技12亿元。", "zh") == given


def test_a_province_may_stand_behind_a_small_word() -> None:
    assert told("长电科技斥资44亿元扩建江阴工厂，其中江苏省补助2亿元。", "zh")[1][0] == "Jiangsu Province"


def test_whoever_took_money_goes_on_in_the_next_sentence() -> None:
    text = (
        "サカナAIは18日、シリーズBで12億円を調達したと発表した。ジャフコがリードした。"
        "2023年のシードラウンドでは2億5000万円を調達している。"
    )
    assert told(text, "ja") == [("JAFCO", "Sakana AI"), ("", "Sakana AI")]
