"""The page of disagreements. The small one is committed beside this file: look at it when it changes."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from factory import claim
from pledgebook.domain import Claim, Document, Evidence, ReadDocument, Span
from pledgebook.show.evaluation import Gold, read_gold, score_documents, scores_page
from pledgebook.show.evaluation.disagreement import disagreements
from pledgebook.show.evaluation.marks import Mark, marked_text

SMALL = Path(__file__).with_name("small_page.html")
TEXT = "Acme gives 3 bn euros\nin Spain <script>alert(1)</script>. Bolt gives a million too."
ACME = {
    "key": "acme", "investors": [{"name": "Acme"}], "destinations": ["ES"], "stage": "announced", "role": "new",
    "amount": {"value": 3000000000, "currency": "EUR", "qualifier": "exact"}, "purposes": ["general"],
    "quotes": {"investors": "Acme", "amount": "3 bn euros in", "stage": "will give"},
}  # fmt: skip
BOLT = {
    "key": "bolt", "investors": [{"name": "Bolt & <b>Sons"}], "destinations": ["ES"], "stage": "announced", "role": "new",
    "purposes": ["general"], "quotes": {"investors": ["Bolt"]}, "relations": [{"type": "adds_to", "claim": "acme"}],
}  # fmt: skip


def gold(tmp_path: Path, **fields: Any) -> Gold:
    raw = {"id": "g-1", "language": "en", "format": "text", "content": TEXT, "claims": [ACME, BOLT]} | fields
    (tmp_path / "gold.jsonl").write_text(json.dumps(raw), encoding="utf-8")
    [document] = read_gold(str(tmp_path / "gold.jsonl"))
    return document


def told(document: Gold, *claims: Claim) -> ReadDocument:
    text = document.content
    return ReadDocument(Document(document.id, text, document.language, title=text[:10]), claims)


def evident(of: Claim, text: str, **words: str) -> Claim:
    evidence = tuple(Evidence(k, Span(text.find(v), text.find(v) + len(v)), v) for k, v in words.items())
    return replace(of, evidence=evidence)


def page(*pairs: tuple[Gold, ReadDocument | None]) -> Any:
    return html.document_fromstring("".join(scores_page(score_documents(pairs), pairs, "rules")))


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Gold, ReadDocument]:
    """The first claim in another country, the second missed, and a false one."""
    document = gold(tmp_path, style="wire", tags=["table"])
    first = evident(replace(document.claims[0], id="c", destinations=("FR",)), TEXT, investors="Acme", amount="3 bn")
    false = evident(claim("d", "Zeta"), TEXT, amount="million")
    return document, told(document, first, false)


def test_it_lists_what_was_missed_what_is_false_and_what_differs(pair: Any) -> None:
    [article] = page(pair).xpath("//article")
    items = [words(item) for item in article.xpath(".//ul/li")]
    assert items[0].startswith("Missed G2 Bolt & <b>Sons")
    assert items[1].startswith("False F2 Zeta")
    assert items[2] == "Strictly wrong G1 F1 Acme; 3 bn EUR field gold found destinations ES FR"
    assert items[3] == "Relation missed G2 comes on top of G1"
    assert items[4] == "Not in the kept text words that gold quotes G1 stage: “will give”"
    assert words(article.find_class("counts")[0]) == "1 missed · 1 false · 1 strictly wrong"


def test_links_lead_to_the_marks(pair: Any) -> None:
    tree = page(pair)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [link.removeprefix("#") for link in tree.xpath("//a/@href")]
    assert set(targets) <= set(ids)
    assert words(tree.get_element_by_id("d1-g2-investors")) == "Bolt"
    assert words(tree.get_element_by_id("d1-f2-amount")) == "million"


def test_gold_and_found_are_marked_in_two_manners_and_by_name(pair: Any) -> None:
    text = page(pair).find_class("text")[0]
    both = next(mark for mark in text.iter("mark") if words(mark) == "Acme")
    assert both.get("class") == "gold found"
    assert both.get("title") == "G1: investors; F1: investors"
    assert [words(note) for note in text.iter("sup")][:2] == ["G1 F1", "F1"]
    [bolt] = [mark for mark in text.iter("mark") if words(mark) == "Bolt"]
    assert bolt.get("class") == "gold"
    for note in text.xpath(".//sup"):
        note.drop_tree()
    assert text.text_content() == TEXT


def test_nothing_of_a_document_becomes_markup(tmp_path: Path) -> None:
    bad = '"><script>x</script><style>'
    claims = [ACME | {"investors": [{"name": bad}], "quotes": {bad: bad, "amount": bad}}]
    document = gold(tmp_path, id=bad, language=bad, style=bad, tags=[bad], content=TEXT + bad, claims=claims)
    for found in (None, told(document), told(document, claim("c", bad))):
        tree = page((document, found))
        assert not tree.xpath("//script")
        assert len(tree.xpath("//style")) == 1
        assert "x</script>" not in tree.xpath("string(//style)")
        assert not tree.xpath("//@src | //@onclick | //link | //img")


def test_documents_without_disagreement_are_counted_and_the_worst_go_first(tmp_path: Path, pair: Any) -> None:
    right = gold(tmp_path, id="right", claims=[ACME])
    purposes = gold(tmp_path, id="purposes", language="nl", claims=[ACME])
    little = told(purposes, replace(purposes.claims[0], stage=claim("c").stage, purposes=()))
    unread = gold(tmp_path, id="unread", language="nl")
    tree = page((right, told(right, *right.claims)), (purposes, little), pair, (unread, None))
    assert [words(node) for node in tree.xpath("//article//span[@class='id']")] == ["unread", "g-1", "purposes"]
    assert "1 document of 4 without any" in words(tree)
    assert "the reader could not read it" in words(tree.xpath("//article")[0])
    choices = {words(label): label.find("input").get("id") for label in tree.iter("label")}
    assert choices == {"all (3)": "only-all", "nl (2)": "only-nl", "en (1)": "only-en"}
    assert [node.get("class") for node in tree.iter("article")] == ["l-nl", "l-en", "l-nl"]
    assert "article:not(.l-nl)" in tree.xpath("string(//style)")


def test_a_page_of_nothing_and_one_of_agreement(tmp_path: Path) -> None:
    assert not page().xpath("//article | //fieldset")
    right = gold(tmp_path)
    tree = page((right, told(right, *right.claims)))
    assert not tree.xpath("//article | //fieldset")
    assert "1 document of 1 without any" in words(tree)
    assert disagreements([(right, told(right, *right.claims))]) == []


def test_long_stretches_on_which_nobody_disagrees_fold(tmp_path: Path) -> None:
    long = "Words that say nothing of money.\n" * 100
    document = gold(tmp_path, content=f"{long}Acme gives 3 bn euros in Spain.\n{long}")
    text = page((document, told(document))).find_class("text")[0]
    assert words(next(text.iter("summary"))).endswith("characters without a disagreement")
    assert len(list(text.iter("details"))) == 2
    assert not [node for node in text.iter("mark") if any(up.tag == "details" for up in node.iterancestors())]


@given(st.text("ab \n<&", max_size=2000), st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 40)), max_size=5))
def test_marks_never_change_the_words(text: str, places: list[tuple[int, int]]) -> None:
    marks = [
        (Span(start, start + length), Mark("GF"[n % 2], n, "amount", is_apart=n % 3 > 0))
        for n, (start, length) in enumerate(places)
        if start + length <= len(text)
    ]
    shown = "".join(marked_text(text, marks, 1))
    shown = re.sub(r"<sup>.*?</sup>|<summary>.*?</summary>", "", shown)
    plain = re.sub(r"<[^>]*>", "", shown).replace("&lt;", "<").replace("&amp;", "&")
    assert plain.replace("\n", "") == text.replace("\n", "")


def test_a_small_page_is_as_it_was(pair: Any) -> None:
    made = "".join(scores_page(score_documents([pair]), [pair], "rules"))
    made = re.sub(r"<style>.*?</style>", "<style></style>", made, flags=re.DOTALL)
    if not SMALL.exists():
        SMALL.write_text(made, encoding="utf-8")
        pytest.fail(f"{SMALL} is new: look at it.")
    assert made == SMALL.read_text(encoding="utf-8"), f"Where the new page is right, delete {SMALL} and run again."
