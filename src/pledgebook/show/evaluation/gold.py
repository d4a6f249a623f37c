"""Gold documents: texts with the claims that a reader should find."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgebook.domain import Claim, Page, UsageError, WireError
from pledgebook.wire import loads, read_claim


@dataclass(frozen=True, slots=True)
class Gold:
    """A document and its claims as people annotated them.

    `quotes` are, for each claim, the words behind its fields; `also` the names that count as a party's, by claim.
    """

    id: str
    language: str
    content: str
    is_html: bool
    claims: tuple[Claim, ...]
    quotes: tuple[Mapping[str, tuple[str, ...]], ...]
    also: tuple[Mapping[str, str], ...]


def read_gold(path: str) -> Iterator[Gold]:
    """The documents of a gold file, a line each. Raises WireError naming the line that can't be read."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(path, f"can't be read ({error})", "Name a gold file: JSONL, a document a line.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _gold(loads(line, where=f"{path}, line {number}"), f"{path}, line {number}")


def gold_page(gold: Gold) -> Page:
    """The page that a reader gets: the content alone, without what the annotators knew of it."""
    return Page(
        source=f"{gold.id}.html" if gold.is_html else f"{gold.id}.txt",
        content=gold.content.encode("utf-8", "replace"),
        media_type="text/html" if gold.is_html else "text/plain",
        charset="utf-8",
        name=gold.id,
    )


def _gold(raw: Any, where: str) -> Gold:  # noqa: ANN401 - JSON is whatever the sender wrote
    try:
        claims = raw["claims"]
        return Gold(
            id=str(raw["id"]),
            language=str(raw["language"]).split("-")[0],
            content=str(raw["content"]),
            is_html=raw.get("format") == "html",
            claims=tuple(_claim(item, n, where) for n, item in enumerate(claims)),
            quotes=tuple(_quotes(item.get("quotes") or {}) for item in claims),
            also=tuple(
                {other: name for name, others in (item.get("aka") or {}).items() for other in others} for item in claims
            ),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise WireError(where, f"no gold document ({error})", "It needs id, language, content and claims.") from error


def _claim(raw: Mapping[str, Any], number: int, where: str) -> Claim:
    name = raw.get("id") or raw.get("key") or str(number)
    return read_claim({**raw, "id": name}, where=f"{where}.claims[{number}]")


def _quotes(raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {field: (words,) if isinstance(words, str) else tuple(words) for field, words in raw.items()}
