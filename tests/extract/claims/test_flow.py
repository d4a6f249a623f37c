"""Which way money goes: who is marked as giver, who as the one who is given, and by what verb."""

from pathlib import Path

import pytest

import pledgebook.lexicon
from documents import scene
from pledgebook.extract.claims.actors import find_parties
from pledgebook.extract.claims.flow_features import flow_elsewhere, flow_features, unnamed_features
from pledgebook.extract.claims.rivals import rivals_of
from pledgebook.lexicon.language import load_language

LANGUAGES = sorted(path.stem for path in (Path(pledgebook.lexicon.__path__[0]) / "languages").glob("*.toml"))


def told(text: str, who: str, *, language: str = "en") -> set[str]:
    """What is told of a party for the first sum of a text."""
    found = scene(text, language=language)
    actors = find_parties(found)
    actor = next(actor for actor in actors if actor.key == who)
    span = found.money[0].span
    sentence = found.sentence_at(span.start)
    here = [anchor for anchor in actor.anchors if anchor.sentence == sentence]
    if not here:
        return set(flow_elsewhere(found, sentence, actor))
    return set(flow_features(found, span, here, actor, rivals_of(actors), sentence))


@pytest.mark.parametrize(
    ("text", "language", "giver", "taker"),
    [
        ("Oracle raised 30 million euros from Nvidia.", "en", "from:right:post", "bare:left:pre"),
        ("Oracle haalde 30 miljoen euro op bij Nvidia.", "nl", "from:right:post", "bare:left:pre"),
        ("Oracle sammelt 30 Millionen Euro von Nvidia ein.", "de", "from:right:post", "bare:left:pre"),
        ("Oracle a levé 30 millions d'euros auprès de Nvidia.", "fr", "from:right:post", "bare:left:pre"),
        ("Oracle ha raccolto 30 milioni di euro da Nvidia.", "it", "from:right:post", "bare:left:pre"),
        ("Az Oracle 30 millió euró hitelt vesz fel az Nvidiától.", "hu", "from:right:post-last", "bare:left:pre"),
        ("Oracle, Nvidia'dan 30 milyon avro aldı.", "tr", "from:left:pre-last", "bare:left:pre"),
        ("オラクルはエヌビディアから3000万ユーロを調達した。", "ja", "from:left:pre-last", "bare:left:pre"),
    ],
)
def test_who_takes_money_is_told_from_who_gives_it(text: str, language: str, giver: str, taker: str) -> None:
    assert {"flow:takes", f"flow:takes:{giver}"} <= told(text, "Nvidia", language=language)
    assert any(one.startswith(f"flow:takes:{taker}:beside:from") for one in told(text, "Oracle", language=language))


def test_who_gives_money_stands_before_the_verb_and_the_other_behind() -> None:
    text = "Nvidia lent Oracle 30 million euros for its servers."
    assert "flow:gives:bare:left:pre" in told(text, "Nvidia")
    assert "flow:gives:bare:left:post" in told(text, "Oracle")


def test_who_gives_money_stands_behind_the_verb_where_verbs_come_first() -> None:
    text = "منحت شركة إنفيديا 30 مليون يورو لشركة أوراكل."
    assert "flow:gives:bare:left:pre" in told(text, "Nvidia", language="ar")
    assert "flow:gives:to:right:post" in told(text, "Oracle", language="ar")


def test_who_is_listed_with_a_giver_is_one() -> None:
    text = "Oracle received 30 million euros from Nvidia and Microsoft."
    assert "flow:takes:from:right:post" in told(text, "Microsoft")


def test_a_sentence_of_giving_tells_of_those_who_are_named_before_it() -> None:
    text = "Oracle opens a data centre in Spain. The loan of 30 million euros was granted in May."
    assert any(one.startswith("flow-off:") and ":grant" in one for one in told(text, "Oracle"))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Foreign companies will invest 30 billion euros in Spain.", "en", {"anyone:left", "named:nobody"}),
        ("Les investissements étrangers atteignent 30 milliards d'euros.", "fr", {"anyone:left", "named:nobody"}),
        ("Oracle investiert 30 Milliarden Euro, wie andere Unternehmen.", "de", {"anyone:right", "named:company"}),
        ("Nvidia yatırımcılara 30 milyar avro sözü verdi.", "tr", {"anyone:none", "named:company"}),
    ],
)
def test_investors_without_a_name_are_nobody_in_particular(text: str, language: str, expected: set[str]) -> None:
    found = scene(text, language=language)
    assert expected <= set(unnamed_features(found, found.money[0]))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_tells_which_way_money_goes(code: str) -> None:
    flow = load_language(code).flow
    known = {
        "each",
        "first",
        "second",
        "hires",
        "someone",
        "beside",
        "founds",
        "put_into",
        "aside",
        "aside_behind",
        "aside_around",
        "leads_behind",
        "takes_of",
        "approves",
        "licenses",
        "owned",
        "owned_joined",
        "owned_behind",
        "to_behind",
        "acts_behind",
        "turned",
        "to_noun",
        "sells",
        "share",
        "permits",
        "land",
        "covers",
        "dues",
        "own_means",
        "evenly",
        "contrast",
        "owner",
        "agents",
        "buys",
        "attracts",
        "nothing",
        "signs",
        "share_before",
        "whole_before",
        "acting",
        "given",
        "giver",
        "owning",
        "object",
        "borrows",
        "we",
        "rents",
        "compute",
        "another",
        "gapped",
        "relative",
        "into_whom",
        "whom",
        "to_article",
    }
    assert set(flow) - known == {
        "takes",
        "gives",
        "from",
        "to",
        "leads",
        "anyone",
    }
    assert {"aside", "aside_behind"} & set(flow)
    assert not set(flow["takes"]) & set(flow["gives"])
    assert not set(flow["from"]) & set(flow["to"])
