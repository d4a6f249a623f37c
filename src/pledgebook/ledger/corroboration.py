"""How many independent sources a pledge of its size wants before it is taken as sure."""

from decimal import Decimal

from pledgebook.domain import Kind, Pledge
from pledgebook.ledger.bounds import bounds_of, convert
from pledgebook.ledger.ports import Rates

# From these sums in US dollars or megawatts on, so many independent sources.
TIERS = ((Decimal(10_000_000_000), Decimal(1000), 3), (Decimal(1_000_000_000), Decimal(100), 2))
# A reading scored below this is doubtful; one such figure can outweigh a whole ledger.
SURE = 0.7


def is_unsure(pledge: Pledge, rates: Rates) -> bool:
    """Whether a pledge of the largest tier stands on one voice alone, and its words were read without certainty."""
    alone = pledge.voices + pledge.confirmed < TIERS[-1][-1]
    return pledge.sureness < SURE and alone and sources_wanted(pledge, rates) == TIERS[0][-1]


def sources_wanted(pledge: Pledge, rates: Rates) -> int:
    """Three from 10 bn USD or 1 GW on, two from 1 bn or 100 MW, else one."""
    money = Decimal(0)
    if pledge.amount is not None:
        there = convert(bounds_of(pledge.amount), pledge.amount.currency, "USD", pledge.rate_day, rates)
        money = Decimal(0) if there is None else there.central
    power = sum((item.count for item in pledge.deliverables if item.kind is Kind.MEGAWATTS), Decimal(0))
    return next((wanted for sum_, megawatts, wanted in TIERS if money >= sum_ or power >= megawatts), 1)
