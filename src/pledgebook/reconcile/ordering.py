"""The order of many small numbers."""

import numpy as np

from pledgebook.reconcile.hashes import Hashes
from pledgebook.reconcile.interned import Ints, Whole

_BITS = 32


def order_of(numbers: Whole) -> Ints:
    """Where the numbers stand in rising order, equal ones as they come; none is negative or has more than 31 bits.

    Each is sorted with its position in one number, which takes a fraction of what sorting positions does.

    >>> order_of(np.array([5, 3, 5, 0])).tolist()
    [3, 1, 0, 2]
    """
    packed = (numbers.astype(np.int64) << _BITS) | np.arange(len(numbers))
    packed.sort()
    return packed & ((1 << _BITS) - 1)


def is_first(values: Whole | Hashes) -> Ints:
    """Where a new value begins in a sorted column."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.zeros(0, np.int64)
