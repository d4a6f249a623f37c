#!/usr/bin/env python3
"""Writes docs/accuracy.md: what the default reader scores on the gold corpora, by field and by language.

Run it with `python tools/make_accuracy.py`; with `--check` it writes nothing and exits 1 where the page would change.
The page follows from the corpora, the words and the weights alone.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping

from gold_gate import CORPORA, ROOT, fingerprint, score_corpus
from pledgebook.show.evaluation import Score, Scores
from pledgebook.show.evaluation.fields import FIELDS

PAGE = ROOT / "docs" / "accuracy.md"
_WHAT = {
    "test": "held back from training; looked at while words and rules are worked on",
    "demo": "the bundled articles; the reader is trained on them too, so this says how well it knows what it has seen",
    "worked": "held back from training; what the reader made of them showed where the words of a language were thin",
    "fresh": "held back from training; written by whoever then worked on a language's words with other documents; "
    "these were scored before and after, and nobody has looked at what the reader makes of them",
    "blind": "held back from training, and nobody has looked at a document: the figure to go by",
}
_INTRO = """# How well it reads

<!-- Written by tools/make_accuracy.py: change that, not this. -->

What the default reader finds in documents whose claims people have annotated. A claim is *strictly* right where its
investors, its destinations (or its recipient) and its amount are all right; an *amount* is right where its value and
currency are and one of its investors. Precision is the share of what was found that is right, recall the share of what
there is that was found, F1 their harmonic mean. A dash stands where there is nothing to measure.

A party that no list names counts by the name that the document gives it, too: a company of which only its Arabic name
stands in the text can't be found under a Latin one. These names lie beside the corpora, in
[tests/corpus/gold/names.json](../tests/corpus/gold/names.json); the first table has the figures without them as well.

The same figures for your own documents: [how](how-to/measure.md). The floors under which no change may bring
them: [tests/corpus/floors.json](../tests/corpus/floors.json), checked by `make gate`.
"""
_FEW = """Under ten documents a language's figures say little: one article more or less moves them by a tenth.
"""


def main() -> int:
    """Writes the page, or with --check compares; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing, exit 1 where the page would change")
    check = arguments.parse_args().check
    new = render(
        {corpus: score_corpus(corpus) for corpus in CORPORA},
        {corpus: score_corpus(corpus, names=False).whole for corpus in CORPORA},
    )
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == new:
        return 0
    print(("out of date: " if check else "written: ") + str(PAGE.relative_to(ROOT)))
    if not check:
        PAGE.write_text(new, encoding="utf-8")
    return int(check)


def render(scores: Mapping[str, Scores], without_names: Mapping[str, Score]) -> str:
    """The page, from the scores of each corpus and what it scores as a whole without names.json."""
    pieces = [_INTRO, "## The corpora\n", *_corpora(scores), "## By corpus\n", *_by_corpus(scores, without_names)]
    pieces += ["## By field\n", "F1 of each field, over all claims.\n", *_by_field(scores)]
    pieces += ["## By kind of document\n"]
    for corpus, of in scores.items():
        pieces += [f"### {corpus} by kind\n", *_by("kind", {**of.formats, **of.styles})]
    pieces += ["## By language\n", _FEW]
    for corpus, of in scores.items():
        pieces += [f"### {corpus}\n", *_by("language", {"all": of.whole, **of.languages})]
    return "\n".join(pieces).rstrip() + "\n"


def _corpora(scores: Mapping[str, Scores]) -> Iterator[str]:
    for corpus, of in scores.items():
        whole = of.whole
        yield (
            f"- **{corpus}**: {whole.documents} documents in {len(of.languages)} languages, {whole.gold_claims} "
            f"claims, {whole.negatives} documents without any; {_WHAT[corpus]}. sha256 `{fingerprint(corpus)[:12]}`"
        )
    yield ""


def _by_corpus(scores: Mapping[str, Scores], without_names: Mapping[str, Score]) -> Iterator[str]:
    rows = []
    for corpus, of in scores.items():
        score, bare = of.whole, without_names[corpus]
        false = score.false_in_negatives / score.negatives if score.negatives else None
        exact = score.exact / score.spans if score.spans else None
        claims, amounts = score.claims, score.amounts
        counts = (claims.precision, claims.recall, claims.f1, bare.claims.f1)
        counts += (amounts.precision, amounts.recall, amounts.f1, bare.amounts.f1)
        rows.append([corpus, str(score.documents), *map(_figure, counts), _figure(false), _figure(exact)])
    heads = ["corpus", "documents"]
    for name in ("strict", "amount"):
        heads += [f"{name} P", f"{name} R", f"{name} F1", f"{name} F1 without these names"]
    yield from _table([*heads, "false claims per document without any", "exact quotes"], rows)


def _by_field(scores: Mapping[str, Scores]) -> Iterator[str]:
    rows = []
    for name in FIELDS:
        counts = [of.whole.fields[name] for of in scores.values()]
        rows.append([name.replace("_", " "), *(_figure(count.f1) for count in counts)])
    yield from _table(["field", *scores], rows)


def _by(of: str, scores: Mapping[str, Score]) -> Iterator[str]:
    rows = []
    for name, score in scores.items():
        fields = [score.fields[field].f1 for field in ("investors", "destinations", "stage", "role")]
        figures = map(_figure, (score.claims.f1, score.amounts.f1, *fields))
        rows.append([name, str(score.documents), str(score.gold_claims), *figures])
    heads = [of, "documents", "claims", "strict F1", "amount F1", "investors", "destinations", "stage", "role"]
    yield from _table(heads, rows)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(heads)
    yield f"| {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * (len(names) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
