"""An analyst's own rows to documents with claims: each cell is the evidence for what it says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledgebook.domain import (
    Amount,
    Claim,
    Document,
    Evidence,
    Finding,
    Interval,
    Party,
    PublishedBasis,
    Purpose,
    ReadDocument,
    Severity,
    Span,
    Stage,
    Term,
    content_id,
)
from pledgebook.extract.mentions import find_dates, find_money, find_places
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.read.spreadsheet import Table

READER, VERSION = "spreadsheet", "1"
FIELDS = {
    "investors": ("investor", "company", "investors", "who", "pledger", "donor"),
    "recipient": ("recipient", "beneficiary", "receiver", "to"),
    "destinations": ("country", "countries", "destination", "destinations", "where"),
    "places": ("place", "places", "city", "location", "site", "region"),
    "amount": ("amount", "amount_value", "value", "sum", "investment", "capex"),
    "currency": ("currency", "amount_currency", "cur", "ccy"),
    "announced": ("announced", "announced_earliest", "date", "announcement", "announcement date", "day"),
    "term_end": ("term_end", "by", "until", "completion", "end", "end date"),
    "stage": ("stage", "status"),
    "purposes": ("purpose", "purposes", "sector", "topic"),
    "source": ("source", "url", "link", "reference", "quote_source"),
}
_SEVERAL = re.compile(r"\s*;\s*")
_YEAR = re.compile(r"\d{4}")
_CODE = re.compile(r"[A-Z]{2}|\d{3}")
_FIGURE = re.compile(r"[\d.,'\s]+")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a table is to be read: which heading has which field, its language, its unit and its currency."""

    columns: Mapping[str, str]
    language: str = "en"
    unit: Decimal = Decimal(1)
    currency: str | None = None


def guess_columns(headings: tuple[str, ...]) -> dict[str, str]:
    """Which heading has which field, where a heading says so.

    >>> guess_columns(("Company", "Country", "Value", "Remarks"))
    {'investors': 'Company', 'destinations': 'Country', 'amount': 'Value'}
    """
    known = {skeleton(heading.replace("_", " ")): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    for field, names in FIELDS.items():
        heading = next((known[key] for name in names if (key := skeleton(name.replace("_", " "))) in known), None)
        if heading is not None and heading not in found.values():
            found[field] = heading
    return found


def read_rows(table: Table, habits: Habits) -> Iterator[ReadDocument | Finding]:
    """Each row as a document with one claim; a Finding where a row tells no sum that can be read."""
    for number, cells in enumerate(table.rows, 2):
        where = f"{table.name}, row {number}"
        row = {heading: cell for heading, cell in zip(table.headings, cells, strict=True) if cell}
        made = _Row(table.name, row, habits)
        try:
            claim = made.claim()
        except ValueError as error:
            message = f"{where}: {error}. Mend the cell, or leave the row out."
            yield Finding("unreadable-row", where, message, severity=Severity.WARNING)
            continue
        yield ReadDocument(made.document, (claim,), reader=READER, version=VERSION)


class _Row:
    """One row: its text, and where in it each cell stands."""

    def __init__(self, table: str, row: Mapping[str, str], habits: Habits) -> None:
        self._habits, self._spans = habits, dict[str, Span]()
        pieces, at = [], 0
        for heading, cell in row.items():
            line = f"{heading}: {cell}\n"
            self._spans[heading] = Span(at + len(heading) + 2, at + len(line) - 1)
            pieces.append(line)
            at += len(line)
        self._text, self._row = "".join(pieces), row
        self._evidence: list[Evidence] = []
        named = self._cell("source")
        self.document = Document(
            source=named or f"spreadsheet {table}",
            text=self._text,
            language=habits.language,
            title=f"A row of the spreadsheet {table}",
            published=self._days("announced", quotes=False),
            published_basis=PublishedBasis.UNKNOWN,
            name=content_id("row", table, self._text),
        )

    def claim(self) -> Claim:
        """What the row says. Raises ValueError for a cell that can't be read."""
        amount = self._amount()
        investors = self._parties("investors")
        recipient = next(iter(self._parties("recipient")), None)
        announced = self._days("announced")
        end = self._days("term_end")
        return Claim(
            id=content_id("claim", self.document.id),
            investors=investors,
            recipient=recipient,
            destinations=self._destinations(),
            places=tuple(self._several("places")),
            amount=amount,
            purposes=self._purposes(),
            announced=announced,
            term=Term(end=None if end is None else end.latest),
            stage=self._stage(),
            evidence=tuple(self._evidence),
            reasons=("somebody's own spreadsheet says so",),
        )

    def _cell(self, field: str, *, quotes: str | None = None) -> str:
        heading = self._habits.columns.get(field, "")
        words = self._row.get(heading, "")
        if words and quotes is not None:
            self._evidence.append(Evidence(quotes, self._spans[heading], words))
        return words

    def _several(self, field: str) -> list[str]:
        return [part for part in _SEVERAL.split(self._cell(field, quotes=field)) if part]

    def _amount(self) -> Amount:
        words = self._cell("amount", quotes="amount")
        code = (self._cell("currency") or self._habits.currency or "").upper()
        if not words:
            raise ValueError("no sum")
        told = words if not code or not _FIGURE.fullmatch(words) else f"{words} {code}"
        found = [m.amount for m in find_money(told, self._habits.language) if m.amount is not None]
        if len(found) != 1:
            help_ = "" if code else "; name its currency with --currency, or a column"
            raise ValueError(f"{words!r}, which reads as {len(found) or 'no'} sums{help_}")
        amount, unit = found[0], self._habits.unit
        top = None if amount.value_max is None else amount.value_max * unit
        return Amount(amount.value * unit, amount.currency, amount.qualifier, top)

    def _parties(self, field: str) -> tuple[Party, ...]:
        listed = load_organisations().by_skeleton
        names = self._several(field)
        return tuple(found.party if (found := listed.get(skeleton(name))) else Party(name) for name in names)

    def _destinations(self) -> tuple[str, ...]:
        codes: list[str] = []
        for part in self._several("destinations"):
            read = [part] if _CODE.fullmatch(part) else [m.place for m in find_places(part, self._habits.language)]
            if not any(read):
                raise ValueError(f"{part!r}, which is no country that we know")
            codes += [code for code in read if code is not None and code not in codes]
        return tuple(codes)

    def _days(self, field: str, *, quotes: bool = True) -> Interval | None:
        words = self._cell(field, quotes=("term.end" if field == "term_end" else field) if quotes else None)
        if not words:
            return None
        if _YEAR.fullmatch(words):
            return Interval(date(int(words), 1, 1), date(int(words), 12, 31))
        try:
            return Interval.day(date.fromisoformat(words[:10]))
        except ValueError:
            found = [
                m.reading.interval
                for m in find_dates(words, self._habits.language, published=None)
                if m.reading is not None
            ]
        if not found:
            if quotes:
                raise ValueError(f"{words!r}, which is no day")
            return None
        return found[0]

    def _stage(self) -> Stage:
        words = self._cell("stage", quotes="stage")
        name = words.strip().lower().replace(" ", "_").replace("-", "_")
        if words and name not in list(Stage):
            raise ValueError(f"{words!r}, which is no stage (use one of {', '.join(Stage)})")
        return Stage(name) if words else Stage.ANNOUNCED

    def _purposes(self) -> tuple[Purpose, ...]:
        names = [part.strip().lower().replace(" ", "_") for part in self._several("purposes")]
        if unknown := [name for name in names if name not in list(Purpose)]:
            raise ValueError(f"{unknown[0]!r}, which is no purpose (use one of {', '.join(Purpose)})")
        return tuple(sorted({Purpose(name) for name in names})) or (Purpose.GENERAL,)
