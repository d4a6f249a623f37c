"""The keys of tellings by the million: in two columns, each made into a pair only when it is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pledgebook.reconcile.hashes import Key


@dataclass(slots=True)
class Keys:
    """Keys in the order in which they came.

    >>> keys = Keys()
    >>> keys.extend(["b", "a"], ["c1", "c2"])
    >>> len(keys), keys[1], keys.ordered([0, 1])
    (2, ('a', 'c2'), (('a', 'c2'), ('b', 'c1')))
    """

    documents: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, number: int) -> Key:
        return self.documents[number], self.claims[number]

    def __iter__(self) -> Iterator[Key]:
        return zip(self.documents, self.claims, strict=True)

    def extend(self, documents: Iterable[str], claims: Iterable[str]) -> None:
        """Adds keys, by what they are made of."""
        self.documents.extend(documents)
        self.claims.extend(claims)

    def take(self, numbers: Iterable[int]) -> "Keys":
        """The keys of these numbers."""
        chosen = list(numbers)
        return Keys([self.documents[n] for n in chosen], [self.claims[n] for n in chosen])

    def ordered(self, numbers: Iterable[int]) -> tuple[Key, ...]:
        """The keys of these numbers in rising order."""
        documents, claims = self.documents, self.claims
        return tuple(sorted([(documents[n], claims[n]) for n in numbers]))
