#!/usr/bin/env python3
"""Reconciles made-up claims whose truth is known, and says how well and how fast.

    bench_reconcile.py [--claims 10000 100000] [--seed 2] [--profile]

The tellings of a pledge are as many as Zipf's law gives, and as bad as the news is: converted, rounded, revised,
mixed up, late, without a day, a country or an investor. No constant of the reconciler was chosen on the default seed.
"""

import argparse
import math
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

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
from pledgebook.reconcile import reconcile

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


def make_tellings(count: int, seed: int) -> tuple[list[Telling], dict[tuple[str, str], int]]:
    """So many tellings, and for each the number of the commitment that it tells of."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    rates = PublishedRates()
    parties = [Party(f"Company {n}") for n in range(max(50, count // 120))]
    weights = [1 / (n + 3) for n in range(len(parties))]
    tellings: list[Telling] = []
    truth: dict[tuple[str, str], int] = {}
    number = 0
    while len(tellings) < count:
        commitment = _commitment(chance, parties, weights)
        size = min(MOST_TOLD, int(chance.paretovariate(1.1)), count - len(tellings))
        for n in range(size):
            telling = _telling(chance, commitment, f"doc-{number}-{n}", rates, first=n == 0)
            truth[telling.key] = number
            tellings.append(telling)
        number += 1
    chance.shuffle(tellings)
    return tellings, truth


def _commitment(chance: random.Random, parties: list[Party], weights: list[float]) -> Truth:
    names = chance.choices(parties, weights, k=1 if chance.random() < 0.9 else 2)
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


def b_cubed(found: Iterator[list[int]], sizes: Counter[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of groups of true numbers."""
    precision = recall = 0.0
    for group in found:
        for number, together in Counter(group).items():
            precision += together * together / len(group)
            recall += together * together / sizes[number]
    total = sum(sizes.values())
    precision, recall = precision / total, recall / total
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure(count: int, seed: int) -> None:
    """Prints one line for so many claims."""
    tellings, truth = make_tellings(count, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rates = PublishedRates()
    started, worked = time.perf_counter(), time.process_time()
    pledges = reconcile(tellings, rates=rates)
    took, work = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sizes = Counter(truth.values())
    precision, recall, f1 = b_cubed(([truth[it.key] for it in pledge.tellings] for pledge in pledges), sizes)
    print(
        f"{count:>9,} claims  {len(sizes):>8,} true {len(pledges):>8,} found  "
        f"B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  "
        f"{took:.1f} s, {work:.1f} s of one core  {count / work:,.0f} claims/s  "
        f"peak {peak / 1024:,.0f} MB ({(peak - before) / 1024:,.0f} more)"
    )


def main() -> None:
    """Measures every size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    options = parser.parse_args()
    for count in options.claims:
        if options.profile:
            import cProfile  # noqa: PLC0415 - only where it is asked for

            cProfile.runctx("measure(count, options.seed)", globals(), locals(), sort="tottime")
        else:
            measure(count, options.seed)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
