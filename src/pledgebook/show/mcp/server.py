"""The server and its tools."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from pledgebook import __version__
from pledgebook.domain import Kind, PledgebookError, Purpose, Stage, UsageError
from pledgebook.ledger import total_things, totals
from pledgebook.rows.filters import Filters
from pledgebook.show.countries import country_code
from pledgebook.show.mcp import answers
from pledgebook.show.mcp.ledger import Books

Json = dict[str, Any]
T = TypeVar("T")
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_ABOUT = (
    "A ledger of pledged investments in AI, clouds, data centres and chips, read from the news. Call describe_fields"
    " first. Every answer names its snapshot; cite quotes with their source. Never add up what does not count."
)

Investor = Annotated[str | None, Field(description="pledged by it: a name or part of one")]
Recipient = Annotated[str | None, Field(description="pledged to it")]
Country = Annotated[str | None, Field(description="an ISO 3166-1 code, or the English name")]
Place = Annotated[str | None, Field(description="with a site there")]
PurposeName = Annotated[Purpose | None, Field(description="what it is for")]
StageName = Annotated[Stage | None, Field(description="how far it has come")]
Since = Annotated[date | None, Field(description="announced on this day or later")]
Until = Annotated[date | None, Field(description="announced on this day or before")]
AsOf = Annotated[date | None, Field(description="as the book knew it at the end of that day")]
Currency = Annotated[str, Field(description="convert to this currency (ISO 4217) at the day's rate")]


def make_server(name: str, *, today: Callable[[], date]) -> MCPServer:
    """A server whose tools read the book called `name`: a path, or the address of a database.

    `today` is the day on which something is overdue.
    """
    books = Books(name, today=today)
    server: MCPServer = MCPServer("pledgebook", version=__version__, instructions=_ABOUT, log_level="WARNING")

    @server.tool(annotations=_READS)
    def search_pledges(
        investor: Investor = None, recipient: Recipient = None, country: Country = None, place: Place = None,
        purpose: PurposeName = None, stage: StageName = None, since: Since = None, until: Until = None,
        counted: Annotated[bool, Field(description="only what counts in totals")] = False,  # noqa: FBT002 - a tool's schema
        min_sources: Annotated[int, Field(description="told by as many independent sources", ge=0)] = 0,
        as_of: AsOf = None, currency: Currency = "USD", limit: int = 20, offset: int = 0,
    ) -> Json:  # fmt: skip
        """Pledges that match, each with whether it counts, the words that say it, and whose words they are."""

        def answer() -> Json:
            ledger = books.ledger(as_of=as_of, currency=currency.upper())
            filters = _filters(investor, recipient, country, place, purpose, stage, since, until, min_sources, counted)
            chosen = [entry for entry in ledger.entries if filters.keep(entry)]
            return answers.found(ledger, chosen, limit=limit, offset=offset)

        return _told(answer)

    @server.tool(annotations=_READS)
    def get_pledge(
        pledge: Annotated[str, Field(description="an id that search_pledges gave")],
        as_of: AsOf = None, currency: Currency = "USD",
    ) -> Json:  # fmt: skip
        """One pledge in full: every telling with its quotes, figures that disagree, history, other pledges."""
        return _told(lambda: answers.in_full(books.ledger(as_of=as_of, currency=currency.upper()), pledge))

    @server.tool(name="totals", annotations=_READS)
    def sums(
        by: Annotated[str | None, Field(description="a row for each country, investor, year, purpose ...")] = None,
        currency: Currency = "USD",
        deliverable: Annotated[Kind | None, Field(description="count these things and not money")] = None,
        investor: Investor = None, recipient: Recipient = None, country: Country = None, place: Place = None,
        purpose: PurposeName = None, stage: StageName = None, since: Since = None, until: Until = None,
        new_only: Annotated[bool, Field(description="only what is new in the period")] = False,  # noqa: FBT002 - a tool's schema
        as_of: AsOf = None,
    ) -> Json:  # fmt: skip
        """Sums over pledges: low, central, high, and what was left out; the last row, without key, is the whole."""

        def answer() -> Json:
            ledger = books.ledger(as_of=as_of)
            filters = _filters(investor, recipient, country, place, purpose, stage, None, None, 0, counted=False)
            lines = [entry for entry in ledger.entries if filters.keep(entry)]
            if deliverable is not None:
                return answers.summed(ledger, total_things(lines, kind=deliverable, by=by, since=since, until=until))
            found = totals(
                lines, currency=currency.upper(), rates=books.rates, by=by, since=since, until=until, new_only=new_only
            )
            return answers.summed(ledger, found)

        return _told(answer)

    @server.tool(annotations=_READS)
    def get_evidence(
        pledge: Annotated[str, Field(description="an id that search_pledges gave")],
        field: Annotated[str | None, Field(description="only of this field: amount, investors, stage ...")] = None,
    ) -> Json:
        """The exact words behind a pledge, each in its sentence, with source and day of publication."""
        return _told(lambda: answers.evidence(books.ledger(), pledge, field))

    @server.tool(annotations=_READS)
    def describe_fields() -> Json:
        """What each field means, how the ledger counts, and how much the book holds."""
        return _told(lambda: answers.described(books.ledger()))

    return server


def _told(answer: Callable[[], T]) -> T:
    """The answer; what was asked wrongly, or can't be read, is told as the tool's error."""
    try:
        return answer()
    except PledgebookError as error:
        raise ToolError(str(error)) from error


def _filters(
    investor: str | None, recipient: str | None, country: str | None, place: str | None, purpose: Purpose | None,
    stage: Stage | None, since: date | None, until: date | None, min_sources: int, counted: bool,  # noqa: FBT001 - as Filters has it
) -> Filters:  # fmt: skip
    try:
        code = None if country is None else country_code(country)
    except UsageError as error:
        raise UsageError("country", error.seen, error.help) from error
    return Filters(investor, recipient, code, place, purpose, stage, since, until, min_sources, counted)
