"""Rounds of funding: who leads and who joins pays, who raised the money is paid."""

import pytest

from documents import scene
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.drafts import build_drafts


def first(text: str, *, language: str = "en") -> Draft:
    return build_drafts(scene(text, language=language))[1][0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "The start-up Havnord has raised $40 million. The round was led by Polaris Capital, with participation "
                "from the fund Tarn Ventures."
            ),
        ),
        (
            "pl",
            (
                "Startup Havnord pozyskał 40 mln zł. Rundę poprowadził fundusz Polaris Capital, uczestniczył w niej także "
                "Tarn Ventures."
            ),
        ),
        (
            "nl",
            (
                "De start-up Havnord heeft 40 miljoen euro opgehaald bij investeerders. Polaris Capital leidt de ronde; "
                "ook het fonds Tarn Ventures doet mee."
            ),
        ),
        (
            "fi",
            (
                "Espoolainen startup Havnord on kerännyt 40 miljoonan euron rahoituskierroksen. Kierrosta johti Polaris "
                "Capital, ja mukana oli myös ruotsalainen Tarn Ventures."
            ),
        ),
    ],
)
def test_who_leads_and_who_joins_is_told_behind_the_sum(language: str, text: str) -> None:
    draft = first(text, language=language)
    assert [actor.key for actor in draft.investors] == ["Polaris Capital", "Tarn Ventures"]
    assert draft.recipient is not None
    assert draft.recipient.key == "Havnord"
    assert any("leads or joins the round" in reason for reason in draft.reasons)


def test_it_is_told_in_the_sum_s_sentence_as_well() -> None:
    draft = first("Havnord has raised $40 million in a Series B round led by Polaris Capital, joined by Nvidia.")
    assert [actor.key for actor in draft.investors] == ["Polaris Capital", "Nvidia"]


def test_whoever_leads_a_project_without_a_round_does_not_pay() -> None:
    draft = first("Microsoft will invest $40 million in a data centre in Spain. The project is led by Havnord GmbH.")
    assert [actor.key for actor in draft.investors] == ["Microsoft"]


def test_the_letter_of_a_round_is_no_investor() -> None:
    draft = first(
        "A Havnord levantou 40 milhões de euros numa ronda Série B liderada pela Polaris Capital e pela Nvidia.",
        language="pt",
    )
    assert [actor.key for actor in draft.investors] == ["Polaris Capital", "Nvidia"]


def test_who_leads_is_not_taken_for_who_raised_it() -> None:
    draft = first(
        "The AI start-up Havnord has raised 1.7 billion euros in a Series C round led by the Dutch chip equipment maker "
        "ASML, which invested 1.3 billion euros. Nvidia and Bpifrance also took part."
    )
    assert [actor.key for actor in draft.investors] == ["ASML", "Nvidia", "Bpifrance"]
    assert draft.recipient is not None
    assert draft.recipient.key == "Havnord"


def test_a_round_of_the_next_paragraph_is_another_s() -> None:
    text = (
        "Deals of the week\n\n"
        "The start-up Havnord has raised $40 million in a Series A round led by Polaris Capital.\n\n"
        "Bolt Robotics Inc. announced a $25 million Series B. The round was co-led by Tarn Ventures and Nvidia."
    )
    told = {draft.figures[0].amount.value: draft for draft in build_drafts(scene(text))[1] if draft.figures[0].amount}
    assert [actor.key for actor in told[40_000_000].investors] == ["Polaris Capital"]
    assert [actor.key for actor in told[25_000_000].investors] == ["Tarn Ventures", "Nvidia"]


def test_words_for_leading_name_nobody_where_a_sum_stands_behind_them() -> None:
    draft = first(
        "Havnord has raised $40 million in a Series A round, backed by a $3 million loan that it signed with Nvidia."
    )
    assert not any("leads or joins" in reason for reason in draft.reasons)


def test_whoever_is_not_named_beside_a_sum_may_be_named_right_behind() -> None:
    draft = first(
        "The plan is dead.\n\nA developer has withdrawn plans for a $40 million data center in Coweta County.\n\n"
        "Polaris Capital told the county on Tuesday."
    )
    assert [actor.key for actor in draft.investors] == ["Polaris Capital"]


def test_who_leads_may_be_named_before_the_word_for_it_in_a_sentence_that_tells_the_sum_anew() -> None:
    text = (
        "Havnord huy động 12 triệu USD\n\n"
        "Havnord vừa hoàn tất vòng gọi vốn Series A trị giá 12 triệu USD do Tarn Ventures dẫn dắt, "
        "với sự tham gia của Polaris Capital.\n"
    )
    told = [draft for draft in build_drafts(scene(text, language="vi"))[1] if draft.figures]
    assert [{actor.key for actor in draft.investors} for draft in told] == [{"Tarn Ventures", "Polaris Capital"}]


def test_who_pays_is_told_where_the_sum_is_told_anew() -> None:
    text = (
        "Havnord raih pendanaan US$ 14 juta, dipimpin Alpha JWC\n\nStartup Havnord mengantongi pendanaan senilai US$ 14 "
        "juta. Putaran ini dipimpin Alpha JWC Ventures, dengan partisipasi dari Sequoia Capital dan East Ventures."
    )
    found = first(text, language="id")
    assert {actor.key for actor in found.investors} == {"Alpha JWC Ventures", "Sequoia Capital", "East Ventures"}


def test_who_leads_and_who_joins_may_stand_before_the_words_for_it() -> None:
    text = "雪岭智算完成10亿元A轮融资，由阿里巴巴领投，腾讯和海原资本跟投。"
    found = first(text, language="zh")
    assert [actor.key for actor in found.investors] == ["Alibaba", "Tencent", "海原资本"]
    assert found.recipient is not None
    assert found.recipient.key == "雪岭智算"


def test_whoever_invests_a_sum_of_its_own_shares_it_with_nobody_who_takes_part() -> None:
    found = first("雪岭智算完成A轮募资，阿里巴巴投资9000万元、取得15%股权，海原资本也参与。", language="zh")
    assert [actor.key for actor in found.investors] == ["Alibaba"]


def test_the_heading_over_an_item_names_who_raised_a_round() -> None:
    text = (
        "Weekly\n\nMicrosoft\n\nThe group spends 90 million dollars on a data centre in Ohio.\n\nHavnord AI\n\n"
        "The startup in Berlin raised 5 million dollars in a seed round. Tarn Ventures led it, joined by Polaris Capital."
    )
    [_, found] = build_drafts(scene(text))[1]
    assert [actor.key for actor in found.investors] == ["Tarn Ventures", "Polaris Capital"]
    assert found.recipient is not None
    assert found.recipient.key == "Havnord AI"


def test_whoever_is_said_to_lead_between_marks_does() -> None:
    draft = first(
        "La start-up Havnord lève 40 millions d'euros. Elaia, chef de file, est suivi par Bpifrance.", language="fr"
    )
    assert [actor.key for actor in draft.investors] == ["Elaia", "Bpifrance"]


def test_a_name_before_words_that_lead_to_others_puts_nothing_in() -> None:
    draft = first(
        "La start-up Havnord a levé 40 millions d'euros. L'entreprise, dont Siemens est client, a pu compter sur Elaia.",
        language="fr",
    )
    assert [actor.key for actor in draft.investors] == ["Elaia"]


def test_another_round_in_the_next_paragraph_has_its_own_investors() -> None:
    draft = first(
        "La start-up Havnord a levé 40 millions d'euros. L'entreprise a pu compter sur Elaia.\n\n"
        "La start-up Ilexia a bouclé une levée de 6 millions d'euros menée par Breega.",
        language="fr",
    )
    assert [actor.key for actor in draft.investors] == ["Elaia"]


def test_whoever_leads_the_round_pays_and_not_a_company_of_the_paragraph_before() -> None:
    _, (other, draft) = build_drafts(
        scene(
            "À Paris, Equinix va investir 237 millions d'euros dans un data center, a annoncé l'entreprise.\n\n"
            "Havnord lève 40 millions d'euros en série C. Eurazeo mène le tour, auquel participe Nvidia.",
            language="fr",
        )
    )
    assert [actor.key for actor in other.investors] == ["Equinix"]
    assert [actor.key for actor in draft.investors] == ["Eurazeo", "Nvidia"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            (
                "Havnord Systems erhält 22 Millionen Euro in einer Runde, die von Earlybird angeführt wurde. "
                "Beteiligt haben sich auch HV Capital und DTCP."
            ),
        ),
        (
            "de",
            "Havnord Systems bekommt 22 Millionen Euro von Earlybird. Auch HV Capital und DTCP ziehen mit.",
        ),
        ("nl", "Havnord Chips haalt 12 miljoen euro op. Het geld komt van Earlybird, HV Capital en DTCP."),
        ("nl", "Havnord Chips krijgt 12 miljoen euro van Earlybird. Ook HV Capital en DTCP doen mee."),
    ],
)
def test_who_joins_pays_beside_whoever_the_sum_s_sentence_names(language: str, text: str) -> None:
    draft = first(text, language=language)
    assert {actor.key for actor in draft.investors} == {"Earlybird", "HV Capital", "DTCP"}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("it", "12 milioni di euro per la startup torinese Logicalma. Il round è guidato da P101, con Azimut.", ["Azimut", "P101"]),
        ("en", "€12 million for the Leeds start-up Logicalma. The round was led by Balderton Capital.", ["Balderton Capital"]),
        ("fr", "12 millions d'euros pour la start-up lyonnaise Logicalma. Le tour de table est mené par Partech.", ["Partech"]),
    ],
)  # fmt: skip
def test_the_next_sentence_tells_who_leads(language: str, text: str, names: list[str]) -> None:
    _, drafts = build_drafts(scene(text, language=language))
    assert [sorted(actor.key for actor in draft.investors) for draft in drafts] == [names]
