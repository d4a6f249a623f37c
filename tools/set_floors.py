#!/usr/bin/env python3
"""Brings tests/corpus/floors.json up to date with what the reader scores now.

    set_floors.py [CORPUS ...]                   raise floors to 0.03 below the score
    set_floors.py --lower --why TEXT [CORPUS ...]   let them fall too, and write down why

Floors rise silently. Where a score has dropped below its floor, nothing is written and the exit status is 1, unless
--lower says that it may fall. Where the documents themselves have changed, or the names that count in them, old and
new figures do not compare: the floors of that corpus are set anew, and each that falls by it is written down under
"lowered".
"""

import argparse
import json
import sys
from typing import Any

from gold_gate import CEILINGS, CORPORA, FLOORS, Measured, is_kept, measured, read_floors, score_corpus, scores_of

MARGIN = 0.03
_DIGITS = 3


def main() -> int:
    """Writes the floors; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpora", nargs="*", metavar="CORPUS", help=f"some of {', '.join(CORPORA)} (default: all)")
    arguments.add_argument("--lower", action="store_true", help="let floors fall")
    arguments.add_argument("--why", default="", metavar="TEXT", help="why they may fall")
    chosen = arguments.parse_args()
    if chosen.lower and not chosen.why.strip():
        arguments.error("--lower needs --why: a floor falls only by saying so.")
    unknown = sorted(set(chosen.corpora) - set(CORPORA))
    if unknown:
        arguments.error(f"{unknown[0]!r} is no corpus. Use {', '.join(CORPORA)}.")
    floors = read_floors()
    refused = []
    for corpus in chosen.corpora or CORPORA:
        found = measured(corpus, score_corpus(corpus).whole)
        refused += _brought_up(floors, corpus, found, why=chosen.why.strip() if chosen.lower else "")
    if refused:
        print("\n".join(refused), file=sys.stderr)
        print("Nothing was written. Find out why, or say so: --lower --why TEXT.", file=sys.stderr)
        return 1
    FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def _brought_up(floors: dict[str, Any], corpus: str, found: Measured, *, why: str) -> list[str]:
    """Changes the floors of a corpus; what was refused, a line each."""
    old = floors["corpora"].get(corpus, {})
    is_same = old.get("sha256") == found.sha256
    if old and not is_same and not why:
        why = f"other documents or names ({old['sha256'][:12]} to {found.sha256[:12]})"
    new: dict[str, Any] = {"sha256": found.sha256, "documents": found.documents}
    refused = []
    for name, value in scores_of(found).items():
        wanted = floor_of(name, value)
        before = old.get(name)
        if before is None or is_kept(name, wanted, before):
            new[name] = wanted
        elif is_same and is_kept(name, value, before):
            new[name] = before
        elif why:
            new[name] = wanted
            floors["lowered"].append({"corpus": corpus, "floor": name, "from": before, "to": wanted, "why": why})
        else:
            refused.append(f"{corpus}: {name} is {value:.3f}, its floor {before:.3f}.")
            new[name] = before
        told = "new" if before is None else f"was {before:.3f}"
        print(f"{corpus:6} {name:18} scores {value:.3f}, floor {new[name]:.3f} ({told})")
    floors["corpora"][corpus] = new
    return refused


def floor_of(name: str, value: float) -> float:
    """The floor that goes with a score: a little below it; of quotes that are the exact words, all.

    >>> floor_of("strict_f1", 0.7512), floor_of("false_per_negative", 0.2), floor_of("evidence", 0.99)
    (0.721, 0.23, 1.0)
    """
    if name == "evidence":
        return 1.0
    if name in CEILINGS:
        return round(value + MARGIN, _DIGITS)
    return max(0.0, round(value - MARGIN, _DIGITS))


if __name__ == "__main__":
    sys.exit(main())
