"""Whose money a sum is in that names no currency."""

from collections import Counter
from collections.abc import Sequence

from pledgebook.domain import Mention, Span
from pledgebook.lexicon.language import Language
from pledgebook.lexicon.money import load_currencies

# A price or a dividend says nothing of the millions behind it.
_LEAST = 1000


class BareCurrencies:
    """The currencies that a text names, for the sums that leave theirs out.

    `sums` name their currency and stand in the order of the text. `country` is where the text was written, as far as
    anything tells; `places` say where the money of a paragraph goes.
    """

    def __init__(
        self, text: str, language: Language, sums: Sequence[Mention], country: str | None, places: Sequence[Mention]
    ) -> None:
        self._text = text
        self._sums = [m for m in sums if m.amount is not None and m.amount.value >= _LEAST] or sums
        self._places = [mention for mention in places if mention.place is not None]
        self._counts = Counter(mention.amount.currency for mention in self._sums if mention.amount is not None)
        self._own = _own_currency(language, country, self._counts)

    def source(self, span: Span) -> Mention:
        """The sum whose currency a bare one at `span` has.

        The last one before it in the paragraph; failing that one in the money of the country that the paragraph
        names, or in that of the newsroom's own; failing these the last before it in the currency of most sums.
        """
        before = [m for m in self._sums if m.span.end <= span.start]
        if before and "\n" not in self._text[before[-1].span.end : span.start]:
            return before[-1]
        currency = self._currency_of_paragraph(span)
        if currency is None:
            most = max(self._counts.values())
            leading = {currency for currency, count in self._counts.items() if count == most}
        else:
            leading = {currency}
        likely = [m for m in before or self._sums if m.amount is not None and m.amount.currency in leading]
        if not likely:
            likely = [m for m in self._sums if m.amount is not None and m.amount.currency in leading]
        return likely[-1] if before and likely[-1].span.end <= span.start else likely[0]

    def _currency_of_paragraph(self, span: Span) -> str | None:
        """The money that the paragraph of a bare sum is about, None where nothing tells."""
        start, end = self._text.rfind("\n", 0, span.start) + 1, self._text.find("\n", span.end)
        end = len(self._text) if end < 0 else end
        near = [place for place in self._places if start <= place.span.start < end]
        if not near:
            return self._own
        near.sort(key=lambda place: (abs(place.span.start - span.start), place.span.start))
        lands = load_currencies().lands
        moneys = [lands.get(place.place or "") for place in near]
        if self._own is not None and self._own in moneys:
            return self._own
        # What is spent abroad is told in the money of that land where the text has named it.
        return moneys[0] if moneys[0] in self._counts else None


def _own_currency(language: Language, country: str | None, counts: Counter[str]) -> str | None:
    """The money of the newsroom that a text names, the most frequent where its language is at home in several lands."""
    lands = load_currencies().lands
    homes = [country] if country is not None else [*([language.likely] if language.likely else []), *language.homes]
    own = dict.fromkeys(lands[home] for home in homes if home in lands)
    named = [currency for currency in own if counts[currency]]
    return max(named, key=lambda currency: counts[currency]) if named else None
