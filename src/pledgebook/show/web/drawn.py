"""The pictures of a ledger: which figures go into each, and what is said below it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pledgebook.domain import Entry, Stage, Tally
from pledgebook.show.web.asked import Asked, kept, totals_of
from pledgebook.show.web.pictures import (
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

_RANKED = 12
_MOST_DOTS = 1200
_STATES = ("completed", "under_way", "announced", "overdue", "delayed")
_TURNED_DOWN = ("proposed", "rumoured", "cancelled")


def draw(name: str, asked: Asked, entries: Sequence[Entry] | None = None, key: str = "") -> Picture | None:
    """The picture of that name over what the request asks for, None where there is none."""
    maker = PICTURES.get(name)
    return None if maker is None else maker(asked, entries, key)


def _map(asked: Asked, entries: Sequence[Entry] | None, key: str) -> Picture:
    w, say = asked.words, asked.words.say
    rows = totals_of(asked, "country", entries=entries, key=key)
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


def _ranking(asked: Asked, entries: Sequence[Entry] | None, key: str) -> Picture:
    by = "investor" if asked.request.query_params.get("rank") == "investor" else "country"
    return ranking(asked, by, entries, key)


def ranking(asked: Asked, by: str, entries: Sequence[Entry] | None = None, key: str = "") -> Picture:
    """The largest countries or investors."""
    w, say = asked.words, asked.words.say
    rows = [row for row in totals_of(asked, by, entries=entries, key=key) if row.key is not None and row.central > 0]
    rows.sort(key=lambda row: (-row.central, row.key or ""))
    bars = [_bar(asked, row, by) for row in rows[:_RANKED]]
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


def _timeline(asked: Asked, entries: Sequence[Entry] | None, key: str) -> Picture:
    w, say, ledger = asked.words, asked.words.say, asked.ledger
    lines = [entry for entry in (ledger.choose(asked.query) if entries is None else entries) if not entry.is_rest]
    dots = []
    for entry in lines:
        value, days = ledger.worth(entry), entry.pledge.announced
        if value is not None and days is not None:
            said = f"{w.title(entry.pledge)} · {w.interval(days)} · {w.named(entry.pledge.stage.value, STAGES)}"
            dots.append(
                Dot(entry.id, _dot_name(w, entry, key), days.middle, value, said, entry.counted, f"/pledges/{entry.id}")
            )
    dots.sort(key=lambda dot: (-dot.value, dot.key))
    note = say(NOTES["timeline"])
    if len(dots) > _MOST_DOTS:
        note += " " + say("The {n} largest are drawn.").format(n=w.whole(_MOST_DOTS))
    return draw_timeline(
        dots[:_MOST_DOTS], title=say("Pledges by day of announcement, {currency}").format(currency=ledger.currency),
        note=note, figure=w.figure,
    )  # fmt: skip


def _dot_name(w: Words, entry: Entry, key: str) -> str:
    # Among the pledges of one investor the countries tell them apart.
    return w.countries(entry.pledge.destinations) if key.startswith("investors/") else w.investors(entry.pledge)


def _flow(asked: Asked, entries: Sequence[Entry] | None, key: str) -> Picture:
    w, say = asked.words, asked.words.say
    lines = asked.ledger.choose(asked.query) if entries is None else entries
    sums = kept(asked.ledger, ("flow", asked.query.filters, asked.query.q, key), lambda: _flows(lines))
    ribbons = [
        Ribbon(
            say("nobody named") if investor == "" else investor, country,
            w.country(country) if country else say("several countries"), value, "",
        )
        for (investor, country), value in sums.items()
    ]  # fmt: skip
    return draw_flow(
        ribbons, title=say("From investors to countries, {currency}").format(currency=asked.ledger.currency),
        note=say(NOTES["flow"]),
        others=say("others"), figure=w.figure,
    )  # fmt: skip


def _flows(lines: Sequence[Entry]) -> Mapping[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in lines:
        if not entry.counted or entry.converted is None:
            continue
        pledge = entry.pledge
        country = pledge.destinations[0] if len(pledge.destinations) == 1 else ""
        named = [party.name for party in pledge.investors] or [""]
        if entry.is_rest and len(named) > 1:
            named = [""]
        for name in named:
            found[name, country] += entry.converted.central / len(named)
    return found


def _delivered(asked: Asked, entries: Sequence[Entry] | None, key: str) -> Picture:
    w, say, ledger = asked.words, asked.words.say, asked.ledger
    lines = ledger.choose(asked.query) if entries is None else entries
    day = asked.today
    sums = kept(ledger, ("delivered", asked.query.filters, asked.query.q, key, day), lambda: _states(asked, lines, day))
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


def _states(asked: Asked, lines: Sequence[Entry], day: date) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for entry in lines:
        pledge = entry.pledge
        if entry.counted and entry.converted is not None:
            state = pledge.stage.value
            if pledge.stage not in (Stage.COMPLETED, Stage.DELAYED) and pledge.term.end and pledge.term.end < day:
                state = "overdue"
            found[state] += entry.converted.central
        elif pledge.stage in (Stage.PROPOSED, Stage.RUMOURED, Stage.CANCELLED, Stage.DENIED) and not entry.is_rest:
            state = "cancelled" if pledge.stage is Stage.DENIED else pledge.stage.value
            found[state] += asked.ledger.worth(entry) or Decimal(0)
    return found


PICTURES: Mapping[str, Callable[[Asked, Sequence[Entry] | None, str], Picture]] = {
    "map": _map,
    "ranking": _ranking,
    "timeline": _timeline,
    "flow": _flow,
    "delivered": _delivered,
}
