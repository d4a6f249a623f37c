"""What asking costs, and where it ends."""

from dataclasses import dataclass, field
from decimal import Decimal

from pledgebook.domain import PledgebookError

_MILLION = 1_000_000


class PurseEmptyError(PledgebookError):
    """The next question would cost more than is left."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, read and written, in one currency; nothing where it is not known."""

    read: Decimal = Decimal(0)
    written: Decimal = Decimal(0)
    currency: str = "USD"


@dataclass(slots=True)
class Purse:
    """Tokens and money: how many were spent, and how many may be. A limit of 0 is none.

    >>> purse = Purse(Prices(Decimal(3), Decimal(15)), most_money=Decimal("0.01"))
    >>> purse.pay(1000, 200)
    >>> purse.money
    Decimal('0.006')
    >>> purse.check(2000, 0)
    Traceback (most recent call last):
    pledgebook.ask.purse.PurseEmptyError: language model: 0.0120 USD then, of 0.01. Raise --llm-budget.
    """

    prices: Prices = field(default_factory=Prices)
    most_tokens: int = 0
    most_money: Decimal = Decimal(0)
    read: int = 0
    written: int = 0
    asked: int = 0
    remembered: int = 0

    @property
    def tokens(self) -> int:
        """Tokens spent so far."""
        return self.read + self.written

    @property
    def money(self) -> Decimal:
        """Money spent so far."""
        return self._cost(self.read, self.written)

    def check(self, read: int, written: int) -> None:
        """Raises PurseEmptyError where so many more tokens would go beyond a limit."""
        tokens, money = self.tokens + read + written, self._cost(self.read + read, self.written + written)
        if self.most_tokens and tokens > self.most_tokens:
            raise PurseEmptyError(
                "language model",
                f"{tokens:,} tokens then, of {self.most_tokens:,}",
                "Raise --llm-tokens.",
            )
        if self.most_money and money > self.most_money:
            raise PurseEmptyError(
                "language model",
                f"{money:.4f} {self.prices.currency} then, of {self.most_money}",
                "Raise --llm-budget.",
            )

    def pay(self, read: int, written: int) -> None:
        """Takes note of a question and its answer."""
        self.read, self.written, self.asked = self.read + read, self.written + written, self.asked + 1

    def told(self) -> str:
        """What was spent, in words."""
        cost = f", {self.money:.4f} {self.prices.currency}" if self.prices.read or self.prices.written else ""
        return (
            f"language model: {self.asked} questions asked, {self.remembered} answers remembered,"
            f" {self.read:,} tokens read and {self.written:,} written{cost}"
        )

    def _cost(self, read: int, written: int) -> Decimal:
        return (read * self.prices.read + written * self.prices.written) / _MILLION
