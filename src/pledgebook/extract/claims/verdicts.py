"""Role, stage and purposes of a draft: choices among labels, by its sentences' cues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pledgebook.domain import Interval, Mention, PartyKind, Purpose, Role, Stage
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.features import figure_features
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.scene import Scene, paragraph_of
from pledgebook.extract.claims.standing import STANDING
from pledgebook.extract.claims.territory import Territory

_SUM = Decimal("0.02")
_MOST_PARTS = 9
_MOST_OTHERS = 14
_PAST_DAYS = 40
_BACK = 2
_PURPOSE, _NEWS = 0.4, 0.5
_MAYBE = 0.45
_REACH = 25
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a draft is, and whether it was made public on the day of the document.

    `may_be_new` where another role is hardly likelier than that of a new pledge.
    """

    role: Role
    stage: Stage
    purposes: tuple[Purpose, ...]
    reasons: tuple[str, ...]
    is_news: bool = True
    may_be_new: bool = False


def judge(scene: Scene, draft: Draft, drafts: Sequence[Draft], territory: Territory) -> Verdict:
    """Role, stage and purposes with the features that weighed most."""
    features = verdict_features(scene, draft, drafts, territory)
    reasons = []
    role_model, stage_model = load_model("role"), load_model("stage")
    roles = role_model.chances(features)
    role = max(roles, key=lambda label: roles[label])
    may_be_new = roles.get(Role.NEW, 0.0) >= _MAYBE * roles[role]
    reasons.append(f"role {role} ({roles[role]:.2f}): {', '.join(role_model.reasons(features, label=role))}")
    if role == Role.EARLIER and {"sums-up", "S:total"} <= set(features):
        # "With the 7.8 announced in May, that makes 17.8 in all": what the others make up is their total.
        role = Role.TOTAL.value
        reasons.append("role total: other sums make it up")
    told_of_stage = stage_features(features, role)
    stage, sure = stage_model.label(told_of_stage)
    reasons.append(f"stage {stage} ({sure:.2f}): {', '.join(stage_model.reasons(told_of_stage, label=stage))}")
    if stage == Stage.ANNOUNCED and _is_put_off(scene, draft):
        stage = Stage.DELAYED.value
        reasons.append("stage delayed: its sentence says so")
    elif stage == Stage.ANNOUNCED and role != Role.TOTAL and set(features) >= _CALLED_OFF:
        stage = Stage.CANCELLED.value
        reasons.append("stage cancelled: its clause says so")
    if role == "yes":
        role, stage = "new", "announced"
    told = purpose_features(scene, draft, drafts, territory)
    purposes = tuple(
        purpose
        for purpose in Purpose
        if purpose is not Purpose.GENERAL
        and load_model(f"purpose-{purpose.value}").probability(told[purpose]) >= _PURPOSE
    )
    is_news = load_model("news").probability([*features, f"role:{role}"]) >= _NEWS
    return Verdict(Role(role), Stage(stage), purposes or (Purpose.GENERAL,), tuple(reasons), is_news, may_be_new)


def _is_put_off(scene: Scene, draft: Draft) -> bool:
    """Whether a sentence that tells of a draft has words for putting off: of four such pledges three are delayed."""
    sentences = {scene.sentence_at(mention.span.start) for mention in draft.anchors}
    return any(cue.label == "delay" for sentence in sentences for cue in scene.cues_of(sentence))


def verdict_features(scene: Scene, draft: Draft, drafts: Sequence[Draft], territory: Territory) -> list[str]:
    """What tells of a draft's role and stage."""
    features: set[str] = set()
    bodies = [
        m for m in draft.anchors if not scene.sentences[scene.sentence_at(m.span.start)].is_heading
    ] or draft.anchors
    for mention in bodies:
        features |= {
            f for f in figure_features(scene, mention) if not f.startswith(("size:", "doc-", "kind:", "count:", "P:"))
        }
    first = drafts[0]
    features.add("first" if draft is first else "later")
    features.add(f"drafts:{min(len(drafts), 5)}")
    if any(scene.sentence_at(m.span.start) == scene.title for m in draft.anchors):
        features.add("titled")
    features.add(f"investors:{min(len(draft.investors), 3)}")
    if draft.investors:
        features.add(f"topic:{min(draft.investors[0].order, 2)}")
        features.add(f"payer:{draft.investors[0].party.kind.value if draft.investors[0].party else ''}")
    if draft is not first:
        features.add("same-payer" if _keys(draft.investors) == _keys(first.investors) else "other-payer")
        features.add("same-country" if _keys(draft.destinations) == _keys(first.destinations) else "other-country")
    if not draft.figures:
        features.add("no-money")
    if sums_up(draft, drafts):
        features.add("sums-up")
    features |= set(_date_features(scene, territory, bodies))
    features |= {f"near:{c.label}" for n in territory.near for c in scene.cues_of(n) if c.label in _STAGES}
    if draft is first:
        features |= {f"far:{c.label}" for n in territory.far for c in scene.cues_of(n) if c.label in _STAGES}
    position = scene.sentence_at(bodies[0].span.start)
    features.add(f"at:{min(4, 5 * position // max(1, len(scene.sentences)))}")
    if len(draft.investors) > 1 and "L14:total" in features:
        features.add("joint-total")
    days = {f for f in features if f.startswith("day") and f.count(":") == 1}
    crossed = {f"{one}&{two}" for one in features & _CROSSED for two in features & _CROSSING}
    return sorted(features | crossed | {f"{one}&{two}" for one in days for two in features & _WITH_DAY})


def stage_features(features: Sequence[str], role: str) -> list[str]:
    """What tells of a draft's stage once its role is known: how its sum compares to others does not."""
    return [*(feature for feature in features if not feature.startswith(STANDING)), f"role:{role}"]


# Words for giving up stand close before the sum, in its own clause.
_CALLED_OFF = frozenset(("L14:cancel", "C:cancel"))
_STAGES = frozenset(("rumour", "propose", "under_way", "complete", "delay", "cancel", "deny"))
_CROSSED = frozenset(
    ("titled", "first", "later", "same-payer", "other-payer", "date:past", "date:recent", "date:none", "sums-up")
)
_WITH_DAY = frozenset(
    (
        *("titled", "heading", "first", "later", "same-payer", "other-payer", "sums-up"),
        *("S:announce", "S:earlier", "S:total", "S:invest", "S:complete", "S:under_way"),
    )
)
_CROSSING = frozenset(
    (
        *("S:earlier", "S:total", "S:announce", "S:complete", "S:under_way", "S:invest", "S:plan"),
        *("date:past", "date:future", "date:recent", "date:none", "other-country", "same-country", "pos:0", "pos:4"),
        *("figures:2", "figures:3", "investors:0", "investors:2", "investors:3"),
    )
)


def _keys(actors: Sequence[object]) -> frozenset[str]:
    return frozenset(getattr(actor, "key", "") for actor in actors)


def _date_features(scene: Scene, territory: Territory, figures: Sequence[Mention]) -> list[str]:
    published = scene.document.published
    features = []
    for mention in scene.dates:
        if mention.reading is None or scene.sentence_at(mention.span.start) not in territory.core:
            continue
        interval, edge = mention.reading.interval, mention.reading.edge
        features.append(f"edge:{edge}")
        if published is not None:
            features.append(f"date:{when(interval, published)}")
    return [*(features or ["date:none"]), *_nearest_dates(scene, figures)]


def _nearest_dates(scene: Scene, figures: Sequence[Mention]) -> Iterator[str]:
    """How long ago the day is that stands nearest to a figure in its sentence, or was named last in its paragraph."""
    published = scene.document.published
    if published is None:
        return
    told = [
        (scene.sentence_at(m.span.start), m.span.start, ago(m.reading.interval, published), m.reading.edge)
        for m in scene.dates
        if m.reading is not None
    ]
    for figure in figures:
        sentence, start = scene.sentence_at(figure.span.start), figure.span.start
        here = [(at, day, edge) for n, at, day, edge in told if n == sentence]
        if not here:
            around = [n for n in paragraph_of(scene, sentence) if sentence - _BACK <= n < sentence]
            yield from [f"day-before:{day}" for n, _, day, _ in told if n in around][-1:] or ["day:none"]
            continue
        at, day, edge = min(here, key=lambda item: abs(item[0] - start))
        yield from (f"day:{day}", f"day:{day}:{edge}", f"day-{'l' if at < start else 'r'}:{day}:{edge}")
        yield f"first-day:{here[0][1]}:{here[0][2]}"
        yield from (f"any-day:{day}:{edge}" for _, day, edge in here)


def ago(interval: Interval, published: Interval) -> str:
    """How long before a publication an interval ended, in steps.

    A long one that reaches it is "lately", one that goes on "around" it; "ahead" is what begins later.
    """
    if interval.earliest > published.latest:
        return "ahead"
    days = (published.earliest - interval.latest).days
    if days <= 0 and (interval.latest - interval.earliest).days > _PAST_DAYS:
        return "lately" if interval.latest <= published.latest else "around"
    return next((name for name, most in _STEPS.items() if days <= most), "years")


_STEPS = {"today": 1, "week": 8, "weeks": _PAST_DAYS, "year": 400}


def when(interval: Interval, published: Interval) -> str:
    """Whether an interval lies in the past, around or after the day of a publication."""
    if (published.earliest - interval.latest).days > _PAST_DAYS:
        return "past"
    if interval.earliest <= published.latest:
        return "recent"
    return "future"


def _size(draft: Draft) -> Decimal:
    return draft.amount.value if draft.amount is not None else Decimal(0)


def sums_up(draft: Draft, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The other drafts whose sums make up this one's, empty where none do."""
    whole = draft.amount
    if whole is None:
        return ()
    others = [
        d
        for d in drafts
        if d is not draft
        and d.amount is not None
        and d.amount.currency == whole.currency
        and d.amount.value < whole.value
    ]
    if len(others) > _MOST_OTHERS:
        others = sorted(others, key=_size, reverse=True)[:_MOST_OTHERS]
    sums = [(draft, draft.amount.central) for draft in others if draft.amount is not None]
    for size in range(2, min(len(sums), _MOST_PARTS) + 1):
        if size > 4 and size != len(sums):
            continue
        for parts in combinations(sums, size):
            total = sum((worth for _, worth in parts), Decimal(0))
            if abs(total - whole.central) <= _SUM * whole.central:
                return tuple(draft for draft, _ in parts)
    return ()


def purpose_features(
    scene: Scene, draft: Draft, drafts: Sequence[Draft], territory: Territory
) -> dict[Purpose, list[str]]:
    """For every purpose, how its words stand to the draft."""
    places = {"core": territory.core, "near": territory.near, "far": territory.far[:8]}
    if scene.title >= 0:
        places["titled"] = (scene.title,)
    places["lead"] = tuple(range(min(3, len(scene.sentences))))
    labels_here = {
        name: {match.label for n in sentences for match in scene.purposes_of(n)} for name, sentences in places.items()
    }
    close = _close_purposes(scene, draft)
    common = _common(draft, drafts, labels_here["core"])
    found: dict[Purpose, list[str]] = {}
    for purpose in Purpose:
        base = sorted({name for name, labels in labels_here.items() if purpose in labels} | close.get(purpose, set()))
        found[purpose] = sorted({*base, *common, *(f"{one}&{two}" for one in base for two in common[:4])})
    return found


def _common(draft: Draft, drafts: Sequence[Draft], labels: set[str]) -> list[str]:
    kinds = {m.deliverable.kind.value for m in draft.quantities if m.deliverable}
    common = [f"kind:{kind}" for kind in sorted(kinds)]
    common += ["first" if draft is drafts[0] else "later", f"core-labels:{min(len(labels), 3)}"]
    if any(actor.party and actor.party.kind is PartyKind.GOVERNMENT for actor in draft.investors):
        common.append("government")
    if draft.recipient is not None:
        common.append("recipient")
    return common + [f"with:{label}" for label in sorted(labels)]


def _close_purposes(scene: Scene, draft: Draft) -> dict[Purpose, set[str]]:
    """For every purpose whether its words stand close to a figure of the draft."""
    found: dict[Purpose, set[str]] = {}
    reach = int(_REACH * scene.unit)
    for mention in draft.anchors:
        for match in scene.purposes_in(mention.span.start - reach, mention.span.end + reach):
            near = scene.words_between(match.span.start, mention.span.end) <= _NEAR
            found.setdefault(Purpose(match.label), set()).add("close" if near else "closer-than-25")
    return found
