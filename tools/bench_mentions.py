"""Times every finder a page, and at n, 2n and 4n characters of honest and of adversarial text.

    python tools/bench_mentions.py [--size 100000] [FILE ...] [--only TEXT ...]

FILES are honest texts in English; without any, the phrase table is strung together. CPU time. A doubling may cost 2.2
times at most: what costs more is tried again, because other work on the machine disturbs the caches, and where each of
six tries costs more the exit status is 1. A finder that goes with the square of the text costs 4 times in each try.
"""

import argparse
import gc
import random
import sys
import time
import tomllib
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from pledgebook.domain import Interval, Mention
from pledgebook.extract.mentions import find_dates, find_money, find_organisations, find_places, find_quantities

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))
from adversarial import adversarial_texts, forget  # noqa: E402 - the tests time the same texts, in small

PUBLISHED = Interval.day(date(2024, 6, 10))
PAGE, LIMIT, NOISE, TRIES = 6_000, 2.2, 0.004, 6
FINDERS: dict[str, Callable[[str, str], list[Mention]]] = {
    "money": find_money,
    "quantities": find_quantities,
    "dates": partial(find_dates, published=PUBLISHED),
    "places": find_places,
    "organisations": find_organisations,
}


def main() -> int:
    """Prints the times; the exit status."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("--only", nargs="*", default=[], metavar="TEXT", help="names as in the table")
    given = options.parse_args()
    files: list[Path] = given.files
    honest = "\n".join(path.read_text(encoding="utf-8") for path in files) if files else _phrases("en")
    honest = (honest + "\n") * (given.size // len(honest) + 1)
    pages = [honest[start : start + PAGE] for start in range(0, given.size - PAGE, PAGE)]
    print(f"ms a page of {PAGE} characters, each finder alone:")
    print(*(f"{name} {1000 * _page(finder, pages):.2f}" for name, finder in FINDERS.items()), sep="   ")
    texts = {"honest": ("en", honest), **adversarial_texts(given.size)}
    print(f"\nms for {given.size} characters, and the dearest doubling on the way there from a quarter of them")
    print(f"{'':26}" + "".join(f"{name:>18}" for name in FINDERS))
    worst: list[tuple[float, str]] = []
    for name, (code, text) in texts.items():
        if given.only and name not in given.only:
            continue
        row = f"{name:26}"
        for label, finder in FINDERS.items():
            spent, ratio = _doublings(finder, text, code)
            worst.append((ratio, f"{label} on {name}"))
            row += f"{1000 * spent:10.0f} {ratio:6.2f}x"
        print(row, flush=True)
    worst.sort(reverse=True)
    print("\ndearest doublings: " + ", ".join(f"{what} {ratio:.2f}x" for ratio, what in worst[:5]))
    return 1 if worst[0][0] > LIMIT else 0


def _page(finder: Callable[[str, str], list[Mention]], pages: list[str]) -> float:
    return min(_timed(lambda: [finder(page, "en") for page in pages]) for _ in range(3)) / len(pages)


def _doublings(finder: Callable[[str, str], list[Mention]], text: str, code: str) -> tuple[float, float]:
    """Seconds for all of a text, and what the dearer of two doublings costs."""
    finder(text[:50], code)
    sizes = (len(text) // 4, len(text) // 2, len(text))
    least, ratio = [float("inf")] * len(sizes), float("inf")
    for _ in range(TRIES):
        times = [_timed(partial(finder, text[:size], code)) for size in sizes]
        least = [min(pair) for pair in zip(least, times, strict=True)]
        ratio = min(ratio, _dearest(times), _dearest(least))
        if ratio <= LIMIT:
            break
    return least[-1], ratio


def _dearest(times: list[float]) -> float:
    return max((late + NOISE) / (early + NOISE) for early, late in pairwise(times))


def _timed(work: Callable[[], object]) -> float:
    """CPU seconds of one run; the collector's own growth with the heap kept out."""
    forget()
    gc.collect()
    gc.disable()
    begun = time.process_time()
    work()
    spent = time.process_time() - begun
    gc.enable()
    return spent


def _phrases(code: str) -> str:
    table = tomllib.loads((TESTS / "phrases" / f"{code}.toml").read_text(encoding="utf-8"))
    several = [phrase for section in table.values() for phrases in section.values() for phrase in phrases]
    random.Random(3).shuffle(several)  # noqa: S311 - so that every stretch is like the next
    return ". The company, which many know, said so to the press again and again, ".join(several).replace("|", "")


if __name__ == "__main__":
    sys.exit(main())
