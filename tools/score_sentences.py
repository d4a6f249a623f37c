"""The share of sentences whose sums of money all come out, by language: of the tests' own, or of a new blind set.

    python tools/score_sentences.py [FOLDER] [--json FILE] [--misses]

FOLDER has a file a language in the form of `tests/phrases/sentences/` (see `tests/money_sentences.py`). A sentence is
exact where every sum comes out (value, currency, both ends of a range, qualifier, what restates it, and its words) and
nothing else. Look at `--misses` of a blind set after its figure is written down, never before.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))
from money_sentences import SENTENCES, is_exact, read, sentences, told  # noqa: E402 - the tests judge the same way
from pledgebook import find_money  # noqa: E402 - likewise


def main() -> None:
    """Prints the shares."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", nargs="?", type=Path, default=SENTENCES)
    options.add_argument("--json", type=Path)
    options.add_argument("--misses", action="store_true")
    given = options.parse_args()
    tallies: dict[str, list[int]] = {}
    misses: list[dict[str, Any]] = []
    for sentence in sentences(given.folder):
        found = [read(mention) for mention in find_money(sentence["text"], sentence["language"])]
        exact = is_exact(sentence)
        tally = tallies.setdefault(sentence["language"], [0, 0, 0])
        tally[0] += 1
        tally[1] += exact
        tally[2] += found == told(sentence)
        if not exact:
            misses.append({**sentence, "found": found})
    for code, (number, exact, values) in tallies.items():
        print(f"{code:6}{exact:4} of {number:3} {exact / number:7.1%}   sums alone {values / number:7.1%}")
    number, exact, values = (sum(column) for column in zip(*tallies.values(), strict=True))
    good = sum(exact / number >= 0.95 for number, exact, _ in tallies.values())
    print(f"all   {exact:4} of {number:3} {exact / number:7.1%}   sums alone {values / number:7.1%}")
    print(f"95 % or more in {good} of {len(tallies)} languages")
    if given.misses:
        for miss in misses:
            print(json.dumps(miss, ensure_ascii=False))
    if given.json is not None:
        shares = {code: exact / number for code, (number, exact, _) in tallies.items()}
        given.json.write_text(
            json.dumps(
                {"exact": exact / number, "by_language": shares, "misses": misses}, ensure_ascii=False, indent=1
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
