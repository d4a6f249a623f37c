#!/usr/bin/env python3
"""Reconciles made-up claims whose truth is known, and says how well and how fast.

    bench_reconcile.py [--claims 10000 100000] [--seed 2] [--splink PYTHON] [--groups-only] [--profile]
    bench_reconcile.py --claims 1000000 --add 400 [--rounds 3] --add-only

The tellings of a pledge are as many as Zipf's law gives, and as bad as the news is: converted, rounded, revised,
mixed up, late, without a day, a country or an investor. The thresholds of the reconciler were set by hand and looked at
on seed 1; none was chosen on the default seed, 2, which is what is measured.
"""

import argparse
import csv
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, islice
from pathlib import Path

from pledgebook.domain import (
    Amount,
    Claim,
    Deliverable,
    Interval,
    Kind,
    Party,
    Purpose,
    Qualifier,
    Role,
    Stage,
    Telling,
    Term,
)
from pledgebook.ledger import PublishedRates
from pledgebook.reconcile.group import group
from pledgebook.reconcile.index import Index
from pledgebook.reconcile.pledges import pledges_of

COUNTRIES = (
    *("US", "GB", "FR", "DE", "ES", "IT", "NL", "BE", "SE", "FI", "NO", "DK", "PL", "CZ", "PT", "IE", "AT"),
    *("CH", "GR", "RO", "HU", "JP", "KR", "IN", "ID", "MY", "SG", "TH", "VN", "PH", "AU", "NZ", "CA", "MX"),
    *("BR", "CL", "AR", "AE", "SA", "QA", "IL", "TR", "ZA", "KE", "NG", "EG", "MA", "KZ", "RS", "TW"),
)
MONEY = {"GB": "GBP", "JP": "JPY", "SE": "SEK", "PL": "PLN", "IN": "INR", "BR": "BRL", "CA": "CAD", "SG": "SGD"}
EURO = {"FR", "DE", "ES", "IT", "NL", "BE", "FI", "PT", "IE", "AT", "GR"}
PURPOSES = (Purpose.CLOUD, Purpose.AI, Purpose.DATA_CENTRES, Purpose.SKILLS, Purpose.SEMICONDUCTORS, Purpose.ENERGY)
FIRST, LAST = date(2016, 1, 4), date(2026, 6, 30)
MOST_TOLD = 400
SHUFFLED = 5000
SURE_DAYS = 31
# Splink is asked about no more claims than these.
MOST_COMPARED = 100_000


@dataclass(frozen=True)
class Truth:
    """A commitment as it is."""

    investors: tuple[Party, ...]
    country: str
    places: tuple[str, ...]
    amount: Amount | None
    deliverables: tuple[Deliverable, ...]
    purposes: tuple[Purpose, ...]
    day: date
    end: date | None


@dataclass(frozen=True)
class World:
    """Commitments that anybody can draw by their number, and what is told of them."""

    count: int
    seed: int
    rates: PublishedRates
    parties: list[Party]
    bounds: list[float]

    @classmethod
    def of(cls, count: int, seed: int) -> "World":
        """A world of so many tellings."""
        parties = [Party(f"Company {n}") for n in range(max(50, count // 120))]
        bounds = list(accumulate(1 / (n + 3) for n in range(len(parties))))
        return cls(count, seed, PublishedRates(), parties, bounds)

    def told(self, number: int) -> list[Telling]:
        """All tellings of the commitment of that number."""
        chance = random.Random(self.seed * 1_000_003 + number)  # noqa: S311 - a benchmark, not a secret
        commitment = _commitment(chance, self.parties, self.bounds)
        size = min(MOST_TOLD, int(chance.paretovariate(1.1)))
        return [_telling(chance, commitment, f"doc-{number}-{n}", self.rates, first=n == 0) for n in range(size)]

    def stream(self) -> Iterator[Telling]:
        """All tellings, some thousands shuffled at a time; none is kept."""
        chance = random.Random(self.seed)  # noqa: S311 - likewise
        left, number = self.count, 0
        while left:
            some: list[Telling] = []
            while len(some) < min(SHUFFLED, left):
                some += self.told(number)
                number += 1
            some = some[:left]
            left -= len(some)
            chance.shuffle(some)
            yield from some


def true_number(key: tuple[str, str]) -> int:
    """The number of the commitment that a telling tells of."""
    return int(key[0].split("-")[1])


def _commitment(chance: random.Random, parties: list[Party], bounds: list[float]) -> Truth:
    names = chance.choices(parties, cum_weights=bounds, k=1 if chance.random() < 0.9 else 2)
    country = COUNTRIES[min(len(COUNTRIES) - 1, int(chance.expovariate(0.08)))]
    currency = "USD" if chance.random() < 0.5 else MONEY.get(country, "EUR" if country in EURO else "USD")
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    things = [
        Deliverable(kind, Decimal(_figure(chance, low, high, 2)))
        for kind, low, high, share in (
            (Kind.JOBS, 30, 9000, 0.3),
            (Kind.MEGAWATTS, 10, 2000, 0.2),
            (Kind.PEOPLE_TRAINED, 10_000, 5_000_000, 0.15),
            (Kind.GPUS, 500, 100_000, 0.1),
        )
        if chance.random() < share
    ]
    amount = None
    if chance.random() < 0.9 or not things:
        scale = 150 if currency == "JPY" else 85 if currency == "INR" else 10 if currency == "SEK" else 1
        digits = 1 if chance.random() < 0.3 else 2 if chance.random() < 0.8 else 3
        amount = Amount(Decimal(_figure(chance, 5e6, 6e10, digits) * scale), currency)
    return Truth(
        investors=tuple(sorted(set(names))),
        country=country,
        places=(f"{country}-town-{chance.randrange(40)}",) if chance.random() < 0.6 else (),
        amount=amount,
        deliverables=tuple(things),
        purposes=tuple(chance.sample(PURPOSES, chance.randint(1, 3))),
        day=day,
        end=date(day.year + chance.randint(1, 10), 12, 31) if chance.random() < 0.5 else None,
    )


def _figure(chance: random.Random, low: float, high: float, digits: int) -> int:
    """A figure between two, evenly on the logarithmic scale, with so many digits."""
    return _rounded(math.exp(chance.uniform(math.log(low), math.log(high))), digits)


def _rounded(value: float, digits: int) -> int:
    return int(Decimal(f"{value:.{digits - 1}e}"))


def _telling(chance: random.Random, it: Truth, name: str, rates: PublishedRates, *, first: bool) -> Telling:
    late = not first and chance.random() < 0.4
    published = it.day + timedelta(days=chance.randrange(30, 1200) if late else chance.randrange(4))
    claim = Claim(
        id="c",
        investors=() if chance.random() < 0.02 else it.investors[: 1 if chance.random() < 0.1 else 2],
        destinations=() if chance.random() < 0.05 else (it.country,),
        places=it.places if chance.random() < 0.5 else (),
        amount=_told_amount(chance, it, rates),
        deliverables=tuple(item for item in it.deliverables if chance.random() < (0.3 if late else 0.7)),
        purposes=tuple(item for item in it.purposes if chance.random() < 0.7) or (Purpose.GENERAL,),
        announced=_told_day(chance, it.day, late=late),
        term=Term(end=it.end if chance.random() < 0.6 else None),
        stage=Stage.UNDER_WAY if late and chance.random() < 0.2 else Stage.ANNOUNCED,
        role=Role.EARLIER if late else Role.NEW,
    )
    if claim.amount is None and not claim.deliverables:
        claim = replace(claim, amount=it.amount, deliverables=it.deliverables)
    return Telling(name, name, claim, "en", Interval.day(published), published)


def _told_day(chance: random.Random, day: date, *, late: bool) -> Interval | None:
    dice = chance.random()
    if dice < (0.35 if late else 0.15):
        return None
    if dice < (0.75 if late else 0.25):
        month = Interval(
            day.replace(day=1), (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        )
        return month if chance.random() < 0.6 else Interval(date(day.year, 1, 1), date(day.year, 12, 31))
    return Interval.day(day + timedelta(days=1) if chance.random() < 0.1 else day)


def _told_amount(  # noqa: PLR0911 - one return for each way in which the news is bad
    chance: random.Random, it: Truth, rates: PublishedRates
) -> Amount | None:
    amount = it.amount
    if amount is None or chance.random() < 0.03:
        return None
    dice = chance.random()
    if dice < 0.15:
        target = chance.choice([code for code in ("USD", "EUR", "GBP") if code != amount.currency])
        rate = rates.rate(amount.currency, target, it.day)
        if rate is not None:
            return Amount(Decimal(_rounded(float(amount.value * rate.rate), 2)), target, Qualifier.ABOUT)
    if dice < 0.25:
        return replace(amount, value=Decimal(_rounded(float(amount.value), 1)), qualifier=Qualifier.ABOUT)
    if dice < 0.28:
        return replace(amount, value=Decimal(_rounded(float(amount.value) * chance.uniform(1.03, 1.12), 2)))
    if dice < 0.29:
        return replace(amount, currency="EUR" if amount.currency != "EUR" else "USD")
    if dice < 0.295 and amount.value >= 10**9:
        return replace(amount, value=amount.value / 1000)
    return amount


def b_cubed(found: Iterable[list[int]], sizes: Counter[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of groups of true numbers."""
    precision = recall = 0.0
    for members in found:
        for number, together in Counter(members).items():
            precision += together * together / len(members)
            recall += together * together / sizes[number]
    total = sum(sizes.values())
    precision, recall = precision / total, recall / total
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure(count: int, seed: int, *, groups_only: bool = False) -> None:
    """Prints a line for so many claims: groups, and the pledges made of them."""
    world, clock = World.of(count, seed), Clock()
    groups = list(group(clock.outside(world.stream()), world.rates))
    grouped = clock.lap()
    sizes: Counter[int] = Counter(true_number(key) for it in groups for key in it.keys)
    found = len(groups)
    precision, recall, f1 = b_cubed(([true_number(key) for key in it.keys] for it in groups), sizes)
    print(
        f"{count:>9,} claims  {len(sizes):>8,} true {found:>8,} found  "
        f"B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  "
        f"groups {grouped:.1f} s of one core ({count / grouped:,.0f} claims/s), peak {peak_mb():,.0f} MB"
    )
    if groups_only:
        return
    clock = Clock()
    valued = sum(1 for _ in pledges_of(groups, lambda keys: clock.aside(lambda: fetch(world, keys)), world.rates))
    print(f"{'':>9}         {valued:,} pledges with their values: {clock.lap():.1f} s more, peak {peak_mb():,.0f} MB")


def measure_splink(count: int, seed: int, python: str) -> None:
    """Prints what Splink makes of the same claims, by the Python that has it; a line that says so where none has."""
    world = World.of(count, seed)
    with tempfile.TemporaryDirectory() as folder:
        claims, groups = Path(folder, "claims.csv"), Path(folder, "groups.csv")
        with claims.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("id", "investor", "country", "place", "currency", "value", "usd", "year", "month", "day"))
            rows.writerows(_flat(it, world.rates) for it in world.stream())
        script = Path(__file__).with_name("bench_splink.py")
        done = subprocess.run([python, script, claims, groups], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{'':>9}         Splink: not measured ({done.stderr.strip().splitlines()[-1]})")
            return
        found: dict[str, list[int]] = {}
        with groups.open(encoding="utf-8", newline="") as file:
            for name, group_name in csv.reader(file):
                found.setdefault(group_name, []).append(true_number((name, "")))
    sizes: Counter[int] = Counter(number for members in found.values() for number in members)
    precision, recall, f1 = b_cubed(found.values(), sizes)
    print(
        f"{'':>9}         Splink on the same claims: {len(found):,} found  B-cubed P {precision:.3f} R {recall:.3f} "
        f"F1 {f1:.3f}, {done.stdout.strip().splitlines()[-1]} s of one core"
    )


def _flat(telling: Telling, rates: PublishedRates) -> tuple[object, ...]:
    """What a table can hold of a telling, money in dollars at the day's rate in two digits."""
    claim, amount, day = telling.claim, telling.claim.amount, telling.rate_day
    rate = None if amount is None or day is None else rates.rate(amount.currency, "USD", day)
    usd = "" if amount is None or rate is None else _rounded(float(amount.value * rate.rate), 2)
    told = claim.announced or telling.published
    sure = told is not None and told.days <= SURE_DAYS
    return (
        telling.document,
        claim.investors[0].name if claim.investors else "",
        claim.destinations[0] if claim.destinations else "",
        claim.places[0] if claim.places else "",
        "" if amount is None else amount.currency,
        "" if amount is None else f"{amount.value:.0f} {amount.currency}",
        usd,
        told.earliest.year if told is not None else "",
        f"{told.earliest:%Y-%m}" if told is not None and sure else "",
        f"{told.earliest:%Y-%m-%d}" if told is not None and told.days == 1 else "",
    )


def fetch(world: World, keys: Sequence[tuple[str, str]]) -> list[Telling]:
    """The tellings of these keys, drawn again."""
    wanted = set(keys)
    return [
        it for number in sorted({true_number(key) for key in keys}) for it in world.told(number) if it.key in wanted
    ]


def measure_add(count: int, seed: int, documents: int, rounds: int) -> None:
    """Prints what it takes of one core to add single documents to a book of so many claims.

    The book is made once; each of `rounds` adds the same documents to a copy of it, and of each document the best
    counts: what the machine does beside it says nothing of the index.
    """
    world = World.of(count + documents, seed)
    stream = world.stream()
    index = Index(islice(stream, count), world.rates)
    tellings = list(stream)
    rows = [_copied(lambda: _times(index, tellings)) for _ in range(rounds - 1)]
    took = sorted(min(times) for times in zip(*rows, _times(index, tellings), strict=True))
    print(
        f"{count:>9,} claims  one document more ({len(took)} of them, best of {rounds}): "
        f"mean {sum(took) / len(took):.1f} ms of one core, half below {_share(took, 0.5):.1f}, "
        f"nine in ten below {_share(took, 0.9):.1f}, 39 of 40 below {_share(took, 0.975):.1f}, "
        f"all below {took[-1]:.1f}; peak {peak_mb():,.0f} MB"
    )


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _times(index: Index, tellings: Iterable[Telling]) -> list[float]:
    """How many milliseconds of one core it takes to add each telling."""
    took = []
    for telling in tellings:
        started = time.process_time()
        index.add([telling])
        took.append((time.process_time() - started) * 1000)
    return took


def _copied(measured: Callable[[], list[float]]) -> list[float]:
    """What a copy of this process measures."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writer, "w") as file:
            file.write(" ".join(map(str, measured())))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        found = [float(word) for word in file.read().split()]
    os.waitpid(child, 0)
    return found


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Clock:
    """The time of one core, less what making up tellings took."""

    def __init__(self) -> None:
        self._started, self._outside = time.process_time(), 0.0

    def outside(self, tellings: Iterator[Telling]) -> Iterator[Telling]:
        """The same tellings, some thousands made at a time and off the clock."""
        while True:
            some = self.aside(lambda: list(islice(tellings, SHUFFLED)))
            if not some:
                return
            yield from some

    def aside(self, make: Callable[[], list[Telling]]) -> list[Telling]:
        """What is made, off the clock."""
        started = time.process_time()
        made = make()
        self._outside += time.process_time() - started
        return made

    def lap(self) -> float:
        """Seconds of work so far."""
        return time.process_time() - self._started - self._outside


def main() -> None:
    """Measures every size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument(
        "--add", type=int, default=0, help="also add so many documents, one by one, to a book of each size"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each of these is measured; the best counts")
    parser.add_argument("--add-only", action="store_true", help="nothing but that")
    parser.add_argument(
        "--splink", default=sys.executable, metavar="PYTHON", help="the Python that has Splink, to compare with"
    )
    parser.add_argument("--groups-only", action="store_true", help="no values, and no Splink")
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    options = parser.parse_args()
    for count in options.claims:
        if options.profile:
            import cProfile  # noqa: PLC0415 - only where it is asked for

            cProfile.runctx("measure(count, options.seed)", globals(), locals(), sort="tottime")
        elif not options.add_only:
            measure(count, options.seed, groups_only=options.groups_only)
        sys.stdout.flush()
        if count <= MOST_COMPARED and not (options.groups_only or options.add_only):
            measure_splink(count, options.seed, options.splink)
        if options.add:
            measure_add(count, options.seed, options.add, options.rounds)


if __name__ == "__main__":
    main()
