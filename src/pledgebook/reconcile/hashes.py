"""64 bits that stand for more: what is equal has equal ones, and a million different things have different ones."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Key = tuple[str, str]

_BITS = (1 << 64) - 1


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
    found = (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other + np.uint64(0x632BE59BD9B4E019))
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found
