"""One page: how well a reader reads, and each disagreement with gold in its text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from pledgebook.domain import Claim, ReadDocument
from pledgebook.show.claims import where, who
from pledgebook.show.evaluation.disagreement import Disagreement, Link, Pair, disagreements
from pledgebook.show.evaluation.gold import Gold
from pledgebook.show.evaluation.marks import Mark, marked_text, marks_of, text_of
from pledgebook.show.evaluation.score import Scores
from pledgebook.show.evaluation.sheet import fields_by_sheet, fields_sheet, figures_sheet, with_whole
from pledgebook.show.page import page, sheet_table
from pledgebook.show.text import plain
from pledgebook.show.values import UNKNOWN, amount, deliverable, interval

_STYLE = """
h2 { margin: 2.5rem 0 .75rem }
h3 { margin: 0 0 .25rem; font-size: 1.25rem }
h4 { margin: 0; font: 400 1rem/1.45 var(--sans); text-wrap: wrap }
main > p { max-width: 46rem }
.tables { display: flex; flex-wrap: wrap; gap: 0 3rem }
.tables > div { max-width: 100% }
.tables th, .tables td { padding-inline: .35rem .3rem }
.tables th:first-child { padding-inline-start: 0 }
.tables .about { max-width: 19rem; margin: .35rem 0 }
details { margin: .75rem 0 }
summary { cursor: pointer; color: var(--accent) }
.legend { background: var(--soft); padding: .75rem 1rem; border-radius: 6px; max-width: 46rem }
.legend p { margin: .35rem 0 }
fieldset { border: 0; padding: 0; margin: 1rem 0 1.5rem; display: flex; flex-wrap: wrap; gap: .25rem 1.1rem }
legend { float: left; font-weight: 600; padding: 0; margin-inline-end: .5rem }
fieldset label { display: inline-flex; gap: .35rem; align-items: center; min-height: 1.75rem; cursor: pointer }
input { accent-color: var(--accent); margin: 0; width: 1.05rem; height: 1.05rem }
article { border-top: 1px solid var(--line); padding: 1.5rem 0 2rem; scroll-margin-top: 1rem }
.counts { font-weight: 600; margin: .25rem 0 .75rem }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); gap: 1rem 2.5rem; align-items: start }
@media (max-width: 60rem) { .beside { grid-template-columns: minmax(0, 1fr) } }
.claims { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem }
.claims > li { border: 1px solid var(--line); border-radius: 6px; background: var(--card); padding: .6rem .8rem }
.claims p { margin: .35rem 0 0 }
.claims table { width: 100%; table-layout: fixed; margin-top: .4rem; font-size: .9375rem }
.claims th:first-child { width: 34%; font-weight: 600 }
.claims td { overflow-wrap: anywhere }
.claims tr:last-child > * { border-bottom: 0 }
.sort { font-weight: 600; margin-inline-end: .3rem }
.bad .sort { color: var(--bad) }
.name { font-weight: 600; font-variant-numeric: lining-nums }
.text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.7; max-width: 75ch }
.text details { white-space: pre-wrap; margin: .5rem 0 }
mark { background: none; color: inherit }
mark.gold { text-decoration: underline 3px solid var(--accent); text-underline-offset: .22em }
mark.gold { text-decoration-skip-ink: none }
mark.found { background: var(--mark); outline: 1px dashed var(--ink) }
mark.same { text-decoration: underline 1px dotted var(--dim); text-underline-offset: .22em }
mark :target { outline: 3px solid var(--bad); outline-offset: 3px }
li:target, article:target h3 { outline: 3px solid var(--accent); outline-offset: 3px }
sup { color: var(--dim); font-size: .7em; line-height: 0; padding-inline-start: .15em }
.id { font: .8125rem/1.4 ui-monospace, "SF Mono", "Cascadia Mono", monospace; overflow-wrap: anywhere }
@media print { fieldset, summary { display: none } }
"""
_LEGEND = """<div class=legend>
<p><mark class=gold>Underlined</mark><sup>G1</sup>: words that gold quotes for its first claim.</p>
<p><mark class=found>In a dashed box</mark><sup>F1</sup>: words in which the reader found its first claim. Both marks
together: <mark class="gold found">both say so</mark><sup>G1 F1</sup>.</p>
<p><mark class=same>Dotted</mark>: words of claims that agree in every field.</p>
<p>Strictly right is a claim whose investors, destinations or recipient, and amount are.</p>
</div>
"""
_SLUG = re.compile(r"[A-Za-z]{2,8}")
# The field behind whose words what is measured stands.
_WORDS_OF = {"qualifier": "amount", "due_year": "deliverables", "term_end_year": "term"}
_SAID = ("investors", "recipient", "destinations", "amount", "deliverables", "announced", "term", "stage", "role")
_LINKS = {"part": "is part of", "adds_to": "comes on top of", "replaces": "replaces"}


def scores_page(scores: Scores, pairs: Sequence[tuple[Gold, ReadDocument | None]], reader: str) -> Iterator[str]:
    """The page in pieces: the scores, then each document with a disagreement, the worst first.

    Nothing is fetched, nothing runs, and whatever the documents hold is shown as text.
    """
    apart = disagreements(pairs)
    slugs = _slugs(item.gold.language for item in apart)
    yield from page(f"The reader {reader} on gold documents", _STYLE + _filter(slugs), _body(scores, apart, slugs))


def _slugs(languages: Iterable[str]) -> dict[str, str]:
    """Names for languages that can stand in a style and in an address, by language."""
    order = sorted(Counter(languages).items(), key=lambda item: (-item[1], item[0]))
    return {code: code if _SLUG.fullmatch(code) else f"x{n}" for n, (code, _) in enumerate(order)}


def _filter(slugs: dict[str, str]) -> str:
    """Rules that hide other languages: after a choice, or after a link to one while all are chosen."""
    return "".join(
        f"main:has(#only-{slug}:checked, #only-all:checked):has(#only-{slug}:checked, #only-{slug}:target) "
        f"article:not(.l-{slug}) {{ display: none }}\n"
        for slug in slugs.values()
    )


def _body(scores: Scores, apart: Sequence[Disagreement], slugs: dict[str, str]) -> Iterator[str]:
    whole = scores.whole
    links = {code: f"#only-{slug}" for code, slug in slugs.items()} | ({"all": "#disagreements"} if apart else {})
    yield f"<p>{_headline(scores)}</p>\n"
    yield "<h2>Scores</h2>\n<div class=tables><div>\n"
    yield from sheet_table(figures_sheet("By language", "language", with_whole(scores)), links=links)
    yield "</div><div>\n"
    yield from sheet_table(fields_sheet(whole))
    yield "</div></div>\n"
    yield from sheet_table(figures_sheet("By kind of document", "kind", {**scores.formats, **scores.styles}))
    if scores.tags:
        yield "<details><summary>By tag of the annotators</summary>\n"
        yield from sheet_table(figures_sheet("By tag", "tag", scores.tags))
        yield "</details>\n"
    yield "<details><summary>F1 of each field by language and by kind</summary>\n"
    yield from sheet_table(fields_by_sheet("Fields by language", "language", with_whole(scores)))
    yield from sheet_table(fields_by_sheet("Fields by kind", "kind", {**scores.formats, **scores.styles}))
    yield "</details>\n"
    yield "<h2 id=disagreements>Disagreements</h2>\n"
    agreed = whole.documents - len(apart)
    yield f"<p>{_count(agreed, 'document')} of {whole.documents} without any; the others below, the worst first.</p>\n"
    if apart:
        yield _LEGEND
        yield from _choice(apart, slugs)
    for number, item in enumerate(apart, 1):
        yield from _article(number, item, slugs[item.gold.language])


def _headline(scores: Scores) -> str:
    whole = scores.whole
    f1 = [UNKNOWN if count.f1 is None else f"{count.f1:.3f}" for count in (whole.claims, whole.amounts)]
    return (
        f"{_count(whole.documents, 'document')} in {_count(len(scores.languages), 'language')} with "
        f"{_count(whole.gold_claims, 'claim')}: F1 of claims read strictly <strong>{f1[0]}</strong>, of amounts "
        f"<strong>{f1[1]}</strong>. P, precision, is the share of what was found that is right; R, recall, the share "
        "of what there is that was found; F1 their harmonic mean."
    )


def _choice(apart: Sequence[Disagreement], slugs: dict[str, str]) -> Iterator[str]:
    counts = Counter(item.gold.language for item in apart)
    yield "<fieldset><legend>Language</legend>\n"
    yield f"<label><input type=radio name=language id=only-all checked>all ({len(apart)})</label>\n"
    for code, slug in slugs.items():
        words = f"{_words(code)} ({counts[code]})"
        yield f"<label><input type=radio name=language id=only-{slug}>{words}</label>\n"
    yield "</fieldset>\n"


def _article(number: int, item: Disagreement, slug: str) -> Iterator[str]:
    gold, found = item.gold, item.found
    title = None if found is None else found.document.title
    marks, lost = marks_of(item)
    anchors = {mark.anchor(number) for _, mark in marks}
    about = dict.fromkeys((gold.language, gold.format, *(() if gold.style is None else (gold.style,)), *gold.tags))
    yield f'<article id=d{number} class="l-{slug}">\n<h3 dir=auto>{_words(title or gold.id)}</h3>\n'
    yield f"<p class=about><span class=id>{_words(gold.id)}</span> · {_words(' · '.join(about))}</p>\n"
    yield f"<p class=counts>{_summary(item)}</p>\n<div class=beside>\n<ul class=claims>\n"
    for n in item.missed:
        yield f"<li class=bad>{_claim(number, 'Missed', 'G', n, gold.claims[n], anchors)}</li>\n"
    for n in item.false:
        yield f"<li class=bad>{_claim(number, 'False', 'F', n, item.told[n], anchors)}</li>\n"
    for pair in sorted(item.differing, key=lambda pair: pair.is_strict):
        yield _pair(number, item, pair, anchors)
    yield from _relations(item)
    yield from _lost(lost)
    yield f'</ul>\n<div class=text dir=auto lang="{escape(plain(gold.language))}">'
    yield from marked_text(text_of(item), marks, number)
    yield "</div>\n</div>\n</article>\n"


def _summary(item: Disagreement) -> str:
    wrong = sum(not pair.is_strict for pair in item.differing)
    small = len(item.differing) - wrong
    counts = (
        ("the reader could not read it", int(item.found is None), False),
        ("missed", len(item.missed), True),
        ("false", len(item.false), True),
        ("strictly wrong", wrong, True),
        ("right but for other fields", small, True),
        ("alike in every field", len(item.pairs) - len(item.differing), True),
    )
    words = [f"{count} {name}" if is_counted else name for name, count, is_counted in counts if count]
    return " · ".join(words) or "only relations differ"


def _claim(number: int, sort: str, side: str, n: int, claim: Claim, anchors: set[str]) -> str:
    words = [who(claim), where(claim.destinations, claim.places)]
    words += [amount(claim.amount)] if claim.amount is not None else []
    words += [deliverable(item) for item in claim.deliverables]
    words += [interval(claim.announced)] if claim.announced is not None else []
    words += [_spaced(claim.stage), _spaced(claim.role)]
    links = [link for name in _SAID if (link := _link(number, side, n, name, name, anchors)).startswith("<a")]
    said = f"<p>In the text: {', '.join(links)}</p>" if links else ""
    name = f"<span class=name>{side}{n + 1}</span>"
    return f"<h4><span class=sort>{sort}</span> {name} {_words('; '.join(words))}</h4>{said}"


def _pair(number: int, item: Disagreement, pair: Pair, anchors: set[str]) -> str:
    gold, told = item.gold.claims[pair.gold], item.told[pair.told]
    names = f"<span class=name>G{pair.gold + 1} F{pair.told + 1}</span>"
    sort = "Differs" if pair.is_strict else "Strictly wrong"
    rows = []
    for field in pair.fields:
        ours = _link(number, "G", pair.gold, field, _value(field, gold), anchors)
        theirs = _link(number, "F", pair.told, field, _value(field, told), anchors)
        rows.append(f"<tr><th scope=row>{_spaced(field)}\n<td>{ours}\n<td>{theirs}</tr>\n")
    heads = "\n<thead><tr><th scope=col>field\n<th scope=col>gold\n<th scope=col>found</thead>\n"
    words = _words("; ".join((who(gold), *([amount(gold.amount)] if gold.amount is not None else []))))
    head = f"<h4><span class=sort>{sort}</span> {names} {words}</h4>"
    table = f"<table>{heads}<tbody>{''.join(rows)}</tbody></table>"
    return f"<li{'' if pair.is_strict else ' class=bad'}>{head}{table}</li>\n"


def _link(number: int, side: str, n: int, field: str, words: str, anchors: set[str]) -> str:
    """Words that lead to the marks of a field, where it has any."""
    anchor = Mark(side, n, _WORDS_OF.get(field, field), is_apart=True).anchor(number)
    return f'<a href="#{anchor}">{_words(words)}</a>' if anchor in anchors else _words(words)


def _value(field: str, claim: Claim) -> str:
    if field == "announced":
        return interval(claim.announced)
    values: dict[str, Iterable[str]] = {
        "investors": [party.name for party in claim.investors],
        "destinations": claim.destinations,
        "recipient": [] if claim.recipient is None else [claim.recipient.name],
        "amount": [] if claim.amount is None else [amount(claim.amount)],
        "qualifier": [] if claim.amount is None else [claim.amount.qualifier.value],
        "deliverables": [deliverable(item) for item in claim.deliverables],
        "due_year": [deliverable(item) for item in claim.deliverables if item.due is not None],
        "term_end_year": [] if claim.term.end is None else [str(claim.term.end.year)],
        "stage": [_spaced(claim.stage)],
        "role": [_spaced(claim.role)],
        "purposes": sorted(map(_spaced, claim.purposes)),
    }
    return "; ".join(values[field]) or UNKNOWN


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _relations(item: Disagreement) -> Iterator[str]:
    for sort, links in (("Relation missed", item.relations_missed), ("False relation", item.relations_false)):
        for link in links:
            yield f"<li><h4><span class=sort>{sort}</span> {_words(_relation(link))}</h4></li>\n"


def _relation(link: Link) -> str:
    kind, here, there = link
    return f"{here} {_LINKS.get(kind, kind)} {there}"


def _lost(lost: Sequence[tuple[Mark, str]]) -> Iterator[str]:
    """Quotes of gold that no longer stand in the text."""
    if not lost:
        return
    yield "<li><h4><span class=sort>Not in the kept text</span> words that gold quotes</h4>\n<p>"
    yield "<br>\n".join(f"{mark.label} {_words(mark.field)}: “{_words(words)}”" for mark, words in lost)
    yield "</p></li>\n"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _words(text: str) -> str:
    return escape(plain(text))
