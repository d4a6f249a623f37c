"""The pictures of a ledger: which figures go into each, and what is said below it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, overload

from pledgebook.domain import Entry, Stage, Tally
from pledgebook.flow.sums import Flows
from pledgebook.show.web.asked import Asked, kept, largest_of, totals_of
from pledgebook.show.web.pictures import (
    MOST_ENDS,
    Area,
    Bar,
    Dot,
    Picture,
    Ribbon,
    draw_bars,
    draw_flow,
    draw_timeline,
    draw_world,
)
from pledgebook.show.web.terms import NOTES, STAGES
from pledgebook.show.web.words import Words
from pledgebook.store import LineQuery, Share

_RANKED = 12
MOST_DOTS = 200
_STATES = ("completed", "under_way", "announced", "overdue", "delayed")
_TURNED_DOWN = ("proposed", "rumoured", "cancelled")


def draw(name: str, asked: Asked, lines: LineQuery | None = None) -> Picture | None:
    """The picture of that name over what the request asks for, None where there is none."""
    maker = PICTURES.get(name)
    if maker is None:
        return None
    return kept(asked.ledger, _key(asked, name, lines), lambda: maker(asked, lines))


def _key(asked: Asked, name: str, lines: LineQuery | None) -> Hashable:
    """All that a picture follows from, beside the ledger: lines, the words, and where its links lead."""
    rank = asked.request.query_params.get("rank")
    language = asked.words.catalogue.language
    return "picture", name, asked.lines if lines is None else lines, tuple(asked.query.params()), language, rank


def _map(asked: Asked, lines: LineQuery | None) -> Picture:
    w, say = asked.words, asked.words.say
    rows = totals_of(asked, "country", lines=lines)
    areas = [
        Area(
            row.key or "", w.country(row.key or ""), row.central,
            _area_said(w, row),
            _country_url(asked, row.key or ""),
        )
        for row in rows if row.key is not None and row.central > 0
    ]  # fmt: skip
    return draw_world(
        areas,
        title=say("Pledged to each country, {currency}").format(currency=asked.ledger.currency),
        note=say(NOTES["map"]),
        figure=w.figure, less=say("less than {sum}"),
    )  # fmt: skip


def _area_said(w: Words, row: Tally) -> str:
    lines = w.catalogue.ngettext("{n} line counts", "{n} lines count", row.pledges).format(n=row.pledges)
    return f"{w.money(row.central, row.currency)} · {lines}"


def _country_url(asked: Asked, code: str) -> str:
    return asked.query.url("/", country=code, sort=None)


def _ranking(asked: Asked, lines: LineQuery | None) -> Picture:
    by = "investor" if asked.request.query_params.get("rank") == "investor" else "country"
    return ranking(asked, by, lines)


def ranking(asked: Asked, by: str, lines: LineQuery | None = None) -> Picture:
    """The largest countries or investors."""
    w, say = asked.words, asked.words.say
    rows = [row for row in largest_of(asked, by, _RANKED, lines=lines).rows if row.central > 0]
    bars = [_bar(asked, row, by) for row in rows]
    note = say(NOTES["ranking"])
    if by == "investor":
        note += " " + say("A joint pledge stands in full under each of its investors.")
    titles = {"country": say("Largest destinations, {currency}"), "investor": say("Largest investors, {currency}")}
    return draw_bars(
        "ranking", bars, title=titles[by].format(currency=asked.ledger.currency), note=note,
        broken=say("Bars with a gap are longer than the picture."), figure=w.figure,
    )  # fmt: skip


def _bar(asked: Asked, row: Tally, by: str) -> Bar:
    w, key = asked.words, row.key or ""
    name = w.country(key) if by == "country" else w.say("nobody named") if key == "unnamed" else key
    said = w.say("{central} (from {low} to {high})").format(
        central=w.money(row.central, row.currency), low=w.figure(row.low), high=w.figure(row.high)
    )
    url = None if key == "unnamed" else asked.query.url("/", **{by: key, "sort": None})
    return Bar(key, name, row.central, row.high, said, url)


def _timeline(asked: Asked, lines: LineQuery | None) -> Picture:
    w, say, ledger = asked.words, asked.words.say, asked.ledger
    chosen = replace(asked.lines if lines is None else lines, whole=True, sort="amount", descending=True)
    dots = []
    for entry in ledger.find(replace(chosen, limit=MOST_DOTS)):
        value, days = ledger.worth(entry), entry.pledge.announced
        if value is not None and days is not None:
            said = f"{w.title(entry.pledge)} · {w.interval(days)} · {w.named(entry.pledge.stage.value, STAGES)}"
            dots.append(
                Dot(
                    entry.id,
                    _dot_name(w, entry, chosen),
                    days.middle,
                    value,
                    said,
                    entry.counted,
                    asked.link(f"/pledges/{entry.id}"),
                )
            )
    dots.sort(key=lambda dot: (-dot.value, dot.key))
    note = say(NOTES["timeline"])
    if ledger.count(chosen) > MOST_DOTS:
        note += " " + say("The {n} largest are drawn.").format(n=w.whole(MOST_DOTS))
    return draw_timeline(
        dots, title=say("Pledges by day of announcement, {currency}").format(currency=ledger.currency),
        note=note, figure=w.figure,
    )  # fmt: skip


def _dot_name(w: Words, entry: Entry, lines: LineQuery) -> str:
    # Among the pledges of one investor the countries tell them apart.
    return (
        w.countries(entry.pledge.destinations)
        if any(kind == "investor" for kind, _ in lines.traits)
        else w.investors(entry.pledge)
    )


class _Flowing(Sequence[dict[str, Any]]):
    """The rows behind the picture of flows, each made when somebody asks for it: there can be as many as pledges."""

    def __init__(self, flows: Flows, w: Words) -> None:
        self._flows, self._words = flows, w

    def __len__(self) -> int:
        return len(self._flows)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[dict[str, Any]]: ...
    def __getitem__(self, at: int | slice) -> dict[str, Any] | Sequence[dict[str, Any]]:
        start, end, step = (at if isinstance(at, slice) else slice(at, at + 1)).indices(len(self))
        found = [
            {
                "investor": _investor_name(self._words, investor), "country": country,
                "name": _country_name(self._words, country), "central": value,
            }
            for investor, country, value in self._flows.each(start, end)
        ]  # fmt: skip
        return found[::step] if isinstance(at, slice) else found[0]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self[:])


def _investor_name(w: Words, name: str) -> str:
    return name or w.say("nobody named")


def _country_name(w: Words, code: str) -> str:
    return w.country(code) if code else w.say("several countries")


def _flow(asked: Asked, lines: LineQuery | None) -> Picture:
    w, say = asked.words, asked.words.say
    flows = asked.ledger.flows(asked.lines if lines is None else lines)
    others = say("others")
    ribbons = [
        Ribbon(
            others if investor is None else _investor_name(w, investor), country or "",
            others if country is None else _country_name(w, country), value, "",
        )
        for (investor, country), value in flows.merged(MOST_ENDS).items()
    ]  # fmt: skip
    return draw_flow(
        ribbons, title=say("From investors to countries, {currency}").format(currency=asked.ledger.currency),
        note=say(NOTES["flow"]), others=others, figure=w.figure, records=_Flowing(flows, w),
    )  # fmt: skip


def _delivered(asked: Asked, lines: LineQuery | None) -> Picture:
    w, say, ledger = asked.words, asked.words.say, asked.ledger
    day = asked.today
    sums = _states(ledger.shares(asked.lines if lines is None else lines))
    names = {
        "completed": say("completed"), "under_way": say("under way"), "announced": say("not yet due"),
        "overdue": say("overdue"), "delayed": say("delayed"), "proposed": say("only proposed"),
        "rumoured": say("only rumoured"), "cancelled": say("cancelled or denied"),
    }  # fmt: skip
    kinds = {"overdue": "bad", "delayed": "bad"} | dict.fromkeys(_TURNED_DOWN, "out")
    bars = [
        Bar(state, names[state], value, value, w.money(value, ledger.currency), kind=kinds.get(state, ""))
        for state in (*_STATES, *_TURNED_DOWN)
        if (value := sums.get(state, Decimal(0))) or state in _STATES
    ]
    return draw_bars(
        "delivered", bars, title=say("Pledged, delivered, overdue, {currency}").format(currency=ledger.currency),
        note=say(NOTES["delivered"]).format(day=w.day(day)),
        broken=say("Bars with a gap are longer than the picture."), figure=w.figure,
    )  # fmt: skip


def _states(shares: Sequence[Share]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for share in shares:
        stage = Stage(share.stage)
        if share.counted:
            is_late = share.ended and stage not in (Stage.COMPLETED, Stage.DELAYED)
            found["overdue" if is_late else share.stage] += Decimal(share.cents) / 100
        elif stage in (Stage.PROPOSED, Stage.RUMOURED, Stage.CANCELLED, Stage.DENIED):
            found["cancelled" if stage is Stage.DENIED else share.stage] += Decimal(share.cents) / 100
    return found


PICTURES: Mapping[str, Callable[[Asked, LineQuery | None], Picture]] = {
    "map": _map,
    "ranking": _ranking,
    "timeline": _timeline,
    "flow": _flow,
    "delivered": _delivered,
}
