"""Gold documents: texts with the claims that a reader should find."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgebook.domain import Claim, Page, UsageError, WireError
from pledgebook.wire import loads, read_claim


@dataclass(frozen=True, slots=True)
class Gold:
    """A document and its claims as people annotated them.

    `quotes` are, for each claim, the words behind its fields; `also` the names that count as a party's, by claim.
    `style` and `tags` say what kind of document it is, where the annotators did.
    """

    id: str
    language: str
    content: str
    is_html: bool
    claims: tuple[Claim, ...]
    quotes: tuple[Mapping[str, tuple[str, ...]], ...]
    also: tuple[Mapping[str, str], ...]
    style: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def format(self) -> str:
        """How its content is written: "html" or "text"."""
        return "html" if self.is_html else "text"


Names = Mapping[str, Mapping[str, tuple[str, ...]]]


def read_names(path: str) -> Names:
    """By document and by party as gold names it: the other names by which the document calls it.

    They lie beside a gold file where its claims have no room for them.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(path, f"can't be read ({error})", f"Name a JSON file: {_NAMES}.") from error
    raw = loads(text, where=path)
    if not isinstance(raw, dict):
        raise WireError(path, f"{type(raw).__name__} instead of an object", f"It needs {_NAMES}.")
    return {document: _others(parties, f"{path}.{document}") for document, parties in raw.items()}


_NAMES = '{"document id": {"name in gold": ["other name", ...]}}'


def _others(parties: Any, where: str) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - JSON is whatever the sender wrote
    if not isinstance(parties, dict):
        raise WireError(where, f"{type(parties).__name__} instead of an object", f"It needs {_NAMES}.")
    for name, others in parties.items():
        if not isinstance(others, list) or not all(isinstance(other, str) for other in others):
            raise WireError(f"{where}.{name}", "no list of names", f"It needs {_NAMES}.")
    return {name: tuple(others) for name, others in parties.items()}


def read_gold(path: str, *, names: Names | None = None) -> Iterator[Gold]:
    """The documents of a gold file, a line each; `names` count beside those that the claims have themselves.

    Raises WireError naming the line that can't be read.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")  # texts may hold what else ends a line
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(path, f"can't be read ({error})", "Name a gold file: JSONL, a document a line.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _gold(loads(line, where=f"{path}, line {number}"), f"{path}, line {number}", names or {})


def gold_page(gold: Gold) -> Page:
    """The page that a reader gets: the content alone, without what the annotators knew of it."""
    return Page(
        source=f"{gold.id}.html" if gold.is_html else f"{gold.id}.txt",
        content=gold.content.encode("utf-8", "replace"),
        media_type="text/html" if gold.is_html else "text/plain",
        charset="utf-8",
        name=gold.id,
    )


def _gold(raw: Any, where: str, names: Names) -> Gold:  # noqa: ANN401 - JSON is whatever the sender wrote
    try:
        raws, name = raw["claims"], str(raw["id"])
        claims = tuple(_claim(item, n, where) for n, item in enumerate(raws))
        return Gold(
            id=name,
            language=str(raw["language"]).split("-")[0],
            content=str(raw["content"]),
            is_html=raw.get("format") == "html",
            claims=claims,
            quotes=tuple(_quotes(item.get("quotes") or {}) for item in raws),
            also=tuple(
                _also(claim, names.get(name, {})) | _turned(item.get("aka") or {})
                for claim, item in zip(claims, raws, strict=True)
            ),
            style=None if raw.get("style") is None else str(raw["style"]),
            tags=tuple(map(str, raw.get("tags") or ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise WireError(where, f"no gold document ({error})", "It needs id, language, content and claims.") from error


def _also(claim: Claim, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Of a document's names those of the parties of one claim, each with the party that it stands for."""
    parties = (*claim.investors, *(() if claim.recipient is None else (claim.recipient,)))
    return _turned({party.name: names.get(party.name, ()) for party in parties})


def _turned(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {other: name for name, others in names.items() for other in others}


def _claim(raw: Mapping[str, Any], number: int, where: str) -> Claim:
    name = raw.get("id") or raw.get("key") or str(number)
    return read_claim({**raw, "id": name}, where=f"{where}.claims[{number}]")


def _quotes(raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {field: (words,) if isinstance(words, str) else tuple(words) for field, words in raw.items()}
