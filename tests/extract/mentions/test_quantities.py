"""Counts of what is promised."""

from pledgebook.extract.mentions import find_quantities


def test_a_year_in_a_dateline_counts_nothing_behind_its_dash() -> None:
    text = "OSLO, 4 May 2026 - Startup Nordvolt and 12 startups beside it open a lab."
    assert [m.deliverable.count for m in find_quantities(text, "en") if m.deliverable is not None] == [12, 1]


def test_a_year_of_the_buddhist_era_counts_nothing() -> None:
    text = "เมื่อวันที่ 11 พ.ค. 2569 เพื่อจัดตั้งศูนย์ข้อมูล และจะจ้างงาน 200 คน"
    told = [(m.deliverable.kind.value, m.deliverable.count) for m in find_quantities(text, "th") if m.deliverable]
    assert ("jobs", 200) in told
    assert all(count != 2569 for _, count in told)


def test_millions_for_a_thing_are_money_where_a_small_word_would_stand_before_what_is_counted() -> None:
    assert not [m for m in find_quantities("Il Comune dà 30 milioni al Politecnico.", "it") if m.deliverable]
    told = [m.deliverable for m in find_quantities("una dote di 3 milioni per un laboratorio", "it")]
    assert [one.count for one in told if one is not None] == [1]
    told = [m.deliverable for m in find_quantities("Formará 2 milhões de alunos", "pt")]
    assert [one.count for one in told if one is not None] == [2_000_000]


def test_a_syllable_of_a_korean_word_counts_nothing() -> None:
    text = "네이버 데이터센터와 삼성전자 반도체 캠퍼스, 데이터센터 구축, 두 곳의 연구소"
    told = [(m.deliverable.kind.value, m.deliverable.count) for m in find_quantities(text, "ko") if m.deliverable]
    assert {count for kind, count in told if kind == "data_centres"} == {1}
    assert [count for kind, count in told if kind == "sites"] == [1, 2]


def test_nobody_builds_millions_of_laboratories() -> None:
    text = "Con 10 millones de Intel nace en Barcelona un laboratorio."
    assert [m.deliverable.count for m in find_quantities(text, "es") if m.deliverable] == [1]


def test_the_time_with_which_a_line_opens_counts_nothing() -> None:
    assert find_quantities("13.30 La startup Acme apre.", "it") == []
