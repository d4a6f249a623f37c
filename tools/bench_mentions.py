"""Times the finders of sums, quantities and dates: per page, and per doubling of honest and of adversarial text.

`python tools/bench_mentions.py [FILE ...]`: text files to time; without any, the phrase tables are strung together.
A doubling may cost 2.2 times at most; more makes the exit status 1.
"""

import argparse
import gc
import sys
import time
import tomllib
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from pledgebook.domain import Interval
from pledgebook.extract.mentions.dates import find_dates
from pledgebook.extract.mentions.money import find_money
from pledgebook.extract.mentions.quantities import find_quantities
from pledgebook.lexicon.language import Language, load_language

TABLES = Path(__file__).resolve().parent.parent / "tests" / "phrases"
PUBLISHED = Interval.day(date(2024, 6, 10))
PAGE, BASE, LIMIT, NOISE = 6_000, 25_000, 2.2, 0.004
ADVERSARIAL = {
    "digits": "1",
    "commas": ",",
    "figures": "1,",
    "points": "1.",
    "groups": "1 000 ",
    "signs": "$",
    "brackets": "(((",
    "sums": "$5 (€5 (£5 ",
    "numbers": "two hundred and ",
    "scales": "million ",
    "ranges": "between 5 and 6 to 7 - ",
    "dates": "by the end of May 2024 ",
    "terms": "within two years ago ",
    "slashes": "1/1/1/",
}


def main() -> int:
    """Prints the times; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    files: list[Path] = arguments.parse_args().files
    language = load_language("en")
    honest = "\n".join(path.read_text(encoding="utf-8") for path in files) if files else _phrases("en")
    honest = (honest + "\n") * (4 * BASE // len(honest) + 1)
    pages = [honest[start : start + PAGE] for start in range(0, 4 * BASE - PAGE, PAGE)]
    find_all(pages[0], language)
    spent = _timed(lambda: [find_all(page, language) for page in pages]) / len(pages)
    print(f"{1000 * spent:.2f} ms a page of {PAGE} characters")
    texts = {"honest": honest, **{name: part * (4 * BASE // len(part)) for name, part in ADVERSARIAL.items()}}
    worst = 0.0
    for name, text in texts.items():
        times = [_timed(partial(find_all, text[:size], language)) for size in (BASE, 2 * BASE, 4 * BASE)]
        ratios = [(late + NOISE) / (early + NOISE) for early, late in pairwise(times)]
        worst = max(worst, *ratios)
        print(f"{name:9}", *(f"{1000 * spent:8.1f} ms" for spent in times), *(f"{ratio:5.2f}x" for ratio in ratios))
    return 1 if worst > LIMIT else 0


def find_all(text: str, language: Language) -> int:
    """How many mentions all three finders give."""
    found = len(find_money(text, language)) + len(find_quantities(text, language))
    return found + len(find_dates(text, language, published=PUBLISHED))


def _phrases(code: str) -> str:
    table = tomllib.loads((TABLES / f"{code}.toml").read_text(encoding="utf-8"))
    several = [phrase for section in table.values() for phrases in section.values() for phrase in phrases]
    return ". The company, which many know, said so to the press again and again, ".join(several).replace("|", "")


def _timed(work: Callable[[], object]) -> float:
    """The least of three runs, in seconds of this process; the collector's own growth with the heap kept out."""
    best = float("inf")
    gc.disable()
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        _forget()
        gc.collect()
    gc.enable()
    return best


def _forget() -> None:
    from pledgebook.extract.mentions.scan import scan_text  # noqa: PLC0415 - only the benchmark empties the cache

    scan_text.cache_clear()


if __name__ == "__main__":
    sys.exit(main())
