"""What a model says, held against the text: a value stands only where our finders read it from the quote."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pledgebook.ask import Proposal, Said, find_instructions
from pledgebook.domain import Document, Mention, Span, Stage
from pledgebook.extract.claims.features import pledge_features
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.scene import Scene, read_scene
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations

# What a text does with a sum that it tells as a commitment; without one of these beside it, a sum is something else.
_ACTS = frozenset(
    (
        "invest",
        "announce",
        "plan",
        "build",
        "train",
        "support",
        "hire",
        "rumour",
        "propose",
        "under_way",
        "complete",
        "delay",
        "cancel",
        "deny",
        "total",
        "part",
        "add",
        "replace",
        "stake",
        "grant",
        "capex",
        "summit",
    )
)
_STAGES = {
    Stage.RUMOURED: ("rumour",),
    Stage.PROPOSED: ("propose",),
    Stage.ANNOUNCED: ("announce", "invest", "plan", "build", "train", "hire"),
    Stage.UNDER_WAY: ("under_way",),
    Stage.COMPLETED: ("complete", "stake"),
    Stage.DELAYED: ("delay",),
    Stage.CANCELLED: ("cancel",),
    Stage.DENIED: ("deny",),
}
_SURE_NAME = 0.5


@dataclass(slots=True)
class Grounded:
    """What is left of a proposal: mentions of our own, each in the words that the model quoted."""

    investors: list[Mention] = field(default_factory=list)
    recipient: list[Mention] = field(default_factory=list)
    destinations: list[Mention] = field(default_factory=list)
    amount: list[Mention] = field(default_factory=list)
    deliverables: list[Mention] = field(default_factory=list)
    announced: list[Mention] = field(default_factory=list)
    term_end: list[Mention] = field(default_factory=list)
    purposes: list[tuple[str, Span]] = field(default_factory=list)
    stage: list[tuple[str, Span]] = field(default_factory=list)

    @property
    def anchors(self) -> list[Mention]:
        """What makes it a claim: a sum or a count."""
        return [*self.amount, *self.deliverables]


class Grounds:
    """A document as our own finders read it, and the paragraphs of it that nothing may be taken from."""

    def __init__(self, document: Document) -> None:
        """Takes the document, and reads it once."""
        self.document = document
        self.scene: Scene = _scene(document)
        self.instructions = find_instructions(document.text)
        self.dropped: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()

    def ground(self, proposal: Proposal) -> Grounded:
        """What of a proposal stands in the text, beside the sum that it is said of; the rest is counted and gone."""
        found = Grounded()
        told = sorted(proposal.said(), key=lambda pair: pair[0] != "amount")  # all else has to stand beside the sum
        for name, said in told:
            item = self._read(name, said, self._paragraphs(found.amount))
            if item is None:
                self.dropped[name] += 1
                continue
            self.kept[name] += 1
            getattr(found, name).append(item)
        return found

    def _paragraphs(self, sums: Sequence[Mention]) -> frozenset[int]:
        """The paragraphs in which the text tells the sum, and those beside them that tell no other one."""
        told = {mention.amount.money for mention in sums if mention.amount is not None}
        places = [(self._paragraph(item.span), item.amount) for item in self.scene.money if item.amount is not None]
        own = {paragraph for paragraph, amount in places if amount.money in told}
        taken = {paragraph for paragraph, amount in places if amount.money not in told}
        beside = {number + step for number in own for step in (-1, 1)} - taken
        return frozenset(own | beside)

    def _paragraph(self, span: Span) -> int:
        number = self.scene.sentence_at(span.start)
        return -1 if number < 0 else self.scene.sentences[number].paragraph

    def likelihood(self, mention: Mention) -> float:
        """How likely our own reader holds a sum to be a pledge; certain nonsense where no word of action is near."""
        number = self.scene.sentence_at(mention.span.start)
        if number < 0:
            return 0.0
        near = self.scene.sentences[max(0, number - 1) : number + 2]
        cues = self.scene.cues_in(near[0].span.start, near[-1].span.end)
        if not any(cue.label in _ACTS for cue in cues):
            return 0.0
        return load_model("pledge").probability(pledge_features(self.scene, mention))

    def _read(self, name: str, said: Said, beside: frozenset[int]) -> Mention | tuple[str, Span] | None:
        """Our own reading of the words that the model quotes for a field, where it is what the model says.

        It has to stand in a paragraph that tells the sum. Who and where may stand elsewhere, as long as none of these
        paragraphs names anybody, or any place: an investor is often named once, at the top.
        """
        places = list(self._places(said.quote))
        if name in ("purposes", "stage"):
            return self._named(places, name, said.value, beside)
        mentions, fits = self._finders(name, said)
        near = [mention for mention in mentions if self._paragraph(mention.span) in beside]
        if beside and (near or name == "deliverables"):
            mentions = near
        for place in places:
            for mention in mentions:
                if place.contains(mention.span) and fits(mention):
                    return mention
        return None

    def _finders(self, name: str, said: Said) -> tuple[Sequence[Mention], Callable[[Mention], bool]]:
        scene = self.scene
        if name == "amount":
            return scene.money, lambda mention: _is_sum(mention, said)
        if name == "deliverables":
            return scene.quantities, lambda mention: _is_count(mention, said)
        if name == "destinations":
            return scene.places, lambda mention: mention.place == said.value.upper()
        if name in ("investors", "recipient"):
            wanted = _party_name(said.value)
            return scene.organisations, lambda mention: _is_party(mention, wanted)
        return scene.dates, lambda mention: _is_day(mention, said, is_end=name == "term_end")

    def _named(self, places: Sequence[Span], name: str, value: str, beside: frozenset[int]) -> tuple[str, Span] | None:
        """A purpose or a stage, where the quote has one of the words that the lexicon knows for it."""
        stage = _stage(value)
        labels = (value,) if name == "purposes" else () if stage is None else _STAGES[stage]
        matches = self.scene.purposes if name == "purposes" else self.scene.cues
        near = [match for match in matches if match.label in labels and self._paragraph(match.span) in beside]
        first = next((match for place in places for match in near if place.contains(match.span)), None)
        return None if first is None else (value, first.span)

    def _places(self, quote: str) -> Iterator[Span]:
        """Where the text has the quote, letter by letter, in what its readers are told and machines are not."""
        text, start = self.document.text, 0
        while (start := text.find(quote, start)) >= 0:
            span = Span(start, start + len(quote))
            if not any(span.overlaps(other) for other in (*self.instructions, *self.document.noise)):
                yield span
            start += 1


@lru_cache(maxsize=2)
def _scene(document: Document) -> Scene:
    """The scene of a document, which may be asked about again: by another reader, or with another answer."""
    return read_scene(document)


def _is_sum(mention: Mention, said: Said) -> bool:
    amount = mention.amount
    if amount is None or mention.damaged:
        return False
    sums = ((amount.value, amount.currency), *((money.value, money.currency) for money in amount.also))
    return (said.figure, said.value.upper()) in sums


def _is_count(mention: Mention, said: Said) -> bool:
    told = mention.deliverable
    return told is not None and told.kind.value == said.value and told.count == said.figure


def _is_party(mention: Mention, wanted: str) -> bool:
    party = mention.party
    return party is not None and mention.score >= _SURE_NAME and skeleton(party.name) == wanted


def _party_name(words: str) -> str:
    """The name under which the lexicon knows who is meant."""
    plain = skeleton(words)
    listed = load_organisations().by_skeleton.get(plain)
    return plain if listed is None else skeleton(listed.party.name)


def _is_day(mention: Mention, said: Said, *, is_end: bool) -> bool:
    if mention.reading is None:
        return False
    days = mention.reading.interval
    if is_end:
        return days.latest.isoformat() == said.value
    return days.earliest.isoformat() <= said.value <= days.latest.isoformat()


def _stage(words: str) -> Stage | None:
    return Stage(words) if words in list(Stage) else None
