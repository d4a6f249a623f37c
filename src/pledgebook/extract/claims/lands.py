"""What tells where a sum goes by whose money it is, who pays it and who gets it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.homes import home_of, homes_of, is_public
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

# How far before a party's name a land or a town may stand that tells where the party is from, and how far behind.
_BEFORE, _BEHIND = 5.0, 2.0
# The letters between a land and a name that stand beside one another, and those before it that are looked at.
_BESIDE, _FRONT = 2, 40
# Money that is spent in many lands: the dollar everywhere, the euro in its own twenty and beside them.
SHARED_MONEY = frozenset(("USD", "EUR"))


class Payment(NamedTuple):
    """What is known of a sum before it is asked where it goes.

    `homes` are the countries that its investors are from, "" for one whose home is not known; `payers` the investors'
    names, `paid` the recipient's name and `paid_home` its country, "" where nobody is paid or no list has it.
    """

    homes: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    is_public: bool = False
    paid: str = ""
    paid_home: str = ""


def payment_of(investors: Sequence[Actor], recipient: Actor | None, *, homes: Sequence[str] | None = None) -> Payment:
    """What is known of a sum by who pays it and who is paid; `homes` where they are known otherwise."""
    return Payment(
        tuple(homes_of(investors) if homes is None else homes),
        tuple(actor.key for actor in investors),
        is_public(investors),
        "" if recipient is None else recipient.key,
        "" if recipient is None else home_of(recipient.key),
    )


def land_features(scene: Scene, mention: Mention | None, actor: Actor, payment: Payment) -> tuple[str, ...]:
    """What tells whether money goes to a land, wherever the land is named."""
    return (*_money(mention, actor), *_parties(scene, actor, payment), _share(scene, actor))


def _money(mention: Mention | None, actor: Actor) -> Iterator[str]:
    """Whether the sum is in the land's own money. ISO 4217 begins a code with its land's in ISO 3166-1."""
    if mention is None or mention.amount is None:
        return
    currency = mention.amount.currency
    is_own = currency[:2] == actor.key
    if currency in SHARED_MONEY:
        yield f"money:{currency}{'-own' if is_own else ''}"
    elif currency[0] != "X":
        yield "money:own" if is_own else "money:foreign"


def _parties(scene: Scene, actor: Actor, payment: Payment) -> Iterator[str]:
    """Whether the land is but where a party is from: "the US company Acme", "Bolt of Seoul"."""
    told = _told_of(scene, actor)
    if len(told) == len(actor.anchors):
        yield "of-parties"
    payers, paid = set(payment.payers), payment.paid
    ours = sum(bool(payers & names) for names in told.values())
    if ours:
        yield "payers-all" if ours == len(actor.anchors) else "payers-some"
    if paid and any(paid in names for names in told.values()):
        yield "payees"
    if paid:
        home = payment.paid_home
        yield "paid-home" if home == actor.key else "paid-home-unknown" if not home else "paid-abroad"
    if payment.is_public:
        yield "public-home" if actor.key in payment.homes else "public-abroad"


def is_origin(scene: Scene, actor: Actor) -> bool:
    """Whether a text names a land only to say where parties are from."""
    return all(anchor.span in _told_of(scene, actor) for anchor in actor.anchors)


@once
def _told_of(scene: Scene, actor: Actor) -> Mapping[Span, frozenset[str]]:
    """The anchors of a land that tell where parties are from, with the names of those."""
    found: dict[Span, frozenset[str]] = {}
    for anchor in actor.anchors:
        names = frozenset(
            mention.party.name
            for mention in scene.organisations
            if mention.party is not None
            and _is_from(scene, anchor.span, mention.span, is_adjective=anchor.kind == "adjective")
        )
        if names:
            found[anchor.span] = names
    return found


def _is_from(scene: Scene, land: Span, party: Span, *, is_adjective: bool) -> bool:
    if land.end <= party.start:
        between = scene.text[land.end : party.start]
        far = _BEFORE if is_adjective or between[:1] in "-‑" else 0
        if len(between) <= _BESIDE and not between.strip(" ,") and _is_behind_sort(scene, land):
            return True
    elif party.end <= land.start:
        between = scene.text[party.end : land.start]
        far = _BEHIND if not is_adjective else 0
        if is_adjective and between == " " and _has_article(scene, land):
            return True  # "صندوق مابلكريست الكندي"
    else:
        return False
    return len(between) <= far * scene.unit and not any(mark in between for mark in ".;:\n")


def _is_behind_sort(scene: Scene, land: Span) -> bool:
    """Whether a land stands behind a word for a company, or that and one for "from": "công ty Nhật Bản Kirosei"."""
    before = skeleton(scene.text[max(0, land.start - _FRONT) : land.start]).rstrip()
    sorts, joins = _sorts(scene.language.code)
    if sorts is None or joins is None:
        return False
    return sorts.search(before) is not None or joins.search(before) is not None


@cache
def _sorts(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Words for companies at the end of what stands before a land, bare and with a word for where or whence."""
    words = load_name_words(code)
    several, joins = (sorted(words.words(label).whole, key=len, reverse=True) for label in ("introduce", "at"))
    if not several or not joins:
        return None, None
    edge = "" if words.script == "thai" else r"(?<!\w)"
    sort, join = ("|".join(map(re.escape, one)) for one in (several, joins))
    return re.compile(rf"{edge}(?:{sort})$"), re.compile(rf"{edge}(?:{sort}) ?{edge}(?:{join})$")


def _has_article(scene: Scene, land: Span) -> bool:
    articles = tuple(load_name_words(scene.language.code).words("opening_articles").whole)
    return bool(articles) and skeleton(land.of(scene.text)).startswith(articles)


def _share(scene: Scene, actor: Actor) -> str:
    """How much of what a text tells of lands it tells of this one."""
    share = len(actor.anchors) / max(1, len(scene.places))
    return f"share:{min(int(share * 5), 4)}"
