"""Sentences written by somebody who had not seen the finders: all exact, but for those that are known not to be.

A sentence that is listed and comes out fails the test as well: take it off the list.
"""

import tomllib
from typing import Any

import pytest

from money_sentences import SENTENCES, is_exact, read, sentences, told
from pledgebook.extract.mentions.money import find_money

KNOWN: dict[str, str] = tomllib.loads((SENTENCES / "known.toml").read_text(encoding="utf-8"))
ALL = list(sentences())


def _case(sentence: dict[str, Any]) -> Any:
    why = KNOWN.get(sentence["id"])
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why is not None else []
    return pytest.param(sentence, id=sentence["id"], marks=marks)


@pytest.mark.parametrize("sentence", [_case(sentence) for sentence in ALL])
def test_every_sum_and_nothing_else(sentence: dict[str, Any]) -> None:
    found = [read(mention) for mention in find_money(sentence["text"], sentence["language"])]
    assert found == told(sentence)
    assert is_exact(sentence)


def test_what_is_known_not_to_come_out_is_there() -> None:
    assert set(KNOWN) <= {sentence["id"] for sentence in ALL}
    assert list(KNOWN) == sorted(KNOWN)


def test_every_language_has_twenty_sentences_some_of_them_without_money() -> None:
    for code in {sentence["language"] for sentence in ALL}:
        own = [sentence for sentence in ALL if sentence["language"] == code]
        assert len(own) >= 20, code
        assert any(not sentence["money"] for sentence in own), code
