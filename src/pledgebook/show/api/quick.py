"""A list that is asked for very often is answered at once: past the routes, its parameters read in one go."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_type_hints

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Endpoint = Callable[..., Awaitable[Response]]


class QuickLane:
    """Answers a GET for some paths, and leaves all else to the application behind it.

    That looks through its routes, and at the type of each parameter anew, which takes longer than most answers. Its
    routes stay what they are: whatever goes wrong here is asked of them again, and they say it in their words.
    `endpoints` are those of routes that take a request, the desk and `params` of the query, by their paths.
    """

    def __init__(self, app: ASGIApp, *, endpoints: Mapping[str, Endpoint]) -> None:
        self._app = app
        self._quick = {path: (endpoint, _model_of(endpoint)) for path, endpoint in endpoints.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        quick = self._quick.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        response = None if quick is None else await _answer(*quick, Request(scope))
        await (self._app if response is None else response)(scope, receive, send)


async def _answer(endpoint: Endpoint, model: type[BaseModel], request: Request) -> Response | None:
    """What the endpoint answers, None where it can't."""
    try:
        params: Any = model.model_validate(dict(request.query_params))
        return await endpoint(request, request.app.state.desk, params)
    except Exception:  # noqa: BLE001 - whatever it is, the route meets the same and knows how to say it
        return None


def _model_of(endpoint: Endpoint) -> type[BaseModel]:
    found: type[BaseModel] = get_type_hints(endpoint)["params"]
    return found
