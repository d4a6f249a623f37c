"""Starts the server that the words name, asks it for pages, prints their statuses and the first one, and ends it."""

import re
import subprocess
import sys
import urllib.request

PATHS = ("/", "/api/v1/pledges", "/static/style.css")


def main(words: list[str]) -> None:
    """Prints what the server answers."""
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in server.stderr)), None)
            assert found is not None
            pages = [_page(found[0] + path) for path in PATHS]
        finally:
            server.terminate()
    for path, (status, _) in zip(PATHS, pages, strict=True):
        print(status, path)  # noqa: T201 - what the test reads
    print(pages[0][1])  # noqa: T201


def _page(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own
        return answer.status, answer.read().decode()


if __name__ == "__main__":
    main(sys.argv[1:])
