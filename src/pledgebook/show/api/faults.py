"""The one shape of every error of the API."""

import json
from collections.abc import Mapping

from starlette.responses import Response


class Fault(Exception):  # noqa: N818 - it says what it is
    """An answer that is an error: its status, its name, where it is, what was seen and what would help."""

    def __init__(self, status: int, name: str, where: str, seen: str, help: str = "") -> None:  # noqa: A002 - the reader's word for it
        self.status, self.name, self.where, self.seen, self.help = status, name, where, seen, help
        super().__init__(seen)


def fault_response(
    status: int,
    name: str,
    where: str,
    seen: str,
    help: str,  # noqa: A002 - the reader's word for it
    *,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error as JSON: `{"error": {"status", "name", "where", "seen", "help"}}`, whatever went wrong."""
    said = {"error": {"status": status, "name": name, "where": where, "seen": seen, "help": help}}
    return Response(
        json.dumps(said),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
