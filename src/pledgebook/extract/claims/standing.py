"""How a sum stands among the other sums of its document, as named features."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pledgebook.domain import Amount, Mention
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.magnitudes import rough_dollars

_MOST = 8
_AGAIN = 4
# How the features begin that this module makes.
STANDING = ("sums:", "largest", "second", "lesser", "ratio:", "again:", "first-sum", "later-sum", "only-sum")
_RATIOS = ("0.3", "0.1", "0.01")


def standing_features(scene: Scene, mention: Mention) -> Iterator[str]:
    """Whether a sum is the first, the largest, told again, or another than the headline's."""
    amount, worths = mention.amount, _worths(scene, 0)
    if amount is None or not worths:
        return
    worth = rough_dollars(amount.value, amount.currency)
    yield f"sums:{min(len(worths), _MOST) // 2}"
    yield "largest" if worth >= worths[-1] else "second" if worth >= worths[-2:][0] else "lesser"
    yield f"ratio:{_ratio(worth, worths)}"
    same = [m for m in scene.money if m.amount is not None and is_same(m.amount, amount)]
    yield f"again:{min(len(same), _AGAIN)}"
    yield "first-sum" if any(m is scene.money[0] for m in same) else "later-sum"
    if len(same) == len(scene.money):
        yield "only-sum"
    heads = [m for m in scene.money if scene.sentence_at(m.span.start) == scene.title]
    if not heads:
        yield "no-title-sum"
    elif not any(m is head for m in same for head in heads):
        yield "other-in-title"


@once
def _worths(scene: Scene, _: int) -> tuple[Decimal, ...]:
    """What the sums of a document are worth, each once, the least first."""
    sums = {rough_dollars(m.amount.value, m.amount.currency) for m in scene.money if m.amount is not None}
    return tuple(sorted(sums))


def _ratio(worth: Decimal, worths: Sequence[Decimal]) -> str:
    """How a sum compares to the largest, in steps."""
    if worth >= worths[-1]:
        return "1"
    return next((step for step in _RATIOS if worth > Decimal(step) * worths[-1]), "0")


def is_same(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one figure."""
    return one.value == other.value and one.currency == other.currency
