#!/usr/bin/env python3
"""Score the reader on documents that its models were not trained on: cross-validation over the gold that may be read.

    python tools/cross_validate.py [--folds 4] [--losses] [--languages] GOLD.jsonl...

Documents that tell of the same commitment stay together, so that nothing is scored that training has seen told
elsewhere. The same files give the same folds and figures. With --losses it says for every gold claim that is not
strictly right at which step it was lost; blind gold is not for this.
"""

import argparse
import json
import multiprocessing
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import train_reader
from gold_gate import NAMES
from pledgebook.domain import Amount, Claim, ReadDocument
from pledgebook.extract.claims import linear
from pledgebook.flow import read_pages
from pledgebook.show.evaluation import Gold, gold_page, read_gold, read_names, score_documents
from pledgebook.show.evaluation.fields import FIELDS
from pledgebook.show.evaluation.pairing import Comparison, pair_claims

_NEAR = 200  # two sums are one where they differ by less than that share of themselves
Pair = tuple[Gold, ReadDocument | None]


def main() -> int:
    """Trains, reads, scores and prints."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", nargs="+")
    options.add_argument("--folds", type=int, default=4)
    options.add_argument("--losses", action="store_true", help="where the claims that are not right were lost")
    options.add_argument("--languages", action="store_true", help="the scores of each language, too")
    given = options.parse_args()
    raws = train_reader.read_gold(given.gold)
    names = read_names(str(NAMES))
    gold = [document for path in given.gold for document in read_gold(path, names=names)]
    folds = folds_of(raws, given.folds)
    linear.use_models({})
    rows = train_reader.examples_of(raws).rows
    work = [
        (
            {name: [row for row in some if folds[row[0]] != number] for name, some in rows.items()},
            [document for document, fold in zip(gold, folds, strict=True) if fold == number],
        )
        for number in range(given.folds)
    ]
    with multiprocessing.get_context("fork").Pool() as pool:
        read = [pair for some in pool.map(train_and_read, work, chunksize=1) for pair in some]
    scores = score_documents(read)
    print(f"{'':<8}  docs  strict  amount  " + "  ".join(f"{name[:9]:<9}" for name in FIELDS))
    for name, score in [("all", scores.whole), *(scores.languages.items() if given.languages else ())]:
        told = "  ".join(f"{score.fields[field].f1 or 0:<9.3f}" for field in FIELDS)
        print(f"{name:<8}  {score.documents:>4}  {score.claims.f1 or 0:.3f}   {score.amounts.f1 or 0:.3f}   {told}")
    whole = scores.whole
    print(f"{whole.false_in_negatives} false claims in {whole.negatives} documents without any")
    if given.losses:
        for cause, times in sorted(Counter(lost_at(read)).items(), key=lambda item: (-item[1], item[0])):
            print(f"{times:>5}  {cause}")
    return 0


def folds_of(raws: Sequence[dict[str, Any]], number: int) -> list[int]:
    """The fold of each document; those that tell of one commitment are in one fold, and folds are of like size."""
    groups: list[set[int]] = []
    by_key: dict[str, set[int]] = {}
    for n, raw in enumerate(raws):
        group = {n}
        for key in {claim["key"] for claim in raw["claims"]}:
            group |= by_key.get(key, set())
        groups = [other for other in groups if not other & group] + [group]
        for member in group:
            by_key.update({claim["key"]: group for claim in raws[member]["claims"]})
    sizes, folds = [0] * number, [0] * len(raws)
    for group in sorted(groups, key=lambda group: (-len(group), min(raws[n]["id"] for n in group))):
        fold = sizes.index(min(sizes))
        sizes[fold] += len(group)
        for n in group:
            folds[n] = fold
    return folds


def train_and_read(work: tuple[dict[str, list[train_reader.Row]], list[Gold]]) -> list[Pair]:
    """What models read in documents that their examples are not from."""
    rows, gold = work
    table = train_reader.train(train_reader.Examples(defaultdict(list, rows)))
    linear.use_models(linear.read_models(json.dumps(table)))
    found = read_pages((gold_page(document) for document in gold), reader="rules", workers=1)
    return [
        (document, item if isinstance(item, ReadDocument) else None) for document, item in zip(gold, found, strict=True)
    ]


def lost_at(read: Iterable[Pair]) -> Iterable[str]:
    """For each gold claim at which step it was lost, and for each false claim what it took for one."""
    for gold, found in read:
        told = () if found is None else found.claims
        pairs = dict(pair_claims(gold.claims, told, gold.also))
        for number, claim in enumerate(gold.claims):
            beside = Comparison(claim, told[pairs[number]], gold.also[number]) if number in pairs else None
            yield _claim_lost(claim, beside, told)
        for number, claim in enumerate(told):
            if number not in pairs.values():
                yield _false_claim(claim, gold.claims)


def _claim_lost(claim: Claim, beside: Comparison | None, told: Sequence[Claim]) -> str:
    if beside is not None and beside.is_strict:
        return "right"
    if beside is not None and (beside.is_paid or claim.amount is None):
        return "lost: the sum is right, another investor or destination is not"
    if claim.amount is None:
        return "lost: a claim of counts"
    if any(_is_same(claim.amount, other.amount) for other in told):
        return "lost: the sum is told with other investors"
    return "lost: an implied sum" if claim.amount.basis.value == "implied" else "lost: the sum is not told"


def _false_claim(claim: Claim, gold: Sequence[Claim]) -> str:
    if not gold:
        return "false: in a document without claims"
    if claim.amount is None:
        return "false: a claim of counts"
    again = any(_is_same(claim.amount, other.amount) for other in gold)
    return "false: a sum told twice" if again else "false: a sum that is none"


def _is_same(one: Amount | None, other: Amount | None) -> bool:
    if one is None or other is None or one.currency != other.currency:
        return False
    return abs(one.value - other.value) * _NEAR <= max(one.value, other.value)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
