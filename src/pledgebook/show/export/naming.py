"""A pledge in one line of words, as titles of exported things have it."""

from pledgebook.domain import Entry
from pledgebook.show.countries import country_name
from pledgebook.show.values import amount, money


def title_of(entry: Entry) -> str:
    """Who pledges how much, where or to whom.

    A title says no more than the line: "Microsoft: 3.2 bn EUR, Germany".
    """
    pledge = entry.pledge
    who = ", ".join(party.name for party in pledge.investors) or "Unnamed investors"
    told = []
    if entry.is_rest:
        who = f"Unnamed part of {who if pledge.investors else pledge.id}"
        if entry.central is not None and entry.currency is not None:
            told.append(money(entry.central, entry.currency))
    elif pledge.amount is not None:
        told.append(amount(pledge.amount))
    if pledge.recipient is not None:
        told.append(f"to {pledge.recipient.name}")
    told += [country_name(code) for code in pledge.destinations]
    return f"{who}: {', '.join(told)}" if told else who


def web_address(source: str) -> str | None:
    """The source where it is an address on the web, None where it is a file or a name.

    >>> web_address("https://one.example/a"), web_address("a.txt")
    ('https://one.example/a', None)
    """
    return source if source.startswith(("http://", "https://")) and not any(c.isspace() for c in source) else None
