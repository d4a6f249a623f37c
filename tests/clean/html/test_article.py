import json

import pytest

from pledgebook.clean.article import Article
from pledgebook.clean.html import read_article

LEAD = "Acme will spend 40 million euros on a new laboratory in Lyon, its president told reporters on Monday afternoon."
SECOND = (
    "Some thirty engineers are to work there from the spring on, and the city will pay for the road that leads to it."
)
THIRD = (
    "A second building may follow in Nice, where the company rents an old printing house until the end of next year."
)
TITLE = "Acme to build a laboratory in Lyon"
BODY = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str, head: str = "") -> Article:
    return read_article(f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>")


def test_an_article_with_meaningful_tags_is_kept_and_what_surrounds_it_dropped() -> None:
    article = page(
        f"<header><nav><a href='/'>Home</a> <a href='/b'>Business</a></nav></header><main><article><h1>{TITLE}</h1>"
        f"<p>By Jane Doe, 13 May 2024, 9:30</p>{BODY}</article><aside><h2>Most read</h2><ul><li>Gold at 4,000 dollars"
        "</li></ul></aside></main><footer>Imprint</footer>"
    )
    assert article.lines == (TITLE, "By Jane Doe, 13 May 2024, 9:30", LEAD, SECOND, THIRD)
    assert article.headings == {0}
    assert (article.title, article.language, article.is_cut) == (TITLE, "en-GB", False)


def test_an_article_in_nothing_but_divisions_is_found() -> None:
    article = page(
        f"<div class='top'><div>Home</div><div>Sport</div></div><div class='w3'><div class='ttl'>{TITLE}</div>"
        f"<div class='par'>{LEAD}</div><div class='par'>{SECOND}</div><div class='par'>{THIRD}</div></div>"
        "<div class='foot'>Imprint</div>",
        head=f"<title>{TITLE} | The Courier</title>",
    )
    assert article.title == TITLE
    assert article.lines == (TITLE, LEAD, SECOND, THIRD)


@pytest.mark.parametrize(
    "around",
    [
        "<div class='related-posts'><p>{}</p></div>",
        "<section id='comments'><p>{}</p></section>",
        "<div class='newsletterBox'><p>{}</p></div>",
        "<div class='read-more'><p>{}</p></div>",
        "<div role='dialog' class='cookie-consent'><p>{}</p></div>",
        "<div style='display: none'><p>{}</p></div>",
        "<p hidden>{}</p>",
        "<aside><p>{}</p></aside>",
        "<nav><p>{}</p></nav>",
        "<script>{}</script>",
        "<noscript><p>{}</p></noscript>",
        "<form><p>{}</p></form>",
    ],
)
def test_what_stands_around_is_dropped(around: str) -> None:
    other = "Readers say that a barking dog cost the neighbours of the mayor 3 million dollars of sleep over the year."
    article = page(f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{around.format(other)}<p>{SECOND}</p></article>")
    assert article.lines == (TITLE, LEAD, SECOND)


def test_a_template_may_call_the_article_a_widget() -> None:
    article = page(
        f"<div class='widget widget-heading'><h1>{TITLE}</h1></div><div class='widget widget-content'>{BODY}</div>"
        "<div class='widget widget-posts'><p>Gold costs 4,000 dollars and the dog of the mayor barks all night long, "
        "say the neighbours.</p></div>"
    )
    assert article.lines[-3:] == (LEAD, SECOND, THIRD)


def test_comments_are_dropped_however_long_they_are() -> None:
    comments = "".join(
        f"<p>I have said it before and I say it again, number {n}: this costs us all millions.</p>" for n in range(60)
    )
    assert page(f"<article><h1>{TITLE}</h1>{BODY}</article><div class='comments'>{comments}</div>").lines[-1] == THIRD


def test_an_article_that_a_script_draws_is_read_from_its_data() -> None:
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "The Courier"},
            {
                "@type": "NewsArticle",
                "headline": "Acme &amp; Beta build in Lyon",
                "datePublished": "2024-05-13T09:30:00+02:00",
                "dateModified": "2024-05-15",
                "articleBody": f"<p>{LEAD}</p>{SECOND}\n\n{THIRD}",
            },
        ]
    }
    article = page("<div id='root'>Loading…</div>", f"<script type='application/ld+json'>{json.dumps(data)}</script>")
    assert article.title == "Acme & Beta build in Lyon"
    assert article.lines == ("Acme & Beta build in Lyon", LEAD, SECOND, THIRD)
    assert article.meta_days == ("2024-05-13T09:30:00+02:00",)
    assert article.changed_days == ("2024-05-15",)


def test_the_rows_of_a_table_are_lines_and_a_table_is_kept_whole() -> None:
    table = (
        "<table><tr><th>Who</th><th>What</th></tr><tr><td>Acme</td><td><p>4 million</p></td></tr><tr><td>Beta</td><td>3</td>"
        "</tr></table>"
    )
    article = page(f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{table}<p>{SECOND}</p></article>")
    assert article.lines == (TITLE, LEAD, "Who | What", "Acme | 4 million", "Beta | 3", SECOND)


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    article = page(
        f"<table><tr><td>Home<br>Sport</td><td><h2>{TITLE}</h2>{BODY}</td></tr></table>",
        head=f"<title>The Courier :: {TITLE}</title>",
    )
    assert article.title == TITLE
    assert article.lines[-4:] == (TITLE, LEAD, SECOND, THIRD)


def test_a_live_blog_keeps_its_headings_and_its_times() -> None:
    posts = "".join(
        f"<li><time>8/10 {hour}.40</time><h3>{head}</h3><p>{text}</p></li>"
        for hour, head, text in ((23, "A sum", LEAD), (21, "A road", SECOND), (18, "A house", THIRD))
    )
    article = page(
        f"<h1>{TITLE}</h1><p>Our reporters follow the day, and all hours are those of Lyon.</p><ol>{posts}</ol>"
    )
    kept = [line for line in article.lines if line in {"A sum", "A road", "A house"}]
    assert kept == ["A sum", "A road", "A house"]
    assert {article.lines[n] for n in article.headings} == {TITLE, *kept}
    assert "8/10 21.40" in article.lines


def test_lines_parted_by_breaks_are_lines() -> None:
    assert page(f"<article><h1>{TITLE}</h1><p>{LEAD}<br>{SECOND}</p></article>").lines == (TITLE, LEAD, SECOND)


def test_a_short_page_is_kept_as_it_is() -> None:
    assert page("<h1>A headline of some words</h1><p>One line.</p>").lines == ("A headline of some words", "One line.")


@pytest.mark.parametrize("source", ["<html></html>", "<script>var a</script>", "<!-- nothing -->", "<body><img src=a>"])
def test_a_page_without_text_has_no_lines(source: str) -> None:
    assert read_article(source).lines == ()


def test_a_page_that_leaves_its_elements_open_is_cut_and_does_not_hang() -> None:
    article = page(f"<h1>{TITLE}</h1>" + f"<div><p>{LEAD}" * 3000)
    assert article.is_cut
    assert LEAD in article.lines
