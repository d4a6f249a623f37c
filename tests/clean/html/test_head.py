import pytest

from pledgebook.clean.html.head import body_of, changes_of, days_of, language_of, records_of, title_of
from pledgebook.clean.html.node import Node, parse


def root(source: str) -> Node:
    node, _ = parse(source)
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<h1>Acme goes to Lyon</h1><title>Other</title>", "Acme goes to Lyon"),
        ("<h1> Acme <b>goes</b>\n to Lyon </h1>", "Acme goes to Lyon"),
        ("<h1>Courier</h1><meta property='og:title' content='Acme goes to Lyon'>", "Acme goes to Lyon"),
        ("<h1>The Courier</h1><h1>Acme goes to Lyon</h1>", "Acme goes to Lyon"),
        ("<title>Acme goes to Lyon - The Courier</title>", "Acme goes to Lyon"),
        ("<title>The Courier :: Acme goes to Lyon</title><h2>Acme goes to Lyon</h2>", "Acme goes to Lyon"),
        ("<title>Acme – from Lyon to Nice | The Courier</title>", "Acme – from Lyon to Nice"),
        ("<title>Acme-Beta deal</title>", "Acme-Beta deal"),
        ("<p>Nothing</p>", None),
    ],
)
def test_the_title_is_the_headline_and_not_the_site(source: str, title: str | None) -> None:
    node = root(f"<html><body>{source}</body></html>")
    assert title_of(node, records_of(node)) == title


@pytest.mark.parametrize(
    "source",
    [
        "<meta property='article:published_time' content='2024-05-13T08:00'>",
        "<meta name='DC.date' content='2024-05-13T08:00'>",
        "<meta itemprop='datePublished' content='2024-05-13T08:00'>",
        "<time datetime='2024-05-13T08:00'>Monday</time>",
        '<script type=\'application/ld+json\'>[{"datePublished": "2024-05-13T08:00"}]</script>',
    ],
)
def test_days_come_from_metadata(source: str) -> None:
    node = root(f"<html><body>{source}</body></html>")
    assert days_of(node, records_of(node)) == ("2024-05-13T08:00",)
    assert changes_of(node, records_of(node)) == ()


def test_broken_data_is_passed_over() -> None:
    node = root(
        "<html><script type='application/ld+json'>{oops</script>"
        f"<script type='application/ld+json'>{'[' * 100_000}</script>"
        '<script type=\'application/ld+json\'>{"articleBody": 4, "a": {"articleBody": "One.<br>Two &amp; three."}}</script></html>'
    )
    assert body_of(records_of(node)) == ("One.", "Two & three.")
    assert body_of(()) == ()


def test_the_language_is_what_the_page_says_or_nothing() -> None:
    assert language_of(root("<html lang=' nl-BE '><p>a</p></html>")) == "nl-BE"
    assert language_of(root("<html lang=''><p>a</p></html>")) is None
