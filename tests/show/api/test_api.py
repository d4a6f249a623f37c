import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from pledgebook.show.desk.state import ALL
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json
from served import ARTICLES, client_on, small_book


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with client_on(small_book(tmp_path), state=tmp_path / "views.json") as found:
        yield found


def ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer.json()["rows"]]


def test_a_row_is_what_the_command_line_says(client: TestClient) -> None:
    app: Any = client.app
    ledger = app.state.desk.ledger()
    rows = client.get("/api/v1/pledges").json()["rows"]
    assert sorted(map(dumps, rows)) == sorted(dumps(pledge_json(entry)) for entry in ledger.each(ALL))
    assert len(rows) >= 3


def test_filters_are_those_of_list(client: TestClient) -> None:
    everything = client.get("/api/v1/pledges").json()
    assert everything["total"] == len(everything["rows"])
    french = client.get("/api/v1/pledges?country=FR").json()
    assert {tuple(row["destinations"]) for row in french["rows"]} == {("FR",)}
    assert [row["investors"][0]["name"] for row in client.get("/api/v1/pledges?investor=ac").json()["rows"]] == ["Acme"]
    assert not ids(client.get("/api/v1/pledges?stage=cancelled"))
    assert not ids(client.get("/api/v1/pledges?since=2024-05-14&until=2024-05-13"))
    assert [row["investors"][0]["name"] for row in client.get("/api/v1/pledges?q=cora").json()["rows"]] == ["Cora"]
    assert client.get("/api/v1/pledges?as_of=2024-05-13").json()["total"] == 1


def test_pages_follow_each_other_and_repeat_nothing(client: TestClient) -> None:
    for sort in ("amount", "-amount", "investor", "-announced", "id", "-sources"):
        seen, following = [], ""
        while True:
            page = client.get(f"/api/v1/pledges?limit=1&sort={sort}{following}").json()
            seen += [row["id"] for row in page["rows"]]
            if page["next"] is None:
                break
            following = f"&cursor={page['next']}"
        assert seen == ids(client.get(f"/api/v1/pledges?sort={sort}"))
    assert client.get("/api/v1/pledges?cursor=nonsense").status_code == 404


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/pledges?country=FR")
    for _ in range(2):
        again = client.get("/api/v1/pledges?country=FR", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["content-security-policy"]
    assert client.get("/api/v1/pledges?country=FR").content == first.content
    posted = client.post("/api/v1/documents", json={"source": "e.txt", "text": "Emil pledges 5000000 EUR to FR."})
    assert posted.status_code == 201, posted.text
    later = client.get("/api/v1/pledges?country=FR", headers={"If-None-Match": first.headers["etag"]})
    assert (later.status_code, later.json()["total"]) == (200, first.json()["total"] + 1)


def test_downloads_hold_exactly_the_rows_on_screen(client: TestClient) -> None:
    rows = client.get("/api/v1/pledges?country=FR&sort=amount").json()["rows"]
    names = [row["id"] for row in rows]
    lines = client.get("/api/v1/pledges.jsonl?country=FR&sort=amount")
    assert [json.loads(line) for line in lines.text.splitlines()] == rows
    assert lines.headers["x-total-count"] == str(len(rows))
    assert lines.headers["content-disposition"] == 'attachment; filename="pledges.jsonl"'
    table = client.get("/api/v1/pledges.csv?country=FR&sort=amount")
    assert [row["id"] for row in csv.DictReader(io.StringIO(table.text))] == names
    sheet = load_workbook(io.BytesIO(client.get("/api/v1/pledges.xlsx?country=FR&sort=amount").content)).active
    assert sheet is not None
    assert {str(row[0]) for row in sheet.iter_rows(values_only=True)} >= set(names)
    packed = pyarrow.parquet.read_table(
        io.BytesIO(client.get("/api/v1/pledges.parquet?country=FR&sort=amount").content)
    )
    assert packed.column("id").to_pylist() == names
    assert client.get("/api/v1/pledges.exe").json()["error"]["name"] == "no-such-format"


def test_a_document_has_its_words_and_where_they_stand(client: TestClient) -> None:
    for row in client.get("/api/v1/documents").json()["rows"]:
        document = client.get(f"/api/v1/documents/{row['id']}").json()
        assert document["text"] == ARTICLES[row["source"]]
        assert len(document["claims"]) == row["claims"]
        for claim in document["claims"]:
            for quote in claim["evidence"]:
                assert document["text"][quote["start"] : quote["end"]] == quote["text"]


def test_totals_registers_and_changes_agree(client: TestClient) -> None:
    rows = client.get("/api/v1/totals?by=country").json()["rows"]
    assert rows[-1]["key"] is None
    countries = {row["key"]: row["central"] for row in client.get("/api/v1/countries").json()["rows"]}
    assert countries == {row["key"]: row["central"] for row in rows[:-1]}
    assert {row["name"] for row in client.get("/api/v1/investors").json()["rows"]} == {"Acme", "Bolt", "Cora"}
    assert {row["source"] for row in client.get("/api/v1/sources").json()["rows"]} == set(ARTICLES)
    changes = client.get("/api/v1/changes").json()
    assert changes["total"] == len(changes["rows"]) >= 3
    assert [row["day"] for row in changes["rows"]] == sorted((row["day"] for row in changes["rows"]), reverse=True)
    assert client.get("/api/v1/claims").json()["total"] == 5


def test_search_finds_pledges_and_documents(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=Acme").json()
    assert [row["investors"][0]["name"] for row in found["pledges"]] == ["Acme"]
    assert {row["source"] for row in found["documents"]} == {"a.txt", "b.txt"}
    assert client.get("/api/v1/search?q=zebra").json()["documents"] == []


def test_a_posted_document_is_read_and_kept_once(client: TestClient) -> None:
    document = {"source": "https://one.example/x", "text": "Fay pledges 4000000 EUR to ES.", "published": "2024-06-01"}
    first, second = (client.post("/api/v1/documents", json=document) for _ in range(2))
    assert (first.status_code, first.json()["new"]) == (201, True)
    assert (second.status_code, second.json()["new"]) == (200, False)
    assert first.json()["pledges"] == second.json()["pledges"] != []
    assert client.get(first.headers["location"]).json()["source"] == "https://one.example/x"
    assert client.post("/api/v1/documents", json={"source": "x", "text": " "}).status_code == 422
    assert client.post("/api/v1/documents", json={"source": "x", "base64": "%%"}).status_code == 422
    broken = client.post("/api/v1/documents", json={"source": "x", "text": "please explode"})
    assert broken.json()["error"]["name"] == "unreadable-document"


def test_what_a_reviewer_decides_is_shown_and_can_be_undone(client: TestClient) -> None:
    pledge = client.get("/api/v1/pledges?investor=Bolt").json()["rows"][0]
    wanted = {"kind": "set", "pledges": [pledge["id"]], "field": "amount", "value": "7 m USD", "why": "Asked Bolt."}
    posted = client.post("/api/v1/decisions", json=wanted)
    assert posted.status_code == 201, posted.text
    assert (posted.json()["by"], posted.json()["at"]) == ("Ada", "2026-03-01T12:00:00+00:00")
    assert client.get(f"/api/v1/pledges/{pledge['id']}").json()["amount"]["value"] == 7_000_000
    undone = client.post("/api/v1/decisions", json={"kind": "undo", "undoes": posted.json()["id"]})
    assert undone.status_code == 201
    assert client.get(f"/api/v1/pledges/{pledge['id']}").json()["amount"]["value"] == pledge["amount"]["value"]
    history = client.get("/api/v1/decisions").json()["rows"]
    assert {row["kind"]: row["undone"] for row in history} == {"undo": False, "set": True}
    assert client.post("/api/v1/decisions", json={**wanted, "why": ""}).json()["error"]["where"] == "why"
    assert client.post("/api/v1/decisions", json={**wanted, "value": "many"}).status_code == 422


def test_every_error_has_one_shape(client: TestClient) -> None:
    asked = [
        client.get("/api/v1/nothing"),
        client.get("/api/v1/pledges/none"),
        client.get("/api/v1/pledges?limit=0"),
        client.get("/api/v1/pledges?nonsense=1"),
        client.delete("/api/v1/pledges"),
        client.post("/api/v1/decisions", content="{", headers={"Content-Type": "application/json"}),
        client.post("/api/v1/decisions", content="x", headers={"Content-Type": "text/plain"}),
        client.post("/api/v1/decisions", json={"kind": "reject", "pledges": ["none"], "why": "so"}),
        client.get("/api/v1/pledges", headers={"Host": "evil.example"}),
        client.get("/api/v1/pledges", headers={"Authorization": "Bearer pb_0"}),
        client.get("/api/v1/pledges?q=" + "x" * 9000),
    ]
    assert [answer.status_code for answer in asked] == [404, 404, 422, 422, 405, 422, 415, 422, 421, 401, 414]
    for answer in asked:
        (error,) = answer.json().values()
        assert set(error) == {"status", "name", "where", "seen", "help"}
        assert error["status"] == answer.status_code
        assert error["seen"]


def test_the_queue_names_what_disagrees(client: TestClient) -> None:
    rows = client.get("/api/v1/review").json()["rows"]
    assert {row["kind"] for row in rows} <= {"conflict", "uncertain-match", "unsure-claim", "finding"}
    for row in rows:
        assert row["claims"]
        assert row["why"]
