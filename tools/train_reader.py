#!/usr/bin/env python3
"""Train the reader's models on gold files and write their weights.

    python tools/train_reader.py GOLD.jsonl... [-o src/pledgebook/extract/claims/weights.json]

The gold claims are laid over what the finders see in each document: every figure, actor and date becomes an example of
the decision that the reader has to take about it. The same files give the same weights.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pledgebook.clean import clean
from pledgebook.domain import Document, Interval, Mention, Page, Purpose, Role, Span
from pledgebook.extract.claims import counts, days, features, flow_features, linear, linking, relations, verdicts
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.actors import find_countries, find_parties
from pledgebook.extract.claims.company import company_features
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.homes import home_of
from pledgebook.extract.claims.lands import payment_of
from pledgebook.extract.claims.repairs import repaired
from pledgebook.extract.claims.rivals import rivals_of
from pledgebook.extract.claims.scene import Scene, read_scene
from pledgebook.extract.claims.territory import find_territories
from pledgebook.extract.claims.view import read_view
from pledgebook.extract.mentions import find_dates
from pledgebook.show.evaluation.gold import read_names

TARGET = Path(__file__).parent.parent / "src/pledgebook/extract/claims/weights.json"
STRENGTH = {"stage": 0.3, "role": 0.1, "news": 0.05, "standalone": 0.1, "owner": 0.1} | dict.fromkeys(
    ("paid-out", "payee", "payerless", "recipient", "worldwide"), 0.5
)
LEGAL = re.compile(
    r"\b(?:inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|se|sa|spa|bv|nv|oy|oyj|ab|as|asa|kft|zrt|sas|group|holding|holdings|the)\b"
)


# The number of the document, what is told of the example, and the answer.
Row = tuple[int, list[str], str]


@dataclass
class Examples:
    """Examples by model: features and answer of each, with the number of the document it is from."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: str, document: int, told: list[str], answer: object) -> None:
        """One example; True and False are the answers of a yes-or-no question."""
        label = ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)
        self.rows[model].append((document, told, label))


def fold_name(name: str) -> str:
    """A party's name without legal form, case and punctuation."""
    plain = re.sub(r"[^\w]+", " ", name.casefold())
    return " ".join(LEGAL.sub(" ", plain).split()) or plain.strip()


def read_gold(paths: list[str]) -> list[dict[str, Any]]:
    """The lines of gold files, with the names by which the documents call the parties ("aka" of a claim)."""
    return [raw for path in paths for raw in _with_names(Path(path))]


def _with_names(path: Path) -> list[dict[str, Any]]:
    beside = path.parent / "names.json"
    names = read_names(str(beside)) if beside.is_file() else {}
    raws = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for raw in raws:
        for claim in raw["claims"]:
            claim.setdefault("aka", names.get(raw["id"], {}))
    return raws


def folded(claim: dict[str, Any], parties: list[dict[str, Any]]) -> set[str]:
    """The names of parties of a claim, and those by which its document calls them."""
    names = {p["name"] for p in parties}
    return {fold_name(name) for name in names} | {
        fold_name(other) for name in names for other in claim.get("aka", {}).get(name, ())
    }


def scene_of(raw: dict[str, Any]) -> tuple[Document, Scene]:
    """The scene that the reader sees of a gold document."""
    media = "text/html" if raw["format"] == "html" else "text/plain"
    page = Page(raw["id"], raw["content"].encode("utf-8", "surrogatepass"), media, name=raw["id"])
    document, _ = clean(page, find_dates=find_dates)
    view = read_view(document.text)
    read = document
    if view.text != document.text:
        read = replace(
            document, text=view.text, sentences=tuple(replace(s, span=view.viewed(s.span)) for s in document.sentences)
        )
    scene = read_scene(read)
    money, _ = repaired(scene.money, scene.text, document.id)
    return document, replace(scene, money=money)


def quote_spans(scene: Scene, claim: dict[str, Any], name: str) -> list[Span]:
    """Where the quotes for a field stand in the text that is read."""
    spans = []
    for key, words in claim["quotes"].items():
        if key == name or key.startswith(f"{name}."):
            pattern = r"\s+".join(re.escape(word) for word in words.replace("\u00a0", " ").split())
            spans += [Span(m.start(), m.end()) for m in re.finditer(pattern, scene.text)]
    return spans


def nearest(scene: Scene, mention: Mention, claims: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    """Of several claims that a mention fits, the one whose quote is at or nearest to it."""

    def distance(claim: dict[str, Any]) -> int:
        spans = quote_spans(scene, claim, name)
        return min((0 if s.overlaps(mention.span) else abs(s.start - mention.span.start) for s in spans), default=10**6)

    return min(claims, key=distance) if claims else None


def money_claim(scene: Scene, mention: Mention, claims: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The gold claim that a sum belongs to."""
    amount = mention.amount
    if amount is None:
        return None
    fitting = []
    for claim in claims:
        told = claim["amount"]
        if told is None or told["basis"] == "implied":
            continue
        sums = [told, *told["also"]]
        if any(
            s["currency"] == amount.currency and abs(s["value"] - float(amount.value)) <= 0.005 * s["value"]
            for s in sums
        ):
            fitting.append(claim)
    return fitting[0] if len(fitting) == 1 else nearest(scene, mention, fitting, "amount")


def quantity_claim(scene: Scene, mention: Mention, claims: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The gold claim that a count belongs to: same kind, same count, its quote at the place."""
    told = mention.deliverable
    if told is None:
        return None
    fitting = []
    for claim in claims:
        for n, wanted in enumerate(claim["deliverables"]):
            if wanted["kind"] != told.kind.value or abs(wanted["count"] - float(told.count)) > 0.005 * wanted["count"]:
                continue
            spans = quote_spans(scene, claim, f"deliverables.{n}")
            if told.count > 1 or any(s.overlaps(mention.span) for s in spans):
                fitting.append(claim)
    return fitting[0] if len(fitting) == 1 else nearest(scene, mention, fitting, "deliverables")


def learn_links(
    out: Examples,
    number: int,
    scene: Scene,
    mention: Mention,
    claim: dict[str, Any],
    parties: list[Actor],
    countries: list[Actor],
) -> None:
    """Examples of who invests, who receives and where, for one figure."""
    investors = folded(claim, claim["investors"])
    recipient = folded(claim, [claim["recipient"]] if claim["recipient"] else [])
    companies = [a for a in parties if a.party and a.party.kind.value != "government"]
    rivals = rivals_of(companies)
    for actor in companies:
        told = linking.link_features(scene, mention, actor, rivals)
        out.add("recipient", number, told, fold_name(actor.key) in recipient)
        if recipient:
            out.add("payee", number, told, fold_name(actor.key) in recipient)
    # Who is paid is no investor either: a reader that overlooks the one shall not take him for the other.
    paying = {a.key for a in parties if fold_name(a.key) in investors}
    if paying or not investors:
        # Whom the finders did not see teaches nothing about those whom they saw.
        rivals = rivals_of(parties)
        for actor in parties:
            told = linking.link_features(scene, mention, actor, rivals)
            out.add("investor", number, told, actor.key in paying)
    learn_company(out, "investor-too", number, scene, mention.span, parties, paying)
    homes = [home_of(p["name"], is_government=p["kind"] == "government") for p in claim["investors"]]
    paid = next((a for a in parties if fold_name(a.key) in recipient), None)
    payment = payment_of([a for a in parties if a.key in paying], paid, homes=homes)
    reached = {a.key for a in countries if a.key in claim["destinations"]}
    rivals = rivals_of(countries)
    for actor in countries:
        told = linking.link_features(scene, mention, actor, rivals, payment=payment)
        out.add("destination", number, told, actor.key in reached)
    learn_company(out, "destination-too", number, scene, mention.span, countries, reached)


def learn_company(
    out: Examples, model: str, number: int, scene: Scene, span: Span, actors: list[Actor], right: set[str]
) -> None:
    """Examples of who shares a figure with one that has it."""
    for one in actors:
        if one.key in right:
            for actor in actors:
                if actor is not one:
                    out.add(model, number, company_features(scene, span, one, actor), actor.key in right)


def is_unpaid(claim: dict[str, Any] | None) -> bool:
    """Whether a claim promises counts, and no money that its own words tell."""
    return claim is not None and (claim["amount"] is None or claim["amount"]["basis"] == "implied")


def gold_drafts(
    out: Examples, number: int, scene: Scene, claims: list[dict[str, Any]]
) -> list[tuple[Draft, dict[str, Any]]]:
    """Drafts as they should be, one for every gold claim of which any figure was found."""
    parties, countries = find_parties(scene), find_countries(scene)
    made: dict[str, Draft] = {}
    for mention in scene.money:
        claim = money_claim(scene, mention, claims)
        out.add("pledge", number, features.pledge_features(scene, mention), claim is not None)
        if claim is not None:
            made.setdefault(claim["key"], Draft()).figures.append(mention)
            learn_links(out, number, scene, mention, claim, parties, countries)
            out.add(
                "payerless",
                number,
                [*features.figure_features(scene, mention), *flow_features.unnamed_features(scene, mention)],
                not claim["investors"],
            )
            out.add("paid-out", number, features.figure_features(scene, mention), claim["recipient"] is not None)
            out.add("worldwide", number, features.figure_features(scene, mention), claim["destinations"] == ["001"])
    for mention in scene.quantities:
        claim = quantity_claim(scene, mention, claims)
        told = features.figure_features(scene, mention)
        out.add("deliverable", number, features.promise_features(scene, mention), claim is not None)
        out.add("standalone", number, [*told, *counts.document_features(scene)], is_unpaid(claim))
        if claim is not None:
            made.setdefault(claim["key"], Draft()).quantities.append(mention)
            learn_links(out, number, scene, mention, claim, parties, countries)
    by_key = {claim["key"]: claim for claim in claims}
    for key, draft in made.items():
        claim = by_key[key]
        names = folded(claim, claim["investors"])
        draft.investors = [a for a in parties if fold_name(a.key) in names]
        draft.destinations = [a for a in countries if a.key in claim["destinations"]]
        if claim["recipient"]:
            paid = folded(claim, [claim["recipient"]])
            draft.recipient = next((a for a in parties if fold_name(a.key) in paid), None)
    return sorted(((draft, by_key[key]) for key, draft in made.items()), key=lambda pair: pair[0].anchors[0].span)


def learn_owners(out: Examples, number: int, scene: Scene, pairs: list[tuple[Draft, dict[str, Any]]]) -> None:
    """Examples of which sum a count belongs to."""
    paid = [(draft, claim) for draft, claim in pairs if draft.figures]
    for draft, claim in pairs:
        for mention in draft.quantities:
            lone = Draft(quantities=[mention], investors=draft.investors, destinations=draft.destinations)
            for other, told in paid:
                told_features = counts.owner_features(scene, lone, other, [d for d, _ in paid])
                out.add("owner", number, told_features, told is claim)


def learn_verdicts(out: Examples, number: int, scene: Scene, pairs: list[tuple[Draft, dict[str, Any]]]) -> None:
    """Examples of role, stage, purposes, days and relations."""
    made = [draft for draft, _ in pairs]
    territories = find_territories(scene, made)
    roles = [Role(claim["role"]) for _, claim in pairs]
    for (draft, claim), territory, role in zip(pairs, territories, roles, strict=True):
        told = verdicts.verdict_features(scene, draft, made, territory)
        out.add("role", number, told, claim["role"])
        out.add("stage", number, verdicts.stage_features(told, claim["role"]), claim["stage"])
        if role is not Role.EARLIER and scene.document.published is not None:
            out.add("news", number, [*told, f"role:{claim['role']}"], is_announced(claim, scene.document.published))
        for purpose, seen in verdicts.purpose_features(scene, draft, made, territory).items():
            if purpose is not Purpose.GENERAL:
                out.add(f"purpose-{purpose.value}", number, seen, purpose.value in claim["purposes"])
        for mention in days.candidates(scene, territory):
            learn_days(out, number, mention, claim, days.day_features(scene, draft, territory, mention, role=role))
        for mention in draft.quantities:
            learn_due(out, number, scene, mention, claim)
    wanted = {(claim["key"], r["type"], r["claim"]) for _, claim in pairs for r in claim["relations"]}
    summands = [verdicts.sums_up(draft, made) for draft in made]
    for one in range(len(made)):
        for other in range(len(made)):
            if one == other:
                continue
            seen = relations.pair_features(scene, made, roles, territories, one, other, summands)
            a, b = pairs[one][1]["key"], pairs[other][1]["key"]
            out.add("part", number, seen, (a, "part_of", b) in wanted)
            out.add("adds", number, seen, (a, "adds_to", b) in wanted)
            out.add("replaces", number, seen, (a, "replaces", b) in wanted)


def is_announced(claim: dict[str, Any], interval: Interval) -> bool:
    """Whether a claim was made public in an interval."""
    announced = claim["announced"]
    return (
        announced is not None
        and interval.earliest.isoformat() <= announced["latest"]
        and announced["earliest"] <= interval.latest.isoformat()
    )


def learn_days(out: Examples, number: int, mention: Mention, claim: dict[str, Any], told: list[str]) -> None:
    """Examples of what a date is to a claim."""
    interval, term = mention.reading.interval, claim["term"]
    out.add(
        "announced",
        number,
        told,
        is_announced(claim, interval) and mention.reading.edge == "on" and interval.days <= 400,
    )
    out.add("term-end", number, told, term["end"] is not None and interval.latest.isoformat()[:7] == term["end"][:7])
    out.add(
        "term-start", number, told, term["start"] is not None and interval.earliest.isoformat()[:7] == term["start"][:7]
    )


def learn_due(out: Examples, number: int, scene: Scene, mention: Mention, claim: dict[str, Any]) -> None:
    """Examples of which dates date a count."""
    told = mention.deliverable
    due = next(
        (
            d["due"]
            for d in claim["deliverables"]
            if d["kind"] == told.kind.value and abs(d["count"] - float(told.count)) <= 0.005 * d["count"]
        ),
        None,
    )
    sentence = scene.sentence_at(mention.span.start)
    for date in scene.dates:
        if date.reading is not None and scene.sentence_at(date.span.start) == sentence:
            same = due is not None and date.reading.interval.latest.isoformat()[:7] == due[:7]
            out.add("due", number, days.due_features(scene, mention, date), same)


def examples_of(raws: list[dict[str, Any]]) -> Examples:
    """All examples of some gold documents."""
    out = Examples()
    for number, raw in enumerate(raws):
        try:
            _, scene = scene_of(raw)
        except Exception as error:  # noqa: BLE001 - one bad document must not stop the training
            print(f"{raw['id']}: {error}", file=sys.stderr)
            continue
        pairs = gold_drafts(out, number, scene, raw["claims"])
        learn_owners(out, number, scene, pairs)
        learn_verdicts(out, number, scene, pairs)
    return out


def fit(rows: list[Row], *, strength: float, fewest: int = 3) -> dict[str, list[Any]]:
    """Bias and weights by label for one model."""
    counts: dict[str, int] = defaultdict(int)
    for _, told, _ in rows:
        for feature in told:
            counts[feature] += 1
    names = sorted(feature for feature, count in counts.items() if count >= fewest)
    index = {feature: n for n, feature in enumerate(names)}
    labels = sorted({label for _, _, label in rows})
    if len(labels) < 2:
        return {"yes": [8.0 if labels == ["yes"] else -8.0, {}]}
    indices, pointers = [], [0]
    for _, told, _ in rows:
        indices += sorted({index[f] for f in told if f in index})
        pointers.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(rows), len(names)))
    answers = np.array([label for _, _, label in rows])
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-6).fit(matrix, answers)
    result: dict[str, list[Any]] = {}
    for n, row in enumerate(model.coef_):
        label = "yes" if set(labels) == {"no", "yes"} else str(model.classes_[n])
        weights = {names[k]: round(float(w), 3) for k, w in enumerate(row) if abs(w) >= 0.005}
        result[label] = [round(float(model.intercept_[n]), 3), weights]
    return result


def train(out: Examples) -> dict[str, dict[str, list[Any]]]:
    """The weights of all models."""
    return {name: fit(rows, strength=STRENGTH.get(name, 0.2)) for name, rows in sorted(out.rows.items())}


def main() -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("-o", "--output", default=str(TARGET))
    args = parser.parse_args()
    linear.use_models({})
    table = train(examples_of(read_gold(args.gold)))
    Path(args.output).write_text(
        json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    weights = sum(len(told) for rows in table.values() for _, told in rows.values())
    print(f"{len(table)} models, {weights} weights in {args.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
