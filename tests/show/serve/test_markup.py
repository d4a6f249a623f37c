"""What an article or a reviewer says is never more than words: no markup, no script, no formula."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from factory import claim
from pledgebook.domain import Claim, Document, Evidence, Interval, PublishedBasis, ReadDocument, Span
from pledgebook.show.desk.state import ALL
from pledgebook.store import open_book
from served import NOW, client_on

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
LINK = "javascript:alert(1)//example"
FORMULAS = ('=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1")


def hostile() -> Iterator[ReadDocument]:
    for number, name in enumerate((SCRIPT, IMAGE, *FORMULAS, "{{ 7*7 }}")):
        text = f"{name} will invest. {SCRIPT} {IMAGE} <a href='{LINK}'>here</a> </body></html>"
        made: Claim = claim(
            f"c{number}", name, "FR", f"{number + 1} m EUR", "2024-05-13", places=[IMAGE, "=1+1"], recipient=SCRIPT,
            evidence=(Evidence("investors", Span(0, len(name)), name),),
        )  # fmt: skip
        day = Interval.day(date(2024, 5, 13))
        sources = (LINK, f"https://one.example/{SCRIPT}", "data:text/html,<script>alert(1)</script>")
        yield ReadDocument(
            Document(sources[number % 3], text, "en", f"{IMAGE} {number}", day, PublishedBasis.METADATA),
            (made,), reader="told", version="1",
        )  # fmt: skip


class Seen(HTMLParser):
    """The tags of a page and what could run in them."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            said = (value or "").strip().lower()
            if name.startswith("on") or (
                name in ("href", "src", "action") and re.match(r"(javascript|data:text)", said)
            ):
                self.bad.append(f"{tag} {name}={value}")
        if (tag == "script" and not dict(attrs).get("src")) or (tag == "img" and dict(attrs).get("src") == "x"):
            self.bad.append(f"{tag} {attrs}")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("markup") / "hostile.db"
    book = open_book(str(path), create=True)
    book.add_all(list(hostile()), at=NOW)
    book.close()
    with client_on(path) as found:
        yield found


def test_pages_show_words_and_run_nothing(client: TestClient) -> None:
    app: Any = client.app
    ledger = app.state.desk.ledger()
    paths = ["/", "/ledger", "/conflicts", "/changes", "/sources", "/documents", "/investors", "/countries", "/places",
             "/totals", "/review", "/report.html", f"/ledger?q={SCRIPT}&investor={IMAGE}", "/login?next=javascript:x"]  # fmt: skip
    paths += [f"/pledges/{entry.id}" for entry in ledger.each(ALL)] + [
        f"/documents/{name}" for name in ledger.documents
    ]
    shown = 0
    for path in paths:
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code == 200 and "html" in answer.headers["content-type"]:
            shown += 1
            seen = Seen()
            seen.feed(answer.text)
            assert not seen.bad, (path, seen.bad[:3])
            assert SCRIPT not in answer.text, path
    if client.get("/ledger").status_code == 200:
        assert shown > 10


def test_what_the_api_says_is_never_taken_for_a_page(client: TestClient) -> None:
    for path in ("/api/v1/pledges", f"/api/v1/pledges/{SCRIPT}", f"/api/v1/search?q={SCRIPT}", "/api/v1/documents"):
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_cells_of_tables_are_no_formulas(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/api/v1/pledges.csv").text)))
    assert len(rows) == 9
    for row in rows[1:]:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = load_workbook(io.BytesIO(client.get("/api/v1/pledges.xlsx").content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
