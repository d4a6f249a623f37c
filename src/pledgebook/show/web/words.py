"""Values in the words of a page's language: sums, days, stages, countries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pledgebook.domain import Amount, Basis, Deliverable, Entry, Interval, Pledge
from pledgebook.show.countries import country_name
from pledgebook.show.text import plain
from pledgebook.show.values import UNKNOWN, number
from pledgebook.show.web.languages import Catalogue
from pledgebook.show.web.terms import BASIS, KINDS, MONTHS, QUALIFIERS, SCALES, SINGULAR

_SUM = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) ([A-Z]{3})")
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_THIN = "\u00a0"


@cache
def _country_names(language: str) -> dict[str, str]:
    """Names of countries in a language of the pages, from the lexicon."""
    if language == "en":
        return {}
    lines = (files("pledgebook.lexicon") / f"world/territories/{language}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: names.split(" | ")[0] for code, names, *_ in pairs}


@dataclass(frozen=True, slots=True)
class Words:
    """How a page says things."""

    catalogue: Catalogue

    def say(self, text: str) -> str:
        """A text of the pages."""
        return self.catalogue.gettext(text)

    def named(self, value: str, names: dict[str, str]) -> str:
        """The name of a code, the code in plain letters where it has none."""
        return self.say(names[value]) if value in names else value.replace("_", " ").replace("-", " ")

    def figure(self, value: Decimal, digits: int = 4) -> str:
        """A figure in short: 2.1 bn."""
        words, _, scale = number(value, digits).partition(" ")
        said = self.catalogue.number(words)
        return f"{said}{_THIN}{self.say(SCALES[scale])}" if scale else said

    def whole(self, value: Decimal | int) -> str:
        """A whole number with its marks."""
        return self.catalogue.number(f"{value:,.0f}")

    def money(self, value: Decimal | None, currency: str | None, digits: int = 4) -> str:
        """A sum in short: 2.1 bn EUR."""
        if value is None or currency is None:
            return UNKNOWN
        return f"{self.figure(value, digits)}{_THIN}{currency}"

    def headline(self, value: Decimal, currency: str) -> str:
        """A sum as a headline has it, with the sign of well-known currencies."""
        sign = _SYMBOLS.get(currency)
        return f"{sign}{self.figure(value, 3)}" if sign else self.money(value, currency, 3)

    def amount(self, told: Amount | None) -> str:
        """A sum as it was told."""
        if told is None:
            return UNKNOWN
        if told.value_max is not None:
            low, high = self.figure(told.value), self.money(told.value_max, told.currency)
            words = self.say("{low} to {high}").format(low=low, high=high)
        else:
            words = self.money(told.value, told.currency)
            if told.qualifier.value in QUALIFIERS:
                words = self.say(QUALIFIERS[told.qualifier.value]).format(sum=words)
        return words if told.basis is Basis.STATED else f"{words} ({self.say(BASIS[told.basis.value])})"

    def adds(self, entry: Entry) -> str:
        """What a line adds to a sum."""
        return self.money(entry.central, entry.currency)

    def told(self, value: str) -> str:
        """A value as a conflict or a decision has it; sums in short."""
        found = _SUM.fullmatch(value)
        return plain(value) if found is None else self.money(Decimal(found[1].replace(",", "")), found[2])

    def deliverable(self, told: Deliverable) -> str:
        """Something countable in short."""
        count = self.catalogue.number(f"{told.count.normalize():,f}")
        if told.count_max is not None:
            high = self.catalogue.number(f"{told.count_max.normalize():,f}")
            count = self.say("{low} to {high}").format(low=count, high=high)
        names = SINGULAR if told.count == 1 and told.count_max is None else KINDS
        words = f"{count} {self.named(told.kind.value, names)}"
        if told.qualifier.value in QUALIFIERS:
            words = self.say(QUALIFIERS[told.qualifier.value]).format(sum=words)
        return words if told.due is None else self.say("{what} by {day}").format(what=words, day=self.day(told.due))

    def day(self, day: date | None) -> str:
        """A day: 13 May 2024."""
        if day is None:
            return UNKNOWN
        return f"{day.day}\u00a0{self.say(MONTHS[day.month - 1])}\u00a0{day.year}"

    def interval(self, days: Interval | None) -> str:
        """Days in short."""
        if days is None:
            return UNKNOWN
        first, last = days.earliest, days.latest
        if days.is_day:
            return self.day(first)
        ends_month = first.day == 1 and (last.toordinal() + 1 == _next_month(last).toordinal())
        if ends_month and (first.year, first.month) == (last.year, last.month):
            return f"{self.say(MONTHS[first.month - 1])}\u00a0{first.year}"
        if ends_month and first.month == 1 and last.month == 12 and first.year == last.year:
            return str(first.year)
        return f"{self._before(first, last)}{self.day(last)}"

    def _before(self, first: date, last: date) -> str:
        """The first of two days, as far as the other does not say the same."""
        if first.year != last.year:
            return f"{self.day(first)} – "
        return (
            f"{first.day}–" if first.month == last.month else f"{first.day}\u00a0{self.say(MONTHS[first.month - 1])} – "
        )

    def country(self, code: str) -> str:
        """The name of a country or region."""
        if code == "001":
            return self.say("worldwide")
        if code == "EU":
            return self.say("European Union")
        return _country_names(self.catalogue.language).get(code) or country_name(code)

    def countries(self, codes: Sequence[str]) -> str:
        """Names of countries."""
        return ", ".join(self.country(code) for code in codes) or UNKNOWN

    def investors(self, pledge: Pledge) -> str:
        """Who commits."""
        return plain(", ".join(party.name for party in pledge.investors)) or self.say("nobody named")

    def who(self, entry: Entry) -> str:
        """Who pledges, and to whom; the unnamed rest of a total says so."""
        pledge = entry.pledge
        names = self.investors(pledge)
        if entry.is_rest:
            return self.say("unnamed part of {whole}").format(whole=self.money(_value(pledge), _currency(pledge))) + (
                f", {names}" if pledge.investors else ""
            )
        return names if pledge.recipient is None else f"{names} → {plain(pledge.recipient.name)}"

    def title(self, pledge: Pledge) -> str:
        """A pledge in one line: who, how much, where."""
        what = self.amount(pledge.amount)
        if pledge.amount is None:
            what = "; ".join(self.deliverable(item) for item in pledge.deliverables[:2]) or self.say("no sum")
        names = self.investors(pledge)
        if pledge.recipient is not None:
            names = f"{names} → {plain(pledge.recipient.name)}"
        return f"{names}, {what}" + (f", {self.countries(pledge.destinations)}" if pledge.destinations else "")


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _value(pledge: Pledge) -> Decimal | None:
    return None if pledge.amount is None else pledge.amount.central


def _currency(pledge: Pledge) -> str | None:
    return None if pledge.amount is None else pledge.amount.currency
