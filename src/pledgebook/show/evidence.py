"""Documents as a page, each with the words marked that its claims rest on."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import TypeVar

from pledgebook.domain import Claim, Document, ReadDocument, Span
from pledgebook.show.claims import where, who
from pledgebook.show.page import page
from pledgebook.show.text import plain
from pledgebook.show.values import amount, deliverable, interval

_Use = TypeVar("_Use")
_HEADS = "".join(f"<th>{name}" for name in ("who", "where", "amount", "things", "announced", "stage", "role"))
_STYLE = """
article { border-top: 1px solid var(--line); padding: 1rem 0 2rem }
.text { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 75ch }
.text .noise { color: var(--dim) }
mark { background: var(--mark); color: inherit; border-radius: 2px }
mark.several { background: var(--marked) }
mark:target, tr:target { outline: 2px solid var(--ink) }
sup { color: var(--dim); font-size: .7em; line-height: 0 }
"""


def evidence_page(items: Iterable[ReadDocument]) -> Iterator[str]:
    """One self-contained page: of each document its claims in a table, and its text with their evidence marked.

    Each marked stretch says on hovering which fields of which claims it is evidence for. Nothing is fetched, nothing
    runs, and whatever the documents hold is shown as text.
    """
    yield from page("Claims and their evidence", _STYLE, _articles(items))


def _articles(items: Iterable[ReadDocument]) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        document = item.document
        yield f'<article id="d{number}" lang="{escape(document.language)}">\n'
        yield f"<h2>{_words(document.title or document.source)}</h2>\n"
        about = (document.source, document.language, interval(document.published), document.published_basis.value)
        yield f"<p class=about>{_words(' · '.join(about))}</p>\n"
        if item.claims:
            yield f"<div class=scroll tabindex=0><table><thead><tr><th>#{_HEADS}</thead>\n<tbody>\n"
            for place, claim in enumerate(item.claims, 1):
                yield _claim_row(number, place, claim)
            yield "</tbody></table></div>\n"
        else:
            yield "<p>No claims.</p>\n"
        yield f'<div class="text" dir="auto">{marked(document, item.claims, number)}</div>\n</article>\n'


def _claim_row(number: int, place: int, claim: Claim) -> str:
    cells = (
        who(claim),
        where(claim.destinations, claim.places),
        amount(claim.amount),
        "; ".join(deliverable(item) for item in claim.deliverables),
        interval(claim.announced),
        claim.stage.value,
        claim.role.value,
    )
    return f'<tr id="d{number}c{place}"><th>{place}' + "".join(f"<td>{_words(words)}" for words in cells) + "</tr>\n"


def marked(document: Document, claims: Iterable[Claim], number: int = 1) -> str:
    """The text of a document in HTML, cut wherever evidence begins or ends, so that marks may overlap.

    >>> from pledgebook.domain import Evidence
    >>> text = "Acme gives 3 <bn>"
    >>> claim = Claim("c", evidence=(Evidence("investors", Span(0, 4), "Acme"), Evidence("amount", Span(2, 12), "")))
    >>> print(marked(Document("a", text, "en"), [claim]))
    <mark title="1: investors">Ac</mark><mark class=several title="1: investors, amount">me</mark><mark \
title="1: amount"> gives 3</mark><sup>1</sup> &lt;bn&gt;
    """
    text = document.text
    uses = [
        (item.span, (place, item.field))
        for place, claim in enumerate(claims, 1)
        for item in claim.evidence
        if item.span.end <= len(text)
    ]
    pieces = stretches(len(text), uses, _edges(document))
    return "".join(_piece(document, span, covering, number) for span, covering in pieces)


def stretches(
    length: int, uses: Iterable[tuple[Span, _Use]], edges: Iterable[int] = ()
) -> Iterator[tuple[Span, list[tuple[Span, _Use]]]]:
    """A text cut wherever a use (or one of `edges`) begins or ends, each stretch with the uses that cover it.

    >>> [(str(span.start), [what for _, what in covering]) for span, covering in stretches(9, [(Span(2, 5), "a")])]
    [('0', []), ('2', ['a']), ('5', [])]
    """
    uses = list(uses)
    cuts = sorted({0, length, *(edge for span, _ in uses for edge in (span.start, span.end)), *edges})
    starts: dict[int, list[tuple[Span, _Use]]] = {}
    for use in uses:
        starts.setdefault(use[0].start, []).append(use)
    alive = list[tuple[Span, _Use]]()
    for start, end in pairwise(cuts):
        alive = [use for use in alive + starts.get(start, []) if use[0].end > start]
        yield Span(start, end), alive


def _edges(document: Document) -> set[int]:
    return {edge for span in document.noise for edge in (span.start, span.end) if edge <= len(document.text)}


def _piece(document: Document, span: Span, uses: list[tuple[Span, tuple[int, str]]], number: int) -> str:  # noqa: ARG001
    words = _words(span.of(document.text), lines=True)
    if not uses:
        is_noise = any(noise.contains(span) for noise in document.noise)
        return f"<span class=noise>{words}</span>" if is_noise else words
    fields: dict[int, list[str]] = {}
    for _, (place, field) in uses:
        if field not in fields.setdefault(place, []):
            fields[place].append(field)
    page = document.page_of(span)
    title = "; ".join(f"{place}: {', '.join(names)}" for place, names in sorted(fields.items()))
    title += "" if page is None else f" (page {page})"
    several = " class=several" if sum(map(len, fields.values())) > 1 else ""
    ended = sorted({place for use, (place, _) in uses if use.end == span.end and use.end > span.start})
    last = [place for place in ended if not any(use.end > span.end and place == other for use, (other, _) in uses)]
    note = f"<sup>{','.join(map(str, last))}</sup>" if last else ""
    return f'<mark{several} title="{escape(title)}">{words}</mark>{note}'


def _words(text: str, *, lines: bool = False) -> str:
    return escape(plain(text, lines=lines))
