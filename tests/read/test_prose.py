import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.read.prose import first_sentence, is_open, joined, paragraphs

STORY = (
    "Northwind Compute will put 400 million euros into three data halls on the old dockside of Ghent."
    " Work begins in the spring."
)


def test_wrapped_lines_are_joined_and_headings_stay() -> None:
    text = """Northwind builds in Ghent

Northwind Compute will put 400 million euros into three data
halls on the old dockside of Ghent. Work begins in the
spring.
- one hall of 40 megawatts with its own line to the station
- two halls of 30 megawatts
Contact: Press office"""
    assert paragraphs(text.splitlines()) == (
        "Northwind builds in Ghent",
        STORY,
        "- one hall of 40 megawatts with its own line to the station",
        "- two halls of 30 megawatts",
        "Contact: Press office",
    )


def test_scripts_without_blanks_are_joined_without_them() -> None:
    lines = ["株式会社ノースウィンドは来年春に新しいデータセンターを建設するため", "四百億円を投資すると発表した。"]
    assert paragraphs(lines) == ("".join(lines),)
    assert joined("投資する", "と発表した。") == "投資すると発表した。"
    assert joined("will invest", "four million") == "will invest four million"


def test_a_hyphen_that_only_parts_a_word_goes() -> None:
    lines = ["The company will put four million into its infra\ufffe", "structure."]
    assert paragraphs(lines, hyphen="\ufffe") == ("The company will put four million into its infrastructure.",)


@pytest.mark.parametrize(
    ("words", "length"), [("One. Two.", 4), ("No end", 6), ("「終わり。」と", 6), ('He said "yes." Then', 14)]
)
def test_where_the_first_sentence_ends(words: str, length: int) -> None:
    assert first_sentence(words) == length


def test_what_breaks_off_is_open() -> None:
    assert [is_open(words) for words in ("One.", "One", "", "one:", "終わり。")] == [False, True, False, False, False]


@given(st.lists(st.text(alphabet="abc .,-投資\t", max_size=60), max_size=12))
def test_no_letter_is_lost_or_moved(lines: list[str]) -> None:
    def letters(several: object) -> str:
        return "".join("".join(several).split())  # type: ignore[arg-type]

    assert letters(paragraphs(lines)) == letters(lines)
