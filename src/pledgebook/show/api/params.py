"""What the parameters of the API may say: the same words as on the command line."""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from pledgebook.domain import Kind, Purpose, Stage
from pledgebook.ledger.grouping import GROUPINGS
from pledgebook.show.desk.query import MAX_PAGE, SORTS
from pledgebook.show.desk.query import Query as Asked
from pledgebook.show.filters import Filters

_WORDS = StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$", strip_whitespace=False)
Words = Annotated[str, _WORDS]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|[0-9]{3})$")]


def _day_only(word: object) -> object:
    """A day as everybody writes it: pydantic would also take seconds since 1970."""
    if isinstance(word, str) and not _DAY.fullmatch(word):
        raise ValueError("write YYYY-MM-DD")
    return word


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[date, BeforeValidator(_day_only)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
DEFAULT_SORT = Asked.sort_default()


@cache
def currencies() -> tuple[str, ...]:
    """The currencies to which something can be converted."""
    said = loads((files("pledgebook.lexicon") / "world" / "currencies.toml").read_text(encoding="utf-8"))
    return tuple(sorted(said["rough"]))


def _one_of(names: tuple[str, ...]) -> tuple[AfterValidator, WithJsonSchema]:
    """What makes a string one of these."""

    def check(word: str) -> str:
        if word not in names:
            raise ValueError(f"{word!r} is none of {', '.join(names)}")
        return word

    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(names)})


Sort = Annotated[str, *_one_of(tuple(name for sort in SORTS for name in (sort, f"-{sort}")))]
Currency = Annotated[str, *_one_of(currencies())]
By = Annotated[str, *_one_of(tuple(GROUPINGS))]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StateParams(_Strict):
    """As of when, and in which version of the book."""

    as_of: Day | None = Field(None, description="As the book knew it at the end of that day.")
    snapshot: Words | None = Field(
        None, description="As the book was frozen under this name, or when its log ended in a hash that begins so."
    )


class MomentParams(StateParams):
    """As of when, in which version of the book, and in which currency."""

    currency: Currency | None = Field(None, alias="in", description="Convert to this currency at the day's rate.")


class FilterParams(MomentParams):
    """Which pledges."""

    investor: Words | None = Field(None, description="Pledged by it: a name, or a part of one.")
    recipient: Words | None = Field(None, description="Pledged to it.")
    country: Country | None = Field(None, description="Pledged to this country (ISO 3166-1 or UN M49).")
    place: Words | None = Field(None, description="With a site there.")
    purpose: Purpose | None = Field(None, description="For this purpose.")
    stage: Stage | None = Field(None, description="At this stage.")
    since: Day | None = Field(None, description="Announced on this day or later.")
    until: Day | None = Field(None, description="Announced on this day or before.")
    min_sources: int = Field(0, ge=0, le=1000, description="Told by as many independent sources.")
    counted: bool = Field(False, description="Only what counts.")
    q: Words | None = Field(None, description="Words that stand in names, places or quotes.")

    @property
    def filters(self) -> Filters:
        """The filters of the ledger."""
        return Filters(
            investor=self.investor, recipient=self.recipient, country=self.country, place=self.place,
            purpose=self.purpose, stage=self.stage, since=self.since, until=self.until,
            min_sources=self.min_sources, counted=self.counted,
        )  # fmt: skip

    def asked(self, *, sort: str = DEFAULT_SORT, limit: int = MAX_PAGE, cursor: str | None = None) -> Asked:
        """The question to the ledger."""
        return Asked(self.filters, self.q, self.as_of, self.currency, sort, limit, cursor, self.snapshot)


class AllParams(FilterParams):
    """All rows, in an order."""

    sort: Sort = Field(DEFAULT_SORT, description="The order, with - the largest or latest first.")


class PageParams(AllParams):
    """A page of rows."""

    limit: int = Field(50, ge=1, le=MAX_PAGE, description="How many rows.")
    cursor: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[A-Za-z0-9_-]+$")] | None = (
        Field(None, description="`next` of the page before.")
    )

    @property
    def question(self) -> Asked:
        """The question to the ledger."""
        return self.asked(sort=self.sort, limit=self.limit, cursor=self.cursor)


class RowsParams(_Strict):
    """A page of rows that are counted off from the first."""

    limit: int = Field(50, ge=1, le=MAX_PAGE, description="How many rows.")
    offset: int = Field(0, ge=0, le=100_000_000, description="How many rows to leave out before.")


class ClaimParams(FilterParams, RowsParams):
    """Which claims."""

    document: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = Field(
        None, description="Of this document."
    )


class DocumentParams(StateParams, RowsParams):
    """Which documents."""

    language: Language | None = Field(None, description="In this language (BCP 47).")
    source: Words | None = Field(None, description="From a source that has this in its name.")
    with_claims: bool = Field(False, description="Only those that tell of a pledge.")


class TotalParams(FilterParams):
    """Which totals."""

    by: By | None = Field(None, description="A row for each value of it.")
    new_only: bool = Field(False, description="Only what is new in the period.")
    explain: bool = Field(False, description="Name every pledge in and out with its reason.")
    deliverable: Kind | None = Field(None, description="Count things and not money.")


class ChangeParams(MomentParams, RowsParams):
    """Which changes."""

    since: Day | None = Field(None, description="Known on this day or later.")


class ConflictParams(MomentParams, RowsParams):
    """Which conflicts."""


class SearchParams(MomentParams):
    """What to look for."""

    q: Words = Field(description="The words.")
    limit: int = Field(20, ge=1, le=100, description="How many of each kind.")


class StateRowsParams(StateParams, RowsParams):
    """A page of rows of some version of the book."""


Conflicts = Annotated[ConflictParams, Query()]
Moment = Annotated[MomentParams, Query()]
All = Annotated[AllParams, Query()]
Page = Annotated[PageParams, Query()]
Claims = Annotated[ClaimParams, Query()]
Documents = Annotated[DocumentParams, Query()]
Rows = Annotated[StateRowsParams, Query()]
State = Annotated[StateParams, Query()]
Totals = Annotated[TotalParams, Query()]
Changes = Annotated[ChangeParams, Query()]
Search = Annotated[SearchParams, Query()]
