"""Small texts with several parties: what they are to tell, and whether the reader does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pledgebook.domain import Claim, Page
from pledgebook.flow import read_pages
from pledgebook.show.evaluation.names import name_key

FOLDER = Path(__file__).parent / "corpus" / "parties"
_BODY = re.compile(
    r"^(city|municipality|town|government|state|region|province|county|university|canton|free state|prefecture|port)"
    r" of (the )?| (region|county|province|prefecture|city|municipality)$"
)
_CLOSE = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what a text is to tell."""

    investors: tuple[tuple[str, ...], ...]
    recipient: tuple[str, ...]
    destinations: frozenset[str]
    value: Decimal
    unit: str

    @classmethod
    def of(cls, line: str) -> "Told":
        """A line behind its ">"; its role is for people to read."""
        investors, recipient, lands, figure, _ = (part.strip() for part in line.split("|"))
        value, unit = figure.split(" ", 1)
        payers = [one for one in re.split(";" if ";" in investors else ",", investors) if one.strip() not in ("", "-")]
        return cls(
            tuple(tuple(map(_key, one.split("/"))) for one in payers),
            tuple(map(_key, recipient.split("/"))) if recipient not in ("", "-") else (),
            frozenset(re.findall(r"[A-Z]{2}|\d{3}", lands)),
            Decimal(value),
            unit.strip(),
        )

    def is_told_by(self, claim: Claim) -> bool:
        """Whether a claim has these payers, this sum or count, and this place or taker."""
        payers = [_key(party.name) for party in claim.investors]
        if len(payers) != len(self.investors) or not all(set(names) & set(payers) for names in self.investors):
            return False
        taker = None if claim.recipient is None else _key(claim.recipient.name)
        if frozenset(claim.destinations) != self.destinations and taker not in self.recipient:
            return False
        if self.unit.replace("/", "").isupper():
            amount = claim.amount
            if amount is None or amount.currency not in self.unit.split("/"):
                return False
            return abs(amount.value - self.value) <= self.value * _CLOSE
        counted = any(one.kind.value == self.unit and one.count == self.value for one in claim.deliverables)
        return claim.amount is None and counted


@dataclass(frozen=True, slots=True)
class SmallText:
    """A text, what it is an example of, and what it is to tell."""

    construction: str
    text: str
    told: tuple[Told, ...]


def small_texts(path: Path) -> list[SmallText]:
    """The texts of a file."""
    found = []
    for block in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        lines = rest.strip("\n").split("\n")
        text = "\n".join(line for line in lines if not line.startswith("> "))
        told = tuple(Told.of(line[2:]) for line in lines if line.startswith("> "))
        found.append(SmallText(name.strip(), text.strip("\n"), told))
    return found


def read_small(path: Path) -> Iterator[tuple[SmallText, list[Told], list[Claim]]]:
    """Each text of a file with what the reader missed and what it told beyond."""
    texts = small_texts(path)
    pages = [
        Page(
            source=f"{path.stem}-{number}.txt",
            content=one.text.encode(),
            media_type="text/plain",
            charset="utf-8",
            name=f"{path.stem}-{number}",
        )
        for number, one in enumerate(texts)
    ]
    for one, result in zip(texts, read_pages(pages, reader="rules", workers=1), strict=True):
        left = list(getattr(result, "claims", ()))
        missed = []
        for told in one.told:
            hit = next((claim for claim in left if told.is_told_by(claim)), None)
            if hit is None:
                missed.append(told)
            else:
                left.remove(hit)
        yield one, missed, left


def _key(name: str) -> str:
    return _BODY.sub("", name_key(name.strip()))
