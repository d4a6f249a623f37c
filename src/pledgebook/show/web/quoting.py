"""Words of documents: where each stands, how to link to it, and how it is marked in the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from urllib.parse import quote, urlsplit

from pledgebook.domain import Basis, Claim, Document, Money, Span, Telling
from pledgebook.show.text import plain

_FRAGMENT_WORDS = 5


@dataclass(frozen=True, slots=True)
class Quote:
    """The words behind a field of a claim: `mark` names them in their document's page."""

    field: str
    words: str
    document: str
    claim: str
    mark: str
    source: str
    language: str

    @property
    def url(self) -> str:
        """The permalink: the document's page with these words marked."""
        return f"/documents/{quote(self.document, safe='')}?mark={quote(self.mark)}#{quote(self.mark)}"


@dataclass(frozen=True, slots=True)
class Use:
    """One stretch of a text that is evidence: `number` is that of its claim on the page."""

    span: Span
    number: int
    field: str
    mark: str


def field_of(name: str) -> str:
    """The field that a piece of evidence belongs to: "places.1" is for "places".

    >>> field_of("deliverables.0.due"), field_of("amount")
    ('deliverables', 'amount')
    """
    return name.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]


def marks_of(claim: Claim) -> list[str]:
    """The name of each piece of evidence of a claim: its claim, its field, and a number where a field has several.

    >>> from pledgebook.domain import Evidence
    >>> marks_of(Claim("c", evidence=(Evidence("stage", Span(0, 1), "a"), Evidence("stage", Span(2, 3), "b"))))
    ['c.stage', 'c.stage~2']
    """
    seen: dict[str, int] = {}
    names = []
    for item in claim.evidence:
        seen[item.field] = seen.get(item.field, 0) + 1
        names.append(f"{claim.id}.{item.field}" + (f"~{seen[item.field]}" if seen[item.field] > 1 else ""))
    return names


def quotes_of(
    tellings: Iterable[Telling], *, language: str | None = None, amount: Money | None = None
) -> Mapping[str, list[Quote]]:
    """The quotes behind each field of a pledge; the same words of the same document once.

    Those in `language` come first, and of sums those that tell `amount`.
    """
    tellings = sorted(tellings, key=lambda it: (_tells_otherwise(it, amount), it.language.split("-")[0] != language))
    found: dict[str, list[Quote]] = {}
    seen = set()
    for telling in tellings:
        for item, mark in zip(telling.claim.evidence, marks_of(telling.claim), strict=True):
            field, words = field_of(item.field), " ".join(item.text.split())
            if (field, words, telling.document) in seen:
                continue
            seen.add((field, words, telling.document))
            made = Quote(
                field, plain(words), telling.document, telling.claim.id, mark, telling.source, telling.language
            )
            found.setdefault(field, []).append(made)
    return found


def _tells_otherwise(telling: Telling, amount: Money | None) -> bool:
    told = telling.claim.amount
    return amount is not None and (told is None or told.money != amount or told.basis is not Basis.STATED)


def uses_of(document: Document, claims: Iterable[Claim]) -> list[Use]:
    """Every stretch of the text that is evidence, in the order of the text."""
    uses = [
        Use(item.span, number, item.field, mark)
        for number, claim in enumerate(claims, 1)
        for item, mark in zip(claim.evidence, marks_of(claim), strict=True)
        if item.span.end <= len(document.text) and len(item.span)
    ]
    return sorted(uses, key=lambda use: (use.span, use.number, use.field))


def marked_html(document: Document, claims: Iterable[Claim], *, chosen: str | None = None) -> str:
    """The text in HTML, cut wherever evidence begins or ends, so that marks may overlap.

    Each mark names its fields and the claims that it belongs to; where evidence begins stands its anchor. `chosen` is
    the mark that the page was asked to show. Nothing of the text is markup.
    """
    text, uses = document.text, uses_of(document, claims)
    edges = {edge for span in document.noise for edge in (span.start, span.end) if edge <= len(text)}
    cuts = sorted({0, len(text), *edges, *(edge for use in uses for edge in (use.span.start, use.span.end))})
    starts: dict[int, list[Use]] = {}
    for use in uses:
        starts.setdefault(use.span.start, []).append(use)
    pieces: list[str] = []
    alive: list[Use] = []
    noise = iter(sorted(document.noise))
    quiet = next(noise, None)
    for start, end in pairwise(cuts):
        while quiet is not None and quiet.end <= start:
            quiet = next(noise, None)
        alive = [use for use in alive if use.span.end > start]
        begun = starts.get(start, [])
        alive += begun
        words = escape(plain(text[start:end], lines=True))
        if alive:
            pieces.append(_mark(words, alive, begun, chosen))
        elif quiet is not None and quiet.start <= start:
            pieces.append(f'<span class="noise">{words}</span>')
        else:
            pieces.append(words)
    return "".join(pieces)


def _mark(words: str, alive: list[Use], begun: list[Use], chosen: str | None) -> str:
    # The narrowest stretch gives the colour: it says most about these very words.
    first = field_of(min(alive, key=lambda use: (len(use.span), use.field)).field)
    kinds = ["ev", f"f-{first}"]
    if len(alive) > 1:
        kinds.append("several")
    if any(use.mark == chosen for use in alive):
        kinds.append("chosen")
    anchors = "".join(f'<span id="{escape(use.mark)}" class="anchor"></span>' for use in begun)
    said = escape(" ".join(f"{use.number}:{use.mark}" for use in alive))
    label = escape("; ".join(f"{use.number} {use.field}" for use in alive))
    return f'{anchors}<mark class="{" ".join(kinds)}" data-uses="{said}" title="{label}">{words}</mark>'


def source_url(source: str) -> str | None:
    """The source as a link, None where it is no address of the web: nothing else is ever linked.

    >>> source_url("https://example.org/a"), source_url("javascript:alert(1)"), source_url("a.html")
    ('https://example.org/a', None, None)
    """
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.netloc else None


def sentence_url(source: str, words: str) -> str | None:
    """A link to the source that browsers open at these words, None where the source is no address of the web.

    >>> sentence_url("https://example.org/a", "will invest 4 billion euros in France by 2027, it said")
    'https://example.org/a#:~:text=will%20invest%204%20billion%20euros,France%20by%202027%2C%20it%20said'
    """
    url = source_url(source)
    if url is None:
        return None
    said = " ".join(words.split())
    parts = said.split(" ")
    if len(parts) > 2 * _FRAGMENT_WORDS - 1:
        start, end = " ".join(parts[:_FRAGMENT_WORDS]), " ".join(parts[-_FRAGMENT_WORDS:])
        return f"{url.split('#')[0]}#:~:text={_fragment(start)},{_fragment(end)}"
    return f"{url.split('#')[0]}#:~:text={_fragment(said)}"


def _fragment(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def in_sentence(document: Document, span: Span) -> tuple[str, str, str]:
    """The sentence that words stand in: what is before them, the words, what is behind them."""
    for sentence in document.sentences:
        if sentence.span.contains(span):
            ends = (sentence.span.start, span.start), (span.start, span.end), (span.end, sentence.span.end)
            before, words, after = (plain(document.text[start:end]) for start, end in ends)
            return before, words, after
    return "", plain(span.of(document.text)), ""


def sentence_around(document: Document, span: Span) -> str:
    """The sentence that words stand in, the words themselves where no sentence holds them."""
    for sentence in document.sentences:
        if sentence.span.contains(span):
            return sentence.span.of(document.text)
    return span.of(document.text)
