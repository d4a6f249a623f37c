"""Photographs the ten main pages on the bundled articles: docs/screenshots/*.png.

    .venv/bin/python tools/make_screenshots.py [FOLDER]

Reads the articles into a book of its own, serves it on a free port of this machine and looks at it with chromium.
"""

import shutil
import socket
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from pledgebook.domain import Page
from pledgebook.flow import keep, read_pages
from pledgebook.read import read_sources
from pledgebook.show.demo import articles
from pledgebook.show.serve import Serving, create_app
from pledgebook.store import open_book

FOLDER = Path(__file__).parent.parent / "docs/screenshots"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


def make_book(path: Path) -> None:
    """Reads the bundled articles into a book at `path`."""
    with articles() as folder, closing(open_book(str(path), create=True)) as book:
        items = (
            replace(item, source=Path(item.source).name) if isinstance(item, Page) else item
            for item in read_sources([str(folder)])
        )
        for _ in keep(book, read_pages(items, reader="rules", workers=1), at=NOW):
            pass


def serve(path: Path) -> tuple[str, uvicorn.Server, threading.Thread]:
    """A server on the book: where it is, and how to stop it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Serving(str(path), clock=lambda: NOW, port=port))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}", server, thread


def shoot(browser: Any, base: str, folder: Path) -> list[str]:  # noqa: ANN401 - playwright's
    """Takes the pictures; their names."""
    taken = []

    def take(
        name: str, path: str, *, scheme: str = "light", size: dict[str, int] = WIDE, click: str = "", scale: float = 1
    ) -> Any:  # noqa: ANN401
        context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB", device_scale_factor=scale)
        page = context.new_page()
        page.goto(base + path)
        if click:
            page.locator(click).first.click()
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=str(folder / f"{name}.png"))
        taken.append(name)
        context.close()

    with closing(browser.new_page()) as page:
        rows = page.request.get(f"{base}/ledger.json?country=FR&counted=true").json()["pledges"]
    best = max((row for row in rows if row["amount"]), key=lambda row: row["sources"]["all"])
    pledge = f"/pledges/{best['id']}"
    take("ledger", "/", scale=1.5)
    take("ledger-dark", "/", scheme="dark")
    take("ledger-phone", "/", size=PHONE, scale=2)
    take("pledge", pledge)
    take("document", pledge, click="#field-amount .to-words", scale=1.5)
    take("totals", "/totals")
    take("flow", "/figures/flow")
    take("investor", "/investors/Microsoft")
    take("conflicts", "/conflicts")
    take("review", "/review")
    return taken


def main() -> int:
    """Writes the pictures; 1 where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no chromium here: install it, or `make browser` as root on Debian", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        make_book(Path(temporary) / "demo.db")
        base, server, thread = serve(Path(temporary) / "demo.db")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in shoot(browser, base, folder):
            print(folder / f"{name}.png")
        browser.close()
        server.should_exit = True
        thread.join(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
