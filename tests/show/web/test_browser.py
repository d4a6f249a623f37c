"""The pages in a real browser: what people do with them, with and without JavaScript."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEEDLIKE = "en-microsoft-amazon-france.txt"
PATHS = [
    "/", "/?country=FR", "/?q=nothing-has-this-word", "/totals", "/conflicts", "/changes", "/sources", "/review", "/review?kind=unsure-claim",
    "/review?kind=uncertain-match", "/method", "/fields", "/snapshots", "/docs", "/investors", "/investors/Microsoft", "/countries", "/countries/FR",
    "/places", "/figures/map", "/figures/ranking", "/figures/timeline", "/figures/flow", "/figures/delivered", "/embed/table", "/embed/map",
    "/nothing", "/?as_of=2024-06-01", "/review?kind=finding", "/places/Paris", "/totals?by=year", "/sources?q=Microsoft", "/?in=EUR&page=2",
]  # fmt: skip


class Watched:
    """A page that remembers what it asked for and what went wrong."""

    def __init__(self, context: Any, base: str) -> None:
        self.page = context.new_page()
        self.base = base
        self.elsewhere: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)

    def _asked(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.base).netloc and not request.url.startswith("data:"):
            self.elsewhere.append(request.url)

    def go(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture
def look(chromium: Any, served: Any) -> Iterator[Any]:
    """Opens pages of the demo in a context of their own; nothing may leave the server."""
    contexts, watched = [], []

    def open_(**options: Any) -> Watched:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"} | options)
        contexts.append(context)
        watched.append(Watched(context, served.url))
        return watched[-1]

    yield open_
    for item in watched:
        assert item.elsewhere == []
        assert [it for it in item.wrong if "404" not in it] == []
    for context in contexts:
        context.close()


def _more_paths(best: dict[str, Any]) -> list[str]:
    frozen = urlsplit(best["cited"]).query
    return [
        f"/?{frozen}",
        f"/pledges/{best['id']}?{frozen}",
        f"/pledges/{best['id']}",
        f"/documents/{best['claims'][0]['document']}",
        "/documents/odd%2Fone.json",
    ]


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 390)], ids=["light and wide", "dark and as wide as a phone"]
)
def test_no_page_keeps_anybody_out(look: Any, best: dict[str, Any], scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    watched = look(color_scheme=scheme, viewport={"width": width, "height": 844})
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False, "selectors": False}
    found = []
    for path in PATHS + _more_paths(best):
        page = watched.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        results = axe.run(page, options=options).response
        found += [(path, it["id"], it["nodes"][0]["html"][:120]) for it in results["violations"]]
    assert found == []


def test_from_france_to_the_marked_words(look: Any, best: dict[str, Any]) -> None:
    page = look().go("/")
    page.select_option("#f-country", "FR")
    page.get_by_role("button", name="Apply").click()
    assert urlsplit(page.url).query == "country=FR"
    page.locator(f'.lines a.who[href^="/pledges/{best["id"]}"]').click()
    assert best["id"] in page.url
    page.locator(f"#tellings a[href*='{_document(page, SEEDLIKE)}']").first.click()
    page.wait_for_selector(".doc-head")
    assert SEEDLIKE in page.locator(".doc-head").inner_text()
    assert page.locator("mark.f-amount").first.is_visible()
    page.go_back()
    page.locator("#field-amount .to-words").click()
    chosen = page.locator("mark.chosen").first
    assert chosen.is_visible()
    assert re.search(r"\d|[一-鿿]", chosen.inner_text())
    assert urlsplit(page.url).fragment.endswith("amount")
    page.go_back()
    page.go_back()
    assert urlsplit(page.url).query == "country=FR"
    assert page.locator("#f-country").input_value() == "FR"


def _document(page: Any, source: str) -> str:
    """The id of the document of that source, by what the server says of it."""
    rows = page.request.get(re.sub(r"^(https?://[^/]+).*", r"\1/sources.json", page.url)).json()
    return next(str(row["id"]) for row in rows if row["source"] == source)


def test_clicking_goes_through_what_overlaps_and_makes_a_permalink(look: Any) -> None:
    watched = look()
    name = _document(watched.go("/sources"), SEEDLIKE)
    page = watched.go(f"/documents/{name}")
    mark = page.locator("mark.several").first
    seen = set()
    for _ in range(len(mark.get_attribute("data-uses").split())):
        mark.click()
        seen.add(urlsplit(page.url).fragment)
    assert len(seen) == len(mark.get_attribute("data-uses").split())
    words = page.locator("mark.now").first.inner_text()
    assert page.locator("#now").is_visible()
    page.reload()
    assert page.locator("mark.chosen").first.inner_text() == words
    page.locator("mark").first.hover()
    assert page.locator("mark.lit").count() >= 1


def test_rows_are_downloaded_as_they_are_on_screen(look: Any) -> None:
    page = look(accept_downloads=True).go("/?country=FR&sort=-amount")
    on_screen = [it.get_attribute("href").split("/")[-1].split("?")[0] for it in page.locator(".lines a.who").all()]
    with page.expect_download() as loading:
        page.locator(".downloads a", has_text="CSV").first.click()
    text = loading.value.path().read_text(encoding="utf-8")
    assert [row["id"] for row in csv.DictReader(io.StringIO(text))] == on_screen


def test_reading_needs_no_javascript(look: Any, best: dict[str, Any]) -> None:
    watched = look(java_script_enabled=False)
    page = watched.go("/")
    page.select_option("#f-country", "FR")
    page.get_by_role("button", name="Apply").click()
    page.locator(f'.lines a.who[href^="/pledges/{best["id"]}"]').click()
    page.locator("#field-amount .to-words").click()
    assert page.locator("mark.chosen").first.is_visible()
    watched.go("/review")
    assert page.get_by_role("button", name="Accept").first.is_visible()
    assert watched.wrong == []


def test_at_390_pixels_the_first_page_reads_from_top_to_bottom(look: Any) -> None:
    page = look(viewport={"width": 390, "height": 844}).go("/")
    assert page.locator(".total-figure").bounding_box()["y"] < 400
    row = page.locator(".lines tbody tr").first
    assert row.bounding_box()["width"] <= 390
    assert page.locator(".lines").get_attribute("role") == "table"


def test_as_much_as_the_first_page_weighs(look: Any) -> None:
    watched = look()
    sizes: list[int] = []
    watched.page.on("response", lambda answer: sizes.append(answer.request.sizes()["responseBodySize"]))
    watched.go("/")
    watched.page.wait_for_load_state("networkidle")
    assert 20_000 < sum(sizes) <= 150_000


@pytest.fixture
def reviewing(chromium: Any, served_own: Any) -> Iterator[Any]:
    """A page on a book that may be changed."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Watched(context, served_own.url)
    context.close()


def test_correct_a_value_and_take_it_back(reviewing: Any, best: dict[str, Any]) -> None:
    page = reviewing.go(f"/pledges/{best['id']}")
    before = page.locator("#field-amount .value").inner_text()
    page.locator("#correct summary").click()
    page.select_option("#set-field", "amount")
    page.fill("#set-value", "4.4 bn EUR")
    page.fill("#set-why", "the company's own text says so")
    page.locator("#correct button").click()
    assert "4.4" in page.locator("#field-amount .value").inner_text()
    history = page.locator("#history")
    assert "the company's own text says so" in history.inner_text()
    page.locator("#history [data-undo]").click()
    assert page.locator("#field-amount .value").inner_text() == before
    assert page.locator("#history .decision").count() == 2
    said = page.locator("#history").inner_text()
    assert "taken back" in said
    assert "undone" in said
    reviewing.go("/review")
    assert "the company's own text says so" in page.locator("#history").inner_text()
    assert reviewing.elsewhere == []
    assert reviewing.wrong == []


def test_the_queue_by_keyboard(reviewing: Any) -> None:
    page = reviewing.go("/review?kind=conflict")
    count = int(page.locator(".tabs [aria-current] .count").inner_text())
    assert count > 0
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-item')")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.locator("#history .decision").first.wait_for()
    assert page.locator("#history .decision").count() == 1
    page.keyboard.press("u")
    page.locator("#history .decision").nth(1).wait_for()
    assert page.locator("#history .decision").count() == 2
    assert reviewing.wrong == []


@pytest.mark.parametrize("language", ["nl", "pl"])
def test_the_language_is_chosen_and_stays(look: Any, language: str) -> None:
    page = look().go("/totals")
    page.locator(f'.langs a[lang="{language}"]').click()
    page.wait_for_selector(f'html[lang="{language}"]')
    assert urlsplit(page.url).path == "/totals"
    page.goto(page.url)
    assert page.evaluate("document.documentElement.lang") == language


def test_light_and_dark_by_choice(look: Any) -> None:
    page = look(color_scheme="light").go("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".langs a", has_text="Dark").click()
    page.wait_for_selector('html[data-theme="dark"]')
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_an_embed_can_be_framed(chromium: Any, served: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    frame = f'<iframe src="{served.url}/embed/map" width="800" height="600"></iframe>'
    page.route("http://127.0.0.2/", lambda route: route.fulfill(content_type="text/html", body=frame))
    page.goto("http://127.0.0.2/")
    page.frame_locator("iframe").locator("svg.picture").wait_for(timeout=10_000)
    context.close()
