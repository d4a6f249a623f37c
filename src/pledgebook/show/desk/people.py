"""Who asks, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do, the least first: read; read and decide; and everything."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, wanted: "Role") -> bool:
        """Whether whoever has this role may do what `wanted` may.

        >>> Role.ADMIN.covers(Role.REVIEWER), Role.VIEWER.covers(Role.REVIEWER)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the name under which decisions are kept (None for a guest), and the role.

    `via` is how we know: "loopback" (the owner of this machine, no account needed), "guest" (reading without an
    account, where that is allowed), "session" or "token". `csrf` is what a form of theirs has to bring along,
    `has_accounts` whether there is anything to sign in to.
    """

    name: str | None
    role: Role
    via: str = "loopback"
    csrf: str = ""
    has_accounts: bool = False

    def may(self, wanted: Role) -> bool:
        """Whether they may do what `wanted` may."""
        return self.role.covers(wanted)
