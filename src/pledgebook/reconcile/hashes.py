"""64 bits that stand for more: what is equal has equal ones, and a million different things have different ones."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Key = tuple[str, str]

_BITS = (1 << 64) - 1
_AT_ONCE = 1 << 14


def hash_text(text: str) -> int:
    """64 bits that follow from `text` on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hash_key(key: Key | str) -> int:
    """64 bits of a document's or a telling's key, others in every run.

    Nothing follows from them but which keys are equal, and Python has made most of them already.
    """
    return hash(key) & _BITS


def mix(one: Hashes, other: Hashes) -> Hashes:
    """64 bits that follow from both, in this order (the finaliser of splitmix64)."""
    found = np.empty(len(one), np.uint64)
    # What all these steps make of so many lies in the processor's own memory.
    for start in range(0, len(one), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        found[part] = _mixed(one[part], other[part])
    return found


def _mixed(one: Hashes, other: Hashes) -> Hashes:
    found = (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other + np.uint64(0x632BE59BD9B4E019))
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found
