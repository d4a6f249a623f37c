"""The life of a pledge: which stages were told, when and in which words, and at which it stands."""

from collections.abc import Sequence
from datetime import date

from pledgebook.domain import Role, Stage, Step, Telling
from pledgebook.reconcile.votes import voice_of

# How far a commitment has come. A setback stands beside these until news, not background, says otherwise.
_PROGRESS = {
    Stage.RUMOURED: 0,
    Stage.PROPOSED: 1,
    Stage.ANNOUNCED: 2,
    Stage.UNDER_WAY: 3,
    Stage.COMPLETED: 4,
}
_SETBACKS = frozenset({Stage.DELAYED, Stage.CANCELLED, Stage.DENIED})
# Of stages told on one day by as many voices, the most cautious.
_CAUTION = {
    stage: rank
    for rank, stage in enumerate(
        (
            Stage.DENIED,
            Stage.CANCELLED,
            Stage.DELAYED,
            Stage.RUMOURED,
            Stage.PROPOSED,
            Stage.ANNOUNCED,
            Stage.UNDER_WAY,
            Stage.COMPLETED,
        )
    )
}


def read_life(tellings: Sequence[Telling]) -> tuple[Step, ...]:
    """The steps of a pledge's stage in the order in which they were told; the last one is where it stands.

    Background ("announced last year") can show progress, but takes back neither progress nor a setback; only news can.
    Tellings of no known day come first, and what they say of progress gives way to the first that has one.
    """
    by_day: dict[date | None, list[Telling]] = {}
    for telling in tellings:
        by_day.setdefault(telling.day_known, []).append(telling)
    steps: list[Step] = []
    for day in sorted(by_day, key=lambda day: day or date.min):
        told = by_day[day]
        news = _stage_of([telling for telling in told if telling.claim.role is not Role.EARLIER])
        background = _stage_of([telling for telling in told if telling.claim.role is Role.EARLIER])
        for stage, is_news in ((background, False), (news, True)):
            if stage is not None and (not steps or _moves(steps[-1], stage, is_news=is_news, is_dated=day is not None)):
                steps.append(_step(day, stage, told))
    return tuple(steps)


def _moves(last: Step, told: Stage, *, is_news: bool, is_dated: bool) -> bool:
    now = last.stage
    if now is told:
        return False
    if told in _SETBACKS:
        # A delay told as background does not bring back what has been given up.
        return is_news or now not in _SETBACKS or _CAUTION[told] < _CAUTION[now]
    if now in _SETBACKS:
        return (is_news and now is not Stage.DELAYED) or _PROGRESS[told] > _PROGRESS[Stage.ANNOUNCED]
    return _PROGRESS[told] > _PROGRESS[now] or (is_dated and last.day is None)


def _stage_of(tellings: Sequence[Telling]) -> Stage | None:
    voices: dict[Stage, set[str]] = {}
    for telling in tellings:
        voices.setdefault(telling.claim.stage, set()).add(voice_of(telling))
    return min(voices, key=lambda stage: (-len(voices[stage]), _CAUTION[stage]), default=None)


def _step(day: date | None, stage: Stage, tellings: Sequence[Telling]) -> Step:
    teller = min((telling for telling in tellings if telling.claim.stage is stage), key=lambda telling: telling.key)
    words = next((item.text for item in teller.claim.evidence if item.field == "stage"), "")
    return Step(day, stage, teller.key, words)
