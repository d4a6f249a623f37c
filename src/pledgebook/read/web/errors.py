"""What can go wrong with a fetch.

DocumentError
└── FetchError      a page could not be had
    ├── ForbiddenError  it lies where fetching must not reach; nothing was asked
    ├── UnwelcomeError  its robots.txt asks us to stay away
    ├── RefusedError    its server says no, for good: 404, 403, 410
    └── PostponedError  it may go better later: 429, 5xx, a time-out
"""

from pledgebook.domain import DocumentError


class FetchError(DocumentError):
    """A page could not be had."""


class ForbiddenError(FetchError):
    """It lies where fetching must not reach; nothing was asked."""


class UnwelcomeError(FetchError):
    """Its robots.txt asks us to stay away."""


class RefusedError(FetchError):
    """Its server says no, for good. `status` is its answer, 0 where the answer itself can't be used."""

    def __init__(self, where: str, seen: str, help: str = "", *, status: int = 0) -> None:  # noqa: A002 - as its base
        super().__init__(where, seen, help)
        self.status = status


class PostponedError(FetchError):
    """It may go better later: `wait` are the seconds that its server asks for, None where it does not say."""

    def __init__(
        self,
        where: str,
        seen: str,
        help: str = "",  # noqa: A002 - as its base
        *,
        status: int = 0,
        wait: float | None = None,
    ) -> None:
        super().__init__(where, seen, help)
        self.status, self.wait = status, wait
