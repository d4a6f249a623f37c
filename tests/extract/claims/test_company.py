"""Who shares a figure: names listed together, who goes along, who is only set beside."""

import pytest

from documents import scene
from pledgebook.extract.claims.actors import find_parties
from pledgebook.extract.claims.company import company_features
from pledgebook.extract.claims.drafts import build_drafts


def told(text: str, one: str, other: str) -> list[str]:
    """What is told of two actors for the first sum of a text."""
    here = scene(text)
    actors = {actor.key: actor for actor in find_parties(here)}
    return company_features(here, here.money[0].span, actors[one], actors[other])


def payers(text: str, *, language: str = "en") -> list[set[str]]:
    return [{actor.key for actor in draft.investors} for draft in build_drafts(scene(text, language=language))[1]]


def test_names_in_one_list_are_told_from_names_apart() -> None:
    listed = told("OpenAI, Oracle and SoftBank will invest $500 billion in data centres in Texas.", "OpenAI", "Oracle")
    apart = told(
        "Oracle builds in Spain. OpenAI will invest $5 billion in data centres in Texas, it said.", "OpenAI", "Oracle"
    )
    assert "listed-here" in listed
    assert "named:both" in listed
    assert "never-listed" in apart
    assert "named:first" in apart


def test_it_tells_what_kinds_of_actors_share() -> None:
    features = told(
        "Microsoft and the Spanish government will invest 2 billion euros.", "Microsoft", "Spanish government"
    )
    assert "kinds:company+government" in features


def test_all_who_are_listed_pay() -> None:
    [found] = payers(
        "OpenAI, Oracle and SoftBank will invest $500 billion in data centres in Texas, they said on Monday."
    )
    assert found == {"OpenAI", "Oracle", "SoftBank"}


def test_who_is_set_aside_does_not_pay() -> None:
    text = "Besides Microsoft's investments, Google will invest 25 million euros in training in Spain."
    assert payers(text) == [{"Google"}]


def test_whose_turn_it_is_with_another_sum_does_not_share() -> None:
    text = "이 가운데 충청남도가 140억원, 당진시가 70억원을 부담한다."
    assert payers(text, language="ko") == [{"South Chungcheong Province"}, {"City of Dangjin"}]


def test_both_pay_whom_one_word_means() -> None:
    text = "브룩필드는 건설사 하브노드이앤씨와 데이터센터를 짓는다. 두 회사는 1조6천억원을 투입할 예정이다."
    assert payers(text, language="ko")[-1] == {"Brookfield", "하브노드이앤씨"}


def test_a_list_goes_on_behind_words_that_say_what_comes_next() -> None:
    text = "Le fabricant taïwanais Wistron et l'artésien Sylvanord investiront ensemble 210 millions d'euros à Béthune."
    actors = {actor.key: actor for actor in find_parties(scene(text, language="fr"))}
    assert actors["Wistron"].anchors[0].mates == ("Sylvanord",)


def test_nobody_pays_a_sum_twice() -> None:
    text = "브룩필드는 건설사 하브노드이앤씨와 데이터센터를 짓는다. 두 회사는 1조6천억원을 투입할 예정이다."
    drafts = build_drafts(scene(text, language="ko"))[1]
    assert all(len({a.key for a in draft.investors}) == len(draft.investors) for draft in drafts)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            (
                "Der Versorger EWE und der Betreiber Havnord Data planen ein Rechenzentrum in Emden. "
                "Das Projekt kostet 300 Millionen Euro."
            ),
        ),
        (
            "de",
            (
                "Havnord Data baut gemeinsam mit dem Industriedienstleister EWE ein Rechenzentrum in Emden. "
                "Insgesamt gehe es um Investitionen von 300 Millionen Euro, sagte Havnord Data."
            ),
        ),
        (
            "nl",
            (
                "Havnord Data bouwt in Almere een datacenter, samen met energiebedrijf EWE. "
                "De kosten bedragen 300 miljoen euro."
            ),
        ),
        ("nl", "Havnord Data wil tot 2030 samen met EWE 300 miljoen euro in een datacenter in Almere steken."),
        ("en", "Havnord Data and EWE plan a data centre in Leeds. The project will cost 300 million pounds."),
    ],
)
def test_what_two_do_together_both_pay(language: str, text: str) -> None:
    assert payers(text, language=language) == [{"Havnord Data", "EWE"}]


def test_one_of_two_who_pays_a_sum_of_its_own_pays_it_alone() -> None:
    text = "Havnord Data and EWE plan a data centre in Leeds. EWE will invest 300 million pounds."
    assert payers(text) == [{"EWE"}]


def test_what_a_plan_costs_is_told_in_the_sentence_behind_it() -> None:
    assert payers("Microsoft is building a data centre in Leeds. It will cost 250 million pounds.") == [{"Microsoft"}]
    assert not payers("Microsoft opened a shop in Leeds. A ticket will cost 250 million pounds.")
