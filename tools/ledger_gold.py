#!/usr/bin/env python3
"""Reconciles the claims of gold files and prints the pledges, so that the ledger alone can be scored.

    ledger_gold.py GOLD.jsonl [GOLD.jsonl ...] > pledges.jsonl

A gold claim's `key` names the real commitment; here it is used for nothing but to resolve the relations that a
document states between its own claims.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pledgebook.domain import Interval, Telling
from pledgebook.ledger import PublishedRates, entries
from pledgebook.reconcile import reconcile
from pledgebook.wire import loads, read_claim, read_interval
from pledgebook.wire_book import pledge_json


def read_tellings(lines: Iterable[str]) -> Iterator[Telling]:
    """The tellings of a gold file: the claims of each document by their position."""
    for line in lines:
        document = loads(line)
        published = _published(document)
        names = {claim["key"]: str(n) for n, claim in enumerate(document["claims"])}
        for n, raw in enumerate(document["claims"]):
            relations = [relation | {"claim": names[relation["claim"]]} for relation in raw["relations"]]
            claim = read_claim(raw | {"id": str(n), "relations": relations})
            yield Telling(
                document=document["id"],
                source=document["id"],
                claim=claim,
                language=document["language"],
                published=published,
                known=published.latest if published is not None else None,
            )


def _published(document: dict[str, Any]) -> Interval | None:
    day = document.get("published")
    return read_interval({"earliest": day, "latest": day} if day else document.get("published_interval"))


def main(paths: list[str]) -> None:
    """Prints one line a pledge, without the lines for the unnamed rest of a sum."""
    rates = PublishedRates()
    tellings = [item for path in paths for item in read_tellings(Path(path).read_text(encoding="utf-8").splitlines())]
    book = entries(reconcile(tellings, rates=rates), as_of=None, rates=rates)
    rests = {entry.pledge.id: entry for entry in book if entry.is_rest}
    for entry in book:
        if entry.is_rest:
            continue
        line = pledge_json(entry)
        rest = rests.get(entry.pledge.id)
        if rest is not None and entry.pledge.role.value != "total" and rest.central is not None and rest.currency:
            # The rest of a pledge that has parts counts for the pledge itself.
            rate = rates.rate(rest.currency, "USD", entry.pledge.rate_day) if entry.pledge.rate_day else None
            line["counted"] = True
            line["counted_usd"] = float(rest.central * (rate.rate if rate else Decimal(1)))
        elif entry.pledge.role.value == "total":
            line["counted"] = False
        line["claims"] = [{"document": item["document"], "claim": int(item["claim"])} for item in line["claims"]]
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
