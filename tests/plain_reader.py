"""A reader for tests that knows one sentence: "Acme pledges 3000000 EUR to ES." """

import hashlib
import os
import re
import time
from decimal import Decimal

from pledgebook.domain import Amount, Claim, Document, Evidence, Party, Purpose, Span
from pledgebook.extract import Extraction

_SENTENCE = re.compile(
    r"(?P<investors>[A-Z]\w+) pledges (?P<amount>(?P<value>\d+) (?P<currency>[A-Z]{3})) to (?P<destinations>[A-Z]{2})\."
)


class PlainReader:
    """Reads what it knows and breaks on the word "explode"."""

    name = "plain"
    version = "1"

    def read(self, document: Document) -> Extraction:
        if "explode" in document.text:
            raise RuntimeError("as it was told to")
        found = _SENTENCE.finditer(document.text)
        return Extraction(tuple(_claim(n, words, document) for n, words in enumerate(found)))


class NewerReader(PlainReader):
    """The same reader in a later version, which has learnt what the pledges are for."""

    version = "2"

    def read(self, document: Document) -> Extraction:
        from dataclasses import replace

        claims = super().read(document).claims
        return Extraction(tuple(replace(claim, purposes=(Purpose.CLOUD,)) for claim in claims))


def _claim(number: int, words: re.Match[str], document: Document) -> Claim:
    return Claim(
        id=f"c{number}",
        investors=(Party(words["investors"]),),
        destinations=(words["destinations"],),
        amount=Amount(Decimal(words["value"]), words["currency"]),
        announced=document.published,
        evidence=tuple(
            Evidence(field, Span(*words.span(field)), words[field]) for field in ("investors", "amount", "destinations")
        ),
    )


class HardReader(PlainReader):
    """The same reader, for documents that cost a lot: they sleep, hang, grow or end the process."""

    name = "hard"

    def read(self, document: Document) -> Extraction:
        words = document.text.rsplit(". ", 1)[-1].split()
        if "sleep" in words:
            time.sleep(60)
        if "hang" in words:
            # One step of Python that no signal gets into.
            hashlib.pbkdf2_hmac("sha256", b"", b"", 10**9)
        if "grow" in words:
            grown = [bytearray(10**7) for _ in range(100)]
            raise RuntimeError(f"there was room for {len(grown)}")
        if "die" in words:
            os._exit(3)
        return super().read(document)
