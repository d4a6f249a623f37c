"""Rules that are told as prose: reading them from Markdown, and checking what the reader makes of their articles."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents import document
from pledgebook.domain import Amount, Basis, Claim, Deliverable, Interval, Qualifier
from pledgebook.extract import extract
from pledgebook.ledger import PublishedRates

_FENCE = re.compile(r"^```(?P<kind>article|toml)(?P<options>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)
_FULL = 100
_NO_BLANKS = re.compile(r"(?<=\d)_(?=\d)")


class UnkeptError(AssertionError):
    """The reader finds something else than a rule says."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An article with what has to be found in it. `line` is where it stands in its file."""

    name: str
    line: int
    article: str
    language: str
    published: str | None
    is_known_gap: bool
    expected: Mapping[str, Any]


def read_rules(text: str) -> Iterator[Rule]:
    """The rules of a Markdown file: each article takes the heading above it and the claims below it."""
    article: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if fence["kind"] == "article":
            assert article is None, f"no claims below the article in line {_line(text, article)}"
            article = fence
            continue
        assert article is not None, f"no article above the claims in line {_line(text, fence)}"
        yield _rule(text, article, fence)
        article = None
    assert article is None, "no claims below the last article"


def _rule(text: str, article: "re.Match[str]", claims: "re.Match[str]") -> Rule:
    headings = list(_HEADING.finditer(text, 0, article.start()))
    words = article["options"].split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    unknown = {*options, *(word for word in words if "=" not in word)} - {"language", "published", "known-gap"}
    assert not unknown, f"line {_line(text, article)}: {sorted(unknown)}"
    return Rule(
        name=headings[-1]["words"],
        line=_line(text, article),
        article=_unwrapped(article["body"]),
        language=options["language"],
        published=options.get("published"),
        is_known_gap="known-gap" in words,
        expected=tomllib.loads(claims["body"]),
    )


def _unwrapped(article: str) -> str:
    """The article as it came: a full line goes on in the next one.

    >>> _unwrapped("a" * 110 + "\\nand b\\nc\\n").count("\\n")
    2
    """
    return re.sub(rf"(?<=[^\n]{{{_FULL}}})\n(?=\S)", " ", article)


def _line(text: str, match: "re.Match[str] | None") -> int:
    return 0 if match is None else text.count("\n", 0, match.start()) + 1


def check(rule: Rule) -> None:
    """Raises UnkeptError, with both sides, where the reader finds something else."""
    kept = document(rule.article, language=rule.language, published=rule.published)
    found = extract(kept, rates=PublishedRates())
    for name in rule.expected.get("findings", []):
        if name not in {finding.name for finding in found.findings}:
            raise UnkeptError(f"no finding {name}")
    wanted = rule.expected["claims"]
    if len(found.claims) != len(wanted):
        told = "\n".join(f"  {_briefly(claim)}" for claim in found.claims) or "  none"
        raise UnkeptError(f"{len(wanted)} claims expected, {len(found.claims)} found:\n{told}")
    wrong = [
        f"claim {n}, {name}: {told!r} instead of {expected!r}"
        for n, (claim, fields) in enumerate(zip(found.claims, wanted, strict=True), 1)
        for name, expected, told in _differences(claim, fields, found.claims)
    ]
    if wrong:
        raise UnkeptError("\n".join(wrong))


def _differences(claim: Claim, fields: Mapping[str, Any], claims: Sequence[Claim]) -> Iterator[tuple[str, Any, Any]]:
    for name, expected in fields.items():
        if name == "quotes":
            for field, words in expected.items():
                said = [item.text for item in claim.evidence if item.field.split(".")[0] == field.split(".")[0]]
                if not any(words in one for one in said):
                    yield f"quotes.{field}", words, said
        elif name == "relations":
            number = {one.id: n for n, one in enumerate(claims, 1)}
            told = sorted(f"{relation.type.value} {number[relation.claim]}" for relation in claim.relations)
            if told != sorted(expected):
                yield name, expected, told
        else:
            told_value, wanted = TOLD[name](claim), _plain(expected)
            if told_value != wanted:
                yield name, wanted, told_value


def _plain(expected: Any) -> Any:
    if isinstance(expected, list):
        return sorted(_NO_BLANKS.sub("", str(item)) for item in expected)
    return _NO_BLANKS.sub("", str(expected))


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    exact = amount.qualifier in (Qualifier.EXACT, Qualifier.RANGE)
    words = ["" if exact else f"{amount.qualifier.value} ", f"{amount.value:f}"]
    words += [f"-{amount.value_max:f}" if amount.value_max is not None else "", f" {amount.currency}"]
    words += [f" = {money.value:f} {money.currency}" for money in amount.also]
    return "".join(words) + ("" if amount.basis is Basis.STATED else f" {amount.basis.value}")


def _deliverable(thing: Deliverable) -> str:
    top = f"-{thing.count_max:f}" if thing.count_max is not None else ""
    exact = thing.qualifier in (Qualifier.EXACT, Qualifier.RANGE)
    due = f" by {thing.due}" if thing.due is not None else ""
    return f"{'' if exact else thing.qualifier.value + ' '}{thing.count:f}{top} {thing.kind.value}{due}"


def _days(interval: Interval | None) -> str:
    if interval is None:
        return ""
    return f"{interval.earliest}" if interval.is_day else f"{interval.earliest}..{interval.latest}"


def _term(claim: Claim) -> str:
    start, end = claim.term.start, claim.term.end
    return f"{start or ''}..{end or ''}" if start or end else ""


TOLD: Mapping[str, Callable[[Claim], Any]] = {
    "investors": lambda claim: sorted(party.name for party in claim.investors),
    "recipient": lambda claim: claim.recipient.name if claim.recipient is not None else "",
    "destinations": lambda claim: sorted(claim.destinations),
    "places": lambda claim: sorted(claim.places),
    "amount": lambda claim: _amount(claim.amount),
    "deliverables": lambda claim: sorted(map(_deliverable, claim.deliverables)),
    "purposes": lambda claim: sorted(purpose.value for purpose in claim.purposes),
    "announced": lambda claim: _days(claim.announced),
    "term": _term,
    "stage": lambda claim: claim.stage.value,
    "role": lambda claim: claim.role.value,
}


def _briefly(claim: Claim) -> str:
    return "; ".join(f"{name} {TOLD[name](claim)}" for name in ("investors", "destinations", "amount", "deliverables"))
