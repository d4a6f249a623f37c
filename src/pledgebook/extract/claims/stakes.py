"""Into which company the price of a share of it goes: "Acme takes a 30 percent stake in Bolt for 3 million"."""

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import agents_before, leading
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

_BUYER_AND_BOUGHT = 2


@once
def staked(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The one sum of a sentence that tells of a share, with the one of its two companies whose share that is.

    Who buys is named first, unless a word for "by" stands before the second.
    """
    sums, bounds = sums_of(scene, sentence), scene.sentences[sentence].span
    stakes = [cue.span for cue in scene.cues_of(sentence) if cue.label == "stake"]
    if len(sums) != 1 or not stakes or leading(scene, sentence):
        return {}
    parties = {m.span: m.party for m in scene.organisations if bounds.contains(m.span) and m.party is not None}
    names = sorted(parties)
    if len({parties[name].name for name in names}) != len(names) or len(names) != _BUYER_AND_BOUGHT:
        return {}
    if parties[names[0]].kind is PartyKind.GOVERNMENT:
        return {}  # "The province attracted an investment of 3 million from Acme"
    bought = names[0] if agents_before(scene, names[1]) else names[1]
    is_company = parties[bought].kind is not PartyKind.GOVERNMENT and parties[bought].kind is not PartyKind.FUND
    is_told = any(stake.start >= names[0].end for stake in stakes)
    return {sums[0]: bought} if is_company and is_told else {}
