"""How many organisations that no list names are found, by language, on gold files: figures only, never a text.

    python tools/unlisted_recall.py GOLD... [--names FILE]

Counts the investors and recipients of gold claims, once a document, that are neither governments nor known to
`lexicon/world/organisations.tsv`. "named": a mention in the document has the gold name, or one that
FILE has for it (default: tests/corpus/gold/names.json). "quoted": that, or a mention
that lies in the words which the annotators quote for the party; a name in another script than the gold's can only
be met so. "+ doubtful": counting also what nothing but capitals gives away, from which the reader may still choose.
"""

import argparse
from collections import defaultdict
from dataclasses import dataclass

from gold_gate import NAMES
from pledgebook.clean import clean
from pledgebook.domain import Mention, Party, PartyKind
from pledgebook.extract.mentions import find_organisations
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.show.evaluation.gold import Gold, gold_page, read_gold, read_names
from pledgebook.show.evaluation.names import fold, name_key


@dataclass(slots=True)
class Tally:
    """How many parties there are, and how many each way of looking finds."""

    parties: int = 0
    named: int = 0
    quoted: int = 0
    named_doubtful: int = 0
    quoted_doubtful: int = 0

    def add(self, other: "Tally") -> None:
        """Counts the other's in."""
        self.parties += other.parties
        self.named += other.named
        self.quoted += other.quoted
        self.named_doubtful += other.named_doubtful
        self.quoted_doubtful += other.quoted_doubtful


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("gold", nargs="+")
    options.add_argument("--names", metavar="FILE", default=str(NAMES), help="other names that count (JSON)")
    chosen = options.parse_args()
    names = read_names(chosen.names)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for path in chosen.gold:
        for gold in read_gold(path, names=names):
            tallies[gold.language].add(tally_of(gold))
    total = Tally()
    print(f"{'':9}{'parties':>8}{'named':>9}{'quoted':>9}{'named +':>9}{'quoted + doubtful':>19}")
    for code, tally in sorted(tallies.items()):
        total.add(tally)
        if tally.parties:
            print(_row(code, tally))
    print(_row("all", total))


def tally_of(gold: Gold) -> Tally:
    """What is found of one document's parties."""
    wanted = _unlisted(gold)
    tally = Tally(parties=len(wanted))
    if not wanted:
        return tally
    text = clean(gold_page(gold))[0].text
    mentions = find_organisations(text, gold.language, doubtful=True)
    sure = [mention for mention in mentions if mention.reason != CAPITALS]
    for names, quotes in wanted.values():
        stretches = [(at, at + len(quote)) for quote in quotes if (at := text.find(quote)) >= 0]
        tally.named += _is_named(names, sure)
        tally.named_doubtful += _is_named(names, mentions)
        tally.quoted += _is_named(names, sure) or _is_quoted(stretches, sure)
        tally.quoted_doubtful += _is_named(names, mentions) or _is_quoted(stretches, mentions)
    return tally


def _unlisted(gold: Gold) -> dict[str, tuple[set[str], list[str]]]:
    """By gold name: the names that count as it, and what is quoted for it."""
    wanted: dict[str, tuple[set[str], list[str]]] = {}
    for claim, quotes, also in zip(gold.claims, gold.quotes, gold.also, strict=True):
        parties = [("investors", party) for party in claim.investors]
        parties += [("recipient", claim.recipient)] if claim.recipient is not None else []
        for field, party in parties:
            if _is_unlisted(party):
                names, quoted = wanted.setdefault(name_key(party.name), (set(), []))
                names |= {
                    name_key(party.name),
                    *(name_key(other) for other, name in also.items() if name == party.name),
                }
                quoted += [words for key, several in quotes.items() if key.split(".")[0] == field for words in several]
    return wanted


def _is_unlisted(party: Party) -> bool:
    known = load_organisations()
    if party.kind is PartyKind.GOVERNMENT or name_key(party.name).startswith("government "):
        return False
    return skeleton(party.name) not in known.by_skeleton and fold(party.name) not in {
        fold(listed.party.name) for listed in known.by_skeleton.values()
    }


def _is_named(names: set[str], mentions: list[Mention]) -> bool:
    return any(mention.party is not None and name_key(mention.party.name) in names for mention in mentions)


def _is_quoted(stretches: list[tuple[int, int]], mentions: list[Mention]) -> bool:
    """Whether a mention of a body that no list names lies in the quoted words, or they in it."""
    for mention in mentions:
        if mention.party is None or not _is_unlisted(mention.party):
            continue
        start, end = mention.span.start, mention.span.end
        if any((low <= start and end <= high) or (start <= low and high <= end) for low, high in stretches):
            return True
    return False


def _row(code: str, tally: Tally) -> str:
    shares = (tally.named, tally.quoted, tally.named_doubtful, tally.quoted_doubtful)
    cells = "".join(f"{share / tally.parties:{width}.1%}" for share, width in zip(shares, (9, 9, 9, 19), strict=True))
    return f"{code:9}{tally.parties:8}{cells}"


if __name__ == "__main__":
    main()
