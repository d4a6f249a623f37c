"""Every page in all its forms, and what must never be in it."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from factory import claim
from pledgebook.domain import Document, Interval, ReadDocument
from pledgebook.show.serve import Serving, create_app
from served import accounts_in

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

LISTS = [
    "/ledger",
    "/totals",
    "/conflicts",
    "/changes",
    "/sources",
    "/review",
    "/fields",
    "/snapshots",
    "/investors",
    "/countries",
    "/places",
]
PAGES = [
    "/", "/?country=FR", "/?q=cloud", "/?as_of=2024-06-01", "/?in=EUR", "/?sort=amount&page=2", "/totals?by=year", "/totals?by=investor",
    "/conflicts", "/changes?since=2025-01-01", "/sources?q=Microsoft", "/review?kind=uncertain-match", "/review?kind=unsure-claim", "/method", "/fields",
    "/snapshots", "/docs", "/investors/Microsoft", "/countries/FR", "/places/Paris", "/figures/map", "/figures/ranking?rank=investor",
    "/figures/timeline", "/figures/flow", "/figures/delivered", "/embed/table", "/embed/map", "/report.html",
]  # fmt: skip
LANGUAGES = ["en", "nl", "fr", "de", "es", "pl"]


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_without_inline_code_and_ask_nobody(demo: TestClient, path: str) -> None:
    response = demo.get(path)
    assert response.status_code == 200
    html = response.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", re.sub(r">[^<]*<", "><", html))
    assert not re.search(
        r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', html.replace('href="https://news.example', "")
    )
    assert html.count("<h1") == 1
    assert "None" not in re.sub(r"<[^>]*>", " ", html).split()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/totals", "/review", "/method", "/changes"])
def test_pages_in_every_language(demo: TestClient, path: str, language: str) -> None:
    html = demo.get(path, headers={"Accept-Language": language}).text
    assert f'<html lang="{language}"' in html


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_twins_with_the_same_rows(demo: TestClient, path: str) -> None:
    value = demo.get(f"{path}.json").json()
    rows = value["pledges"] if isinstance(value, dict) else value
    text = demo.get(f"{path}.csv").text
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows)
    shown = demo.get("/" if path == "/ledger" else path).text
    assert f'href="{path}.json"' in shown
    assert f'href="{path}.csv"' in shown


def test_a_download_has_exactly_the_rows_on_screen(demo: TestClient) -> None:
    html = demo.get("/?country=FR&sort=-amount").text
    on_screen = re.findall(r'class="who" href="/pledges/([^"?]+)', html)
    assert f"These {len(on_screen)} rows" in html
    rows = list(csv.DictReader(io.StringIO(demo.get("/ledger.csv?country=FR&sort=-amount").text)))
    assert [row["id"] for row in rows] == on_screen


def test_one_page_of_a_long_list_and_all_of_it(demo: TestClient) -> None:
    first = re.findall(r'class="who" href="/pledges/([^"?]+)', demo.get("/").text)
    second = re.findall(r'class="who" href="/pledges/([^"?]+)', demo.get("/?page=2").text)
    everything = [row["id"] for row in demo.get("/ledger.json").json()["pledges"]]
    assert len(first) == 50
    assert everything[: len(first) + len(second)] == first + second
    assert [row["id"] for row in demo.get("/ledger.json?page=2").json()["pledges"]] == second


@pytest.mark.parametrize("path", ["/changes", "/conflicts", "/review", "/investors"])
def test_a_twin_of_one_page_has_the_rows_of_that_page(demo: TestClient, path: str) -> None:
    rows = demo.get(f"{path}.json").json()
    one = demo.get(f"{path}.json?page=1").json()
    assert one == rows[: len(one)]
    if path == "/changes":
        assert len(one) == 50 < len(rows)
        assert demo.get(f"{path}.json?page=2").json()[0] == rows[50]
        html = demo.get(path).text
        assert "These 50 rows" in html
        assert f"All {len(rows)} rows" in html


def test_an_embed_comes_with_its_code(demo: TestClient) -> None:
    html = demo.get("/figures/map?country=FR").text
    assert '&lt;iframe src="http://127.0.0.1:8000/embed/map?country=FR"' in html


def test_a_telling_is_split_off_in_the_queue(desk: TestClient) -> None:
    html = desk.get("/review?kind=uncertain-match").text
    value = re.search(r'name="apart" form="decide-1" value="([^"]+)"', html)
    csrf = re.search(r'name="csrf" value="([^"]+)"', html)
    pledge = re.search(r'name="pledge" value="([^"]+)"', html)
    assert value is not None
    assert csrf is not None
    assert pledge is not None
    tellings = len(desk.get(f"/pledges/{pledge[1]}.json").json()["tellings"])
    form = {"csrf": csrf[1], "kind": "different", "pledge": pledge[1], "why": "another plan", "next": "/review"}
    assert desk.post("/review/decide", data=form).status_code == 422
    assert desk.post("/review/decide", data=form | {"apart": value[1]}).status_code == 200
    rows = desk.get("/api/v1/decisions").json()["rows"]
    assert value[1] in {f"{it['document']} {it['claim']}" for it in rows[0]["claims"]}
    left = desk.get(f"/pledges/{pledge[1]}.json")
    assert left.status_code == 404 or len(left.json()["tellings"]) < tellings


def test_the_exports_of_the_application_are_offered(demo: TestClient) -> None:
    for name, exporter in demo.app.state.desk.exports.items():  # type: ignore[attr-defined]
        response = demo.get(f"/ledger.{name}?country=FR")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(exporter.media_type)
        assert "attachment" in response.headers["content-disposition"]


def test_a_pledge_leads_to_the_words_behind_its_amount(demo: TestClient, best: dict[str, Any]) -> None:
    html = demo.get(f"/pledges/{best['id']}").text
    url = re.search(r'id="field-amount".*?class="to-words" href="([^"]+)"', html, re.DOTALL)
    assert url is not None
    path, _, anchor = url[1].partition("#")
    document = demo.get(path).text
    assert f'<span id="{anchor}" class="anchor"></span><mark' in document
    assert 'chosen"' in document


def test_a_pledge_in_its_forms(demo: TestClient, best: dict[str, Any]) -> None:
    record = demo.get(f"/pledges/{best['id']}.json").json()
    assert record["id"] == best["id"]
    rows = list(csv.DictReader(io.StringIO(demo.get(f"/pledges/{best['id']}.csv").text)))
    assert len(rows) == len(record["tellings"])
    assert demo.get(f"/pledges/{best['id']}.bib").text.startswith("@misc{" + best["id"])
    short = best["id"][:13]
    assert demo.get(f"/pledges/{short}").status_code in (200, 404)
    assert demo.get("/pledges", follow_redirects=False).headers["location"] == "/"


def test_a_citation_leads_to_what_was_cited_whatever_happens_later(desk: TestClient, best: dict[str, Any]) -> None:
    here = f"/pledges/{best['id']}"
    cited = re.search(r"url = \{http://127.0.0.1:8000([^}]+)\}", desk.get(f"{here}.bib").text)
    assert cited is not None
    address = cited[1]
    head = desk.app.state.desk.ledger().version  # type: ignore[attr-defined]
    assert address == f"{here}?snapshot={head[:12]}"
    assert address in desk.get(here).text
    before = desk.get(f"{address.replace('?', '.json?')}").json()
    said = {"kind": "set", "pledges": [best["id"]], "field": "amount", "value": "7 bn EUR", "why": "it says so"}
    assert desk.post("/api/v1/decisions", json=said).status_code == 201
    assert desk.get(f"{here}.json").json()["amount"]["value"] == 7_000_000_000
    html = desk.get(address).text
    assert "Nothing added or decided since then is on this page" in html
    assert "it says so" not in html
    assert "/review/decide" not in html
    assert desk.get(f"{address.replace('?', '.json?')}").json() == before
    # Every link of the page stays in that version, but for the one that leaves it.
    links = re.findall(r'href="(/(?:pledges|documents|countries|investors|totals)[^"]*)"', html)
    assert len(links) > 20
    assert {link for link in links if f"snapshot={head[:12]}" not in link} == {here}


def test_behind_a_proxy_addresses_are_those_that_people_type(
    demo_book: Path, best: dict[str, Any], tmp_path: Path
) -> None:
    people = accounts_in(tmp_path, ada="admin")
    serving = Serving(str(demo_book), clock=lambda: NOW, origin="https://ledger.example", accounts=people, guests=True)
    with TestClient(create_app(serving), base_url="http://ledger.example") as client:
        for path in (f"/pledges/{best['id']}.bib", f"/pledges/{best['id']}", "/figures/map", "/changes.atom"):
            text = client.get(path).text
            assert "https://ledger.example/" in text, path
            assert "http://ledger.example" not in text, path


def test_a_snapshot_is_taken_named_and_seen(desk: TestClient, best: dict[str, Any]) -> None:
    csrf = re.search(r'name="csrf" value="([^"]+)"', desk.get("/snapshots").text)
    assert csrf is not None
    form = {"csrf": csrf[1], "name": "2026 Q4 & more", "note": "for a test", "next": "/snapshots"}
    page = desk.post("/snapshots", data=form)
    assert page.status_code == 200
    assert "2026 Q4 &amp; more" in page.text
    assert "It is the snapshot" in page.text
    bib = desk.get(f"/pledges/{best['id']}.bib").text
    assert "?snapshot=2026+Q4+%26+more}" in bib
    assert desk.get("/?snapshot=2026+Q4+%26+more").text.count("Snapshot “2026 Q4 &amp; more”") == 1
    assert desk.post("/snapshots", data=form).status_code == 422
    assert desk.get("/?snapshot=none").status_code == 422
    for path in ("/api/v1/pledges", "/api/v1/documents", "/api/v1/totals", "/api/v1/review", "/api/v1/claims"):
        now, then = (desk.get(path, params=it).json() for it in ({}, {"snapshot": "2026 Q4 & more"}))
        assert then["rows"] == now["rows"], path
        assert then["rows"], path


def test_no_page_of_a_snapshot_knows_what_came_later(desk: TestClient) -> None:
    head = desk.app.state.desk.ledger().version  # type: ignore[attr-defined]
    text = "Xylophon will invest 3 billion euros in a data centre in France, it said on 5 May 2026."
    document = Document("later.txt", text, "en", "Later", Interval.day(date(2026, 5, 5)))
    told = claim("c", "Xylophon", "FR", "3 bn EUR", "2026-05-05")
    desk.app.state.desk.add([ReadDocument(document, (told,))])  # type: ignore[attr-defined]
    (pledge,) = [row["id"] for row in desk.get("/ledger.json?investor=Xylophon").json()["pledges"]]
    for path in ("/ledger.json", "/sources.json", "/investors.json", "/changes.json", "/api/v1/search?q=Xylophon"):
        apart = "&" if "?" in path else "?"
        assert re.search("Xylophon|later.txt", desk.get(path).text), path
        then = desk.get(f"{path}{apart}snapshot={head[:16]}").text
        assert "Xylophon" not in then, path
        assert "later.txt" not in then, path
    assert desk.get(f"/documents/{document.id}?snapshot={head[:16]}").status_code == 404
    assert desk.get(f"/pledges/{pledge}?snapshot={head[:16]}").status_code == 404
    assert desk.get("/sources.json?as_of=2024-01-01").json() != desk.get("/sources.json").json()


def test_documents_with_odd_names(demo: TestClient) -> None:
    assert demo.get("/documents/odd%2Fone.json").status_code == 200
    twin = demo.get("/documents/odd%2Fone.json.json")
    assert twin.json()["document"]["id"] == "odd/one.json"
    assert demo.get("/documents/odd%2Fone.json.csv").status_code == 200


def test_stored_markup_formulas_and_commands_are_dead(demo: TestClient) -> None:
    evil = next(row["id"] for row in demo.get("/ledger.json?q=script").json()["pledges"])
    pages = [
        f"/pledges/{evil}",
        "/documents/odd%2Fone.json",
        "/?q=script",
        "/sources",
        "/investors",
        "/places",
        "/review",
        "/report.html",
        "/changes",
        "/embed/table",
    ]
    for path in pages:
        html = demo.get(path).text
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path
        assert 'href="javascript' not in html, path
        assert "\u202e" not in html, path
    for path in ("/ledger.csv?q=script", "/sources.csv", "/investors.csv", "/documents/odd%2Fone.json.csv"):
        for row in csv.reader(io.StringIO(demo.get(path).text)):
            assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in row), path
    parsed(demo.get("/changes.atom").text)
    for name in ("map", "ranking", "timeline", "flow", "delivered"):
        parsed(demo.get(f"/figures/{name}.svg").text)


def test_a_source_of_the_web_is_linked_at_its_sentence(demo: TestClient) -> None:
    name = next(
        row["id"] for row in demo.get("/sources.json").json() if row["source"].startswith("https://news.example")
    )
    html = demo.get(f"/documents/{name}").text
    assert 'href="https://news.example/helios?a=1&amp;b=2"' in html
    assert "#:~:text=" in html
    assert 'rel="noopener noreferrer"' in html


def test_pictures_as_files(demo: TestClient) -> None:
    assert demo.get("/figures/map.svg").headers["content-type"] == "image/svg+xml"
    png = demo.get("/figures/ranking.png")
    assert png.content.startswith(b"\x89PNG")
    rows = demo.get("/figures/map.json").json()
    assert {"country", "name", "central"} == set(rows[0])
    assert demo.get("/figures/nothing").status_code == 404
    assert demo.get("/figures/nothing.svg").status_code == 404


def test_embeds_may_be_framed_and_nothing_else(demo: TestClient) -> None:
    policy = demo.get("/embed/map").headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "x-frame-options" not in demo.get("/embed/map").headers
    assert "frame-ancestors 'none'" in demo.get("/").headers["content-security-policy"]
    assert demo.get("/embed/nothing").status_code == 404


def test_the_report_is_one_file(demo: TestClient) -> None:
    response = demo.get("/report.html?country=FR")
    assert "attachment" in response.headers["content-disposition"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert not re.search(r"<(?:a|link|script|img)\b", response.text)


def test_as_of_takes_the_book_back(demo: TestClient) -> None:
    now, then = (demo.get(f"/ledger.json{it}").json()["pledges"] for it in ("", "?as_of=2024-03-01"))
    assert 0 < len(then) < len(now)
    html = demo.get("/?as_of=2024-03-01").text
    assert "as it was known on" in html
    assert re.search(r'href="/pledges/[^"]+\?as_of=2024-03-01"', html)


def test_what_can_not_be_read_is_said(demo: TestClient) -> None:
    for path in (
        "/?stage=xx",
        "/?as_of=yesterday",
        "/?page=0",
        "/totals?by=colour",
        "/?country=Atlantis",
        "/changes?since=x",
    ):
        response = demo.get(path)
        assert 400 <= response.status_code < 500, path
        assert "<h1" in response.text
    for path in (
        "/pledges/none",
        "/documents/none",
        "/investors/none",
        "/countries/zz",
        "/places/none",
        "/static/../app.js",
        "/static/none.js",
        "/ledger.html",
        "/ledger.exe",
        "/set/x?to=y",
    ):
        assert demo.get(path).status_code == 404, path


def test_choices_are_kept_and_lead_back_here_only(demo: TestClient) -> None:
    response = demo.get("/set/language?to=pl&next=/totals", follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/totals"
    assert "httponly" in response.headers["set-cookie"].lower()
    evil = demo.get("/set/theme?to=dark&next=//evil.example", follow_redirects=False)
    assert evil.headers["location"] == "/"
    demo.cookies.clear()


def test_twins_are_sent_once(demo: TestClient) -> None:
    first = demo.get("/ledger.json")
    again = demo.get("/ledger.json", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_the_field_dictionary_follows_the_schema(demo: TestClient) -> None:
    names = {row["field"] for row in demo.get("/fields.json").json()}
    assert {
        "investors",
        "amount.value",
        "amount.qualifier",
        "deliverables.kind",
        "term.end",
        "evidence.start",
        "document.language",
    } <= names
    stages = next(row for row in demo.get("/fields.json").json() if row["field"] == "stage")
    assert "under_way" in stages["values"]


def test_static_files_may_be_kept_for_ever(demo: TestClient) -> None:
    url = re.search(r'href="(/static/style\.css\?v=[^"]+)"', demo.get("/").text)
    assert url is not None
    assert "immutable" in demo.get(url[1]).headers["cache-control"]
    assert demo.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
    assert "OPEN FONT LICENSE" in demo.get("/static/fonts/source-sans-3.OFL.txt").text.upper()


def test_the_feed_names_every_change_once(demo: TestClient) -> None:
    tree = parsed(demo.get("/changes.atom").text)
    ids = [it.text for it in tree.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(ids) == len(set(ids))
    assert len(ids) > 10


def test_first_page_weighs_little(demo: TestClient) -> None:
    html = demo.get("/").text
    weight = len(__import__("gzip").compress(html.encode()))
    for name in ("style.css", "app.js", "icon.svg"):
        weight += len(__import__("gzip").compress(demo.get(f"/static/{name}").content))
    for name in ("source-sans-3.latin.woff2", "source-serif-4-600.latin.woff2"):
        weight += len(demo.get(f"/static/fonts/{name}").content)
    assert weight <= 150_000


def test_rows_of_pictures_are_those_of_totals(demo: TestClient) -> None:
    drawn = {row["country"]: row["central"] for row in demo.get("/figures/map.json").json()}
    told = {row["key"]: row["central"] for row in demo.get("/totals.json").json() if row["key"]}
    assert {code: value for code, value in told.items() if value} == drawn


def test_numbers_are_whole_in_json(demo: TestClient) -> None:
    assert json.loads(demo.get("/totals.json").text)[-1]["key"] is None
