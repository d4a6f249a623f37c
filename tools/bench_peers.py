"""Our finder of sums beside four libraries that find them too, on the same sentences in one run.

    python tools/bench_peers.py [--peers FOLDER] [--json FILE] [--only LANGUAGE ...] [--kind sentences]

The sentences are those of the tests: the phrase tables (`tests/phrases/*.toml`) and whole sentences
(`tests/phrases/sentences/*.jsonl`). A text is exact for a library if it gives every figure of every sum (value and
currency, both ends of a range, what restates a sum) and nothing else: none of the others joins a range or reads a
qualifier, so none is asked to. Each library runs in an environment of its own below FOLDER (`make bench-mentions`
makes them); what is not there, because it did not install, is told and left out. Time is CPU time a text without the
first reading, so that no library pays for its start. The exit status is 1 where another is ahead in a language that
it has, or Recognizers-Text is not 80 times as slow.
"""

import argparse
import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PHRASES = ROOT / "tests" / "phrases"
PEERS = ("recognizers", "recognizers-2019", "duckling", "quantulum3", "price-parser")
OURS = "pledgebook"
AHEAD = 80
LEAST, AT_MOST = 0.5, 1500
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Case:
    """A text with every figure of its sums."""

    kind: str
    language: str
    text: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one library made of the cases; a case is None in a language that it does not have."""

    exact: list[bool | None]
    seconds: dict[str, float]


def main() -> int:
    """Prints the tables; the exit status."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--peers", type=Path, default=ROOT / "build" / "peers")
    options.add_argument("--json", type=Path, help="where the figures go as well")
    options.add_argument("--only", nargs="*", default=[], metavar="LANGUAGE")
    options.add_argument("--kind", choices=("phrases", "sentences"), help="one of both only")
    given = options.parse_args()
    cases = [
        case
        for case in (*phrases(), *sentences())
        if (not given.only or case.language in given.only) and given.kind in {None, case.kind}
    ]
    pythons = {OURS: Path(sys.executable), **{name: given.peers / name / "bin" / "python" for name in PEERS}}
    results: dict[str, Result] = {}
    for name, python in pythons.items():
        result = run_one(name, python, cases)
        if isinstance(result, str):
            print(f"{name}: left out. {result}")
        else:
            results[name] = result
    figures = {kind: tell(kind, cases, results) for kind in ("phrases", "sentences")}
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 1 if any(figure.get("behind") for figure in figures.values()) else 0


# ------------------------------------------------------------------------------------------------------------- cases


def phrases() -> Iterator[Case]:
    """Every phrase of the tables that says something of money, or looks as if it did."""
    for path in sorted(PHRASES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for value, texts in table.get("money", {}).items():
            if "damaged" not in value:
                yield from (Case("phrases", path.stem, text.replace("|", ""), _figures(value)) for text in texts)
        for text in table.get("nothing", {}).get("money", ()):
            yield Case("phrases", path.stem, text.replace("|", ""), ())


def _figures(value: str) -> tuple[tuple[str, str], ...]:
    """The figures in the heading of a phrase table: "30-50 EUR = 33 USD" has three."""
    figures: list[tuple[str, str]] = []
    for sum_ in value.replace("_", "").split(" = "):
        numbers, currency = sum_.split()[:2]
        figures += [(number, currency) for number in numbers.split("-")]
    return tuple(figures)


def sentences() -> Iterator[Case]:
    """The sentences in which every sum is told."""
    for path in sorted((PHRASES / "sentences").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            figures: list[tuple[str, str]] = []
            for one in told["money"]:
                figures.append((one["value"], one["currency"]))
                if one["value_max"] is not None:
                    figures.append((one["value_max"], one["currency"]))
                figures += [(other["value"], other["currency"]) for other in one["also"]]
            yield Case("sentences", path.stem, told["text"], tuple(figures))


# --------------------------------------------------------------------------------------------------------- libraries


def run_one(name: str, python: Path, cases: list[Case]) -> Result | str:
    """What the library makes of the cases, or why it could not be asked."""
    if not python.exists():
        return "It is not installed."
    asked = {"cases": [(case.language, case.text) for case in cases], "least": LEAST}
    command = [str(python), "-W", "ignore", str(ROOT / "tools" / "peer_finders.py"), name]
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, timeout=AT_MOST, check=False
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["It failed without a word."])[-1]
    answer: dict[str, Any] = json.loads(done.stdout)
    exact = [
        None if found is None else _same(found, case.figures)
        for case, found in zip(cases, answer["found"], strict=True)
    ]
    return Result(exact, answer["seconds"])


def _same(found: list[list[str | None]], wanted: tuple[tuple[str, str], ...]) -> bool:
    """Whether the figures are the same in any order; a library that counts in floats gets nine digits' grace."""
    return Counter((_rounded(value), code) for value, code in found) == Counter(
        (_rounded(value), code) for value, code in wanted
    )


def _rounded(value: str | None) -> str:
    try:
        return f"{Decimal(value or 'x'):.{_DIGITS}e}"
    except InvalidOperation:
        return str(value)


# ------------------------------------------------------------------------------------------------------------ tables


def tell(kind: str, cases: list[Case], results: dict[str, Result]) -> dict[str, Any]:
    """Prints one kind's table; its figures, with who is ahead of us where, under "behind"."""
    places: dict[str, list[int]] = {}
    for index, case in enumerate(cases):
        if case.kind == kind:
            places.setdefault(case.language, []).append(index)
    if not places:
        return {}
    shares = {
        name: {code: share for code, at in places.items() if (share := _share(result, at)) is not None}
        for name, result in results.items()
    }
    number = sum(len(at) for at in places.values())
    print(f"\n{kind}: {number} in {len(places)} languages; share exact by language, - where it lacks the language")
    print(f"{'':6}" + "".join(f"{name:>18}" for name in results))
    for code in places:
        print(f"{code:6}" + "".join(_cell(shares[name].get(code)) for name in results))
    print("the languages that each has, ours on the same:")
    behind: list[str] = []
    figures: dict[str, Any] = {"texts": number, "share": shares, "peers": {}, "behind": behind}
    mine = results[OURS]
    for name, result in results.items():
        at = [index for code in shares[name] for index in places[code]]
        theirs, own = _share(result, at), _share(mine, at)
        times = [result.seconds[code] / mine.seconds[code] for code in shares[name]]
        weights = [len(places[code]) for code in shares[name]]
        slow = sum(result.seconds[code] * len(places[code]) for code in shares[name])
        fast = sum(mine.seconds[code] * len(places[code]) for code in shares[name])
        rate = sum(weights) / slow
        print(
            f"  {name:18} {len(shares[name]):2} languages  exact {theirs:6.1%}  ours {own:6.1%}   "
            f"{rate:9,.0f} texts a second, ours {slow / fast:6.1f} times"
            f" (by language {min(times):.1f} to {max(times):.1f})"
        )
        figures["peers"][name] = {"exact": theirs, "ours": own, "texts_a_second": rate, "ours_times": slow / fast}
        behind += [f"{name} in {code}" for code in shares[name] if shares[name][code] > shares[OURS][code]]
        if name.startswith("recognizers") and slow / fast < AHEAD:
            behind.append(f"{name}: ours {slow / fast:.0f} times as fast, not {AHEAD}")
    print("behind: " + ("; ".join(behind) if behind else "nowhere"))
    return figures


def _share(result: Result, at: list[int]) -> float | None:
    told = [result.exact[index] for index in at]
    if not told or any(one is None for one in told):
        return None
    return sum(one is True for one in told) / len(told)


def _cell(share: float | None) -> str:
    return f"{'-':>18}" if share is None else f"{share:18.1%}"


if __name__ == "__main__":
    sys.exit(main())
