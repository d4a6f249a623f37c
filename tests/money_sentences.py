"""Sentences in which somebody told every sum of money, and whether `find_money` tells the same.

A line of `tests/phrases/sentences/<language>.jsonl` has `id`, `text`, and in `money` the sums in order: `value`,
`value_max` (of a range), `currency`, `qualifier`, `also` (what restates the sum), and `text`, its exact words with
qualifier and restatement.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pledgebook.domain import Mention, Span
from pledgebook.extract.mentions.money import find_money

SENTENCES = Path(__file__).parent / "phrases" / "sentences"


def sentences(folder: Path = SENTENCES) -> Iterator[dict[str, Any]]:
    """The lines of all files, by language."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield {**json.loads(line), "language": path.stem}


def told(sentence: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The sums as the annotator tells them."""
    return [
        (
            sum_["value"],
            sum_["value_max"],
            sum_["currency"],
            sum_["qualifier"],
            tuple((other["value"], other["currency"]) for other in sum_["also"]),
        )
        for sum_ in sentence["money"]
    ]


def read(mention: Mention) -> tuple[Any, ...]:
    """The sum as the finder reads it, in the same form."""
    amount = mention.amount
    assert amount is not None
    if mention.damaged:
        return ("damaged",)
    top = None if amount.value_max is None else f"{amount.value_max:f}"
    also = tuple((f"{money.value:f}", money.currency) for money in amount.also)
    return (f"{amount.value:f}", top, amount.currency, amount.qualifier.value, also)


def is_exact(sentence: dict[str, Any]) -> bool:
    """Whether every sum comes out with its words, and nothing else."""
    text = sentence["text"]
    found = find_money(text, sentence["language"])
    if [read(mention) for mention in found] != told(sentence):
        return False
    at = 0
    for mention, sum_ in zip(found, sentence["money"], strict=True):
        start = text.index(sum_["text"], at)
        at = start + len(sum_["text"])
        if not _same_words(text, _covered(mention), Span(start, at), is_range=sum_["qualifier"] == "range"):
            return False
    return True


def _covered(mention: Mention) -> Span:
    spans = [mention.span, *(mention.parts[name] for name in ("qualifier", "also") if name in mention.parts)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _same_words(text: str, found: Span, wanted: Span, *, is_range: bool) -> bool:
    """Whether both cover the same letters and digits; "between" and the like may stand out of a found range."""
    if found.end <= wanted.start or wanted.end <= found.start:
        return False
    head = text[min(found.start, wanted.start) : max(found.start, wanted.start)]
    tail = text[min(found.end, wanted.end) : max(found.end, wanted.end)]
    left = [word for word in f"{head} {tail}".split() if any(char.isalnum() for char in word)]
    if not is_range or found.start < wanted.start or found.end > wanted.end:
        return not left
    return len(left) <= 2 and not any(char.isdigit() for word in left for char in word)
