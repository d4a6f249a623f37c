"""How many of the small texts with several parties come out right, by construction and language.

python tools/count_parties.py            the table
python tools/count_parties.py -v FILE    what is missed and told beyond in one file
python tools/count_parties.py --write    set the floors of tests/corpus/parties anew
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from parties import FOLDER, Told, read_small  # noqa: E402 - the tests' own reader of these files
from pledgebook.domain import Claim  # noqa: E402


def main(arguments: list[str]) -> int:
    """Print the table, or what is wrong in the files that are named behind -v."""
    if arguments[:1] == ["-v"]:
        for name in arguments[1:]:
            _explain(Path(name))
        return 0
    right: dict[str, int] = {}
    wrong: dict[str, list[str]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    for path in sorted(FOLDER.rglob("*.txt")):
        name = str(path.relative_to(FOLDER))
        results = [(text.construction, bool(missed or beyond)) for text, missed, beyond in read_small(path)]
        right[name] = sum(not is_wrong for _, is_wrong in results)
        print(f"{name:16} {right[name]:3} of {len(results)}")
        for construction, is_wrong in results:
            total[construction] += 1
            if is_wrong:
                wrong[construction].append(name.removesuffix(".txt"))
    for construction, count in total.items():
        print(f"{count - len(wrong[construction]):3} of {count:3} {construction:18} {' '.join(wrong[construction])}")
    print(f"{sum(right.values())} of {sum(total.values())}")
    if "--write" in arguments:
        (FOLDER / "floors.json").write_text(json.dumps(right, indent=1) + "\n", encoding="utf-8")
    return 0


def _explain(path: Path) -> None:
    for text, missed, beyond in read_small(path):
        if missed or beyond:
            print(f"## {text.construction}\n{text.text}")
            for one in missed:
                print("  missed", _line(one))
            for claim in beyond:
                print("  told  ", _claim(claim))


def _line(told: Told) -> str:
    payers = ", ".join("/".join(names) for names in told.investors) or "-"
    return f"{payers} | {'/'.join(told.recipient) or '-'} | {','.join(told.destinations)} | {told.value} {told.unit}"


def _claim(claim: Claim) -> str:
    figure = (
        f"{claim.amount.value} {claim.amount.currency}"
        if claim.amount
        else " ".join(f"{one.count} {one.kind.value}" for one in claim.deliverables)
    )
    payers = ", ".join(party.name for party in claim.investors) or "-"
    taker = claim.recipient.name if claim.recipient else "-"
    return f"{payers} | {taker} | {','.join(claim.destinations)} | {figure}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
