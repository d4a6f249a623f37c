"""What a route asks of its request: the desk, who asks, what is asked for.

All of it is `async`, though nothing waits: FastAPI would give each a thread.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from pledgebook.show.desk.desk import Desk
from pledgebook.show.desk.people import Person, Role


class NotAllowed(Exception):  # noqa: N818 - it says what it is
    """Somebody asks for what they may not do; `wanted` is the role that may."""

    def __init__(self, wanted: Role) -> None:
        self.wanted = wanted
        super().__init__(wanted.value)


async def get_desk(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


async def get_person(request: Request) -> Person:
    """Who asks. There is always somebody: strangers are turned away before any route."""
    person: Person = request.state.person
    return person


def needs(role: Role) -> Callable[[Request], Awaitable[Person]]:
    """A dependency that lets only those pass who may do what `role` may, and gives who they are."""

    async def check(request: Request) -> Person:
        person = await get_person(request)
        if not person.may(role):
            raise NotAllowed(role)
        return person

    return check


DeskDep = Annotated[Desk, Depends(get_desk)]
PersonDep = Annotated[Person, Depends(get_person)]
Reviewer = Annotated[Person, Depends(needs(Role.REVIEWER))]
