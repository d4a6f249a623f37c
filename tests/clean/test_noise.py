import pytest

from pledgebook.clean.lines import lines_of
from pledgebook.clean.noise import find_noise
from pledgebook.lexicon.page import load_page_words

PROSE = (
    "Acme will spend 40 million euros on a new laboratory in Lyon, its president told reporters on Monday, and hire "
    "some thirty engineers there."
)
MORE = "The city gives the land. Work begins in the spring, and the first machines should run by the end of next year."


def noisy(*lines: str, language: str = "en", title: str | None = None) -> list[str]:
    text = "\n\n".join(lines)
    found = list(lines_of(text))
    headline = next((line.span for line in found if line.text == title), None)
    return [span.of(text) for span in find_noise(found, load_page_words(language), title=headline)]


@pytest.mark.parametrize(
    ("language", "banner"),
    [
        ("en", "leaderboard 728x90"),
        ("en", "Advertisement"),
        ("en", "Home | World | Business | Sport"),
        ("en", "Home > Business > Technology"),
        ("en", "Menu  Search  Sign in  Markets"),
        ("en", "We use cookies to make this site better. Read our policy."),
        ("nl", "advertentie 300 x 250"),
        ("de", "Anzeige"),
        ("ko", "[광고] 봄 할인"),
    ],
)
def test_banners_and_menus_are_noise(language: str, banner: str) -> None:
    assert noisy(PROSE, banner, MORE, language=language) == [banner]


@pytest.mark.parametrize(
    ("language", "teaser"),
    [
        ("en", "READ  Another firm buys a cloud for 3 billion dollars"),
        ("en", "Read also: what a chip costs"),
        ("nl", "LEES OOK: Wat een chip kost"),
        ("de", "Lesen Sie auch: Was ein Chip kostet"),
        ("fr", "Lire aussi : ce que coûte une puce"),
        ("es", "Lea también: cuánto cuesta un chip"),
    ],
)
def test_teasers_are_noise(language: str, teaser: str) -> None:
    assert noisy(PROSE, teaser, MORE, language=language) == [teaser]


def test_a_word_that_opens_a_teaser_may_open_a_sentence() -> None:
    assert noisy(PROSE, "Reading the plans took the council of Lyon three months, said its mayor to the paper.") == []


def test_a_list_of_what_others_read_is_noise_until_the_article_goes_on() -> None:
    listed = ["Most read", "1. A dog that barks", "2. Gold at 4,000 dollars", "3. Rain tomorrow"]
    assert noisy(PROSE, *listed, MORE) == listed


def test_a_sentence_after_a_list_of_links_belongs_to_the_article_and_a_headline_does_not() -> None:
    links = ["Related articles", "- Gold at 4,000 dollars", "- A dog that barks"]
    assert noisy(PROSE, *links, "A second laboratory may follow in Nice next year.") == links
    assert noisy(PROSE, *links, "A second laboratory may follow in Nice next year") == [
        *links,
        "A second laboratory may follow in Nice next year",
    ]


def test_after_an_advert_any_sentence_belongs_to_the_article() -> None:
    advert = ["ADVERTISEMENT", "Save at 3.5%*"]
    assert noisy(PROSE, *advert, "“We start at once,” she said.", MORE) == advert


def test_headlines_below_the_article_are_links() -> None:
    links = ["Gold passes 4,000 dollars an ounce", "Why the dog of the mayor barks at night", "Rain and then more rain"]
    assert noisy(PROSE, MORE, *links) == links


@pytest.mark.parametrize(
    "items",
    [
        ["- Acme: 4 billion euros", "- Beta: 300 million euros", "- Gamma: 20 million euros"],
        ["Acme | 4 billion | Lyon", "Beta | 300 million | Nice", "Gamma | 20 million | Lille"],
        ["Acme: 4 billion euros", "Beta: 300 million euros", "Gamma – 20 million euros"],
        ["①秦东算力园", "投资方：秦东能源", "总投资：86亿元"],
        ["・事業費：総額24億円", "・設備：計算機200基"],
    ],
)
def test_a_list_of_pledges_at_the_end_is_kept(items: list[str]) -> None:
    assert noisy(PROSE, MORE, *items) == []


def test_a_list_at_the_end_is_kept_where_links_follow_it() -> None:
    items = ["Who pledged what", "- Acme: 4 billion euros", "- Beta: 300 million euros"]
    links = [f"Another headline about a matter of {thing}" for thing in ("gold", "dogs", "rain", "snow", "wind")]
    assert noisy(PROSE, MORE, *items, *links) == links


def test_a_short_last_paragraph_is_kept() -> None:
    assert noisy(PROSE, MORE, "In Nice a second plan was given up in 2024.", "(Agency)") == []


def test_names_above_the_title_are_the_site_and_the_title_is_not() -> None:
    assert noisy("The Daily", "Tech", "Acme goes to Lyon", PROSE, title="Acme goes to Lyon") == ["The Daily", "Tech"]


def test_the_head_of_a_table_is_no_menu() -> None:
    table = ["Country | Company | Sum | Purpose", "France | Acme | 4 million euros | a laboratory"]
    assert noisy(PROSE, *table, MORE) == []


def test_a_text_of_a_few_words_is_kept() -> None:
    assert noisy("Acme builds in Lyon") == []


def test_the_heading_of_the_first_item_of_a_list_is_kept_where_others_are_like_it() -> None:
    items = ["Spain / Acme.", PROSE, "France / Bolt.", MORE, "Italy / Cora.", PROSE.replace("Lyon", "Rome")]
    assert noisy("The Daily", *items) == ["The Daily"]
    assert noisy("The Daily", PROSE, "France / Bolt.", MORE, "Italy / Cora.", MORE) == ["The Daily"]
