"""The ledger at one moment: what a book says as of a day, in one currency, worked out once and asked many times."""

import base64
import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from pledgebook.domain import Decision, Entry, Kind, Pledge, Stage, Tally
from pledgebook.ledger import Change, changes, total_things, totals
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.show.desk.index import Index
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.shelf import Shelf
from pledgebook.show.filters import Filters
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json

_KEPT = 256
_EARLY = date(1, 1, 1)
_T = TypeVar("_T")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of rows: `total` is how many there are in all, `next` the cursor of the page after, None on the last."""

    rows: tuple[Entry, ...]
    total: int
    next: str | None


class Ledger:
    """The lines of a book as of a day. Nothing in it ever changes: a changed book makes another Ledger.

    `version` is the last hash of the book's log and names all that the lines follow from. Whatever takes long is worked
    out on the first question and kept.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        version: str,
        as_of: date | None,
        currency: str,
        rates: Rates,
        documents: Shelf,
        decisions: Sequence[Decision] = (),
    ) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.id))
        self.version, self.as_of, self.currency = version, as_of, currency
        self.documents, self.decisions = documents, tuple(decisions)
        self.rates = rates
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Every line by its id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def pledges(self) -> Mapping[str, Pledge]:
        """Every pledge by its id."""
        return {entry.pledge.id: entry.pledge for entry in self.entries}

    @cached_property
    def by_claim(self) -> Mapping[Key, Entry]:
        """The line of the pledge that a claim (document id, claim id) tells of."""
        return {telling.key: entry for entry in self.entries if not entry.is_rest for telling in entry.pledge.tellings}

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Entry, ...]]:
        """The lines that each document tells of."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if not entry.is_rest:
                for document in sorted({telling.document for telling in entry.pledge.tellings}):
                    found[document].append(entry)
        return {document: tuple(lines) for document, lines in found.items()}

    @cached_property
    def named_by(self) -> Mapping[str, tuple[tuple[str, Entry], ...]]:
        """For each pledge the lines whose relations name it, with the relation's type."""
        found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for entry in self.entries:
            if not entry.is_rest:
                for relation in entry.pledge.relations:
                    found[relation.claim].append((relation.type.value, entry))
        return {pledge: tuple(lines) for pledge, lines in found.items()}

    def entry(self, words: str) -> Entry | None:
        """The line with this id, or with the only id that begins so; None where there is none or more than one."""
        found = self.by_id.get(words)
        if found is not None or len(words) < 6:
            return found
        several = [
            e for name, e in self.by_id.items() if name.startswith(words) or name.partition("-")[2].startswith(words)
        ]
        return several[0] if len(several) == 1 else None

    def warm(self) -> "Ledger":
        """Itself, with what the first visitor would have to wait for worked out."""
        for sort in (Query.sort_default(), "-amount"):
            self._ranks(sort)
        self._index.find(Filters(country="", stage=Stage.ANNOUNCED, counted=True, since=_EARLY, investor="-"))
        _ = self.by_id, self.pledges, self.named_by
        return self

    def choose(self, query: Query) -> tuple[Entry, ...]:
        """All lines that the question lets pass, in its order."""
        return self._remembered(("choose", query.filters, query.q, query.sort), lambda: self._choose(query))

    def page(self, query: Query) -> Slice:
        """One page of these lines.

        The cursor names the last line of the page before and where it stood, so that a book which has changed
        meanwhile neither repeats nor skips what stayed. Raises LookupError for one that is not ours.
        """
        lines = self.choose(query)
        start = 0 if query.cursor is None else self._after(lines, query)
        rows = lines[start : start + query.limit]
        has_more = start + query.limit < len(lines)
        return Slice(rows, len(lines), self._cursor(rows[-1], query.sort) if has_more else None)

    def totals(
        self,
        *,
        by: str | None = None,
        filters: Filters | None = None,
        words: str | None = None,
        new_only: bool = False,
        deliverable: Kind | None = None,
    ) -> tuple[Tally, ...]:
        """Sums over the lines that `filters` let pass, the whole last; of things where `deliverable` names a kind.

        `since` and `until` choose by the ledger's own rule of what belongs to a period.
        """
        filters = filters or Filters()

        def work() -> tuple[Tally, ...]:
            lines = self.choose(Query(replace(filters, since=None, until=None), words, sort="id"))
            if deliverable is not None:
                return total_things(lines, kind=deliverable, by=by, since=filters.since, until=filters.until)
            return totals(
                lines, currency=self.currency, rates=self.rates, by=by, since=filters.since, until=filters.until,
                new_only=new_only,
            )  # fmt: skip

        return self._remembered(("totals", by, filters, words, new_only, deliverable), work)

    def changes(self, since: date | None = None) -> tuple[Change, ...]:
        """What became known on that day or later, the latest last."""
        return self._remembered(
            ("changes", since),
            lambda: changes(self.pledges.values(), since=_EARLY if since is None else since, decisions=self.decisions),
        )

    def json(self, entry: Entry) -> bytes:
        """The line as `pledgebook list --format jsonl` has it."""
        return self._remembered(("json", entry.id), lambda: dumps(pledge_json(entry)).encode(), kept=self._texts)

    @cached_property
    def _texts(self) -> OrderedDict[Hashable, Any]:
        return OrderedDict()

    @cached_property
    def words_of(self) -> Mapping[str, str]:
        """What is searched of each line: names, places, and the words of its quotes, made comparable."""
        return {entry.id: skeleton(_words_of(entry)) for entry in self.entries}

    def _choose(self, query: Query) -> tuple[Entry, ...]:
        order = self._order(query.sort)
        places = self._index.find(query.filters)
        if places is not None:
            ranks = self._ranks(query.sort)
            order = (
                sorted(places, key=ranks.__getitem__)
                if 8 * len(places) < len(order)
                else [at for at in order if at in places]
            )
        wanted = skeleton(query.q).split() if query.q else []
        lines = map(self.entries.__getitem__, order)
        if not wanted:
            return tuple(lines)
        return tuple(entry for entry in lines if all(word in self.words_of[entry.id] for word in wanted))

    @cached_property
    def _index(self) -> Index:
        return Index(self.entries)

    def _order(self, sort: str) -> Sequence[int]:
        """The places of all lines in an order; what is not known comes last, equals go by id."""

        def work() -> Sequence[int]:
            name = sort.removeprefix("-")
            keyed = [(self._sort_key(entry, name), at) for at, entry in enumerate(self.entries)]
            known = [pair for pair in keyed if pair[0] is not None]
            known.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
            return [at for _, at in known] + [at for key, at in keyed if key is None]

        return self._remembered(("order", sort), work)

    def _ranks(self, sort: str) -> Sequence[int]:
        def work() -> Sequence[int]:
            ranks = [0] * len(self.entries)
            for rank, at in enumerate(self._order(sort)):
                ranks[at] = rank
            return ranks

        return self._remembered(("ranks", sort), work)

    def worth(self, entry: Entry) -> Decimal | None:
        """The line's sum in the ledger's currency at the day's rate, whether it counts or not; None where not known."""
        if entry.is_rest:
            return None if entry.converted is None else entry.converted.central
        amount, day = entry.pledge.amount, entry.pledge.rate_day
        if amount is None:
            return None
        if amount.currency == self.currency:
            return amount.central
        rate = None if day is None else self.rates.rate(amount.currency, self.currency, day)
        return None if rate is None else amount.central * rate.rate

    def _sort_key(self, entry: Entry, name: str) -> Any:  # noqa: ANN401 - each order has its own type
        if name == "amount":
            worth = self.worth(entry)
            return None if worth is None else float(worth)
        return _SORT_KEYS[name](entry)

    def _cursor(self, entry: Entry, sort: str) -> str:
        key = self._sort_key(entry, sort.removeprefix("-"))
        return base64.urlsafe_b64encode(json.dumps([entry.id, key, sort]).encode()).decode().rstrip("=")

    def _after(self, lines: Sequence[Entry], query: Query) -> int:
        """Where the page after the cursor begins."""
        words = str(query.cursor)
        try:
            name, key, sort = json.loads(base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)))
            at = self._places(query).get(name)
            if at is not None:
                start = at + 1
            else:
                rows = enumerate(lines)
                start = next((n for n, entry in rows if self._is_after(entry, name, key, query.sort)), len(lines))
        except (ValueError, TypeError, RecursionError):
            sort, start = None, 0
        if sort != query.sort:
            raise LookupError("not one of ours for this order")
        return start

    def _is_after(self, entry: Entry, name: str, key: Any, sort: str) -> bool:  # noqa: ANN401 - each order has its own type
        mine = self._sort_key(entry, sort.removeprefix("-"))
        if mine is None or key is None:
            return mine is None and (key is not None or entry.id > name)
        if mine == key:
            return entry.id > name
        return bool(mine < key if sort.startswith("-") else mine > key)

    def _places(self, query: Query) -> Mapping[str, int]:
        lines = self.choose(query)
        return self._remembered(
            ("places", query.filters, query.q, query.sort), lambda: {entry.id: n for n, entry in enumerate(lines)}
        )

    def _remembered(
        self, key: Hashable, work: Callable[[], _T], *, kept: OrderedDict[Hashable, Any] | None = None
    ) -> _T:
        most = _KEPT if kept is None else 64 * _KEPT
        kept = self._kept if kept is None else kept
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
                found: _T = kept[key]
                return found
        made = work()
        with self._lock:
            kept[key] = made
            while len(kept) > most:
                kept.popitem(last=False)
        return made


def _words_of(entry: Entry) -> str:
    pledge = entry.pledge
    parties = [*pledge.investors, *([pledge.recipient] if pledge.recipient is not None else [])]
    names = [entry.id, *(party.name for party in parties), *pledge.destinations, *pledge.places, *pledge.purposes]
    return "\n".join([*names, *(item.text for telling in pledge.tellings for item in telling.claim.evidence)])


_SORT_KEYS: Mapping[str, Callable[[Entry], Any]] = {
    "announced": lambda e: None if e.pledge.announced is None else e.pledge.announced.earliest.isoformat(),
    "investor": lambda e: skeleton(e.pledge.investors[0].name) if e.pledge.investors else None,
    "country": lambda e: e.pledge.destinations[0] if e.pledge.destinations else None,
    "sources": lambda e: e.pledge.voices,
    "stage": lambda e: e.pledge.stage.value,
    "id": lambda e: e.id,
}
