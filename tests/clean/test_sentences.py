import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.clean.lines import lines_of
from pledgebook.clean.sentences import find_sentences
from pledgebook.lexicon.page import load_page_words


def sentences(text: str, language: str = "en") -> list[str]:
    found = find_sentences(list(lines_of(text)), (), load_page_words(language), ())
    return [sentence.span.of(text) for sentence in found]


def headings(text: str, language: str = "en") -> list[str]:
    found = find_sentences(list(lines_of(text)), (), load_page_words(language), ())
    return [sentence.span.of(text) for sentence in found if sentence.is_heading]


@pytest.mark.parametrize(
    ("language", "one"),
    [
        ("en", "Dr. Jones of Acme Inc. met Sen. Smith at 5 p.m. in Lyon."),
        ("en", "It costs 2.1 billion, not 2.2."),
        ("en", "J. K. Miller signed it."),
        ("en", "“Is it so?” he asked."),
        ("en", "Yahoo! said so."),
        ("de", "Das Werk soll am 15. Mai und der Bau am 3. Quartal hängen."),
        ("de", "Es kostet rd. 4 Mio. Euro."),
        ("fr", "M. Durand investira 4 M. d'euros."),
        ("nl", "Het kost ca. 4 mln. euro volgens dr. Jansen."),
        ("hi", "डॉ. शर्मा ने कहा कि यह बड़ा है।"),
        ("ja", "「大阪に建てる。」と社長は述べた。"),
    ],
)
def test_a_point_may_end_no_sentence(language: str, one: str) -> None:
    assert sentences(one, language) == [one]


@pytest.mark.parametrize(
    ("language", "several"),
    [
        ("en", ["It closed a $9m Series B.", "The round was small."]),
        ("en", ["It came in 2024.", "Then it went."]),
        ("en", ["“It is so.”", "He left!", "Why?", "Nobody knows…", "So it is."]),
        ("zh", ["他说：“我们将投资。”", "公司没有评论。", "真的吗？", "是的！"]),
        ("ja", ["投資は四百億円。", "来年始まる。"]),
        ("hi", ["कंपनी निवेश करेगी।", "काम अगले साल शुरू होगा।"]),
        ("ar", ["هل هذا صحيح؟", "نعم."]),
        ("de", ["Die Zahl stieg auf 150.", "Das ist viel."]),
    ],
)
def test_sentences_end_as_their_language_ends_them(language: str, several: list[str]) -> None:
    blank = "" if language in {"zh", "ja"} else " "
    assert sentences(blank.join(several), language) == several


def test_a_line_is_a_paragraph_and_noise_is_none() -> None:
    text = "One. Two.\nnoise\n\nThree."
    lines = list(lines_of(text))
    found = find_sentences(lines, [lines[1].span], load_page_words("en"), ())
    assert [(sentence.span.of(text), sentence.paragraph) for sentence in found] == [
        ("One.", 0),
        ("Two.", 0),
        ("Three.", 1),
    ]


def test_a_line_without_a_stop_is_a_heading() -> None:
    text = "Where it is built\nAcme builds a lab in Lyon.\nThe sums:\nFrance | 4 million\n- 4 million for Lyon\n- 3 for Nice"
    assert headings(text) == ["Where it is built"]


def test_a_numbered_line_above_a_paragraph_is_a_heading_and_one_of_several_is_an_item() -> None:
    assert headings("2. France\nAcme builds a lab in Lyon.\n3. Spain\nNothing is built in Spain at all.") == [
        "2. France",
        "3. Spain",
    ]
    assert headings("1. France\n2. Spain\n3. Italy") == []


def test_what_the_page_marks_as_a_heading_is_one_even_with_a_stop() -> None:
    text = "So it begins.\nAcme builds."
    lines = list(lines_of(text))
    found = find_sentences(lines, (), load_page_words("en"), [lines[0].span])
    assert [sentence.is_heading for sentence in found] == [True, False]


def test_what_never_stops_is_parted_at_a_blank() -> None:
    text = "word " * 3000
    parts = sentences(text)
    assert " ".join(parts) == text.strip()
    assert all(len(part) <= 3000 and part.startswith("word") for part in parts)
    assert all(len(part) <= 3000 for part in sentences("w" * 10_000))


@given(st.text(alphabet='ab. \n!?…。」”")「AB1।؟', max_size=80))
def test_sentences_cover_all_that_is_no_blank_in_order(text: str) -> None:
    parts = sentences(text)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_few_words_over_a_block_are_its_heading_though_a_point_ends_them() -> None:
    block = "Portugal / Acme.\nThe second building rises beside the first one, and a third is to follow soon."
    assert headings(f"Who builds where in Europe\n\n{block}") == ["Who builds where in Europe", "Portugal / Acme."]
    apart = block.replace("\n", "\n\n")
    assert headings(f"Who builds where in Europe\n\n{apart}") == ["Who builds where in Europe"]
