"""What a URL asks of the ledger: filters, the day, the currency, the order. The same words as on the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from pledgebook.domain import Purpose, Stage, UsageError
from pledgebook.show.countries import country_code
from pledgebook.show.filters import Filters

_E = TypeVar("_E", bound=StrEnum)
SORTS = ("announced", "amount", "investor", "country", "sources", "stage", "id")
_MAX_WORDS = 200
_PAGE = 50
MAX_PAGE = 500


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked for. `sort` is one of SORTS, with "-" before it for the largest or latest first.

    `q` are words that have to stand in what a line says (names, places, quotes). `currency` None stands for the
    setting's. `snapshot` names the frozen state to ask. `cursor` is where the page before ended.
    """

    filters: Filters = field(default_factory=Filters)
    q: str | None = None
    as_of: date | None = None
    currency: str | None = None
    sort: str = "-announced"
    limit: int = _PAGE
    cursor: str | None = None
    snapshot: str | None = None

    @property
    def by(self) -> str:
        """By what it is sorted, either way."""
        return self.sort.removeprefix("-")

    def params(self, **changed: str | None) -> list[tuple[str, str]]:
        """The URL's parameters that ask for the same again, some of them changed, those that are None left out."""
        chosen = self.filters
        said: dict[str, object] = {
            "investor": chosen.investor, "recipient": chosen.recipient, "country": chosen.country,
            "place": chosen.place, "purpose": chosen.purpose, "stage": chosen.stage, "since": chosen.since,
            "until": chosen.until, "min_sources": chosen.min_sources or None,
            "counted": "true" if chosen.counted else None,
            "q": self.q, "as_of": self.as_of, "snapshot": self.snapshot, "in": self.currency,
            "sort": None if self.sort == Query.sort_default() else self.sort,
            "limit": None if self.limit == _PAGE else self.limit,
        }  # fmt: skip
        said |= changed
        return [(name, str(value)) for name, value in said.items() if value is not None]

    def url(self, path: str, **changed: str | None) -> str:
        """`path` with the parameters of `params`.

        >>> Query(Filters(country="FR")).url("/pledges", q="cloud")
        '/pledges?country=FR&q=cloud'
        """
        words = urlencode(self.params(**changed))
        return f"{path}?{words}" if words else path

    @staticmethod
    def sort_default() -> str:
        """The order in which lines stand where nothing else is asked."""
        return "-announced"


NAMES = (
    "investor", "recipient", "country", "place", "purpose", "stage", "since", "until", "min_sources", "counted", "q",
    "as_of", "snapshot", "in", "sort", "limit", "cursor",
)  # fmt: skip


def read_query(params: Mapping[str, str] | Iterable[tuple[str, str]]) -> Query:
    """What the parameters of a URL ask for; empty ones ask for nothing and names that are none of ours are let be.

    Raises UsageError that names the parameter which can't be read.

    >>> read_query({"country": "France", "in": "eur", "limit": ""}).filters.country
    'FR'
    """
    pairs = params.items() if isinstance(params, Mapping) else params
    said = {name: value.strip() for name, value in pairs if value.strip()}
    for name, value in said.items():
        if len(value) > _MAX_WORDS and name != "cursor":
            raise UsageError(name, f"{len(value)} characters", f"Give at most {_MAX_WORDS}.")
        if "\0" in value:
            raise UsageError(name, "a character that no text has", "Leave it out.")
    filters = Filters(
        investor=said.get("investor"),
        recipient=said.get("recipient"),
        country=_country(said.get("country")),
        place=said.get("place"),
        purpose=_member(Purpose, said.get("purpose"), "purpose"),
        stage=_member(Stage, said.get("stage"), "stage"),
        since=read_day(said.get("since"), "since"),
        until=read_day(said.get("until"), "until"),
        min_sources=read_number(said.get("min_sources"), "min_sources", default=0, most=1000),
        counted=_flag(said.get("counted"), "counted"),
    )
    return Query(
        filters=filters,
        q=said.get("q"),
        as_of=read_day(said.get("as_of"), "as_of"),
        currency=read_currency(said.get("in"), "in"),
        sort=_sort(said.get("sort")),
        limit=read_number(said.get("limit"), "limit", default=_PAGE, least=1, most=MAX_PAGE),
        cursor=said.get("cursor"),
        snapshot=said.get("snapshot"),
    )


def without_page(query: Query) -> Query:
    """The same question for all rows: what a download answers."""
    return replace(query, cursor=None)


def read_day(words: str | None, name: str) -> date | None:
    """The day that `words` name as YYYY-MM-DD, None for none."""
    if words is None:
        return None
    try:
        # Python also reads other ways to write a day, which nobody else would read so.
        day = date.fromisoformat(words) if len(words) == len("2024-05-13") else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(name, f"{words!r}, not a day", "Write YYYY-MM-DD.")
    return day


def read_currency(words: str | None, name: str) -> str | None:
    """The currency that `words` name by its ISO 4217 code, None for none."""
    if words is None:
        return None
    code = words.upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise UsageError(name, f"{words!r}, not a currency", "Write its three letters of ISO 4217.")
    return code


def read_number(words: str | None, name: str, *, default: int, least: int = 0, most: int) -> int:
    """The whole number between `least` and `most` that `words` say, `default` for none."""
    if words is None:
        return default
    if not words.isascii() or not words.isdigit() or not least <= int(words[:20]) <= most:
        raise UsageError(name, repr(words), f"Give a whole number from {least} to {most}.")
    return int(words)


def _country(words: str | None) -> str | None:
    if words is None:
        return None
    try:
        return country_code(words)
    except UsageError as error:
        raise UsageError("country", error.seen, error.help) from None


def _member(kind: type[_E], words: str | None, name: str) -> _E | None:
    if words is None:
        return None
    try:
        return kind(words.lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError(name, repr(words), f"Use one of {', '.join(kind)}.") from None


def _flag(words: str | None, name: str) -> bool:
    if words is None or words.lower() in ("0", "false", "no", "off"):
        return False
    if words.lower() in ("1", "true", "yes", "on"):
        return True
    raise UsageError(name, repr(words), "Use true or false.")


def _sort(words: str | None) -> str:
    if words is None:
        return Query.sort_default()
    if words.removeprefix("-") not in SORTS:
        raise UsageError("sort", repr(words), f"Use one of {', '.join(SORTS)}, with - before it to turn it round.")
    return words
