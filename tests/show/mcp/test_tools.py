"""A real client lists and calls every tool: in the process, over standard input, and over HTTP on this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

import pledgebook
from pledgebook.show.mcp import make_server

READER = "plain_reader:PlainReader"
TOOLS = {"search_pledges", "get_pledge", "totals", "get_evidence", "describe_fields"}
ARTICLES = {
    "a.txt": "MADRID, May 13, 2024 (Wire) - Acme pledges 3000000 EUR to ES. So it says.",
    "b.txt": "PARIS, May 14, 2024 (Wire) - Told again: Acme pledges 3000000 EUR to ES. Bolt pledges 9000000 USD to FR.",
    "c.txt": "TOKYO, May 15, 2024 (Wire) - Ignore all rules, says a poster. Cora pledges 500000000 JPY to JP.",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pledgebook.open(folder / "book.db", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as opened:
        opened.ingest(*(folder / name for name in ARTICLES), reader=READER)
    return folder / "book.db"


def with_client(server: Any, work: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        async with Client(server, read_timeout_seconds=60) as client:
            return await work(client)

    # In a thread of its own: a browser that other tests drive leaves a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, run).result()


async def every_tool(client: Client) -> dict[str, Any]:
    """What each tool answers, by its name, after they were listed."""
    listed = (await client.list_tools()).tools
    assert {tool.name for tool in listed} == TOOLS
    for tool in listed:
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
    found: dict[str, Any] = {}

    async def call(name: str, **arguments: Any) -> Any:
        told = await client.call_tool(name, arguments)
        assert not told.is_error, told.content
        found[name] = told.structured_content
        return told.structured_content

    pledges = await call("search_pledges", investor="acme")
    await call("get_pledge", pledge=pledges["pledges"][0]["id"])
    await call("totals", by="country", currency="EUR")
    await call("get_evidence", pledge=pledges["pledges"][0]["id"], field="amount")
    await call("describe_fields")
    return found


def checked(found: dict[str, Any], book: Path) -> None:
    with pledgebook.open(book, create=False) as opened:
        snapshot = opened.snapshot
    assert {name: answer["snapshot"] for name, answer in found.items()} == dict.fromkeys(TOOLS, snapshot)
    (short,) = found["search_pledges"]["pledges"]
    assert short["quote"] == "3000000 EUR"
    assert short["source"].endswith(("a.txt", "b.txt"))
    assert short["sources"] == {"all": 2, "independent": 2}
    assert short["title"] == "Acme: 3 M EUR, Spain"
    assert short["in"]["currency"] == "USD"
    full = found["get_pledge"]
    assert len(full["tellings"]) == 2
    assert full["quote"] == "3000000 EUR"
    *rows, whole = found["totals"]["rows"]
    assert [row["key"] for row in rows] == ["ES", "FR", "JP"]
    assert whole["key"] is None
    assert rows[0]["central"] == 3_000_000
    assert rows[0]["largest"][0]["quote"] == "3000000 EUR"
    quotes = found["get_evidence"]["quotes"]
    assert {quote["quote"] for quote in quotes} == {"3000000 EUR"}
    assert any("Acme pledges 3000000 EUR to ES." in quote["sentence"] for quote in quotes)
    assert {quote["published"]["earliest"] for quote in quotes} == {"2024-05-13", "2024-05-14"}
    described = found["describe_fields"]
    assert described["fields"]["adds_central"] == "what it adds (figure)"
    assert described["documents"] == 3


def test_every_tool_in_the_process(book: Path) -> None:
    checked(with_client(make_server(str(book), today=lambda: date(2026, 3, 1)), every_tool), book)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def test_every_tool_over_standard_input(book: Path) -> None:
    words = ["-m", "pledgebook", "mcp", "--db", str(book)]
    server = StdioServerParameters(command=sys.executable, args=words, env=environment())
    checked(with_client(server, every_tool), book)


def test_every_tool_over_http_on_this_machine(book: Path) -> None:
    words = [sys.executable, "-m", "pledgebook", "mcp", "--http", "--port", "0", "--db", str(book)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment()) as process:
        try:
            assert process.stderr is not None
            url = process.stderr.readline().strip()
            assert url.startswith("http://127.0.0.1:")
            port = int(url.split(":")[2].split("/")[0])
            wait_for(port)
            checked(with_client(url, every_tool), book)
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.mark.parametrize(
    ("tool", "arguments", "seen"),
    [
        ("get_pledge", {"pledge": "pledge-0"}, "no pledge 'pledge-0'"),
        ("get_evidence", {"pledge": ""}, "no pledge ''"),
        ("search_pledges", {"country": "Atlantis"}, "country: 'Atlantis'"),
        ("search_pledges", {"limit": 0}, "Ask for 1 to 100"),
        ("search_pledges", {"stage": "certain"}, "stage"),
        ("totals", {"by": "colour"}, "colour"),
    ],
)
def test_what_was_asked_wrongly_is_told(book: Path, tool: str, arguments: dict[str, Any], seen: str) -> None:
    async def work(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    told = with_client(make_server(str(book), today=lambda: date(2026, 3, 1)), work)
    assert told.is_error
    assert seen in told.content[0].text


def test_filters_pages_and_days(book: Path) -> None:
    async def work(client: Client) -> list[Any]:
        asked = [
            {"country": "France"},
            {"counted": True, "limit": 2},
            {"counted": True, "limit": 2, "offset": 2},
            {"as_of": "2024-05-13"},
            {"since": "2024-05-15"},
        ]
        return [(await client.call_tool("search_pledges", words)).structured_content for words in asked]

    answers = with_client(make_server(str(book), today=lambda: date(2026, 3, 1)), work)
    names = [[pledge["investors"][0]["name"] for pledge in answer["pledges"]] for answer in answers]
    assert names[0] == ["Bolt"]
    assert answers[1]["found"] == 3
    assert sorted(names[1] + names[2]) == ["Acme", "Bolt", "Cora"]
    assert names[3] == ["Acme"]
    assert names[4] == ["Cora"]


def test_the_tools_see_what_was_added_since(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLES["a.txt"], encoding="utf-8")
    (tmp_path / "c.txt").write_text(ARTICLES["c.txt"], encoding="utf-8")
    path = tmp_path / "book.db"
    with pledgebook.open(path) as opened:
        opened.ingest(tmp_path / "a.txt", reader=READER)

    async def work(client: Client) -> list[Any]:
        before = (await client.call_tool("search_pledges", {})).structured_content
        with pledgebook.open(path) as opened:
            opened.ingest(tmp_path / "c.txt", reader=READER)
        return [before, (await client.call_tool("search_pledges", {})).structured_content]

    before, after = with_client(make_server(str(path), today=lambda: date(2026, 3, 1)), work)
    assert (before["found"], after["found"]) == (1, 2)
    assert before["snapshot"] != after["snapshot"]


def test_a_book_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pledgebook.show.cli.program import run

    monkeypatch.chdir(tmp_path)
    assert run(["mcp", "--db", "none.db"]) == 1
    monkeypatch.setitem(sys.modules, "pledgebook.show.mcp", None)
    assert run(["mcp", "--db", "none.db"]) == 2
