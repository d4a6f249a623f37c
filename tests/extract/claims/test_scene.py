"""What a scene holds: headings and the sections under them, and nothing from the page around the article."""

from documents import document, scene
from pledgebook.domain import Mention
from pledgebook.extract.claims.scene import Scene, paragraph_of, read_scene

SECTIONS = """Who builds what: the plans at a glance

The ministry published a list of the plans on Tuesday. It names three groups and the sums that they intend to spend.

Spain

Northgrid will put 2 billion euros into halls near Zaragoza. Work starts in autumn, the company said in a note.

Portugal

Bluefern plans to spend 900 million euros in Sines. The port will get a second cable, its director told reporters.
"""

NOISY = """Home | News | Markets | Sport
READ ALSO: Redwood pays 7 billion dollars for a chip maker

Northgrid to invest 2 billion euros in Spain

Madrid, 4 March 2024. Northgrid will invest 2 billion euros in data centres in Spain, the company said on Monday.
It employs 4,000 people in the country and opened an office in Seville last year.

Most read
Oakfield fined 800 million euros in Italy
Ministers agree on a budget of 90 billion euros
"""


def words(mentions: tuple[Mention, ...], found: Scene) -> list[str]:
    return [mention.span.of(found.text) for mention in mentions]


def heading_of(found: Scene, words_: str) -> str:
    n = found.sentence_at(found.text.index(words_))
    section = found.sections[n]
    return "" if section < 0 else found.sentences[section].span.of(found.text)


def test_a_line_of_its_own_heads_what_follows() -> None:
    found = scene(SECTIONS)
    assert heading_of(found, "Northgrid will") == "Spain"
    assert heading_of(found, "Work starts") == "Spain"
    assert heading_of(found, "Bluefern plans") == "Portugal"
    assert heading_of(found, "its director") == "Portugal"


def test_a_heading_stands_under_itself() -> None:
    found = scene(SECTIONS)
    assert heading_of(found, "Portugal") == "Portugal"


def test_a_few_words_that_open_a_paragraph_head_it() -> None:
    text = (
        "The plans at a glance\n\n"
        "Spain. Northgrid will put 2 billion euros into halls near Zaragoza, where work starts in autumn.\n\n"
        "Portugal. Bluefern plans to spend 900 million euros in Sines, where the port gets a second cable.\n"
    )
    found = scene(text)
    assert heading_of(found, "Northgrid will") == "Spain."
    assert heading_of(found, "Bluefern plans") == "Portugal."


def test_headings_of_a_page_are_known_by_their_tags() -> None:
    found = scene(
        "<html><body><article><h1>Two plans for the south of the country</h1>"
        "<p>The ministry published a list of the plans on Tuesday, with the sums that two groups intend to spend.</p>"
        "<h2>Spain</h2><p>Northgrid will put 2 billion euros into halls near Zaragoza. Work starts soon, "
        "the company said in a note to the press, and three years later all of them will be open.</p>"
        "<h2>Portugal</h2><p>Bluefern plans to spend 900 million euros in Sines, where the port gets a cable. "
        "The first hall will open before the end of the year, its director told reporters in Lisbon.</p>"
        "</article></body></html>"
    )
    assert heading_of(found, "Northgrid will") == "Spain"
    assert heading_of(found, "Bluefern plans") == "Portugal"


def test_the_headline_is_known() -> None:
    found = scene(NOISY)
    assert found.title >= 0
    assert found.sentences[found.title].span.of(found.text) == "Northgrid to invest 2 billion euros in Spain"


def test_nothing_is_found_in_menus_teasers_and_lists_of_other_articles() -> None:
    found = scene(NOISY)
    assert words(found.money, found) == ["2 billion euros", "2 billion euros"]
    assert "Redwood" not in words(found.organisations, found)
    assert "Oakfield" not in words(found.organisations, found)
    assert "Italy" not in words(found.places, found)


def test_every_mention_stands_in_a_sentence_and_lists_follow_the_text() -> None:
    found = scene(NOISY)
    for mentions in (found.money, found.quantities, found.dates, found.places, found.organisations):
        assert all(found.sentence_at(mention.span.start) >= 0 for mention in mentions)
        assert [m.span for m in mentions] == sorted(m.span for m in mentions)


def test_a_sum_is_no_count_and_no_date() -> None:
    found = scene("Northgrid pays 2030 million euros in 2030 for 2 data centres in Spain, and hires 100 people.")
    taken = [mention.span for mention in found.money]
    assert taken
    for mention in (*found.quantities, *found.dates):
        assert not any(mention.span.overlaps(span) for span in taken)


def test_distances_compare_across_scripts() -> None:
    assert (
        scene("Northgrid will invest two billion euros.").unit
        > scene("同社は二十億ユーロを投資する。", language="ja").unit
    )


def test_a_paragraph_is_the_sentences_of_one_line() -> None:
    found = scene(SECTIONS)
    n = found.sentence_at(found.text.index("Work starts"))
    together = [found.sentences[m].span.of(found.text)[:9] for m in paragraph_of(found, n)]
    assert together == ["Northgrid", "Work star"]


def test_no_headline_no_sentence() -> None:
    empty = document("Northgrid will invest 2 billion euros in Spain, the company said on Monday in Madrid.")
    found = read_scene(empty)
    assert found.title == -1
    assert found.sentence_at(10_000) == -1


def test_the_mark_of_a_currency_is_no_state_and_no_firm() -> None:
    found = scene("Chile sets aside US$779 million for halls near Antofagasta.")
    assert "US" not in words(found.places, found)
    french = scene("Coût du centre : 4 milliards de francs CFA.", language="fr")
    assert "CFA" not in words(french.organisations + french.names, french)
